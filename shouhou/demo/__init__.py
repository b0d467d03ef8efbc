"""Demo (演示): three organisations of different trades with a month behind them.

The one sanctioned bulk writer, on demo organisations only. Everything that happens goes through the
services, at the time it is said to have happened; the same seed gives the same month.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password

from shouhou.core.models import Organisation
from shouhou.core.policy import ROLE_NAMES
from shouhou.demo.companies import COMPANIES
from shouhou.demo.founding import found
from shouhou.demo.month import Month
from shouhou.people.models import Person

PASSWORD = "shouhou-demo"
DAYS = 30


@dataclass(frozen=True, slots=True)
class Login:
    """A login to try a role with."""

    username: str
    password: str
    name: str
    organisation: str
    roles: tuple[str, ...]


def load(
    *, now: datetime, seed: int = 7, cases: int = 45, progress: Callable[[str], None] = lambda line: None
) -> list[Login]:
    """Found the demo organisations and live through their last month; the logins to try them with.

    ``cases`` is the number of reports per organisation.
    """
    # One hash for all: hashing thirty passwords would take longer than a week of the month.
    password = make_password(PASSWORD)
    for company in COMPANIES:
        progress(company.name)
        house = found(company, now=now, days=DAYS, chance=random.Random(f"{seed} {company.code}"))
        house.give_logins(password)
        Month(
            house, now=now, days=DAYS, cases=cases, chance=random.Random(f"{seed} month {company.code}")
        ).live()
    return logins()


def is_loaded() -> bool:
    """Whether any organisation stands in this database, demo or real: then nothing is added."""
    return Organisation.objects.exists()


def logins() -> list[Login]:
    """One named login per role of the first demo organisation, then the others' agents."""
    people = (
        Person.objects.filter(organisation__is_demo=True, is_active=True)
        .exclude(username__startswith="person-")
        .select_related("organisation")
        .prefetch_related("roles")
        .order_by("organisation__created_at", "organisation_id", "joined_on", "id")
    )
    shown: dict[tuple[str, str], Login] = {}
    for person in people:
        roles = sorted(person.role_keys)
        if not roles:
            continue
        login = Login(
            person.username,
            PASSWORD,
            person.name,
            person.organisation.name,
            tuple(str(ROLE_NAMES[role]) for role in roles),  # type: ignore[index]  # keyed by the role's value
        )
        shown.setdefault((person.organisation.code, roles[0]), login)
    return list(shown.values())
