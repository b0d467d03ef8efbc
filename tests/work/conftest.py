"""A case of 李女士's with a visit booked for 张工, tomorrow from two to three."""

from datetime import timedelta

import pytest

from shouhou.cases import services as cases
from shouhou.work import services as work
from tests.conftest import NOW, as_actor

TWO = NOW.replace(hour=14, minute=0) + timedelta(days=1)
THREE = TWO + timedelta(hours=1)


@pytest.fixture
def case(li, wardrobe, wang):
    case = cases.register_case(
        customer_id=li.pk,
        installed_id=wardrobe.pk,
        symptom="滑门脱轨",
        channel="phone",
        actor=as_actor(wang),
        now=NOW,
    )
    cases.assess_case(
        case,
        is_reasonable=True,
        reasonable_grounds="描述与常见问题一致",
        outcome="accepted",
        remedy="repair",
        place="home",
        actor=as_actor(wang),
        now=NOW,
    )
    return case


@pytest.fixture
def visit(case, wang, zhang):
    return work.book_visit(
        case, technician_id=zhang.pk, starts_at=TWO, ends_at=THREE, actor=as_actor(wang), now=NOW
    )
