"""After the work: surveys (A5) and return-visit calls (F5)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouhou.cases.models.case import Case
from shouhou.core.models import Business
from shouhou.people.models import Person


class Survey(Business):
    """A satisfaction survey sent to the customer (满意度调查) and, perhaps, answered."""

    root_path = "case_id"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="surveys")
    sent_at = models.DateTimeField()
    score = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="score_is_one_to_five", condition=Q(score=None) | Q(score__gte=1, score__lte=5)
            )
        ]
        indexes = [models.Index(name="survey_of_case", fields=["organisation", "case"])]

    def __str__(self) -> str:
        return f"{self.case_id} {self.score or '–'}"


class ReturnCall(Business):
    """One attempt at the return-visit call (回访) and what came of it."""

    root_path = "case_id"

    class Result(models.TextChoices):
        SATISFIED = "satisfied", _("Satisfied")
        UNSATISFIED = "unsatisfied", _("Unsatisfied")
        NO_ANSWER = "no_answer", _("No answer")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="return_calls")
    number = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=12, choices=Result.choices)
    words = models.TextField(blank=True)
    cause = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="return_call_number_once", fields=["case", "number"]),
            models.CheckConstraint(
                name="unsatisfied_has_words", condition=~Q(result="unsatisfied") | ~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.result}"
