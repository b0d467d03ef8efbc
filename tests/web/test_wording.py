"""Time, money and phones as people say them; the table is shared with the scripts that keep a page's clocks."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from shouhou.kernel.window import Window
from shouhou.web import wording

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 9, 12, tzinfo=SHANGHAI)
TABLE = json.loads((Path(__file__).parents[2] / "frontend/src/parts/spans.json").read_text())


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    return NOW.replace(hour=hour, minute=minute) + timedelta(days=days)


@pytest.mark.parametrize(("seconds", "said"), TABLE["spans"])
def test_spans_are_said_as_the_scripts_say_them(english: None, seconds: int, said: str) -> None:
    assert wording.span(timedelta(seconds=seconds)) == said


@pytest.mark.parametrize("row", TABLE["countdowns"])
def test_countdowns_turn_amber_and_red_where_the_scripts_turn_them(
    english: None, row: dict[str, Any]
) -> None:
    due = NOW + timedelta(seconds=row["left"])
    start = due - timedelta(seconds=row["length"]) if row["length"] else None
    assert wording.countdown(due, NOW, start) == wording.Countdown(row["words"], row["state"], row["tenths"])


@pytest.mark.parametrize(
    ("moment", "chinese", "in_english"),
    [
        (NOW - timedelta(seconds=59), "刚刚", "just now"),
        (NOW - timedelta(minutes=1), "1 分钟前", "1 min ago"),
        (NOW - timedelta(minutes=59), "59 分钟前", "59 min ago"),
        (NOW - timedelta(minutes=60), "今天 08:12", "today 08:12"),
        (NOW + timedelta(minutes=40), "40 分钟后", "in 40 min"),
        (at(17, 30, days=-1), "昨天 17:30", "yesterday 17:30"),
        (at(9, days=2), "11月26日 周四 09:00", "Thu 26 Nov 09:00"),
        (at(9, days=60), "2027年1月23日 周六 09:00", "Sat 23 Jan 2027 09:00"),
    ],
)
def test_a_moment_is_said_from_where_the_reader_stands(
    moment: datetime, chinese: str, in_english: str
) -> None:
    with translation.override("zh-hans"):
        assert wording.moment(moment, NOW) == chinese
    with translation.override("en"):
        assert wording.moment(moment, NOW) == in_english


def test_a_moment_stored_in_utc_is_said_in_the_readers_zone(english: None) -> None:
    assert wording.moment(datetime(2026, 11, 23, 23, 30, tzinfo=UTC), NOW) == "today 07:30"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (at(14), at(15), "今天 14:00–15:00"),
        (at(9, days=1), at(10, days=1), "明天 09:00–10:00"),
        (at(22), at(0, days=1), "今天 22:00–24:00"),
        (at(9, days=1), at(17, days=3), "明天 09:00 – 11月27日 周五 17:00"),
    ],
)
def test_a_window_names_the_day_once(start: datetime, end: datetime, said: str) -> None:
    with translation.override("zh-hans"):
        assert wording.window(Window(start, end), NOW) == said


@pytest.mark.parametrize(
    ("minor", "currency", "said"),
    [
        (12_050, "CNY", ("¥", "120.50")),
        (-8_000, "CNY", ("¥", "80.00")),
        (123_456_789, "USD", ("US$", "1,234,567.89")),
        (1_200, "JPY", ("JP¥", "1,200")),
        (1, "CHF", ("CHF", "0.01")),
    ],
)
def test_money_is_said_with_its_currency_and_never_rounded(
    minor: int, currency: str, said: tuple[str, str]
) -> None:
    assert wording.money(minor, currency) == said


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800005678", "138****5678"),
        ("+8613800005678", "138****5678"),
        ("021-55551234", "021-****1234"),
        ("95598", "95598"),
        ("", ""),
    ],
)
def test_a_masked_phone_keeps_what_one_recognises_it_by(number: str, masked: str) -> None:
    assert wording.mask(number) == masked
