"""How long a drive takes: one port, and the answer where nothing but the map's degrees is known."""

from dataclasses import dataclass
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Protocol

EARTH_KM = 6371.0
# Streets are longer than the crow's way by about a third, and parking takes two minutes.
DETOUR = 1.35
PARKING = timedelta(seconds=120)


@dataclass(frozen=True, slots=True)
class Point:
    """A place, in degrees of WGS 84."""

    latitude: float
    longitude: float


class TravelTimes(Protocol):
    """Whoever knows how long drives take: the crow, a street graph, a service."""

    def between(self, start: Point, end: Point) -> timedelta:
        """The drive from door to door."""
        ...


@dataclass(frozen=True, slots=True)
class Crow:
    """Drives reckoned from the distance as the crow flies, at ``speed`` km/h in the streets."""

    speed: float = 30.0

    def between(self, start: Point, end: Point) -> timedelta:
        """The drive from door to door; nothing between one door and itself."""
        if start == end:
            return timedelta()
        return timedelta(hours=kilometres(start, end) * DETOUR / self.speed) + PARKING


def kilometres(start: Point, end: Point) -> float:
    """The great circle between two places."""
    north, east = radians(end.latitude - start.latitude), radians(end.longitude - start.longitude)
    near = (
        sin(north / 2) ** 2 + cos(radians(start.latitude)) * cos(radians(end.latitude)) * sin(east / 2) ** 2
    )
    return 2 * EARTH_KM * asin(sqrt(near))
