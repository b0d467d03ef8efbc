"""Whether conditions leave no value out: for every value that is known, at least one is true.

Conditions are cut into comparisons of a term (a fact, or anything worked out
from facts) with constants or with another term. Between two neighbouring
constants no such comparison changes, so it is enough to try the constants, a
value in every gap and one on either side. A missing fact is null, and null is
never true: it stays an incident a person sees.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from itertools import pairwise, product
from math import prod
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from shouhou.kernel.feel import nodes

MOST = 40_000
"""Times a condition is tried; beyond, the conditions are said not to cover."""

Key = object
Value = tuple[str, object]
"""A kind and a value: true and 1 are two things."""
Values = Mapping[Key, Value]
Holds = Callable[[Values], bool]
Compare = Callable[[Any, Any], bool]
OPERATORS: Mapping[str, Compare] = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
TRUE, FALSE, NULL = ("boolean", True), ("boolean", False), ("null", None)
THREE: tuple[Value, ...] = tuple(("number", Decimal(value)) for value in range(3))
"""Enough for two terms to be less, equal and more."""
ELSE = ("string", "\0")
"""A text that no drawing compares with."""


class _Beyond(Exception):
    """A condition that cannot be cut into such comparisons."""


def cover(conditions: Sequence[nodes.Node]) -> bool:
    """Whether one of the conditions holds for every combination of known values."""
    reader = _Reader()
    try:
        holds = [reader.condition(condition) for condition in conditions]
        samples = reader.samples()
    except _Beyond:
        return False
    if prod(len(tried) for tried in samples.values()) * len(holds) > MOST:
        return False
    return all(
        any(condition(dict(zip(samples, values, strict=True))) for condition in holds)
        for values in product(*samples.values())
    )


def _samples(constants: set[Value]) -> Iterator[Value]:
    """The constants a term is compared with, and a value in every gap between them."""
    kinds = {kind for kind, _value in constants}
    yield from constants
    if "boolean" in kinds:
        yield from (TRUE, FALSE)
    if "string" in kinds or kinds == {"null"}:
        yield ELSE
    numbers = sorted(value for _kind, value in constants if isinstance(value, Decimal))
    if numbers:
        gaps = [(low + high) / 2 for low, high in pairwise(numbers)]
        yield from (("number", value) for value in (numbers[0] - 1, *gaps, numbers[-1] + 1))


class _Reader:
    """Reads conditions, and notes which constants each term is compared with."""

    def __init__(self) -> None:
        self.constants: dict[Key, set[Value]] = defaultdict(set)
        self.pairs: dict[Key, Key] = {}

    def samples(self) -> dict[Key, list[Value]]:
        """What to try for each term. Raises ``_Beyond`` where the gaps of one term hang on another."""
        paired = {key: list(THREE) for key in self.pairs}
        if paired.keys() & self.constants.keys():
            raise _Beyond
        return {key: list(dict.fromkeys(_samples(found))) for key, found in self.constants.items()} | paired

    def condition(self, node: nodes.Node) -> Holds:
        if isinstance(node, nodes.All | nodes.Any):
            parts = [self.condition(part) for part in node.parts]
            some = all if isinstance(node, nodes.All) else any
            return lambda values: some(part(values) for part in parts)
        if isinstance(node, nodes.Call) and node.function == "not" and len(node.arguments) == 1:
            inner = self.condition(node.arguments[0])
            return lambda values: not inner(values)
        if isinstance(node, nodes.Constant):
            always = node.value is True
            return lambda values: always
        if isinstance(node, nodes.Compare):
            return self.comparison(node.operator, node.left, node.right)
        if isinstance(node, nodes.Between):
            low = self.comparison(">=", node.value, node.low)
            high = self.comparison("<=", node.value, node.high)
            return lambda values: low(values) and high(values)
        if isinstance(node, nodes.In):
            tests = [self.test(node.value, test) for test in node.tests]
            return lambda values: any(test(values) for test in tests)
        key = self.term(node)
        self.constants[key] |= {TRUE, FALSE}
        return lambda values: values[key] == TRUE

    def test(self, value: nodes.Node, test: nodes.Node) -> Holds:
        if isinstance(test, nodes.List | nodes.Group):
            parts = [
                self.test(value, part)
                for part in (test.items if isinstance(test, nodes.List) else test.tests)
            ]
            return lambda values: any(part(values) for part in parts)
        if isinstance(test, nodes.Test):
            return self.comparison(test.operator, value, test.operand)
        if isinstance(test, nodes.Span):
            low = self.comparison(">=" if test.low_closed else ">", value, test.low)
            high = self.comparison("<=" if test.high_closed else "<", value, test.high)
            return lambda values: low(values) and high(values)
        return self.comparison("=", value, test)

    def comparison(self, operator: str, left: nodes.Node, right: nodes.Node) -> Holds:
        compare = OPERATORS[operator]
        constant = _constant(right)
        if constant is not None:
            key = self.term(left)
            self.constants[key].add(constant)
            return lambda values: _compared(compare, values[key], constant)
        if _constant(left) is not None:
            turned = operator.translate(str.maketrans("<>", "><"))
            return self.comparison(turned, right, left)
        first, second = self.term(left), self.term(right)
        if self.pairs.setdefault(first, second) != second or self.pairs.setdefault(second, first) != first:
            raise _Beyond
        return lambda values: _compared(compare, values[first], values[second])

    def term(self, node: nodes.Node) -> Key:
        if _constant(node) is not None:
            raise _Beyond
        return _key(node)


def _compared(compare: Compare, left: Value, right: Value) -> bool:
    if left[0] != right[0]:
        return compare is ne and NULL in (left, right)
    return compare(left[1], right[1])


def _constant(node: nodes.Node) -> Value | None:
    match node:
        case nodes.Number():
            return ("number", Decimal(node.digits))
        case nodes.Negate(operand=nodes.Number() as number):
            return ("number", -Decimal(number.digits))
        case nodes.Text():
            return ("string", node.value)
        case nodes.Constant():
            return NULL if node.value is None else ("boolean", node.value)
    return None


def _key(node: object) -> Key:
    """What makes two terms the same: everything but where they stand."""
    if isinstance(node, nodes.Node):
        parts = (_key(getattr(node, field.name)) for field in fields(node) if field.name != "at")
        return (type(node).__name__, *parts)
    return tuple(_key(part) for part in node) if isinstance(node, tuple) else node
