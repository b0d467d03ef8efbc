"""Workbooks being taken in: what was read, what would happen, what was made of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouhou.core.models.organisation import Business


class ImportBatch(Business):
    """One workbook (导入): read and shown, then applied through the services, and undone again.

    ``headings`` are the texts above each sheet's data, so that refused rows go back as they came;
    ``skipped`` names the sheets nothing was read from. ``acts_as`` is the actor who said "apply" or
    "undo", for the rest of a long import is done later under the same name.
    """

    # A root of its own: its rows lock what they change, and nobody waits for the whole import.
    root_path = "id"

    class State(models.TextChoices):
        SHOWN = "shown", _("Shown, nothing written")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    importer = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    headings = models.JSONField(default=dict)
    skipped = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    acts_as = models.JSONField(default=dict)
    uploaded_by_id = models.UUIDField(null=True)
    uploaded_by_name = models.CharField(max_length=100, blank=True)
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        indexes = [models.Index(name="import_by_time", fields=["organisation", "-uploaded_at", "-id"])]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(Business):
    """One row of a workbook: its cells as they came, what would happen to it, and what did.

    ``number`` is the one Excel shows; ``place`` counts through all sheets. ``marks`` are how often people
    had worked with each record when the row was done: more than that at the undo means someone has since.
    """

    class Verdict(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changes a record")
        SAME = "same", _("Already on file")
        REFUSED = "refused", _("Cannot be taken in")

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Taken in")
        LEFT = "left", _("Left out")
        UNDONE = "undone", _("Taken back")
        STAYS = "stays", _("Stays")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    sheet = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    words = models.JSONField(default=list)
    problems = models.JSONField(default=dict)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    made = models.JSONField(default=list)
    marks = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_row_per_place", fields=["organisation", "batch", "place"])
        ]
        indexes = [
            models.Index(name="import_row_by_outcome", fields=["organisation", "batch", "outcome", "place"]),
            models.Index(name="import_row_by_verdict", fields=["organisation", "batch", "verdict", "place"]),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"
