"""What is decided beyond a repair: repair again, the repair centre, replacement, refund (A3, A4)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouhou.cases.models.case import Case
from shouhou.core.models import Business
from shouhou.people.models import Person


class Outcome(Business):
    """A decision on how to go on, and for goods or money the confirmation with its reference.

    The amount is what the person confirming entered; the rule engine that proposes it comes later
    (``kernel/remedy``).
    """

    root_path = "case_id"

    class Sort(models.TextChoices):
        REPAIR_AGAIN = "repair_again", _("Repair again")
        CENTRE = "centre", _("Repair centre")
        REPLACE = "replace", _("Replace")
        REFUND = "refund", _("Refund")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="outcomes")
    number = models.PositiveSmallIntegerField()
    sort = models.CharField(max_length=15, choices=Sort.choices)
    grounds = models.CharField(max_length=300)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()
    reference = models.CharField(max_length=60, blank=True)
    amount = models.PositiveBigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="CNY")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="outcome_number_once", fields=["case", "number"]),
            models.CheckConstraint(
                name="confirmation_has_a_reference", condition=Q(confirmed_at=None) | ~Q(reference="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.sort}"
