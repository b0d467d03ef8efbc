"""The day's board (F3): customers, vehicles, people."""

from datetime import timedelta

import pytest

from shouhou.core import recall
from shouhou.core.calendar import calendar_of
from shouhou.dispatch.board import day_plan
from shouhou.people import services as people
from shouhou.people.models import Vehicle
from shouhou.work import services as work
from tests.conftest import NOW, as_actor
from tests.dispatch.conftest import HOUR, TOMORROW, book, hold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


class TestDayPlan:
    def test_shows_every_technician_with_visits_and_without(self, accepted, wang, zhang, chen, yamu):
        van = Vehicle.objects.create(organisation=yamu, plate="沪A·D2381")
        work.book_visit(
            accepted,
            technician_id=zhang.pk,
            starts_at=TOMORROW,
            ends_at=TOMORROW + 2 * HOUR,
            vehicle_id=van.pk,
            crew_ids=[chen.pk],
            actor=as_actor(wang),
            now=NOW,
        )
        plan = day_plan(as_actor(wang), TOMORROW.date(), NOW)

        rows = {row.technician_name: row for row in plan.rows}
        assert set(rows) == {"张建国", "陈刚"}
        (planned,) = rows["张建国"].visits
        assert planned.visit.case.customer.name == "李秀兰"
        assert planned.visit.vehicle == van
        assert planned.promise.start == TOMORROW
        assert planned.crew == ("陈刚",)
        assert rows["陈刚"].visits == ()

    def test_shows_leave_and_times_offered(self, wang, zhou, zhang, chen):
        people.grant_leave(
            zhang, sort="annual", starts_at=TOMORROW, ends_at=TOMORROW + HOUR, actor=as_actor(zhou), now=NOW
        )
        hold(wang, chen, TOMORROW, expires_at=NOW + HOUR)
        rows = {row.technician_name: row for row in day_plan(as_actor(wang), TOMORROW.date(), NOW).rows}
        assert [one.is_leave for one in rows["张建国"].bound] == [True]
        assert [one.is_leave for one in rows["陈刚"].bound] == [False]

    def test_shows_a_technician_their_own_day_alone(self, accepted, wang, zhang, chen):
        book(accepted, zhang, TOMORROW, wang)
        assert [row.technician_name for row in day_plan(as_actor(zhang), TOMORROW.date(), NOW).rows] == [
            "张建国"
        ]
        assert day_plan(as_actor(chen), TOMORROW.date(), NOW).rows == ()

    def test_leaves_out_what_was_cancelled(self, accepted, wang, zhang):
        visit = book(accepted, zhang, TOMORROW, wang)
        work.cancel_visit(visit, reason="客户不在家", actor=as_actor(wang), now=NOW)
        assert day_plan(as_actor(wang), TOMORROW.date(), NOW).rows[0].visits == ()

    def test_is_fixed_from_the_cut_off_of_the_working_day_before(self, wang, zhang):
        monday = TOMORROW.date() + timedelta(days=5)
        plan = day_plan(as_actor(wang), monday, NOW)
        assert plan.fixed_at == NOW.replace(hour=17, minute=0) + timedelta(days=3)
        assert not plan.is_fixed
        assert day_plan(as_actor(wang), monday, plan.fixed_at).is_fixed

    def test_takes_five_statements(self, accepted, wang, zhang, chen, django_assert_num_queries):
        book(accepted, zhang, TOMORROW, wang)
        with recall.remembering():
            calendar_of(wang.organisation_id)
            actor = as_actor(wang)
            # Technicians; visits; their promises; their crews; leave and offered times.
            with django_assert_num_queries(5):
                day_plan(actor, TOMORROW.date(), NOW)
