"""Timer rules: ISO 8601 and plain words, wall time and working time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from shouhou.kernel.bpmn import timing
from shouhou.kernel.bpmn.timing import Rule, Stretch
from shouhou.kernel.feel import YearsMonths

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("PT4H", Stretch(wall=timedelta(hours=4))),
        ("P1DT12H30M", Stretch(wall=timedelta(days=1, hours=12, minutes=30))),
        ("P2W", Stretch(wall=timedelta(weeks=2))),
        ("P1Y2M", Stretch(months=14)),
        ("PT0.5S", Stretch(wall=timedelta(milliseconds=500))),
        ("1 个工作日", Stretch(working_days=1)),
        ("3个工作日", Stretch(working_days=3)),
        ("两个工作日", Stretch(working_days=2)),
        ("4 个工作小时", Stretch(working=timedelta(hours=4))),
        ("2 working days", Stretch(working_days=2)),
        ("1 Working Hour", Stretch(working=timedelta(hours=1))),
        ("30 分钟", Stretch(wall=timedelta(minutes=30))),
        ("3 天", Stretch(wall=timedelta(days=3))),
        ("2 months", Stretch(months=2)),
    ],
)
def test_durations(text, stretch):
    assert timing.read("duration", text) == Rule("duration", text, stretch=stretch)
    assert stretch.needs_calendar == ("工作" in text or "ork" in text)


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1", "1D", "P-1D", "four hours", "0x4 天", "P1X", "PT1H!", "R3/PT1H", "P9999999Y"],
)
def test_what_is_no_duration(text):
    assert timing.read("duration", text) is None


@pytest.mark.parametrize(
    ("text", "times", "at"),
    [
        ("R3/PT10M", 3, None),
        ("R/P1D", None, None),
        ("R2/2026-12-01T08:00:00+08:00/P1D", 2, datetime.fromisoformat("2026-12-01T08:00:00+08:00")),
        ("R3/1 个工作日", 3, None),
    ],
)
def test_cycles(text, times, at):
    rule = timing.read("cycle", text)

    assert rule is not None
    assert (rule.times, rule.at) == (times, at)


@pytest.mark.parametrize("text", ["R0/PT1H", "R3", "R3/", "PT1H", "R3/x/PT1H", "0 0 * * *", "R99999999/PT1H"])
def test_what_is_no_cycle(text):
    assert timing.read("cycle", text) is None


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("duration", timedelta(hours=1), "PT3600S"),
        ("duration", "1 个工作日", "1 个工作日"),
        ("date", datetime(2026, 12, 1, 8, tzinfo=UTC), "2026-12-01T08:00:00+00:00"),
        ("date", date(2026, 12, 1), "2026-12-01"),
        ("date", "2026-12-01T08:00:00Z", "2026-12-01T08:00:00Z"),
        ("duration", YearsMonths(14), "P1Y2M"),
        ("duration", None, None),
        ("duration", True, None),
        ("duration", datetime(2026, 12, 1, 8, tzinfo=UTC), None),
        ("date", timedelta(hours=1), None),
    ],
)
def test_values_of_expressions(kind, value, text):
    rule = timing.of_value(kind, value)

    assert (rule and rule.text) == text
    assert rule is None or timing.read(kind, rule.text) is not None


@pytest.mark.parametrize(
    ("kind", "text", "due"),
    [
        ("duration", "PT90M", MONDAY + timedelta(minutes=90)),
        ("duration", "P1M", datetime(2026, 12, 23, 9, tzinfo=UTC)),
        ("date", "2026-12-01T08:00:00+08:00", datetime(2026, 12, 1, tzinfo=UTC)),
        ("date", "2026-12-01T08:00:00", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        ("duration", "1 个工作日", MONDAY + timedelta(days=1)),
    ],
)
def test_due_on_the_wall_clock(kind, text, due):
    rule = timing.read(kind, text)

    assert rule is not None
    assert timing.wall_due(rule, MONDAY) == due


def test_a_month_later_is_clamped_to_the_months_end():
    assert timing.add_months(datetime(2027, 1, 31, tzinfo=UTC), 1) == datetime(2027, 2, 28, tzinfo=UTC)
