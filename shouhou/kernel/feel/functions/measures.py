"""Functions that work one value out of a list; each takes a list, or the values one by one."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from shouhou.kernel.feel.functions.registry import all_numbers, builtin
from shouhou.kernel.feel.numbers import ARITHMETIC, ARITHMETIC_FAULTS
from shouhou.kernel.feel.values import before

ONE, TWO = Decimal(1), Decimal(2)
Measure = Callable[[Sequence[object]], object]


def measure(name: str, parameter: str, result: str) -> Callable[[Measure], Measure]:
    """Declare both forms of a function: ``sum([1, 2])`` and ``sum(1, 2)``."""

    def register(body: Measure) -> Measure:
        builtin(f"{name}(list: list): {result}")(body)
        builtin(f"{name}({parameter}...: any): {result}")(lambda *values: body(values))
        return body

    return register


@measure("min", "c", "any")
def least(values: Sequence[object]) -> object:
    return _outermost(values, lambda one, other: before(one, other))


@measure("max", "c", "any")
def greatest(values: Sequence[object]) -> object:
    return _outermost(values, lambda one, other: before(other, one))


def _outermost(values: Sequence[object], wins: Callable[[object, object], bool | None]) -> object:
    """Return the value that wins against all others; null when two cannot be compared."""
    if not values or wins(values[0], values[0]) is None:
        return None
    best = values[0]
    for value in values[1:]:
        won = wins(value, best)
        if won is None:
            return None
        best = value if won else best
    return best


def _worked_out(values: Sequence[object], work: Callable[[list[Decimal]], Decimal]) -> Decimal | None:
    found = all_numbers(values)
    if not found:
        return None
    try:
        return work(found)
    except ARITHMETIC_FAULTS:
        return None


def _total(numbers: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for number in numbers:
        total = ARITHMETIC.add(total, number)
    return total


def _average(numbers: list[Decimal]) -> Decimal:
    return ARITHMETIC.divide(_total(numbers), Decimal(len(numbers)))


@measure("sum", "n", "number")
def add_up(values: Sequence[object]) -> Decimal | None:
    return _worked_out(values, _total)


@measure("mean", "n", "number")
def mean(values: Sequence[object]) -> Decimal | None:
    return _worked_out(values, _average)


@measure("product", "n", "number")
def product(values: Sequence[object]) -> Decimal | None:
    def multiply(numbers: list[Decimal]) -> Decimal:
        result = ONE
        for number in numbers:
            result = ARITHMETIC.multiply(result, number)
        return result

    return _worked_out(values, multiply)


@measure("median", "n", "number")
def median(values: Sequence[object]) -> Decimal | None:
    def middle(numbers: list[Decimal]) -> Decimal:
        ranked, half = sorted(numbers), len(numbers) // 2
        return ranked[half] if len(ranked) % 2 else _average(ranked[half - 1 : half + 1])

    return _worked_out(values, middle)


@measure("stddev", "n", "number")
def deviation(values: Sequence[object]) -> Decimal | None:
    """Return the deviation of a sample; one value has none."""

    def spread(numbers: list[Decimal]) -> Decimal:
        centre = _average(numbers)
        differences = (ARITHMETIC.subtract(number, centre) for number in numbers)
        squares = _total([ARITHMETIC.multiply(difference, difference) for difference in differences])
        return ARITHMETIC.sqrt(ARITHMETIC.divide(squares, Decimal(len(numbers) - 1)))

    return _worked_out(values, spread)


@measure("mode", "n", "list")
def mode(values: Sequence[object]) -> list[Decimal] | None:
    """Return the values met most often, the smallest first."""
    numbers = all_numbers(values)
    if numbers is None:
        return None
    counts: dict[Decimal, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(number for number, times in counts.items() if times == most)


@measure("all", "b", "boolean")
def every(values: Sequence[object]) -> bool | None:
    if any(value is False for value in values):
        return False
    return True if all(value is True for value in values) else None


@measure("any", "b", "boolean")
def some(values: Sequence[object]) -> bool | None:
    if any(value is True for value in values):
        return True
    return False if all(value is False for value in values) else None
