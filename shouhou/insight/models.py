"""The read model of lists."""

from django.db import models
from django.db.models import Q

from shouhou.cases.models import Case
from shouhou.core.models import Organisation
from shouhou.people.models import Person


class CaseRow(models.Model):
    """One case as lists show it: nothing here is a fact of its own.

    ``stage`` is the task key where the case stands (the oldest when several wait), ``owed_by`` the roles
    that owe it, ``due_at`` the next clock that runs. ``version`` grows with the case's events.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="row")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    customer_id = models.UUIDField()
    customer_name = models.CharField(max_length=100)
    phone = models.CharField(max_length=120, blank=True)
    district = models.CharField(max_length=60, blank=True)
    product = models.CharField(max_length=200, blank=True)
    symptom = models.CharField(max_length=200)
    channel = models.CharField(max_length=10)
    origin = models.CharField(max_length=15)
    state = models.CharField(max_length=10)
    agent = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    agent_name = models.CharField(max_length=60, blank=True)
    technician = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    technician_name = models.CharField(max_length=60, blank=True)
    stage = models.CharField(max_length=60, blank=True)
    stage_since = models.DateTimeField(null=True)
    owed_by = models.CharField(max_length=100, blank=True)
    due_at = models.DateTimeField(null=True)
    promise_starts_at = models.DateTimeField(null=True)
    promise_ends_at = models.DateTimeField(null=True)
    moved_by_us = models.PositiveSmallIntegerField(default=0)
    moved_by_customer = models.PositiveSmallIntegerField(default=0)
    visits = models.PositiveSmallIntegerField(default=0)
    reported_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(name="row_by_time", fields=["organisation", "-reported_at", "-case"]),
            models.Index(name="row_by_state", fields=["organisation", "state", "-reported_at", "-case"]),
            models.Index(
                name="row_by_stage", fields=["organisation", "stage", "due_at"], condition=Q(state="open")
            ),
            models.Index(
                name="row_of_agent", fields=["organisation", "agent", "due_at"], condition=Q(state="open")
            ),
            models.Index(
                name="row_of_technician",
                fields=["organisation", "technician", "due_at"],
                condition=Q(state="open"),
            ),
            models.Index(name="row_by_due", fields=["organisation", "due_at"], condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return self.number
