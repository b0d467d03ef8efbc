"""A visit to the customer: its promises, its plan, its crew, its actual times."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouhou.cases.models import Case
from shouhou.core.models import Business
from shouhou.people.models import Person, Vehicle


class Visit(Business):
    """One going-to-the-customer (上门).

    ``plan_…`` binds the crew and the vehicle in ``people.Occupancy`` under this row's id. The promise
    told to the customer stands in ``Promise`` rows: the last one counts, the first is what is measured.
    """

    root_path = "case_id"

    class State(models.TextChoices):
        BOOKED = "booked", _("Booked")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    class Result(models.TextChoices):
        FIXED = "fixed", _("Fixed")
        NOT_FIXED = "not_fixed", _("Not fixed")
        TO_CENTRE = "to_centre", _("Needs the repair centre")
        NOBODY_HOME = "nobody_home", _("Nobody home")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="visits")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    technician = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits")
    vehicle = models.ForeignKey(Vehicle, on_delete=models.PROTECT, null=True, related_name="visits")
    plan_starts_at = models.DateTimeField()
    plan_ends_at = models.DateTimeField()
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    left_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=12, choices=Result.choices, blank=True)
    cause = models.CharField(max_length=100, blank=True)
    work_done = models.TextField(blank=True)
    signed_by = models.CharField(max_length=60, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("visit")
        constraints = [
            models.UniqueConstraint(name="visit_number_once", fields=["case", "number"]),
            models.UniqueConstraint(
                name="one_visit_at_a_time", fields=["case"], condition=Q(state__in=["booked", "under_way"])
            ),
            models.CheckConstraint(
                name="plan_ends_after_it_starts", condition=Q(plan_ends_at__gt=F("plan_starts_at"))
            ),
            models.CheckConstraint(name="done_visit_has_a_result", condition=Q(state="done") ^ Q(result="")),
            models.CheckConstraint(
                name="cancelled_visit_has_a_reason", condition=~Q(state="cancelled") | ~Q(cancel_reason="")
            ),
        ]
        indexes = [
            models.Index(name="visit_by_day", fields=["organisation", "plan_starts_at"]),
            models.Index(name="visit_of_technician", fields=["organisation", "technician", "plan_starts_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} #{self.number}"


class Promise(Business):
    """The window told to the customer (承诺时间). Number 1 is the first promise; no later one without consent."""

    root_path = "visit__case_id"

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="promises")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField()
    consent = models.OneToOneField("work.Answer", on_delete=models.PROTECT, null=True, related_name="promise")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="promise_number_once", fields=["visit", "number"]),
            models.CheckConstraint(
                name="window_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="moved_promise_has_a_consent", condition=Q(number=1) | Q(consent__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%m-%d %H:%M}–{self.ends_at:%H:%M}"


class CrewMember(Business):
    """Someone who goes along (同行人员): a helper, the service specialist, the driver."""

    root_path = "visit__case_id"

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="crew")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drives = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="crew_member_once", fields=["visit", "person"]),
            models.UniqueConstraint(name="one_driver_a_visit", fields=["visit"], condition=Q(drives=True)),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.person_id}"
