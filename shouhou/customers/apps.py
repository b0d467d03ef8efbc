from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "shouhou.customers"

    def ready(self) -> None:
        from shouhou.customers import importing, policy  # noqa: F401 - say what is offered, and to whom
