"""Free times (可派时段): worked out from who is able, the working hours, and where everyone is bound.

However many technicians there are, it takes three statements, and a fourth when vehicles are asked for,
beside the calendar and the rules of the house, which a command or request reads once (``core.recall``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shouhou.core import policies
from shouhou.core.calendar import calendar_of
from shouhou.customers.models import Product, Site
from shouhou.kernel import availability
from shouhou.kernel.availability import MINUTE, Binding, Need, Opening, Vehicle
from shouhou.kernel.routing import Crow, Point
from shouhou.kernel.window import Window
from shouhou.people import models as people_models
from shouhou.people import occupancy
from shouhou.people.queries import technicians
from shouhou.work.models import Visit


@dataclass(frozen=True, slots=True)
class Wish:
    """What one looks for: work on a product at a site, from a moment on.

    What is ``None`` stands as the rules of the house say; ``case_id`` names the case whose own visit is
    not in the way.
    """

    organisation_id: UUID
    now: datetime
    product: Product | None = None
    site: Site | None = None
    case_id: UUID | None = None
    start: datetime | None = None
    days: int | None = None
    minutes: int | None = None
    technician_id: UUID | None = None
    with_vehicle: bool = False


def look(wish: Wish) -> Iterator[Opening]:
    """Window after window, the open and the full ones, with who can come and why the others cannot."""
    rules = policies.values(wish.organisation_id)
    calendar = calendar_of(wish.organisation_id)
    days = wish.days or rules["dispatch.days_ahead"]
    start = max(wish.start or wish.now, wish.now + rules["dispatch.lead_minutes"] * MINUTE)
    until = start + timedelta(days=days)
    bound = _bound(wish.organisation_id, Window(start - timedelta(days=1), until), wish.now)
    return availability.openings(
        _need(wish, rules["dispatch.visit_minutes"]),
        technicians(wish.organisation_id, bound, only=wish.technician_id),
        calendar,
        Crow(rules["dispatch.travel_speed"]),
        start=start,
        days=days,
        length=rules["dispatch.window_minutes"] * MINUTE,
        vehicles=_vehicles(wish.organisation_id, bound) if wish.with_vehicle else None,
    )


def place_of(latitude: object, longitude: object) -> Point | None:
    """Where on the map, when somebody entered it."""
    if latitude is None or longitude is None:
        return None
    return Point(float(str(latitude)), float(str(longitude)))


def _need(wish: Wish, minutes: int) -> Need:
    product, site = wish.product, wish.site
    return Need(
        (wish.minutes or minutes) * MINUTE,
        skill=product.skill_id if product else None,
        trade=product.trade_id if product else None,
        place=place_of(site.latitude, site.longitude) if site else None,
        task=wish.case_id,
    )


def _bound(organisation_id: UUID, window: Window, now: datetime) -> Mapping[UUID, list[Binding]]:
    """Where everyone and everything is bound, in order; of visits the place and the case. Two statements."""
    visits = {
        key: (place_of(latitude, longitude), case_id)
        for key, latitude, longitude, case_id in Visit.objects.filter(
            organisation_id=organisation_id,
            plan_starts_at__lt=window.end,
            plan_ends_at__gt=window.start,
            state__in=(Visit.State.BOOKED, Visit.State.UNDER_WAY),
        ).values_list("id", "case__site__latitude", "case__site__longitude", "case_id")
    }
    bound: dict[UUID, list[Binding]] = defaultdict(list)
    rows = occupancy.standing(organisation_id, window.start, window.end, now).order_by("starts_at")
    for resource, start, end, kind, holder in rows.values_list(
        "resource_id", "starts_at", "ends_at", "holder_kind", "holder_id"
    ):
        place, case_id = visits.get(holder, (None, None))
        bound[resource].append(Binding(Window(start, end), kind == occupancy.LEAVE, place, case_id))
    return bound


def _vehicles(organisation_id: UUID, bound: Mapping[UUID, Iterable[Binding]]) -> list[Vehicle]:
    rows = people_models.Vehicle.objects.filter(organisation_id=organisation_id, is_active=True).order_by(
        "plate"
    )
    return [
        Vehicle(key, plate, tuple(binding.window for binding in bound.get(key, ())))
        for key, plate in rows.values_list("id", "plate")
    ]
