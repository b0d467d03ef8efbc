from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "shouhou.insight"

    def ready(self) -> None:
        from shouhou.insight import policy  # noqa: F401 - states the room's rules
