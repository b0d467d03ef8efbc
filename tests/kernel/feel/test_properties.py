"""Promises that hold for every text and every value."""

import json
import re
from datetime import date, timedelta
from decimal import Context, Decimal
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shouhou.kernel import feel
from shouhou.kernel.feel.functions import BUILTINS
from shouhou.kernel.feel.patterns import program
from shouhou.kernel.feel.values import Run
from tests.kernel.feel.test_tables import ROWS

WORDS = sorted(
    {
        "and",
        "or",
        "not(",
        "in",
        "between",
        "if",
        "then",
        "else",
        "for",
        "return",
        "some",
        "every",
        "satisfies",
    }
    | {
        "instance of",
        "number",
        "true",
        "false",
        "null",
        "item",
        "partial",
        "x",
        "客户",
        "a b",
        "?",
        "1",
        "2.5",
        '"张工"',
    }
    | {'@"2026-01-31"', '@"P1D"', "(", ")", "[", "]", "{", "}", ",", ":", ".", "..", "+", "-", "*", "/", "**"}
    | {"<", "<=", ">", ">=", "=", "!=", "//", "/*", "*/", "，", "a: 1"}
    | {f"{name}(" for name in BUILTINS}
)
FACTS = {"x": 3, "客户": {"a b": "张工"}, "a b": [1, "z", None], "?": 1}
SOUND = [row["expr"] for row in ROWS.values() if "value" in row and not row.get("unary")]
numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6)
truths = st.sampled_from([True, False, None])


def run(text: str, *, unary: bool = False) -> object:
    """Read, check, run and write a text; the value, or the refusal."""
    try:
        expression = (feel.parse_unary if unary else feel.parse)(text, {"x", "客户.a b", "a b"})
        feel.check(expression, {"x": "number"}, "boolean")
        return feel.to_json(expression(FACTS))
    except feel.FeelError as refusal:
        return refusal.code


@given(st.text(max_size=60), st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_value_or_a_refusal(text: str, unary: bool) -> None:
    json.dumps(run(text, unary=unary), default=str)


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.booleans())
@settings(max_examples=600, deadline=None)
@example(["[", "1", "..", "[", "]"], False)
def test_any_words_are_a_value_or_a_refusal(words: list[str], unary: bool) -> None:
    json.dumps(run(" ".join(words), unary=unary), default=str)


@given(st.sampled_from(SOUND), st.data())
@settings(max_examples=300, deadline=None)
def test_a_sound_expression_with_a_slip_is_a_value_or_a_refusal(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    slip = data.draw(st.sampled_from(["", *WORDS]))

    json.dumps(run(text[:place] + slip + text[place + len(slip) % 3 :]), default=str)


@given(numbers, numbers, st.sampled_from(["+", "-", "*", "/"]))
@settings(deadline=None)
def test_arithmetic_agrees_with_decimal(left: Decimal, right: Decimal, operator: str) -> None:
    context = Context(prec=34)
    work = {"+": context.add, "-": context.subtract, "*": context.multiply, "/": context.divide}[operator]
    value = feel.parse(f"a {operator} b")({"a": left, "b": right})

    assert value == (None if operator == "/" and not right else work(left, right))


@given(numbers, numbers)
@settings(deadline=None)
def test_comparison_agrees_with_decimal(left: Decimal, right: Decimal) -> None:
    for operator, answer in (
        ("<", left < right),
        ("<=", left <= right),
        ("=", left == right),
        ("!=", left != right),
    ):
        assert feel.parse(f"a {operator} b")({"a": left, "b": right}) is answer
        assert feel.parse(f"a {operator} {right:f}")({"a": left}) is answer
        assert feel.parse(f"c.a {operator} {right:f}")({"c": {"a": left}}) is answer
        assert feel.parse(f"[a][item {operator} {right:f}] = [a]")({"a": left}) is answer


@given(numbers, st.integers(0, 8))
@settings(deadline=None)
def test_rounding_moves_by_less_than_one_place(number: Decimal, scale: int) -> None:
    for name in ("decimal", "floor", "ceiling", "round up", "round down", "round half up", "round half down"):
        value = feel.parse(f"{name}(n, {scale})")({"n": number})
        assert isinstance(value, Decimal)
        assert abs(value - number) < Decimal(1).scaleb(-scale)


@given(truths, truths, truths)
def test_logic_is_the_least_and_the_greatest(one: object, two: object, three: object) -> None:
    rank = {False: 0, None: 1, True: 2}
    facts = {"a": one, "b": two, "c": three}
    values = [rank[value] for value in facts.values()]  # type: ignore[index]

    assert rank[feel.parse("a and b and c")(facts)] == min(values)  # type: ignore[index]
    assert rank[feel.parse("a or b or c")(facts)] == max(values)  # type: ignore[index]
    assert rank[feel.parse("not(a)")(facts)] == 2 - values[0]  # type: ignore[index]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(alphabet='ab张"\\\n@', max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
@settings(deadline=None)
def test_json_comes_back_as_it_went_in(value: object) -> None:
    assert feel.to_json(feel.from_json(value)) == value


@given(JSON)
@settings(deadline=None)
@example({"A ": 1, " ": 2, "": 3, "null": 4, "a b": 5})
def test_a_value_written_as_text_reads_back(value: object) -> None:
    written = feel.parse("string([fact])")({"fact": value})
    assert isinstance(written, str)

    assert feel.to_json(feel.parse(written)({})) == [value]


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-20_000, 20_000))
@settings(deadline=None)
def test_days_added_are_days_between(day: date, days: int) -> None:
    facts = {"day": day, "length": timedelta(days=days)}

    assert feel.parse("day + length - day = length")(facts) is True
    assert feel.parse("date(string(day)) = day")(facts) is True


@given(st.text("ab", max_size=6), st.text("ab.*+?|()", min_size=1, max_size=7))
@settings(max_examples=500, deadline=None)
@example("ab", "(a|ab)(b|)")
def test_patterns_find_what_python_finds(text: str, pattern: str) -> None:
    """Python's own engine is the judge, where both read the pattern."""
    ready = program(pattern)
    if ready is None or re.search(r"[*+?]\+|\(\?|\(\)", pattern):
        return
    found, judge = ready.search(text, 0, Run({})), re.search(pattern, text)

    assert (found and found[0]) == (judge and judge.span())


@pytest.mark.parametrize("opening", ["[", "("])
@pytest.mark.parametrize("closing", ["]", ")"])
def test_relations_of_ranges_agree_with_their_points(opening: str, closing: str) -> None:
    """Ranges over halves stand for ranges over all numbers between whole ends."""
    halves = [Decimal(number) / 2 for number in range(-1, 12)]
    for low, high in product(range(1, 5), repeat=2):
        if low >= high:
            continue
        one, other = f"{opening}{low}..{high}{closing}", "[2..4)"
        points = [{half for half in halves if feel.parse(f"{half} in {span}")({})} for span in (one, other)]
        relations = {
            "overlaps": bool(points[0] & points[1]),
            "includes": points[0] >= points[1],
            "during": points[0] <= points[1],
            "before": max(points[0]) < min(points[1]),
            "after": min(points[0]) > max(points[1]),
            "coincides": points[0] == points[1],
        }
        for name, answer in relations.items():
            assert feel.parse(f"{name}({one}, {other})")({}) is answer, (name, one, other)
