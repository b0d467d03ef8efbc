"""What FEEL values are, when two are equal, which comes first, and how they are written."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from shouhou.kernel.feel import numbers, temporal
from shouhou.kernel.feel.characters import PLAIN
from shouhou.kernel.feel.refusals import FeelError
from shouhou.kernel.feel.temporal import YearsMonths

STEPS = 100_000
LETTERS_A_STEP = 16
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ANY_DAY = date(2000, 1, 1)


NO_SLOTS: list[object] = []


class TooMuch(Exception):
    """More steps than one evaluation may take."""


def too_much(expression: str = "") -> FeelError:
    """Return the refusal of an evaluation that took too many steps."""
    return FeelError("feel.too_much", 0, expression, limit=STEPS)


@contextmanager
def within_limits() -> Iterator[None]:
    """Refuse, instead of failing, what is too long or nested too deep."""
    try:
        yield
    except (TooMuch, RecursionError):
        raise too_much() from None


class Run:
    """One evaluation: the facts, the local variables, and how many steps are left."""

    __slots__ = ("context", "left", "slots")

    def __init__(self, context: Mapping[str, object], slots: int = 0) -> None:
        self.context = context
        self.left = STEPS
        self.slots: list[object] = [None] * slots if slots else NO_SLOTS

    def spend(self, steps: int) -> None:
        """Count work done; raise ``TooMuch`` past the limit."""
        self.left -= steps
        if self.left < 0:
            raise TooMuch


@dataclass(frozen=True, slots=True)
class Range:
    """All values between two ends; an open end that is None has no limit on that side."""

    low: object
    high: object
    low_closed: bool
    high_closed: bool


NAMES: Mapping[type, str] = {
    bool: "boolean",
    Decimal: "number",
    str: "string",
    date: "date",
    time: "time",
    datetime: "date and time",
    timedelta: "days and time duration",
    YearsMonths: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
}
ORDERED = frozenset({Decimal, str, date, time, datetime, timedelta, YearsMonths})
_READY = frozenset({*NAMES, type(None)}) - {Decimal, list, dict}


def admit(value: object, run: Run) -> object:
    """Turn a value from outside into a FEEL value; what FEEL does not know becomes null.

    Containers are copied, so that an expression neither sees nor makes later changes.
    """
    kind = type(value)
    if kind in _READY:
        return value
    if kind is Decimal or kind is int or kind is float:
        return numbers.decimal(value)  # type: ignore[arg-type]
    if isinstance(value, Mapping):
        run.spend(len(value))
        return {key: admit(item, run) for key, item in value.items() if isinstance(key, str)}
    if isinstance(value, list | tuple | set | frozenset):
        run.spend(len(value))
        return [admit(item, run) for item in value]
    return _plain(value)


def _plain(value: object) -> object:
    """Take a subclass (an enumeration's member, a marked text) for what it stands for."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int | float | Decimal):
        return numbers.decimal(int(value) if isinstance(value, int) else value)
    if isinstance(value, datetime):
        return datetime.combine(date(value.year, value.month, value.day), value.timetz())
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    return None


def equal(left: object, right: object, run: Run) -> bool | None:
    """Compare by value (DMN 1.3 table 42): null equals only null; two kinds give null."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return None
    if kind is list:
        return _equal_lists(left, right, run)  # type: ignore[arg-type]
    if kind is dict:
        return _equal_contexts(left, right, run)  # type: ignore[arg-type]
    if kind is Range:
        return _equal_ranges(left, right, run)  # type: ignore[arg-type]
    if kind is time or kind is datetime:
        return _same_moment(left, right)  # type: ignore[arg-type]
    return left == right


def _equal_lists(left: list[object], right: list[object], run: Run) -> bool:
    run.spend(len(left) + 1)
    return len(left) == len(right) and all(
        equal(one, other, run) for one, other in zip(left, right, strict=True)
    )


def _equal_contexts(left: dict[str, object], right: dict[str, object], run: Run) -> bool:
    run.spend(len(left) + 1)
    return left.keys() == right.keys() and all(equal(left[key], right[key], run) for key in left)


def _equal_ranges(left: Range, right: Range, run: Run) -> bool:
    closed = (left.low_closed, left.high_closed) == (right.low_closed, right.high_closed)
    return bool(closed and equal(left.low, right.low, run) and equal(left.high, right.high, run))


def _same_moment(left: time | datetime, right: time | datetime) -> bool:
    # Python calls a time in a named zone local, having no date to work out the offset from.
    if isinstance(left, time) and isinstance(right, time) and _region(left) != _region(right):
        return False
    return _instant(left) == _instant(right)


def _region(clock: time) -> str | None:
    return clock.tzinfo.key if isinstance(clock.tzinfo, ZoneInfo) else None


def _instant(value: time | datetime) -> timedelta | time | datetime:
    """Return where a value with an offset stands on one line for all zones."""
    if value.utcoffset() is None:
        return value.replace(tzinfo=None)
    moment = value if isinstance(value, datetime) else datetime.combine(ANY_DAY, value)
    return moment - EPOCH


def before(left: object, right: object) -> bool | None:
    """Say whether left comes before right; None for two kinds, or a kind without order."""
    kind = type(left)
    if kind is not type(right) or kind not in ORDERED:
        return None
    if kind is not time and kind is not datetime:
        return left < right  # type: ignore[operator,no-any-return]
    one, other = _instant(left), _instant(right)  # type: ignore[arg-type]
    if type(one) is not type(other) or (kind is time and _region(left) != _region(right)):  # type: ignore[arg-type]
        return None
    return one < other  # type: ignore[operator]


def not_after(left: object, right: object) -> bool | None:
    """Say whether left comes before right or is the same."""
    later = before(right, left)
    return None if later is None else not later


ORDERS: Mapping[str, Callable[[object, object], bool | None]] = {
    "<": before,
    "<=": not_after,
    ">": lambda left, right: before(right, left),
    ">=": lambda left, right: not_after(right, left),
}


def within(value: object, span: Range) -> bool | None:
    """Say whether a value lies in a range; None when it cannot be compared with an end."""
    sides = []
    if span.low is not None or span.low_closed:
        sides.append(ORDERS["<=" if span.low_closed else "<"](span.low, value))
    if span.high is not None or span.high_closed:
        sides.append(ORDERS["<=" if span.high_closed else "<"](value, span.high))
    if False in sides:
        return False
    return None if None in sides else True


def key_of(value: object) -> object:
    """Return what equal simple values share, to find them without comparing pairs; None for others."""
    if isinstance(value, time | datetime):
        return (type(value), _instant(value), _region(value) if isinstance(value, time) else None)
    return None if isinstance(value, list | dict | Range) else (type(value), value)


def text(value: object, run: Run, *, quoted: bool = False) -> str:
    """Write a value as FEEL writes it; texts inside lists and contexts keep their quotes."""
    run.spend(1)
    if isinstance(value, str):
        run.spend(len(value) // LETTERS_A_STEP)
        return f'"{escape(value)}"' if quoted else value
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Decimal):
        return numbers.plain(value)
    if isinstance(value, list):
        return f"[{', '.join(text(item, run, quoted=True) for item in value)}]"
    if isinstance(value, dict):
        pairs = (f"{_key(key)}: {text(item, run, quoted=True)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, Range):
        return _range_text(value, run)
    return temporal.write(value)  # type: ignore[arg-type]


def _range_text(span: Range, run: Run) -> str:
    low = text(span.low, run, quoted=True)
    high = text(span.high, run, quoted=True)
    return f"{'[' if span.low_closed else '('}{low}..{high}{']' if span.high_closed else ')'}"


def _key(key: str) -> str:
    return key if PLAIN.fullmatch(key) else f'"{escape(key)}"'


def escape(words: str) -> str:
    """Escape what would end a FEEL text."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
