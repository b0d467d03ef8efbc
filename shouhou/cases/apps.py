from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "shouhou.cases"

    def ready(self) -> None:
        from shouhou.cases import policy  # noqa: F401 - states the room's rules
