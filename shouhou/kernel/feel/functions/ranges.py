"""Functions that say how two ranges, or a point and a range, lie to each other (DMN 1.3 table 78).

A point is treated as the range that holds it alone; where the standard defines a function for
ranges only, a point gives null.
"""

from collections.abc import Callable

from shouhou.kernel.feel.functions.registry import Body, builtin
from shouhou.kernel.feel.values import Range, before

Relation = Callable[[Range, Range], bool | None]


def relation(name: str, *forms: str) -> Callable[[Relation], Relation]:
    """Declare a relation for the forms it has, e.g. ``point range`` for a point and a range."""
    parameters = {
        "point point": ("point1: point", "point2: point"),
        "point range": ("point: point", "range: range"),
        "range point": ("range: range", "point: point"),
        "range range": ("range1: range", "range2: range"),
    }

    def register(body: Relation) -> Relation:
        for form in forms:
            builtin(f"{name}({', '.join(parameters[form])}): boolean")(_between(body))
        return body

    return register


def _between(body: Relation) -> Body:
    def compare(one: object, other: object) -> bool | None:
        left, right = _side(one), _side(other)
        return None if left is None or right is None else body(left, right)

    return compare


def _side(value: object) -> Range | None:
    """Return a range as it is if it has two ends, and a point as the range that holds it alone."""
    if not isinstance(value, Range):
        return Range(value, value, low_closed=True, high_closed=True)
    return value if value.low is not None and value.high is not None else None


def _all(*answers: bool | None) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def _same(one: object, other: object) -> bool | None:
    earlier, later = before(one, other), before(other, one)
    return None if earlier is None or later is None else not earlier and not later


@relation("before", "point point", "point range", "range point", "range range")
def is_before(one: Range, other: Range) -> bool | None:
    earlier = before(one.high, other.low)
    if earlier is not False:
        return earlier
    return _all(_same(one.high, other.low), not (one.high_closed and other.low_closed))


@relation("after", "point point", "point range", "range point", "range range")
def is_after(one: Range, other: Range) -> bool | None:
    return is_before(other, one)


@relation("meets", "range range")
def meets(one: Range, other: Range) -> bool | None:
    return _all(one.high_closed and other.low_closed, _same(one.high, other.low))


@relation("met by", "range range")
def met_by(one: Range, other: Range) -> bool | None:
    return meets(other, one)


@relation("overlaps", "range range")
def overlaps(one: Range, other: Range) -> bool | None:
    apart = (is_before(one, other), is_after(one, other))
    if True in apart:
        return False
    return None if None in apart else True


@relation("overlaps before", "range range")
def overlaps_before(one: Range, other: Range) -> bool | None:
    """Say whether one begins first and ends inside the other, or with it."""
    return _all(_begins_first(one, other), overlaps(one, other), _ends_not_after(one, other))


@relation("overlaps after", "range range")
def overlaps_after(one: Range, other: Range) -> bool | None:
    return overlaps_before(other, one)


def _begins_first(one: Range, other: Range) -> bool | None:
    earlier = before(one.low, other.low)
    return (
        earlier
        if earlier is not False
        else _all(_same(one.low, other.low), one.low_closed and not other.low_closed)
    )


def _begins_not_before(one: Range, other: Range) -> bool | None:
    first = _begins_first(one, other)
    return None if first is None else not first


def _ends_first(one: Range, other: Range) -> bool | None:
    earlier = before(one.high, other.high)
    return (
        earlier
        if earlier is not False
        else _all(_same(one.high, other.high), other.high_closed and not one.high_closed)
    )


def _ends_not_after(one: Range, other: Range) -> bool | None:
    first = _ends_first(other, one)
    return None if first is None else not first


@relation("finishes", "point range", "range range")
def finishes(one: Range, other: Range) -> bool | None:
    """Say whether one ends where the other ends, and begins no earlier."""
    return _all(
        one.high_closed == other.high_closed, _same(one.high, other.high), _begins_not_before(one, other)
    )


@relation("finished by", "range point", "range range")
def finished_by(one: Range, other: Range) -> bool | None:
    return finishes(other, one)


@relation("includes", "range point", "range range")
def includes(one: Range, other: Range) -> bool | None:
    return _all(_begins_not_before(other, one), _ends_not_after(other, one))


@relation("during", "point range", "range range")
def during(one: Range, other: Range) -> bool | None:
    return includes(other, one)


@relation("starts", "point range", "range range")
def starts(one: Range, other: Range) -> bool | None:
    """Say whether one begins where the other begins, and ends no later."""
    return _all(one.low_closed == other.low_closed, _same(one.low, other.low), _ends_not_after(one, other))


@relation("started by", "range point", "range range")
def started_by(one: Range, other: Range) -> bool | None:
    return starts(other, one)


@relation("coincides", "point point", "range range")
def coincides(one: Range, other: Range) -> bool | None:
    return _all(
        one.low_closed == other.low_closed,
        one.high_closed == other.high_closed,
        _same(one.low, other.low),
        _same(one.high, other.high),
    )
