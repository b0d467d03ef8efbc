"""Weighing a report (A2): assessments with their evidence, questions asked, appeals."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouhou.cases.models.case import Case
from shouhou.core.models import Business
from shouhou.people.models import Person


class Assessment(Business):
    """Three things weighed, each with its evidence; the latest one counts.

    Warranty and availability are worked out and kept as they were shown (``…_grounds``, JSON); whether
    the claim is reasonable is a person's answer and never pre-answered.
    """

    root_path = "case_id"

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")
        MORE_INFO = "more_info", _("More information needed")

    class Remedy(models.TextChoices):
        REPAIR = "repair", _("Repair")
        REPLACE = "replace", _("Replace")

    class Place(models.TextChoices):
        HOME = "home", _("At the customer's")
        CENTRE = "centre", _("Repair centre")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    number = models.PositiveSmallIntegerField()
    is_reasonable = models.BooleanField()
    reasonable_grounds = models.CharField(max_length=300)
    in_warranty = models.BooleanField(null=True)
    warranty_grounds = models.JSONField(default=dict)
    technician_available = models.BooleanField(null=True)
    availability_grounds = models.JSONField(default=dict)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.CharField(max_length=300, blank=True)
    remedy = models.CharField(max_length=10, choices=Remedy.choices, blank=True)
    place = models.CharField(max_length=10, choices=Place.choices, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="assessment_number_once", fields=["case", "number"]),
            models.CheckConstraint(
                name="rejection_has_a_reason", condition=~Q(outcome="rejected") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="accepted_case_has_a_remedy", condition=~Q(outcome="accepted") | ~Q(remedy="")
            ),
            models.CheckConstraint(name="repair_has_a_place", condition=~Q(remedy="repair") | ~Q(place="")),
            models.CheckConstraint(
                name="unreasonable_claim_is_not_accepted",
                condition=Q(is_reasonable=True) | ~Q(outcome="accepted"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"


class Enquiry(Business):
    """More information asked of the customer (补充资料), and the answer."""

    root_path = "case_id"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="enquiries")
    question = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_open_enquiry", fields=["case"], condition=Q(answered_at=None))
        ]

    def __str__(self) -> str:
        return self.question[:40]


class Appeal(Business):
    """The customer does not accept a rejection (申诉); a superior decides."""

    root_path = "case_id"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="appeals")
    words = models.TextField()
    made_at = models.DateTimeField()
    is_upheld = models.BooleanField(null=True)
    grounds = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_open_appeal", fields=["case"], condition=Q(decided_at=None)),
            models.CheckConstraint(
                name="decided_appeal_has_grounds", condition=Q(decided_at=None) | ~Q(grounds="")
            ),
        ]

    def __str__(self) -> str:
        return self.words[:40]
