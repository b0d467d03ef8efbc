"""Vehicles (车辆)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouhou.core.models import Business


class Vehicle(Business):
    """A vehicle crews go out with; ``seats`` counts the driver's."""

    plate = models.CharField(max_length=20)
    name = models.CharField(max_length=60, blank=True)
    seats = models.PositiveSmallIntegerField(default=3)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("vehicle")
        constraints = [
            models.UniqueConstraint(name="plate_once", fields=["organisation", "plate"]),
            models.CheckConstraint(name="vehicle_has_a_seat", condition=models.Q(seats__gte=1)),
        ]

    def __str__(self) -> str:
        return self.plate
