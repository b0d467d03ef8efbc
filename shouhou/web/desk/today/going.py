"""The visits of someone who goes out: the one at hand, the rest of the day, the days after, what is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from shouhou.core.actor import Actor
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound
from shouhou.kernel.window import Window
from shouhou.web.requests import PersonRequest
from shouhou.work.models import Promise, Visit

DAYS_AHEAD = 7
MAPS = "https://uri.amap.com"


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit as the one who goes sees it: the window promised, where, whose, what."""

    visit: Visit
    promise: Window

    @property
    def place(self) -> str:
        """The address as it is found on a map."""
        site = self.visit.case.site
        return f"{site.district} {site.address}".strip() if site else ""

    @property
    def map(self) -> str:
        """Where the map app opens it."""
        site = self.visit.case.site
        if site is None:
            return ""
        if site.latitude is not None and site.longitude is not None:
            return f"{MAPS}/marker?position={site.longitude},{site.latitude}"
        return f"{MAPS}/search?keyword={self.place}"

    @property
    def phone(self) -> str:
        """The number to call."""
        contact = self.visit.case.contact
        return contact.value if contact else str(self.visit.case.row.phone)

    @property
    def stage(self) -> str:
        """What comes next at the door: leave, arrive, finish; nothing once it is over."""
        if self.visit.state not in (Visit.State.BOOKED, Visit.State.UNDER_WAY):
            return ""
        if self.visit.arrived_at:
            return "finish"
        return "arrive" if self.visit.left_at else "leave"

    def is_late(self, now: datetime) -> bool:
        """Whether the promise is over and nobody has arrived."""
        return bool(self.stage) and self.visit.arrived_at is None and self.promise.end < now


@dataclass(frozen=True, slots=True)
class Day:
    """The stops of one day."""

    day: date
    stops: list[Stop]


@dataclass(frozen=True, slots=True)
class Tour:
    """What someone has before them: the stop at hand, the others of today, the days after, what is done."""

    at_hand: Stop | None
    today: list[Stop]
    later: list[Day]
    done: list[Stop]

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies ahead."""
        return self.at_hand is None


def tour(request: PersonRequest) -> Tour:
    """The visits of whoever asks; three statements."""
    now, today = request.now, timezone.localdate(request.now)
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = Q(technician=request.user.pk) | Q(crew__person=request.user.pk)
    ahead = Q(
        state__in=[Visit.State.BOOKED, Visit.State.UNDER_WAY], plan_starts_at__lt=now + _days(DAYS_AHEAD)
    )
    over = Q(state=Visit.State.DONE, finished_at__gte=midnight)
    rows = _visits(request.actor).filter(mine, ahead | over)
    stops = [_stop(visit) for visit in rows.order_by("plan_starts_at", "id")]
    waiting = [stop for stop in stops if stop.stage]
    # Whoever is under way goes on with that before anything else.
    waiting.sort(key=lambda stop: stop.visit.state != Visit.State.UNDER_WAY)
    others = waiting[1:]
    return Tour(
        waiting[0] if waiting else None,
        [stop for stop in others if _day(stop) <= today],
        _by_day(stop for stop in others if _day(stop) > today),
        [stop for stop in stops if not stop.stage],
    )


def stop_of(request: PersonRequest, visit_id: UUID) -> Stop:
    """One visit of whoever may see it.

    Raises ``NotFound``.
    """
    visit = _visits(request.actor).filter(pk=visit_id).first()
    if visit is None:
        raise NotFound(what=Visit._meta.verbose_name)
    return _stop(visit)


def _visits(actor: Actor) -> "QuerySet[Visit]":
    rows: QuerySet[Visit] = scope(actor, Visit)
    of_case = ("customer", "site", "contact", "product", "installed", "organisation", "row")
    promises = Prefetch("promises", Promise.objects.order_by("number"))
    return (
        rows.select_related("technician", "vehicle", *(f"case__{name}" for name in of_case))
        .prefetch_related(promises)
        .distinct()
    )


def _stop(visit: Visit) -> Stop:
    last = list(visit.promises.all())[-1]
    return Stop(visit, Window(last.starts_at, last.ends_at))


def _day(stop: Stop) -> date:
    return timezone.localdate(stop.promise.start)


def _by_day(stops: Iterable[Stop]) -> list[Day]:
    return [Day(day, list(of_day)) for day, of_day in groupby(sorted(stops, key=_day), key=_day)]


def _days(number: int) -> timedelta:
    return timedelta(days=number)
