"""Hiring, changing, giving roles, letting go."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from shouhou.core.actor import Actor, Kind
from shouhou.core.events import personal, record
from shouhou.core.policy import ROLE_NAMES, Role
from shouhou.core.refusals import Unfit
from shouhou.core.text import one_line
from shouhou.core.use_case import use_case
from shouhou.people import occupancy
from shouhou.people.models import Person, RoleHolding
from shouhou.people.refusals import HasLeft, LastAdministrator, OnlyAdministrators, StillBound

# Each field of a person that is a line of text, with its length.
LINES = {"name": 60, "name_en": 60, "phone": 20, "email": 254, "permit": 40}


@use_case("people.hire_person")
def hire_person(
    *,
    name: str,
    name_en: str = "",
    phone: str = "",
    email: str = "",
    permit: str = "",
    joined_on: date | None = None,
    roles: Collection[str] = (),
    actor: Actor,
    now: datetime,
) -> Person:
    """Take someone on (入职), still without a login.

    Raises ``Unfit``, and ``OnlyAdministrators`` when anyone else makes an administrator.
    """
    lines = _clean({"name": name, "name_en": name_en, "phone": phone, "email": email, "permit": permit})
    person = Person(
        organisation_id=actor.organisation_id, joined_on=joined_on or timezone.localdate(now), **lines
    )
    person.set_unusable_password()
    person.save(force_insert=True)
    record(
        "people.person_hired",
        person,
        actor=actor,
        now=now,
        name=personal(person.organisation_id, person.name),
    )
    if roles:
        set_roles(person, roles=roles, actor=actor, now=now)
    return person


@use_case("people.change_person", on=Person)
def change_person(
    person: Person,
    *,
    name: str | None = None,
    name_en: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    permit: str | None = None,
    joined_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> Person:
    """Correct what stands in someone's file; what is not given stays.

    The event names the fields, never their values.
    """
    must_be_allowed(person, actor)
    given = {"name": name, "name_en": name_en, "phone": phone, "email": email, "permit": permit}
    changes = _clean({field: text for field, text in given.items() if text is not None})
    changed = [field for field, text in changes.items() if getattr(person, field) != text]
    for field in changed:
        setattr(person, field, changes[field])
    if joined_on is not None and joined_on != person.joined_on:
        person.joined_on = joined_on
        changed.append("joined_on")
    if changed:
        person.save(update_fields=changed)
        record("people.person_changed", person, actor=actor, now=now, fields=changed)
    return person


@use_case("people.set_roles", on=Person)
def set_roles(person: Person, *, roles: Collection[str], actor: Actor, now: datetime) -> Person:
    """Say which roles someone holds, all of them.

    Raises ``OnlyAdministrators``, ``LastAdministrator``, and ``Unfit`` for a role that does not exist.
    """
    wanted, held = frozenset(roles), person.role_keys
    if wanted - set(ROLE_NAMES):
        raise Unfit({"roles": _("Choose roles from the list.")})
    must_be_allowed(person, actor, roles=wanted)
    if Role.ADMINISTRATOR not in wanted:
        _must_leave_an_administrator(person)
    if wanted == held:
        return person
    person.roles.exclude(role__in=wanted).delete()
    RoleHolding.objects.bulk_create(
        RoleHolding(organisation_id=person.organisation_id, person=person, role=role)
        for role in sorted(wanted - held)
    )
    record(
        "people.roles_set",
        person,
        actor=actor,
        now=now,
        given=sorted(wanted - held),
        taken=sorted(held - wanted),
    )
    return person


@use_case("people.let_person_go", on=Person)
def let_person_go(person: Person, *, left_on: date | None = None, actor: Actor, now: datetime) -> Person:
    """Someone leaves (离职): no login any more, never sent again; what they did stays on the record.

    Raises ``StillBound`` while they have appointments to come, ``LastAdministrator``, ``HasLeft``.
    """
    must_work_here(person)
    must_be_allowed(person, actor)
    _must_leave_an_administrator(person)
    must_be_free(occupancy.PERSON, person, now)
    person.is_active, person.left_on, person.username = False, left_on or timezone.localdate(now), None
    person.set_unusable_password()
    person.save(update_fields=["is_active", "left_on", "username", "password", "password_given_at"])
    record("people.person_left", person, actor=actor, now=now, left_on=person.left_on)
    return person


@use_case("people.take_person_back", on=Person)
def take_person_back(person: Person, *, actor: Actor, now: datetime) -> Person:
    """Someone who left works here again, with the roles they had and without a login."""
    must_be_allowed(person, actor)
    if not person.is_active:
        person.is_active, person.left_on = True, None
        person.save(update_fields=["is_active", "left_on"])
        record("people.person_taken_back", person, actor=actor, now=now)
    return person


def must_work_here(person: Person) -> None:
    if not person.is_active:
        raise HasLeft(name=person.name, day=person.left_on)


def must_be_allowed(person: Person, actor: Actor, roles: Collection[str] = ()) -> None:
    """Nobody raises themselves: who is not administrator neither makes nor changes one."""
    if actor.kind is not Kind.STAFF or actor.has(Role.ADMINISTRATOR):
        return
    if Role.ADMINISTRATOR in {*roles, *person.role_keys}:
        raise OnlyAdministrators


def must_be_free(kind: str, resource: occupancy.Resource, now: datetime) -> None:
    """Refuse while someone, or a vehicle, is promised to anyone from now on; leave does not count."""
    # The lock makes a booking under way wait, and then find that they left.
    occupancy.lock(resource.organisation_id, [(kind, resource.pk)])
    rows = occupancy.to_come(resource.organisation_id, now).filter(resource_id=resource.pk)
    found = rows.exclude(holder_kind=occupancy.LEAVE).aggregate(
        count=Count("holder_id", distinct=True), first=Min("starts_at")
    )
    if found["count"]:
        first = f"{timezone.localtime(found['first']):%Y-%m-%d %H:%M}"
        raise StillBound(resource=str(resource), count=found["count"], first=first)


def _must_leave_an_administrator(person: Person) -> None:
    holders = Person.objects.filter(
        organisation_id=person.organisation_id, is_active=True, roles__role=Role.ADMINISTRATOR
    )
    # Someone who cannot log in cannot make the next administrator.
    others = holders.exclude(pk=person.pk).exclude(password__startswith="!")
    if holders.filter(pk=person.pk).exists() and not others.exists():
        raise LastAdministrator(name=person.name)


def _clean(lines: dict[str, str]) -> dict[str, str]:
    clean = {
        field: one_line(text, field, most=LINES[field], least=int(field == "name"))
        for field, text in lines.items()
    }
    if clean.get("email"):
        try:
            validate_email(clean["email"])
        except ValidationError:
            raise Unfit({"email": _("Enter an address such as name@example.com.")}) from None
    return clean
