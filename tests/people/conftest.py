"""What the tests of this room share: an hour in the afternoon, a van, and 王敏 at her desk."""

from datetime import timedelta
from uuid import uuid4

import pytest

from shouhou.core import policy
from shouhou.core.use_case import use_case
from shouhou.people import occupancy
from shouhou.people.models import Vehicle
from shouhou.people.occupancy import crew
from tests.conftest import NOW, as_actor

HOUR = timedelta(hours=1)
TWO = NOW.replace(hour=14, minute=0)
THREE, FOUR = TWO + HOUR, TWO + 2 * HOUR


@use_case("test.arrange")
def arrange(*, act, actor, now):
    return act(actor.organisation_id)


@pytest.fixture(autouse=True)
def rule():
    policy.allow("test.arrange", policy.Role.AGENT)
    yield
    policy.RULES.pop("test.arrange")


@pytest.fixture
def van(yamu):
    return Vehicle.objects.create(organisation=yamu, plate="沪A·D2381")


@pytest.fixture
def desk(wang):
    """王敏 at her desk: what she does runs as one use case."""

    def run(act):
        return arrange(act=act, actor=as_actor(wang), now=NOW)

    return run


def take(desk, people, start, end, *, holder=None, van=None, expires_at=None, now=NOW):
    holder = holder or uuid4()
    stretches = crew([person.pk for person in people], start, end, vehicle_id=van and van.pk)
    desk(lambda org: occupancy.take(org, stretches, "visit", holder, now, expires_at))
    return holder
