"""Jobs written in the business transaction, and leases for what only one process may do."""

from django.db import models
from django.db.models import Q

from shouhou.core.ids import new_id


class Job(models.Model):
    """A piece of work for later. The table is the truth; a carrier only wakes workers.

    ``fence`` grows with every lease: an answer given under an older lease is not taken.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        DEAD = "dead"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=120, null=True, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(name="job_waiting", fields=["due_at"], condition=Q(state="waiting")),
            models.Index(name="job_dead", fields=["organisation_id", "ended_at"], condition=Q(state="dead")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Lease(models.Model):
    """The right to do what only one process may do at a time (the clock), until it runs out."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=80)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"
