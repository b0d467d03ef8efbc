from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "shouhou.cases"

    def ready(self) -> None:
        from shouhou.cases import policy, rules  # noqa: F401 - state the room's rules
