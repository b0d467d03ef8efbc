from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "shouhou.flows"

    def ready(self) -> None:
        # Their rules, verbs, jobs and errands announce themselves.
        from shouhou.flows import clocks, policy, rearming, services  # noqa: F401
