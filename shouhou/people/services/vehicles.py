"""Vehicles come into service and leave it."""

from datetime import datetime

from django.utils.translation import gettext as _

from shouhou.core.actor import Actor
from shouhou.core.events import record
from shouhou.core.refusals import Unfit
from shouhou.core.text import one_line
from shouhou.core.use_case import lock_root, use_case
from shouhou.people import occupancy
from shouhou.people.models import Vehicle
from shouhou.people.refusals import AlreadyThere
from shouhou.people.services.staff import must_be_free

MOST_SEATS = 60


@use_case("people.add_vehicle")
def add_vehicle(*, plate: str, name: str = "", seats: int = 3, actor: Actor, now: datetime) -> Vehicle:
    """A vehicle comes into service; ``seats`` count the driver's.

    Raises ``AlreadyThere``, ``Unfit``.
    """
    vehicle = Vehicle(organisation_id=actor.organisation_id)
    _describe(vehicle, plate, name, seats)
    vehicle.save(force_insert=True)
    record("people.vehicle_added", vehicle, actor=actor, now=now, plate=vehicle.plate, seats=vehicle.seats)
    return vehicle


@use_case("people.change_vehicle", on=Vehicle)
def change_vehicle(
    vehicle: Vehicle, *, plate: str, name: str = "", seats: int, actor: Actor, now: datetime
) -> Vehicle:
    """Correct a plate, a name or the seats.

    Raises ``AlreadyThere``, ``Unfit``.
    """
    before = vehicle.plate
    _describe(vehicle, plate, name, seats)
    vehicle.save(update_fields=["plate", "name", "seats"])
    record(
        "people.vehicle_changed",
        vehicle,
        actor=actor,
        now=now,
        before=before,
        plate=vehicle.plate,
        seats=vehicle.seats,
    )
    return vehicle


@use_case("people.retire_vehicle", on=Vehicle)
def retire_vehicle(vehicle: Vehicle, *, actor: Actor, now: datetime) -> Vehicle:
    """A vehicle goes out of service.

    Raises ``StillBound`` while crews are to go in it.
    """
    if vehicle.is_active:
        must_be_free(occupancy.VEHICLE, vehicle, now)
        vehicle.is_active = False
        vehicle.save(update_fields=["is_active"])
        record("people.vehicle_retired", vehicle, actor=actor, now=now, plate=vehicle.plate)
    return vehicle


def _describe(vehicle: Vehicle, plate: str, name: str, seats: int) -> None:
    lock_root(vehicle.organisation_id, vehicle.organisation_id)
    vehicle.plate = one_line(plate, "plate", most=20).upper()
    vehicle.name = one_line(name, "name", most=60, least=0)
    if not 1 <= seats <= MOST_SEATS:
        raise Unfit({"seats": _("Enter 1 to {most} seats.").format(most=MOST_SEATS)})
    vehicle.seats = seats
    same = Vehicle.objects.filter(organisation_id=vehicle.organisation_id, plate=vehicle.plate)
    if same.exclude(pk=vehicle.pk).exists():
        raise AlreadyThere(name=vehicle.plate)
