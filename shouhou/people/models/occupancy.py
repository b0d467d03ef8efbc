"""Where people and vehicles are bound: one table, no two stretches of one resource overlap."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouhou.core.models import Business
from shouhou.people.models.person import Person


class Occupancy(Business):
    """A stretch of time of one person or vehicle (占用), half-open: it ends before the next may start.

    ``holder_kind`` and ``holder_id`` say who holds it, without this room knowing what that is
    (a visit, leave, training, a site team). A hold on an offered slot has ``expires_at``; once
    that is past, anyone may take the time. The database refuses overlap (migration 0002).
    """

    class Resource(models.TextChoices):
        PERSON = "person", _("Member of staff")
        VEHICLE = "vehicle", _("Vehicle")

    resource_kind = models.CharField(max_length=10, choices=Resource.choices)
    resource_id = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    holder_kind = models.CharField(max_length=20)
    holder_id = models.UUIDField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stretch_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]
        indexes = [
            models.Index(name="occupancy_of_resource", fields=["organisation", "resource_id", "starts_at"]),
            models.Index(name="occupancy_of_holder", fields=["organisation", "holder_id"]),
            models.Index(name="occupancy_to_come", fields=["organisation", "ends_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.resource_kind} {self.starts_at:%m-%d %H:%M}–{self.ends_at:%H:%M}"


class Leave(Business):
    """A person is away (休假): the time stands in ``Occupancy`` with this row as its holder."""

    class Sort(models.TextChoices):
        ANNUAL = "annual", _("Annual leave")
        SICK = "sick", _("Sick leave")
        PERSONAL = "personal", _("Personal leave")
        TRAINING = "training", _("Training")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leave")
    sort = models.CharField(max_length=10, choices=Sort.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("leave")
        constraints = [
            models.CheckConstraint(name="leave_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at")))
        ]
        indexes = [models.Index(name="leave_of_person", fields=["organisation", "person", "starts_at"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_at:%Y-%m-%d}"
