"""One message to one recipient on one channel."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouhou.core.models import Business


class Message(Business):
    """What was told (通知). ``body`` may hold ``{link}``: the customer's link is made when it is sent.

    Its id is the provider's dedupe key, so that sending an *unknown* one again cannot tell twice.
    """

    root_path = "root_id"

    class Channel(models.TextChoices):
        SMS = "sms", _("Text message")
        EMAIL = "email", _("E-mail")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("message", "Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not delivered")
        UNKNOWN = "unknown", _("Unknown whether delivered")
        OFF = "off", _("Channel not set up")

    root_id = models.UUIDField()
    event_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    recipient_id = models.UUIDField()
    recipient_name = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=120)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    provider_reference = models.CharField(max_length=100, blank=True)
    trouble = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("message")
        constraints = [
            models.UniqueConstraint(
                name="one_message_per_recipient_and_channel",
                fields=["organisation", "event_id", "recipient_id", "channel"],
            )
        ]
        indexes = [
            models.Index(name="message_of_root", fields=["organisation", "root_id", "made_at"]),
            models.Index(
                name="message_in_trouble",
                fields=["organisation", "made_at"],
                condition=models.Q(state__in=["failed", "unknown"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.kind} {self.state}"
