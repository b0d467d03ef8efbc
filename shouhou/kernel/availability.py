"""Who can come when (可派时段), and why not the others.

Times are told to customers as standard windows cut from the working hours; a slot is a window in which
one technician is able, there, and free from its start for as long as the work takes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from shouhou.kernel.routing import Point, TravelTimes
from shouhou.kernel.window import Window
from shouhou.kernel.workday import Calendar

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Why(StrEnum):
    """What keeps a technician from coming."""

    LACKS_SKILL = "lacks_skill"
    LACKS_TRADE = "lacks_trade"
    NO_CERTIFICATE = "no_certificate"
    CERTIFICATE_EXPIRED = "certificate_expired"
    ON_LEAVE = "on_leave"
    BUSY = "busy"
    TOO_FAR = "too_far"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why not: until when they are bound, on which day the certificate ended, how long the drive is."""

    why: Why
    until: datetime | None = None
    on: date | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Ability:
    """A skill someone holds, with its certificate if the skill needs one."""

    skill: UUID
    trade: UUID
    is_certified: bool = True
    valid_until: date | None = None

    def obstacle(self, day: date) -> Obstacle | None:
        """What is wrong with the certificate on a day; it is still good on its last."""
        if not self.is_certified:
            return Obstacle(Why.NO_CERTIFICATE)
        if self.valid_until is not None and self.valid_until < day:
            return Obstacle(Why.CERTIFICATE_EXPIRED, on=self.valid_until)
        return None


@dataclass(frozen=True, slots=True)
class Binding:
    """A stretch in which someone is bound: on leave, or with ``task`` at ``place`` if these are known."""

    window: Window
    is_leave: bool = False
    place: Point | None = None
    task: UUID | None = None


@dataclass(frozen=True, slots=True)
class Technician:
    """Someone who may be sent; ``bindings`` stand in order and do not overlap."""

    id: UUID
    name: str
    abilities: tuple[Ability, ...] = ()
    bindings: tuple[Binding, ...] = ()

    def on(self, day: Window) -> "Technician":
        """The same person with the bindings of one day alone."""
        near = tuple(binding for binding in self.bindings if binding.window.overlaps(day))
        return Technician(self.id, self.name, self.abilities, near)


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle with the stretches in which it is bound."""

    id: UUID
    name: str
    bound: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """What is to be done: how long it takes, what skill it asks for, where.

    What is already booked for ``task`` is not in the way: it is what would be moved.
    """

    length: timedelta
    skill: UUID | None = None
    trade: UUID | None = None
    place: Point | None = None
    task: UUID | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A technician can come in this window. From its start they stay free for ``length`` and for the window.

    ``drive`` is the way from and to the visits beside it that day; ``None`` where no place is known.
    """

    window: Window
    technician_id: UUID
    technician_name: str
    length: timedelta
    drive: timedelta | None = None
    vehicle_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why someone does not come in a window."""

    technician_id: UUID
    technician_name: str
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class Opening:
    """A window with those who can come, the nearest first, and why the others cannot."""

    window: Window
    slots: tuple[Slot, ...]
    why_not: tuple[WhyNot, ...] = field(default=())


def windows_of(calendar: Calendar, day: date, length: timedelta) -> Iterator[Window]:
    """A day's promise windows, cut from the start of each working stretch.

    What is left at its end is one more when it is at least half as long.
    """
    for hours in calendar.windows_of(day):
        start = hours.start
        while hours.end - start >= length / 2:
            yield Window(start, min(start + length, hours.end))
            start += length


def openings(
    need: Need,
    technicians: Sequence[Technician],
    calendar: Calendar,
    travel: TravelTimes,
    *,
    start: datetime,
    days: int,
    length: timedelta,
    vehicles: Sequence[Vehicle] | None = None,
) -> Iterator[Opening]:
    """Window after window from ``start`` on, over ``days`` calendar days, the full and the open ones.

    With ``vehicles``, a slot needs one of them free as well.
    """
    first = calendar.day_of(start)
    for day in (first + number * DAY for number in range(days)):
        hours = list(calendar.windows_of(day))
        if not hours:
            continue
        whole = Window(hours[0].start, hours[-1].end)
        today = [technician.on(whole) for technician in technicians]
        for window in windows_of(calendar, day, length):
            # Work that would last past closing time is not begun.
            if window.start >= start and window.start + need.length <= whole.end:
                yield _opening(need, today, day, window, travel, vehicles)


def _opening(
    need: Need,
    technicians: Iterable[Technician],
    day: date,
    window: Window,
    travel: TravelTimes,
    vehicles: Sequence[Vehicle] | None,
) -> Opening:
    stretch = Window(window.start, max(window.end, window.start + need.length))
    vehicle = _free_vehicle(vehicles or (), stretch)
    able: list[tuple[Technician, timedelta | None]] = []
    why_not: list[WhyNot] = []
    for technician in technicians:
        obstacle = lacking(technician, need, day) or _bound(technician, need, stretch)
        drive, too_far = (None, None) if obstacle else _drive(technician, need, window, stretch, travel)
        obstacle = obstacle or too_far
        if obstacle is None:
            able.append((technician, drive))
        else:
            why_not.append(WhyNot(technician.id, technician.name, obstacle))
    if vehicles is not None and vehicle is None:
        able = []
    able.sort(key=lambda one: (one[1] or timedelta(), len(one[0].bindings), one[0].name))
    slots = (
        Slot(window, technician.id, technician.name, need.length, drive, vehicle.id if vehicle else None)
        for technician, drive in able
    )
    return Opening(window, tuple(slots), tuple(why_not))


def lacking(technician: Technician, need: Need, day: date) -> Obstacle | None:
    """What someone lacks for the work on a day: the skill, or any of the trade, or its certificate."""
    if need.skill is not None:
        held = [ability for ability in technician.abilities if ability.skill == need.skill]
        nothing = Obstacle(Why.LACKS_SKILL)
    elif need.trade is not None:
        held = [ability for ability in technician.abilities if ability.trade == need.trade]
        nothing = Obstacle(Why.LACKS_TRADE)
    else:
        return None
    obstacles = [ability.obstacle(day) for ability in held]
    return None if None in obstacles else next(iter(obstacles), nothing)


def _bound(technician: Technician, need: Need, stretch: Window) -> Obstacle | None:
    for binding in technician.bindings:
        # What is to be moved is not in its own way, but to where it stands it does not move.
        if _is_own(binding, need) and binding.window.start != stretch.start:
            continue
        if binding.window.overlaps(stretch):
            return Obstacle(Why.ON_LEAVE if binding.is_leave else Why.BUSY, until=binding.window.end)
    return None


def _drive(
    technician: Technician, need: Need, window: Window, stretch: Window, travel: TravelTimes
) -> tuple[timedelta | None, Obstacle | None]:
    """The way from the visit before and to the one after, where the places are known.

    Who would come in the second half of a window is too far: a promise is not begun late.
    """
    if need.place is None:
        return None, None
    drives: list[tuple[timedelta, datetime, Window]] = []
    others = [(one.window, one.place) for one in technician.bindings if one.place and not _is_own(one, need)]
    for there, place in [one for one in others if one[0].end <= stretch.start][-1:]:
        drives.append((travel.between(place, need.place), there.end, window))
    for there, place in [one for one in others if one[0].start >= stretch.end][:1]:
        drives.append((travel.between(need.place, place), stretch.end, there))
    for drive, leaves, expected in drives:
        if leaves + drive > expected.start + expected.length / 2:
            return None, Obstacle(Why.TOO_FAR, minutes=round(drive / MINUTE))
    return sum((drive for drive, _, _ in drives), timedelta()) if drives else None, None


def _is_own(binding: Binding, need: Need) -> bool:
    return binding.task is not None and binding.task == need.task


def _free_vehicle(vehicles: Iterable[Vehicle], stretch: Window) -> Vehicle | None:
    for vehicle in vehicles:
        if not any(bound.overlaps(stretch) for bound in vehicle.bound):
            return vehicle
    return None
