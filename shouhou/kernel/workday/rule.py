"""A due rule (时限): "1 个工作日", "4 working hours", "PT1H": kept as written, resolved by a calendar."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from shouhou.kernel.workday.calendar import Calendar
from shouhou.kernel.workday.reckoning import add_working_days, add_working_time, end_of_working_day

LONGEST = 10_000
EXAMPLES = "Write for example PT1H, 30 分钟, 1 个工作日, 4 个工作小时, 2 working days."


class Unit(StrEnum):
    """What a rule counts. ``WALL`` runs day and night."""

    WALL = "wall"
    WORKING_DAYS = "working days"
    WORKING_TIME = "working time"


@dataclass(frozen=True, slots=True)
class Rule:
    """How long after a moment something is due.

    ``text`` is the rule as people write it. ``days`` counts working days; ``months`` and ``stretch`` count
    wall time, or ``stretch`` working time. ``at_closing`` moves the answer to the end of its working day.
    """

    text: str
    unit: Unit
    days: int = 0
    months: int = 0
    stretch: timedelta = timedelta()
    at_closing: bool = False

    def __str__(self) -> str:
        return self.text

    def after(self, moment: datetime, calendar: Calendar) -> datetime:
        """The instant this rule comes to, counted from ``moment``, in the calendar's zone."""
        match self.unit:
            case Unit.WORKING_DAYS:
                due = add_working_days(moment, self.days, calendar)
            case Unit.WORKING_TIME:
                due = add_working_time(moment, self.stretch, calendar)
            case _:
                due = self._by_the_wall(moment, calendar)
        return end_of_working_day(due, calendar) if self.at_closing else due

    def _by_the_wall(self, moment: datetime, calendar: Calendar) -> datetime:
        local = moment.astimezone(calendar.zone)
        if self.months or self.days:
            # Months and days keep the time on the wall; hours and minutes are true lengths.
            day = _months_later(local.date(), self.months) + timedelta(days=self.days)
            local = calendar.moment(day, local.time()).astimezone(calendar.zone)
        return (local.astimezone(UTC) + self.stretch).astimezone(calendar.zone)


def parse_rule(text: str) -> Rule:
    """Read a rule: an ISO 8601 duration, or words in Chinese or English.

    ``PT1H`` · ``P1D`` · ``30 分钟`` · ``1 个工作日`` · ``1 个工作日下班前`` · ``4 个工作小时``
    ``2 working days`` · ``1 working day, end of day``. Raises ``ValueError`` saying what can be written.
    """
    words = " ".join(unicodedata.normalize("NFKC", text).replace(",", " ").split())
    try:
        rule = _iso(words) or _words(words)
    except OverflowError:
        rule = None
    if rule is None:
        raise ValueError(f"{text[:60]!r} is not a time rule. {EXAMPLES}")
    return rule


_ISO = re.compile(
    r"P(?=[\dT])(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)


def _iso(text: str) -> Rule | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    part = {name: float(value or 0) for name, value in found.groupdict().items()}
    if max(part["years"] * 12, part["months"], part["weeks"] * 7, part["days"]) > LONGEST:
        return None
    return Rule(
        text,
        Unit.WALL,
        days=int(part["weeks"] * 7 + part["days"]),
        months=int(part["years"] * 12 + part["months"]),
        stretch=timedelta(hours=part["hours"], minutes=part["minutes"], seconds=part["seconds"]),
    )


_NUMERALS = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2, "半": 0.5}
_WORDS = re.compile(
    r"(?P<count>\d+(?:\.\d+)?|[零一二三四五六七八九十两半]) ?个? ?"
    r"(?P<working>工作|working |business )?"
    r"(?P<unit>分钟|小时|日|天|周|月|minutes?|hours?|days?|weeks?|months?)"
    r"(?P<closing> ?(?:下班前|日终|end of day))?",
    re.ASCII | re.IGNORECASE,
)
_UNITS = {"分钟": "minutes", "小时": "hours", "日": "days", "天": "days", "周": "weeks", "月": "months"}
_TIMED = ("hours", "minutes")


def _words(text: str) -> Rule | None:
    found = _WORDS.fullmatch(text)
    if found is None:
        return None
    word, closing = found["count"], bool(found["closing"])
    count = float(_NUMERALS[word]) if word in _NUMERALS else float(word)
    unit = _UNITS.get(found["unit"]) or found["unit"].lower().rstrip("s") + "s"
    if count > LONGEST or (unit not in _TIMED and count != int(count)):
        return None
    if unit in _TIMED:
        kind = Unit.WORKING_TIME if found["working"] else Unit.WALL
        return Rule(text, kind, stretch=timedelta(**{unit: count}), at_closing=closing)
    if found["working"]:
        return Rule(text, Unit.WORKING_DAYS, days=int(count), at_closing=closing) if unit == "days" else None
    if unit == "months":
        return Rule(text, Unit.WALL, months=int(count), at_closing=closing)
    return Rule(text, Unit.WALL, days=int(count) * (7 if unit == "weeks" else 1), at_closing=closing)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month; its last day when the month is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    first = day.replace(year=day.year + years, month=month + 1, day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))
