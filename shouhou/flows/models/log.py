"""What a run did, and where it stands still."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouhou.core.models import Business, Event, Root
from shouhou.flows.contracts import in_language
from shouhou.flows.models.run import NAME, Run


class History(Business):
    """One line of a run's history (流转记录), append-only, numbered by ``seq`` within its run.

    ``what`` is the kernel's word (``Record``), ``flow`` the sequence flow that led here, ``cause`` the
    ``seq`` of its reason in the drawing, ``event`` what happened in the world: who, on what evidence.
    """

    root_path = "run__root_id"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="history", db_index=False)
    seq = models.PositiveIntegerField()
    node = models.CharField(max_length=NAME)
    what = models.CharField(max_length=15)
    flow = models.CharField(max_length=NAME, null=True)
    token_id = models.UUIDField(null=True)
    cause = models.PositiveIntegerField(null=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="history_line_once", fields=["run", "seq"])]

    def __str__(self) -> str:
        return f"{self.seq} {self.node} {self.what}"


class Incident(Business):
    """A step that cannot go on until a person acts (异常): what is in the way, and what to do."""

    root_path = "root_id"

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("flow", "Open")
        RETRIED = "retried", pgettext_lazy("flow", "Tried again")
        MOVED = "moved", pgettext_lazy("flow", "Moved on by hand")
        WITHDRAWN = "withdrawn", pgettext_lazy("flow", "No longer needed")

    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="incidents")
    token_id = models.UUIDField(null=True)
    timer_id = models.UUIDField(null=True)
    node = models.CharField(max_length=NAME)
    code = models.CharField(max_length=60)
    zh = models.TextField()
    en = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    raised_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("incident")
        constraints = [
            models.CheckConstraint(
                name="resolved_incident_has_a_moment",
                condition=Q(state="open") ^ Q(resolved_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="incident_open", fields=["organisation", "raised_at"], condition=Q(state="open")
            ),
            models.Index(name="incident_of_root", fields=["organisation", "root"]),
        ]

    def __str__(self) -> str:
        return in_language(self.zh, self.en)
