"""The first organisation and its first administrator, when nobody is there yet to have a role."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from shouhou.core.actor import Actor
from shouhou.core.models import Lease, Organisation
from shouhou.core.policy import Role
from shouhou.core.refusals import Unfit
from shouhou.core.services import found_organisation
from shouhou.core.use_case import use_case
from shouhou.people.models import Person
from shouhou.people.refusals import HouseIsOpen
from shouhou.people.services.logins import give_login
from shouhou.people.services.staff import hire_person

FOUNDING = "founding"


@use_case("people.open_house", composite=True)
def open_house(
    *,
    company: str,
    code: str,
    name: str,
    username: str,
    password: str,
    hotline: str = "",
    actor: Actor,
    now: datetime,
) -> Person:
    """Found the first organisation of a database, with an administrator who chose their password.

    Whoever comes second finds the house open, however close behind. The actor comes from ``actor.job`` and
    brings the organisation's new key. Raises ``HouseIsOpen``, and ``Unfit`` naming each field.
    """
    _must_be_first(now)
    _must_be_strong(password)
    try:
        found_organisation(code=code, name=company, hotline=hotline, actor=actor, now=now)
    except Unfit as trouble:
        # The organisation's name is asked for beside the person's.
        raise Unfit(
            {{"name": "company"}.get(field, field): why for field, why in trouble.problems.items()}
        ) from None
    person = hire_person(name=name, roles=[Role.ADMINISTRATOR], actor=actor, now=now)
    give_login(person, username=username, actor=actor, now=now)
    person.refresh_from_db()
    person.set_password(password)
    person.save(update_fields=["password", "password_given_at"])
    return person


def _must_be_first(now: datetime) -> None:
    """Two who come at once: the second waits here for the first, and then finds the organisation.

    Raises ``HouseIsOpen``.
    """
    Lease.objects.get_or_create(name=FOUNDING, defaults={"holder": FOUNDING, "until": now})
    Lease.objects.select_for_update().get(name=FOUNDING)
    if Organisation.objects.exists():
        raise HouseIsOpen


def _must_be_strong(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as trouble:
        raise Unfit({"password": " ".join(trouble.messages)}) from None
