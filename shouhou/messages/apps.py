from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "shouhou.messages"
    # Django's own one-time notices have the label "messages".
    label = "notices"

    def ready(self) -> None:
        from shouhou.messages import delivery, policy  # noqa: F401 - the job and the rules announce themselves
