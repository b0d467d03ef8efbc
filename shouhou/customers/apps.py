from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "shouhou.customers"

    def ready(self) -> None:
        from shouhou.customers import policy  # noqa: F401 - states the room's rules
