from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "shouhou.work"

    def ready(self) -> None:
        from shouhou.work import policy  # noqa: F401 - states the room's rules
