"""Demo (演示): three organisations of different trades with a month behind them.

The one sanctioned bulk writer, on demo organisations only. Everything that happens goes through the
services, at the time it is said to have happened; the same seed gives the same month.
"""

import random
from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from shouhou.demo.companies import COMPANIES
from shouhou.demo.founding import found
from shouhou.demo.month import Month

PASSWORD = "shouhou-demo"
DAYS = 30


def load(
    *, now: datetime, seed: int = 7, cases: int = 24, say: Callable[[str], None] = lambda line: None
) -> None:
    """Found the demo organisations and live through their last month.

    ``cases`` is the number of reports per organisation.
    """
    local = timezone.localtime(now)
    # One hash for all: hashing thirty passwords would take longer than a week of the month.
    password = make_password(PASSWORD)
    for company in COMPANIES:
        say(company.name)
        house = found(company, now=local, days=DAYS, chance=random.Random(f"{seed} {company.code}"))
        house.give_logins(password)
        Month(
            house, now=now, days=DAYS, cases=cases, chance=random.Random(f"{seed} month {company.code}")
        ).live()
