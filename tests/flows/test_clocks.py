"""Clocks: armed by rule and calendar, struck one by one, set again when a holiday or a fact changes."""

from datetime import date, timedelta

import pytest
from django.db import connection, connections

from shouhou.core import jobs, use_case
from shouhou.core.services import set_calendar_day
from shouhou.flows import listening, queries
from shouhou.flows.clocks import fire_due
from shouhou.flows.models import Incident, Run, Timer
from shouhou.flows.services import retry_incident
from tests.conftest import NOW, as_actor
from tests.flows.conftest import here, note, weigh
from tests.kernel.bpmn.drawing import event, timer

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEIGH = 'user w shouhou:task="weigh"'
MEND = 'user m shouhou:task="mend"'


def late(rule: str, form: str = "timeDuration", more: str = ""):
    """A drawing in which 评估 has a clock on its edge that leads to 维修."""
    return (
        f"start s; {WEIGH}; {MEND}; end e",
        event("boundary", "b", timer(rule, form), f'attachedToRef="w" {more}'),
        "s -> w -> e; b -> m -> e",
    )


class TestStriking:
    def test_an_interrupting_clock_takes_the_task_away(self, draw, slip):
        draw(*late("PT1H"))
        root = slip()
        assert fire_due(NOW + HOUR - timedelta(seconds=1)) == 0
        assert fire_due(NOW + HOUR) == 1
        assert here(root) == ["m"]
        assert fire_due(NOW + 2 * HOUR) == 0
        fired = queries.element_history(root.pk, "b")[-1]
        assert (fired.word, fired.who, fired.event.kind) == ("fired", "流程", "flows.timer_fired")

    def test_a_cycle_beside_the_task_strikes_as_often_as_it_says(self, draw, slip, agent):
        draw(*late("R2/PT10M", "timeCycle", 'cancelActivity="false"'))
        root = slip()
        for minutes in (10, 20, 30):
            fire_due(NOW + timedelta(minutes=minutes))
        assert here(root) == ["w", "m", "m"]
        assert not Timer.objects.exists()

    def test_goes_with_its_task(self, draw, slip, agent):
        draw(*late("PT1H"))
        root = slip()
        weigh(root, actor=agent, now=NOW)
        assert not Timer.objects.exists()
        assert Run.objects.get().state == "ended"

    def test_one_broken_clock_does_not_stop_the_others_and_is_shown(self, draw, slip, zhou, english):
        draw(*late("PT1H"))
        broken, sound = slip("沪A·1"), slip("沪A·2")

        def break_down(event, actor, now):
            if event.kind == "flows.timer_fired" and event.root_id == broken.pk:
                raise ZeroDivisionError

        use_case.install((listening.hear, break_down))
        assert fire_due(NOW + HOUR) == 1
        assert (here(broken), here(sound)) == (["w"], ["m"])
        assert fire_due(NOW + HOUR) == 0
        incident = Incident.objects.get()
        assert "ZeroDivisionError" in str(incident)
        assert queries.position(broken.pk).incidents == (incident,)

        use_case.install((listening.hear,))
        retry_incident(incident, reason="修好了", actor=as_actor(zhou), now=NOW + HOUR)
        fire_due(NOW + HOUR)
        assert here(broken) == ["m"]


class TestWorkingTime:
    """1 个工作日, on the organisation's calendar; 2026-11-24 is a Tuesday."""

    def test_rule_and_instant_are_both_kept(self, draw, slip):
        draw(*late("1 个工作日"))
        slip()
        clock = Timer.objects.get()
        assert (clock.rule, clock.armed_at, clock.due_at) == ("1 个工作日", NOW, NOW + DAY)

    def test_a_changed_holiday_sets_it_again(self, draw, slip, admin):
        draw(*late("1 个工作日"))
        slip()
        set_calendar_day(
            day=date(2026, 11, 25), is_working=False, name="店庆", actor=as_actor(admin), now=NOW
        )
        jobs.run_due(NOW)
        assert Timer.objects.get().due_at == NOW + 2 * DAY

        set_calendar_day(day=date(2026, 11, 25), is_working=None, actor=as_actor(admin), now=NOW)
        jobs.run_due(NOW)
        assert Timer.objects.get().due_at == NOW + DAY


class TestFacts:
    """A clock may read its moment from a fact."""

    FACT = ("=时刻", "timeDate")

    def opened(self, draw, slip, agent, moment, moving=()):
        draw(
            f'start s; user c shouhou:task="weigh"; {MEND}; user w shouhou:task="weigh"; end e',
            event("boundary", "b", timer(*self.FACT), 'attachedToRef="w"'),
            "s -> c -> w -> e; b -> m -> e",
            moving=moving,
        )
        root = slip()
        weigh(root, found=moment, actor=agent, now=NOW)
        return root

    def test_strikes_at_the_facts_moment(self, draw, slip, agent):
        root = self.opened(draw, slip, agent, (NOW + HOUR).isoformat())
        assert Timer.objects.get().due_at == NOW + HOUR
        fire_due(NOW + HOUR)
        assert here(root) == ["m"]

    def test_does_not_strike_when_the_fact_says_later_by_then(self, draw, slip, agent):
        root = self.opened(draw, slip, agent, (NOW + HOUR).isoformat())
        note(root, found=(NOW + DAY).isoformat(), actor=agent, now=NOW)
        assert fire_due(NOW + HOUR) == 0
        assert Timer.objects.get().due_at == NOW + DAY
        assert fire_due(NOW + DAY) == 1

    def test_is_set_again_at_once_by_an_event_that_moves_it(self, draw, slip, agent):
        root = self.opened(draw, slip, agent, (NOW + DAY).isoformat(), moving=("test.noted",))
        note(root, found=(NOW + HOUR).isoformat(), actor=agent, now=NOW)
        assert Timer.objects.get().due_at == NOW + HOUR

    def test_without_a_moment_stops_as_an_incident_until_the_fact_is_known(self, draw, slip, agent, zhou):
        root = self.opened(draw, slip, agent, "没有日期")
        incident = Incident.objects.get()
        assert (incident.code, incident.node) == ("flow.timer_due", "w")
        assert not Timer.objects.exists()

        note(root, found=(NOW + HOUR).isoformat(), actor=agent, now=NOW)
        retry_incident(incident, reason="日期已补", actor=as_actor(zhou), now=NOW)
        assert Timer.objects.get().due_at == NOW + HOUR
        assert here(root) == ["w"]


@pytest.mark.django_db(transaction=True)
class TestLocks:
    def test_the_clock_does_not_queue_behind_people(self, draw, slip):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has a single writer; the clock waits its turn there")
        draw(*late("PT1H"))
        root = slip()
        other = connections.create_connection("default")
        try:
            with other.cursor() as cursor:
                cursor.execute("BEGIN")
                cursor.execute("SELECT 1 FROM core_root WHERE id = %s FOR UPDATE", [root.pk])
                assert fire_due(NOW + HOUR) == 0
                cursor.execute("ROLLBACK")
        finally:
            other.close()
        assert fire_due(NOW + HOUR) == 1
