from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "shouhou.flows"

    def ready(self) -> None:
        # Their rules, verbs, jobs and errands announce themselves.
        from shouhou.flows import policy, services  # noqa: F401
        from shouhou.flows.clocks import again, poll  # noqa: F401
