"""Who can come when, and why not the others."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from shouhou.kernel.availability import (
    Ability,
    Binding,
    Need,
    Obstacle,
    Technician,
    Vehicle,
    Why,
    openings,
    windows_of,
)
from shouhou.kernel.routing import Crow, Point
from shouhou.kernel.window import Window
from shouhou.kernel.workday import Calendar, weekdays

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar(SHANGHAI, weekdays(time(9), time(18)))
TUESDAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
R32, COOLING, JOINERY, CASE = (UUID(int=number) for number in range(1, 5))
PUDONG, XUHUI, SUZHOU = Point(31.221, 121.544), Point(31.188, 121.437), Point(31.299, 120.585)


def at(hour, minute=0, day=TUESDAY):
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def window(start, end, day=TUESDAY):
    return Window(at(start, day=day), at(end, day=day))


ZHANG = Technician(UUID(int=11), "张建国", (Ability(R32, COOLING),))
CHEN = Technician(UUID(int=12), "陈刚")
ANY = Need(90 * MINUTE)


def find(need, *technicians, start=None, days=1, **more):
    return list(
        openings(
            need, technicians, CALENDAR, Crow(), start=start or at(9), days=days, length=2 * HOUR, **more
        )
    )


def busy(technician, *bindings):
    return replace(technician, bindings=tuple(bindings))


def obstacle(need, technician, of=0, **more):
    reasons = find(need, technician, **more)[of].why_not
    return reasons[0].obstacle if reasons else None


class TestWindows:
    def said(self, *hours, length=2 * HOUR):
        calendar = Calendar(SHANGHAI, weekdays(*hours))
        return [
            f"{one.start.astimezone(SHANGHAI):%H%M}-{one.end.astimezone(SHANGHAI):%H%M}"
            for one in windows_of(calendar, TUESDAY, length)
        ]

    def test_are_cut_from_the_working_hours(self):
        assert self.said(time(9), time(18)) == [
            "0900-1100",
            "1100-1300",
            "1300-1500",
            "1500-1700",
            "1700-1800",
        ]

    def test_begin_anew_after_the_break_and_drop_a_short_rest(self):
        hours = time(8, 30), time(12), time(13, 30), time(16, 20)
        assert self.said(*hours) == ["0830-1030", "1030-1200", "1330-1530"]

    def test_do_not_exist_on_a_day_off(self):
        assert find(ANY, CHEN, start=at(9, day=date(2026, 11, 28)), days=2) == []


class TestSlots:
    def test_begin_at_the_moment_asked_and_end_before_closing(self):
        assert [one.window.start for one in find(ANY, CHEN, start=at(9, 1))] == [at(11), at(13), at(15)]

    def test_run_over_the_weekend(self):
        found = find(ANY, CHEN, start=at(14, day=FRIDAY), days=4)
        assert [one.window.start for one in found][:2] == [at(15, day=FRIDAY), at(9, day=date(2026, 11, 30))]

    def test_hold_a_long_visit_whole(self):
        found = find(Need(5 * HOUR), busy(CHEN, Binding(window(15, 16))))
        assert [bool(one.slots) for one in found] == [True, False, False]
        assert find(Need(5 * HOUR), CHEN)[1].slots[0].length == 5 * HOUR

    def test_name_the_one_with_less_to_do_first(self):
        zhang = busy(ZHANG, Binding(window(15, 16)))
        assert [slot.technician_name for slot in find(ANY, zhang, CHEN)[0].slots] == ["陈刚", "张建国"]

    def test_name_the_nearest_first(self):
        need = replace(ANY, place=PUDONG)
        near = busy(ZHANG, Binding(window(9, 11), place=PUDONG))
        far = busy(CHEN, Binding(window(9, 11), place=XUHUI))
        slots = find(need, far, near)[1].slots
        assert [slot.technician_name for slot in slots] == ["张建国", "陈刚"]
        assert slots[0].drive == timedelta()
        assert 20 * MINUTE < slots[1].drive < 40 * MINUTE

    def test_take_a_free_vehicle_when_one_is_needed(self):
        van, car = (
            Vehicle(UUID(int=21), "沪A·1", (window(9, 12),)),
            Vehicle(UUID(int=22), "沪A·2", (window(13, 18),)),
        )
        found = find(ANY, CHEN, vehicles=[van, car])
        assert [one.slots[0].vehicle_id for one in found] == [car.id, car.id, van.id, van.id]
        assert not find(ANY, CHEN, vehicles=[])[0].slots


class TestWhyNot:
    """为什么不是张工：every one has a reason."""

    @pytest.mark.parametrize(
        ("bound", "expected"),
        [
            (window(9, 11), Obstacle(Why.BUSY, until=at(11))),
            (Window(at(10, 59), at(15)), Obstacle(Why.BUSY, until=at(15))),
            (Window(at(8), at(9)), None),
            (Window(at(11), at(13)), None),
        ],
    )
    def test_busy_until(self, bound, expected):
        assert obstacle(ANY, busy(CHEN, Binding(bound))) == expected

    def test_on_leave_over_several_days(self):
        away = Binding(Window(at(9, day=date(2026, 11, 20)), at(12, day=FRIDAY)), is_leave=True)
        assert obstacle(ANY, busy(CHEN, away)) == Obstacle(Why.ON_LEAVE, until=at(12, day=FRIDAY))

    def test_lacks_the_skill_or_the_trade(self):
        assert obstacle(Need(HOUR, skill=R32), CHEN) == Obstacle(Why.LACKS_SKILL)
        assert obstacle(Need(HOUR, trade=JOINERY), ZHANG) == Obstacle(Why.LACKS_TRADE)
        assert obstacle(Need(HOUR, skill=R32, trade=COOLING), ZHANG) is None
        assert obstacle(Need(HOUR, trade=COOLING), ZHANG) is None

    @pytest.mark.parametrize(
        ("until", "expected"),
        [
            (TUESDAY, None),
            (date(2026, 11, 23), Obstacle(Why.CERTIFICATE_EXPIRED, on=date(2026, 11, 23))),
            (None, None),
        ],
    )
    def test_certificate_counts_on_its_last_day(self, until, expected):
        zhang = replace(ZHANG, abilities=(Ability(R32, COOLING, valid_until=until),))
        assert obstacle(Need(HOUR, skill=R32), zhang) == expected

    def test_certificate_that_ends_this_week_does_not_count_next_week(self):
        zhang = replace(ZHANG, abilities=(Ability(R32, COOLING, valid_until=FRIDAY),))
        found = find(Need(HOUR, skill=R32), zhang, start=at(15, day=FRIDAY), days=4)
        assert [bool(one.slots) for one in found][:3] == [True, True, False]

    def test_certificate_missing(self):
        zhang = replace(ZHANG, abilities=(Ability(R32, COOLING, is_certified=False),))
        assert obstacle(Need(HOUR, skill=R32), zhang) == Obstacle(Why.NO_CERTIFICATE)

    def test_too_far_from_the_visit_before_or_after(self):
        need = replace(ANY, place=PUDONG)
        before = busy(CHEN, Binding(window(9, 11), place=SUZHOU))
        after = busy(CHEN, Binding(window(13, 15), place=SUZHOU))
        for technician in (before, after):
            found = obstacle(need, technician, of=1)
            assert found.why == Why.TOO_FAR
            assert found.minutes > 60
        assert obstacle(need, before, of=3) is None

    def test_the_own_visit_is_in_nobodys_way_but_to_its_own_hour(self):
        own = busy(CHEN, Binding(Window(at(11), at(12, 30)), task=CASE))
        need = replace(ANY, task=CASE)
        assert [bool(one.slots) for one in find(need, own)] == [True, False, True, True]
        assert obstacle(ANY, own, of=1) == Obstacle(Why.BUSY, until=at(12, 30))


class TestCrow:
    def test_reckons_a_drive_through_the_city(self):
        drive = Crow(speed=30).between(PUDONG, XUHUI)
        assert 28 * MINUTE < drive < 34 * MINUTE
        assert Crow(speed=60).between(PUDONG, XUHUI) < drive

    def test_takes_no_time_to_stay(self):
        assert Crow().between(PUDONG, PUDONG) == timedelta()
