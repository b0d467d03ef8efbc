from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "shouhou.work"

    def ready(self) -> None:
        from shouhou.work import policy, rules  # noqa: F401 - state the room's rules
