from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "shouhou.wiring"

    def ready(self) -> None:
        from shouhou.wiring import connect

        connect()
