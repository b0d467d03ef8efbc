"""How a day stands (派工日计划): who goes where with whom, who is away, who has nothing yet (F3)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from shouhou.core import policies
from shouhou.core.actor import Actor
from shouhou.core.calendar import calendar_of
from shouhou.core.policy import OFFICE, Role, scope
from shouhou.kernel.availability import Binding
from shouhou.kernel.window import Window
from shouhou.people import occupancy
from shouhou.people.models import Occupancy
from shouhou.people.queries import people_with_role
from shouhou.work.models import CrewMember, Promise, Visit
from shouhou.work.services.booking import HOLDER


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit of the day; ``visit`` brings its case, customer, site, product and vehicle along."""

    visit: Visit
    plan: Window
    promise: Window | None
    crew: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One technician's day; ``bound`` are stretches that are no visit: leave, offered times."""

    technician_id: UUID
    technician_name: str
    visits: tuple[PlannedVisit, ...] = ()
    bound: tuple[Binding, ...] = ()


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A day's rows by name. From ``fixed_at`` on a change comes late, and the board says so."""

    day: date
    rows: tuple[Row, ...]
    fixed_at: datetime
    is_fixed: bool


def day_plan(actor: Actor, day: date, now: datetime) -> DayPlan:
    """The day of everyone the actor sees; five statements beside the calendar, however many visits."""
    calendar = calendar_of(actor.organisation_id)
    whole = Window(calendar.moment(day, time.min), calendar.moment(day + timedelta(days=1), time.min))
    names: dict[UUID, str] = {}
    if actor.has(*OFFICE):
        names = dict(people_with_role(actor.organisation_id, Role.TECHNICIAN).values_list("id", "name"))
    visits: dict[UUID, list[PlannedVisit]] = defaultdict(list)
    for visit in _visits(actor, whole):
        names[visit.technician_id] = visit.technician.name
        visits[visit.technician_id].append(_planned(visit))
    bound: dict[UUID, list[Binding]] = defaultdict(list)
    for row in _bound_otherwise(actor, whole, now):
        bound[row.resource_id].append(
            Binding(Window(row.starts_at, row.ends_at), row.holder_kind == occupancy.LEAVE)
        )
    cut_off: time = policies.value(actor.organisation_id, "dispatch.cut_off")
    fixed_at = calendar.moment(calendar.next_working_day(day, -1), cut_off)
    rows = (
        Row(key, name, tuple(visits[key]), tuple(bound[key]))
        for key, name in sorted(names.items(), key=lambda item: item[1])
    )
    return DayPlan(day, tuple(rows), fixed_at, now >= fixed_at)


def _visits(actor: Actor, whole: Window) -> QuerySet[Visit]:
    rows: QuerySet[Visit] = scope(actor, Visit)
    return (
        rows.filter(plan_starts_at__lt=whole.end, plan_ends_at__gt=whole.start)
        .exclude(state=Visit.State.CANCELLED)
        .select_related("technician", "vehicle", "case__customer", "case__site", "case__product")
        .prefetch_related(
            Prefetch("promises", Promise.objects.order_by("number")),
            Prefetch("crew", CrewMember.objects.select_related("person").order_by("-drives", "id")),
        )
        .order_by("plan_starts_at", "id")
        .distinct()
    )


def _planned(visit: Visit) -> PlannedVisit:
    promises = list(visit.promises.all())
    return PlannedVisit(
        visit,
        Window(visit.plan_starts_at, visit.plan_ends_at),
        Window(promises[-1].starts_at, promises[-1].ends_at) if promises else None,
        tuple(member.person.name for member in visit.crew.all()),
    )


def _bound_otherwise(actor: Actor, whole: Window, now: datetime) -> QuerySet[Occupancy]:
    rows = occupancy.standing(actor.organisation_id, whole.start, whole.end, now)
    return rows.exclude(holder_kind=HOLDER).order_by("starts_at")
