"""What the tests of this room share: a case of 李女士's, registered or accepted, and the moments of two days."""

from datetime import timedelta
from uuid import uuid4

import pytest

from shouhou.cases import services as cases
from shouhou.core import policy
from shouhou.core.policy import Role
from shouhou.core.use_case import use_case
from shouhou.people import occupancy
from shouhou.people import services as people
from shouhou.people.occupancy import crew
from shouhou.work import services as work
from tests.conftest import NOW, as_actor

HOUR = timedelta(hours=1)
NINE = NOW.replace(hour=9, minute=0)
TOMORROW = NINE + timedelta(days=1)


@pytest.fixture
def case(li, wardrobe, wang):
    return cases.register_case(
        customer_id=li.pk,
        installed_id=wardrobe.pk,
        site_id=li.sites.get().pk,
        symptom="滑门脱轨",
        channel="phone",
        actor=as_actor(wang),
        now=NOW,
    )


@pytest.fixture
def accepted(case, wang, zhang):
    """The case with its repair at the customer's decided, to be booked now."""
    assess(case, wang)
    return case


def assess(case, agent):
    return cases.assess_case(
        case,
        is_reasonable=True,
        reasonable_grounds="保修期内滑门脱轨",
        outcome="accepted",
        remedy="repair",
        place="home",
        actor=as_actor(agent),
        now=NOW,
    )


@pytest.fixture
def sliding_doors(wardrobe, zhou):
    """The wardrobe asks for a skill now."""
    joinery = people.add_trade(name="木工", actor=as_actor(zhou), now=NOW)
    skill = people.add_skill(
        trade_id=joinery.pk, name="移门", needs_certificate=True, actor=as_actor(zhou), now=NOW
    )
    wardrobe.product.trade, wardrobe.product.skill = joinery, skill
    wardrobe.product.save()
    return skill


def book(case, technician, start, actor):
    return work.book_visit(
        case,
        technician_id=technician.pk,
        starts_at=start,
        ends_at=start + 2 * HOUR,
        actor=as_actor(actor),
        now=NOW,
    )


@use_case("test.hold")
def _hold(*, stretches, expires_at, actor, now):
    occupancy.take(actor.organisation_id, stretches, "slot", uuid4(), now, expires_at)


def hold(agent, technician, start, expires_at):
    policy.allow("test.hold", Role.AGENT)
    stretches = crew([technician.pk], start, start + 2 * HOUR)
    _hold(stretches=stretches, expires_at=expires_at, actor=as_actor(agent), now=NOW)
    policy.RULES.pop("test.hold")
