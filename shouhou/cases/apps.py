from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "shouhou.cases"

    def ready(self) -> None:
        from shouhou.cases import importing, policy, rules  # noqa: F401 - say what is offered, and to whom
