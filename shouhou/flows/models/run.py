"""A run and its live rows: what the kernel's ``State`` looks like in tables.

The rows say the position only; what is true of the case stands in the rooms below. A row goes when the
run moves on, and ``History`` keeps that it was there, so these tables hold what waits and nothing else.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouhou.core.models import Business, Event, Root
from shouhou.flows.models.drawing import Page, Version

NAME = 255


class Run(Business):
    """One walk of a root through a page (流程实例).

    ``number`` counts the runs of a root: a reopened case has a second one. ``seq`` is the last number of
    its history. A run that a call activity began has a ``parent`` and the ``parent_token_id`` that waits.
    """

    root_path = "root_id"

    class State(models.TextChoices):
        RUNNING = "running", pgettext_lazy("flow", "Running")
        ENDED = "ended", pgettext_lazy("flow", "Ended")
        CANCELLED = "cancelled", pgettext_lazy("flow", "Cancelled")
        BROKEN = "broken", pgettext_lazy("flow", "Ended by an error")

    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+")
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="runs")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    seq = models.PositiveIntegerField(default=0)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    parent_token_id = models.UUIDField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("run")
        constraints = [
            models.UniqueConstraint(name="run_number_once", fields=["root", "number"]),
            models.UniqueConstraint(
                name="one_live_run_of_a_page",
                fields=["root", "page"],
                condition=Q(state="running", parent__isnull=True),
            ),
            models.CheckConstraint(
                name="run_ends_at_a_moment", condition=Q(state="running") ^ Q(ended_at__isnull=False)
            ),
        ]
        indexes = [models.Index(name="run_by_time", fields=["organisation", "page", "started_at"])]

    def __str__(self) -> str:
        return f"{self.root_id} #{self.number}"


class Live(Business):
    """A live row of a run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="%(class)ss")
    node = models.CharField(max_length=NAME)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.node


class Token(Live):
    """Where a run stands (令牌). ``task`` is the contract's key: what waits is counted without drawings."""

    root_path = "run__root_id"

    class State(models.TextChoices):
        WAITING = "waiting"
        HOSTING = "hosting"
        JOINING = "joining"
        FAILED = "failed"
        LEAVING = "leaving"

    task = models.CharField(max_length=60, blank=True)
    scope_id = models.UUIDField()
    since = models.DateTimeField()
    arrived_by = models.CharField(max_length=NAME, null=True)
    state = models.CharField(max_length=10, choices=State.choices)
    counter = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(
                name="token_by_task", fields=["organisation", "task", "since"], condition=~Q(task="")
            )
        ]


class Scope(Live):
    """An open level of a run: process, sub-process, event sub-process, the instances of a repeated task."""

    root_path = "run__root_id"

    kind = models.CharField(max_length=10)
    parent_id = models.UUIDField(null=True)
    host_id = models.UUIDField(null=True)
    total = models.PositiveIntegerField(null=True)
    started = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    items = models.JSONField(null=True)


class Timer(Live):
    """An armed clock (定时器). Rule and instant are both kept, so that a changed holiday arms it again.

    ``armed_at`` is the moment the rule counts from. A clock that could not be struck for a fault of ours has
    ``stuck_at``: the poll leaves it alone and a person sees an incident.
    """

    root_path = "root_id"

    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+")
    token_id = models.UUIDField(null=True)
    scope_id = models.UUIDField()
    form = models.CharField(max_length=10)
    rule = models.CharField(max_length=200)
    armed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    left = models.PositiveIntegerField(null=True)
    stuck_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="timer_due", fields=["due_at"], condition=Q(stuck_at__isnull=True))]


class Subscription(Live):
    """An event of a run that waits for a message, a signal or a condition."""

    root_path = "run__root_id"

    token_id = models.UUIDField(null=True)
    scope_id = models.UUIDField()
    kind = models.CharField(max_length=15)
    name = models.CharField(max_length=NAME)
    key = models.CharField(max_length=NAME, null=True)

    class Meta:
        indexes = [
            models.Index(
                name="subscription_to_signal", fields=["organisation", "name"], condition=Q(kind="signal")
            )
        ]


class KeptMessage(Business):
    """A message that came before anyone waited for it, kept until ``kept_until`` (暂存消息)."""

    root_path = "root_id"

    root = models.ForeignKey(Root, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=NAME)
    key = models.CharField(max_length=NAME, null=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    kept_until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="kept_message_by_end", fields=["kept_until"])]

    def __str__(self) -> str:
        return self.name
