from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "shouhou.people"

    def ready(self) -> None:
        from shouhou.people import policy  # noqa: F401 - states the room's rules
