from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "shouhou.core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from shouhou.core import administration, audit, clients, services  # noqa: F401 - their jobs and verbs announce themselves
        from shouhou.core.sheets import forgetting  # noqa: F401 - its errand
        from shouhou.core.sheets import services as sheets  # noqa: F401 - its verbs
