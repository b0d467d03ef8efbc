"""Asking for another time: the offer, its slots on hold, and the customer's answer (B3, B8)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouhou.core.models import Business
from shouhou.people.models import Person, Vehicle
from shouhou.work.models.visit import Visit


class Offer(Business):
    """A request for another time (改约): apology, reason, and free slots held until it lapses.

    ``asked_by`` counts apart whose wish it was.
    """

    root_path = "visit__case_id"

    class AskedBy(models.TextChoices):
        US = "us", _("We asked")
        CUSTOMER = "customer", _("The customer asked")

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for the answer")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", pgettext_lazy("answer", "Refused")
        LAPSED = "lapsed", _("No answer")
        WITHDRAWN = "withdrawn", pgettext_lazy("offer", "Withdrawn")

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="offers")
    asked_by = models.CharField(max_length=10, choices=AskedBy.choices)
    reason = models.CharField(max_length=200)
    apology = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_open_offer", fields=["visit"], condition=Q(state="open")),
            models.CheckConstraint(name="offer_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.state}"


class Slot(Business):
    """A time offered; while the offer is open its technician is held in ``people.Occupancy`` under this id."""

    root_path = "offer__visit__case_id"

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    technician = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    vehicle = models.ForeignKey(Vehicle, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="slot_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at")))
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%m-%d %H:%M}"


class Answer(Business):
    """What the customer said, word for word, and how we know (同意记录). Append-only.

    A moved promise cites one of these. It is given by the customer's link, or taken down from a call
    or at the door by a named person. A *yes* to a slot that was just taken is kept too, with
    ``took_effect`` false.
    """

    root_path = "offer__visit__case_id"

    class Said(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", pgettext_lazy("answer", "Refused")
        NONE = "none", _("No answer")

    class Channel(models.TextChoices):
        LINK = "link", _("By the link")
        PHONE = "phone", _("On the phone")
        DOOR = "door", _("At the door")
        CLOCK = "clock", _("Time ran out")

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="answers")
    said = models.CharField(max_length=10, choices=Said.choices)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, null=True, related_name="answers")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    words = models.CharField(max_length=300, blank=True)
    said_by = models.CharField(max_length=60, blank=True)
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    took_effect = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="yes_names_a_slot", condition=~Q(said="agreed") | Q(slot__isnull=False)
            ),
            models.CheckConstraint(
                name="call_or_door_has_a_witness",
                condition=~Q(channel__in=["phone", "door"]) | Q(taken_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.said}"
