"""Who holds a role, who is able, who is free to go along."""

from datetime import date, timedelta

import pytest

from shouhou.core.policy import Role
from shouhou.kernel.availability import Need
from shouhou.kernel.window import Window
from shouhou.people import queries, services
from shouhou.people.models import Vehicle
from tests.conftest import NOW, as_actor, hire
from tests.people.conftest import FOUR, HOUR, THREE, TWO, take

pytestmark = pytest.mark.django_db

AFTERNOON = Window(TWO, FOUR)


class TestPeopleWithRole:
    def test_names_each_once_and_nobody_who_left(self, yamu, hengda, zhou, zhang, chen):
        services.set_roles(zhang, roles=[Role.TECHNICIAN, Role.DRIVER], actor=as_actor(zhou), now=NOW)
        services.let_person_go(chen, actor=as_actor(zhou), now=NOW)
        hire(hengda, "qian", "钱外人", Role.TECHNICIAN)
        found = queries.people_with_role(yamu.pk, Role.TECHNICIAN, Role.DRIVER)
        assert list(found) == [zhang]


class TestAble:
    @pytest.fixture
    def r32(self, zhou):
        trade = services.add_trade(name="制冷", actor=as_actor(zhou), now=NOW)
        return services.add_skill(
            trade_id=trade.pk, name="R32 冷媒", needs_certificate=True, actor=as_actor(zhou), now=NOW
        )

    def names(self, organisation, need, day):
        return [one.name for one in queries.able(organisation.pk, need, day)]

    def test_holds_the_skill_with_a_certificate_good_on_the_day(self, yamu, zhou, zhang, chen, r32):
        until = date(2026, 11, 30)
        services.grant_skill(
            zhang, skill_id=r32.pk, certificate="ZL-1", valid_until=until, actor=as_actor(zhou), now=NOW
        )
        skilled, in_trade = Need(HOUR, skill=r32.pk), Need(HOUR, trade=r32.trade_id)
        assert self.names(yamu, skilled, until) == ["张建国"]
        assert self.names(yamu, in_trade, until) == ["张建国"]
        assert self.names(yamu, skilled, until + timedelta(days=1)) == []
        assert self.names(yamu, Need(HOUR), until) == ["张建国", "陈刚"]

    def test_takes_one_statement(self, yamu, zhang, chen, django_assert_num_queries):
        with django_assert_num_queries(1):
            queries.able(yamu.pk, Need(HOUR), NOW.date())


class TestCandidates:
    def test_for_a_crew_come_with_what_binds_them_the_free_first(
        self, desk, wang, zhou, zhang, chen, yamu, django_assert_num_queries
    ):
        sun = hire(yamu, "sun", "孙司机", Role.DRIVER)
        take(desk, [chen], THREE, FOUR)
        services.grant_leave(
            zhang, sort="annual", starts_at=TWO - HOUR, ends_at=THREE, actor=as_actor(zhou), now=NOW
        )
        actor = as_actor(wang)
        with django_assert_num_queries(2):
            found = queries.crew_candidates(actor, AFTERNOON, NOW)

        assert [one.name for one in found] == ["孙司机", "张建国", "陈刚"]
        free, away, busy = found
        assert (free.id, free.bound) == (sun.pk, None)
        assert (away.is_on_leave, away.bound.end) == (True, THREE)
        assert (busy.is_on_leave, busy.bound.start) == (False, THREE)

    def test_among_vehicles_have_the_seats(self, desk, wang, zhang, van, yamu):
        bus = Vehicle.objects.create(organisation=yamu, plate="沪A·B9", seats=9)
        take(desk, [zhang], TWO, THREE, van=van)
        assert [one.name for one in queries.vehicle_candidates(as_actor(wang), AFTERNOON, NOW)] == [
            "沪A·B9",
            "沪A·D2381",
        ]
        assert [one.id for one in queries.vehicle_candidates(as_actor(wang), AFTERNOON, NOW, seats=5)] == [
            bus.pk
        ]
