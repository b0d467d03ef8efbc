from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "shouhou.dispatch"

    def ready(self) -> None:
        from shouhou.dispatch import policy, rules  # noqa: F401 - state the room's rules
