"""A first repair centre: in, repaired, out. Custody and loaners come with the pull-in repair (B4)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouhou.cases.models import Case
from shouhou.core.models import Business
from shouhou.people.models import Person


class BenchJob(Business):
    """A piece repaired in the workshop (拉修)."""

    root_path = "case_id"

    class Result(models.TextChoices):
        FIXED = "fixed", _("Fixed")
        NOT_FIXED = "not_fixed", _("Not fixed")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bench_jobs")
    number = models.PositiveSmallIntegerField()
    condition = models.CharField(max_length=300, blank=True)
    accessories = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    repaired_at = models.DateTimeField(null=True)
    repaired_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    cause = models.CharField(max_length=100, blank=True)
    work_done = models.TextField(blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_to = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("bench job")
        constraints = [
            models.UniqueConstraint(name="bench_job_number_once", fields=["case", "number"]),
            models.UniqueConstraint(
                name="one_bench_job_at_a_time", fields=["case"], condition=Q(returned_at=None)
            ),
            models.CheckConstraint(
                name="repaired_job_has_a_result", condition=Q(repaired_at=None) | ~Q(result="")
            ),
            models.CheckConstraint(
                name="returned_job_names_the_receiver", condition=Q(returned_at=None) | ~Q(returned_to="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} #{self.number}"
