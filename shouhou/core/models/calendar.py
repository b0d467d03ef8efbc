"""The working calendar (工作日历) with make-up days (调休)."""

from django.db import models

from shouhou.core.models.organisation import Business


class CalendarDay(Business):
    """A day that differs from the week: a holiday, or a weekend day worked to make up for one."""

    day = models.DateField()
    is_working = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="calendar_day_once", fields=["organisation", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
