"""Working days and working time, with holidays and make-up days (调休)."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouhou.kernel.workday import (
    Calendar,
    Rule,
    Unit,
    add_working_days,
    add_working_time,
    end_of_working_day,
    is_working,
    parse_rule,
    weekdays,
    working_time_between,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
# National Day 2026 with its make-up days: 20 September and 10 October are worked.
NATIONAL_DAY = {date(2026, 10, day): False for day in range(1, 8)} | {
    date(2026, 9, 20): True,
    date(2026, 10, 10): True,
}
OFFICE = Calendar(SHANGHAI, weekdays(time(9), time(12), time(13), time(18)), NATIONAL_DAY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "days", "then"),
    [
        ("2026-11-24T09:12", 1, "2026-11-25T09:12"),  # Tuesday
        ("2026-11-27T16:30", 1, "2026-11-30T16:30"),  # over the weekend
        ("2026-11-28T10:00", 1, "2026-11-30T10:00"),  # reported on Saturday
        ("2026-11-24T02:30", 1, "2026-11-25T02:30"),  # at night: same time still
        ("2026-09-30T10:00", 1, "2026-10-08T10:00"),  # over National Day
        ("2026-10-09T10:00", 1, "2026-10-10T10:00"),  # a make-up Saturday
        ("2026-10-09T10:00", 2, "2026-10-12T10:00"),
        ("2026-09-18T10:00", 1, "2026-09-20T10:00"),  # a make-up Sunday
        ("2026-11-28T10:00", 0, "2026-11-30T10:00"),
        ("2026-11-24T10:00", 0, "2026-11-24T10:00"),
        ("2026-11-30T10:00", -1, "2026-11-27T10:00"),
    ],
)
def test_same_time_on_a_later_working_day(moment, days, then):
    assert add_working_days(at(moment), days, OFFICE) == at(then)


@pytest.mark.parametrize(
    ("moment", "hours", "then"),
    [
        ("2026-11-24T09:00", 3, "2026-11-24T12:00"),  # ends at noon, not at 13:00
        ("2026-11-24T11:00", 2, "2026-11-24T14:00"),  # lunch does not count
        ("2026-11-24T17:00", 2, "2026-11-25T10:00"),
        ("2026-11-24T20:00", 1, "2026-11-25T10:00"),
        ("2026-11-27T17:00", 9, "2026-11-30T18:00"),
        ("2026-10-09T17:30", 1, "2026-10-10T09:30"),  # a make-up Saturday has Monday's hours
    ],
)
def test_working_hours_pass_while_the_office_is_open(moment, hours, then):
    assert add_working_time(at(moment), timedelta(hours=hours), OFFICE) == at(then)


def test_knows_when_work_goes_on():
    assert is_working(at("2026-11-24T09:00"), OFFICE)
    assert not is_working(at("2026-11-24T12:00"), OFFICE)
    assert is_working(at("2026-10-10T09:00"), OFFICE)
    assert not is_working(at("2026-10-01T10:00"), OFFICE)


def test_closing_time():
    assert end_of_working_day(at("2026-11-24T09:12"), OFFICE) == at("2026-11-24T18:00")
    assert end_of_working_day(at("2026-11-28T09:12"), OFFICE) == at("2026-11-30T18:00")


def test_counts_working_time():
    assert working_time_between(at("2026-11-24T09:00"), at("2026-11-24T18:00"), OFFICE) == timedelta(hours=8)
    assert working_time_between(at("2026-11-25T09:00"), at("2026-11-24T09:00"), OFFICE) == timedelta(hours=-8)
    assert working_time_between(at("2026-10-01T00:00"), at("2026-10-08T00:00"), OFFICE) == timedelta()


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(SHANGHAI))  # noqa: DTZ001
STRETCHES = st.timedeltas(timedelta(), timedelta(days=20))


@given(MOMENTS, STRETCHES)
def test_what_was_added_is_what_passed(moment, stretch):
    assert working_time_between(moment, add_working_time(moment, stretch, OFFICE), OFFICE) == stretch


@given(MOMENTS, STRETCHES, STRETCHES)
def test_adding_in_two_steps_is_adding_at_once(moment, first, second):
    once = add_working_time(moment, first + second, OFFICE)
    twice = add_working_time(add_working_time(moment, first, OFFICE), second, OFFICE)
    # A stretch that ends at closing time and one that starts at opening time pass the same moment of work.
    assert working_time_between(twice, once, OFFICE) == timedelta()


@given(MOMENTS, st.integers(1, 30))
def test_a_later_working_day_is_worked_and_keeps_its_time(moment, days):
    then = add_working_days(moment, days, OFFICE)
    assert OFFICE.works_on(then.date())
    assert then.time() == moment.time()
    assert add_working_days(then, -days, OFFICE).date() <= moment.date() or not OFFICE.works_on(moment.date())


BERLIN = Calendar(ZoneInfo("Europe/Berlin"), weekdays(time(0), time(0), worked="1234567"))


@given(st.datetimes(datetime(2026, 3, 20), datetime(2026, 4, 5), timezones=st.just(UTC)), STRETCHES)  # noqa: DTZ001
def test_hours_stay_true_when_the_clocks_change(moment, stretch):
    assert add_working_time(moment, stretch, BERLIN) - moment == stretch


def test_a_time_the_clocks_skip_becomes_one_that_exists():
    night = datetime(2026, 3, 28, 2, 30, tzinfo=BERLIN.zone)
    assert add_working_days(night, 1, BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("PT1H", "2026-11-27T17:30"),
        ("P1D", "2026-11-28T16:30"),
        ("P1M", "2026-12-27T16:30"),
        ("P1Y2M3DT4H", "2028-01-30T20:30"),
        ("1 小时", "2026-11-27T17:30"),
        ("半小时", "2026-11-27T17:00"),
        ("３０分钟", "2026-11-27T17:00"),
        ("3 天", "2026-11-30T16:30"),
        ("3 months", "2027-02-27T16:30"),
        ("1 个工作日", "2026-11-30T16:30"),
        ("1个工作日下班前", "2026-11-30T18:00"),
        ("一个工作日", "2026-11-30T16:30"),
        ("1 working day, end of day", "2026-11-30T18:00"),
        ("4 个工作小时", "2026-11-30T11:30"),
        ("90 个工作分钟", "2026-11-27T18:00"),
        ("2 working days", "2026-12-01T16:30"),
        ("4 working hours", "2026-11-30T11:30"),
        ("0.5 working hours", "2026-11-27T17:00"),
    ],
)
def test_reads_rules_in_both_languages(text, then):
    assert parse_rule(text).after(at("2026-11-27T16:30"), OFFICE) == at(then)


def test_a_rule_keeps_its_words():
    rule = parse_rule(" 1 个工作日 ")
    assert rule == Rule("1 个工作日", Unit.WORKING_DAYS, days=1)
    assert parse_rule(str(rule)) == rule


NOT_RULES = ["", "P", "PT", "soon", "1.5 个工作日", "-PT1H", "2 working weeks", "99999999 天", "P99999999Y"]


@pytest.mark.parametrize("text", [*NOT_RULES, "1 个工作日" * 9])
def test_what_is_no_rule_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="Write for example PT1H"):
        parse_rule(text)


@given(st.text(max_size=40))
def test_any_text_is_a_rule_or_refused(text):
    with suppress(ValueError):
        assert parse_rule(text).after(at("2026-11-27T16:30"), OFFICE) >= at("2026-11-27T16:30")


def test_the_last_day_of_a_short_month():
    assert parse_rule("P3M").after(at("2026-11-30T10:00"), OFFICE) == at("2027-02-28T10:00")


@pytest.mark.parametrize(
    "week",
    [
        (),
        weekdays(time(9), time(18), worked=""),
        weekdays(time(18), time(9)),
        weekdays(time(9), time(13), time(12), time(18)),
        weekdays(time(9), time(0), time(12), time(18)),
    ],
)
def test_a_calendar_without_sense_is_refused(week):
    with pytest.raises(ValueError):
        Calendar(SHANGHAI, week)


def test_a_calendar_closed_for_ever_says_so():
    closed = Calendar(
        SHANGHAI, OFFICE.week, {date(2026, 1, 1) + timedelta(days=n): False for n in range(1000)}
    )
    with pytest.raises(ValueError, match="No working day"):
        add_working_time(at("2026-01-01T10:00"), timedelta(hours=1), closed)
