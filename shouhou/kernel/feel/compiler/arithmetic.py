"""Arithmetic on numbers, texts, dates and durations (DMN 1.3 tables 57 to 61)."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from shouhou.kernel.feel import nodes
from shouhou.kernel.feel.compiler.access import constant, literal
from shouhou.kernel.feel.compiler.plan import Closure, Plan, Scope, compiles
from shouhou.kernel.feel.numbers import ARITHMETIC, ARITHMETIC_FAULTS, COSTLY
from shouhou.kernel.feel.temporal import YearsMonths
from shouhou.kernel.feel.values import EPOCH, LETTERS_A_STEP, Run

Operation = Callable[..., object]
OnNumbers = Callable[[Decimal, Decimal], Decimal]
MOST_MONTHS = 12 * 999_999_999
DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
FAULTS = (*ARITHMETIC_FAULTS, OverflowError, ZeroDivisionError)


def _months(count: int) -> YearsMonths:
    if abs(count) > MOST_MONTHS:
        raise OverflowError
    return YearsMonths(count)


def _add_months(day: date, length: YearsMonths) -> date:
    """Move by months; a day the month does not have becomes its last (31 January + P1M = 28 February)."""
    months = day.year * 12 + day.month - 1 + length.months
    year, month = divmod(months, 12)
    first = day.replace(year=year, month=month + 1, day=1)
    following = (
        (first.replace(day=28) + timedelta(days=4)).replace(day=1) if (year, month) != (9999, 11) else None
    )
    last = (following - DAY).day if following else 31
    return first.replace(day=min(day.day, last))


def _take_months(day: date, length: YearsMonths) -> date:
    return _add_months(day, YearsMonths(-length.months))


def _add_to_clock(clock: time, length: timedelta) -> time:
    """Move a time round the clock; the day it falls on is not kept."""
    moved = datetime.combine(EPOCH.date(), clock.replace(tzinfo=None)) + length % DAY
    return moved.time().replace(tzinfo=clock.tzinfo)


def _between_clocks(later: time, earlier: time) -> timedelta | None:
    if (later.utcoffset() is None) != (earlier.utcoffset() is None):
        return None
    return datetime.combine(EPOCH.date(), later) - datetime.combine(EPOCH.date(), earlier)


def _between_moments(later: datetime, earlier: datetime) -> timedelta | None:
    if (later.tzinfo is None) != (earlier.tzinfo is None):
        return None
    return later - earlier if later.tzinfo is None else (later - EPOCH) - (earlier - EPOCH)


def _add_to_moment(moment: datetime, length: timedelta) -> datetime:
    """Move a moment; in a named zone an hour is an hour also when the clocks change."""
    if not isinstance(moment.tzinfo, ZoneInfo):
        return moment + length
    return (moment.astimezone(UTC) + length).astimezone(moment.tzinfo)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _scaled(operation: OnNumbers) -> Operation:
    """Multiply or divide a duration by a number; what is finer than a microsecond is cut off."""

    def scale(length: timedelta, factor: Decimal) -> timedelta:
        return MICROSECOND * int(operation(Decimal(length // MICROSECOND), factor))

    return scale


def _scaled_months(operation: OnNumbers) -> Operation:
    """Multiply or divide months by a number; what is less than a month is cut off."""

    def scale(length: YearsMonths, factor: Decimal) -> YearsMonths:
        return _months(int(operation(Decimal(length.months), factor)))

    return scale


def _turned(operation: Operation) -> Operation:
    return lambda left, right: operation(right, left)


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    return ARITHMETIC.power(base, exponent)


ADD: Mapping[tuple[type, type], Operation] = {
    (str, str): lambda left, right: left + right,
    (date, YearsMonths): _add_months,
    (datetime, YearsMonths): _add_months,
    (YearsMonths, date): _turned(_add_months),
    (YearsMonths, datetime): _turned(_add_months),
    (date, timedelta): lambda day, length: (_midnight(day) + length).date(),
    (timedelta, date): lambda length, day: (_midnight(day) + length).date(),
    (datetime, timedelta): _add_to_moment,
    (timedelta, datetime): _turned(_add_to_moment),
    (time, timedelta): _add_to_clock,
    (timedelta, time): _turned(_add_to_clock),
    (timedelta, timedelta): lambda left, right: left + right,
    (YearsMonths, YearsMonths): lambda left, right: _months(left.months + right.months),
}
SUBTRACT: Mapping[tuple[type, type], Operation] = {
    (date, YearsMonths): _take_months,
    (datetime, YearsMonths): _take_months,
    (date, timedelta): lambda day, length: (_midnight(day) - length).date(),
    (datetime, timedelta): lambda moment, length: _add_to_moment(moment, -length),
    (time, timedelta): lambda clock, length: _add_to_clock(clock, -length),
    (date, date): lambda later, earlier: later - earlier,
    (datetime, datetime): _between_moments,
    (date, datetime): lambda day, moment: _between_moments(_midnight(day), moment),
    (datetime, date): lambda moment, day: _between_moments(moment, _midnight(day)),
    (time, time): _between_clocks,
    (timedelta, timedelta): lambda left, right: left - right,
    (YearsMonths, YearsMonths): lambda left, right: _months(left.months - right.months),
}
MULTIPLY: Mapping[tuple[type, type], Operation] = {
    (timedelta, Decimal): _scaled(ARITHMETIC.multiply),
    (Decimal, timedelta): _turned(_scaled(ARITHMETIC.multiply)),
    (YearsMonths, Decimal): _scaled_months(ARITHMETIC.multiply),
    (Decimal, YearsMonths): _turned(_scaled_months(ARITHMETIC.multiply)),
}
DIVIDE: Mapping[tuple[type, type], Operation] = {
    (timedelta, Decimal): _scaled(ARITHMETIC.divide),
    (YearsMonths, Decimal): _scaled_months(ARITHMETIC.divide),
    (timedelta, timedelta): lambda left, right: ARITHMETIC.divide(
        Decimal(left // MICROSECOND), Decimal(right // MICROSECOND)
    ),
    (YearsMonths, YearsMonths): lambda left, right: ARITHMETIC.divide(
        Decimal(left.months), Decimal(right.months)
    ),
}
# operator → what it does to two numbers, and to other pairs of kinds.
OPERATORS: Mapping[str, tuple[Operation, Mapping[tuple[type, type], Operation]]] = {
    "+": (ARITHMETIC.add, ADD),
    "-": (ARITHMETIC.subtract, SUBTRACT),
    "*": (ARITHMETIC.multiply, MULTIPLY),
    "/": (ARITHMETIC.divide, DIVIDE),
    "**": (_power, {}),
}


@compiles(nodes.Arithmetic)
def _arithmetic(node: nodes.Arithmetic, plan: Plan, scope: Scope) -> Closure:
    left, right = plan.compile(node.left, scope), plan.compile(node.right, scope)
    on_numbers, on_others = OPERATORS[node.operator]
    cost = COSTLY if node.operator == "**" else 0

    def work_out(run: Run) -> object:
        one, other = left(run), right(run)
        pair = (type(one), type(other))
        try:
            if pair == (Decimal, Decimal):
                run.spend(cost)
                return on_numbers(one, other)
            operation = on_others.get(pair)
            result = operation(one, other) if operation else None
        except FAULTS:
            return None
        if type(result) is str:
            run.spend(len(result) // LETTERS_A_STEP)
        return result

    return work_out


@compiles(nodes.Negate)
def _negate(node: nodes.Negate, plan: Plan, scope: Scope) -> Closure:
    value = literal(node, plan)
    if value is not NotImplemented:
        return constant(value)
    operand = plan.compile(node.operand, scope)

    def negate(run: Run) -> object:
        value = operand(run)
        if isinstance(value, Decimal):
            return ARITHMETIC.minus(value)
        if isinstance(value, timedelta):
            return -value
        return YearsMonths(-value.months) if isinstance(value, YearsMonths) else None

    return negate
