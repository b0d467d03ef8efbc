"""Questions about people: who holds a role, who is able, who is free to go along."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from shouhou.core.actor import Actor
from shouhou.core.policy import ROLE_NAMES, Role, scope
from shouhou.kernel.availability import Ability, Binding, Need, Technician, lacking
from shouhou.kernel.window import Window
from shouhou.people import occupancy
from shouhou.people.models import Person, Vehicle

# Who may sit in the car beside the technician.
CREW = (Role.TECHNICIAN, Role.SPECIALIST, Role.DRIVER, Role.ENGINEER)


def people_with_role(organisation_id: UUID, *roles: str) -> QuerySet[Person]:
    """Who works here in any of these roles, by name."""
    rows = Person.objects.filter(organisation_id=organisation_id, is_active=True, roles__role__in=roles)
    return rows.distinct().order_by("name", "id")


def technicians(
    organisation_id: UUID,
    bindings: Mapping[UUID, Sequence[Binding]] | None = None,
    *,
    only: UUID | None = None,
) -> list[Technician]:
    """Every technician with what they can, and where they are bound if that is given; one statement."""
    rows = people_with_role(organisation_id, Role.TECHNICIAN).filter(Q(pk=only) if only else Q())
    names: dict[UUID, str] = {}
    abilities: dict[UUID, list[Ability]] = {}
    for key, name, skill, trade, needed, certificate, until in rows.values_list(
        "id",
        "name",
        "skills__skill",
        "skills__skill__trade",
        "skills__skill__needs_certificate",
        "skills__certificate",
        "skills__valid_until",
    ):
        names[key] = name
        if skill is not None:
            abilities.setdefault(key, []).append(
                Ability(skill, trade, not needed or bool(certificate), until)
            )
    bound = bindings or {}
    return [
        Technician(key, name, tuple(abilities.get(key, ())), tuple(bound.get(key, ())))
        for key, name in names.items()
    ]


def able(organisation_id: UUID, need: Need, day: date) -> list[Technician]:
    """The technicians who hold the skill, or one of the trade, with a certificate good on that day."""
    return [one for one in technicians(organisation_id) if lacking(one, need, day) is None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone, or a vehicle, one might send along; ``bound`` is the stretch in the way, if there is one."""

    id: UUID
    name: str
    bound: Window | None = None
    is_on_leave: bool = False


def crew_candidates(actor: Actor, window: Window, now: datetime) -> list[Candidate]:
    """Who might go along in a window, the free ones first; two statements."""
    people = (
        scope(actor, Person).filter(is_active=True, roles__role__in=CREW).distinct().order_by("name", "id")
    )
    return _candidates(actor, people, window, now)


def vehicle_candidates(actor: Actor, window: Window, now: datetime, *, seats: int = 1) -> list[Candidate]:
    """Which vehicles with room for so many might go in a window, the free ones first; two statements."""
    vehicles = scope(actor, Vehicle).filter(is_active=True, seats__gte=seats).order_by("plate")
    return _candidates(actor, vehicles, window, now)


def _candidates(
    actor: Actor, resources: Iterable[Person] | Iterable[Vehicle], window: Window, now: datetime
) -> list[Candidate]:
    rows = occupancy.standing(actor.organisation_id, window.start, window.end, now).order_by("-starts_at")
    bound = {row.resource_id: row for row in rows}
    candidates = []
    for resource in resources:
        row = bound.get(resource.pk)
        stretch = Window(row.starts_at, row.ends_at) if row else None
        is_on_leave = row is not None and row.holder_kind == occupancy.LEAVE
        candidates.append(Candidate(resource.pk, str(resource), stretch, is_on_leave))
    return sorted(candidates, key=lambda one: one.bound is not None)


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """Someone invented, whose roles may be tried."""

    id: UUID
    username: str
    name: str
    roles: tuple[str, ...]

    @property
    def role_names(self) -> list[str]:
        """The roles in words."""
        return [str(name) for role, name in ROLE_NAMES.items() if role in self.roles]


@dataclass(frozen=True, slots=True)
class DemoCompany:
    """A demo organisation, and people who between them hold all its roles."""

    name: str
    logins: list[DemoLogin]


def demo_logins() -> list[DemoCompany]:
    """Of each demo organisation the first to hold each role, in the order of the roles; two statements.

    Demo organisations hold invented people alone, and their password is told to everyone.
    """
    people = Person.objects.filter(organisation__is_demo=True, is_active=True, username__isnull=False)
    people = people.exclude(password__startswith="!").select_related("organisation")
    ordered = people.prefetch_related("roles").order_by("organisation_id", "joined_on", "pk")
    companies: dict[str, dict[str, Person]] = {}
    for person in ordered:
        holders = companies.setdefault(person.organisation.name, {})
        for role in person.role_keys:
            holders.setdefault(role, person)
    return [DemoCompany(company, _stand_for(holders)) for company, holders in companies.items()]


def _stand_for(holders: Mapping[str, Person]) -> list[DemoLogin]:
    people = dict.fromkeys(holders[role] for role in ROLE_NAMES if role in holders)
    return [
        DemoLogin(person.pk, person.username or "", person.name, tuple(sorted(person.role_keys)))
        for person in people
    ]
