"""The static check finds what could only ever be null, before a flow is published."""

import pytest

from shouhou.kernel import feel

TYPES = {
    "case.in_warranty": "boolean",
    "case.due": "date",
    "金额": "number",
    "状态": "string",
    "parts": "list",
    "customer": "context",
    "waited": "days and time duration",
    "term": "years and months duration",
    "came": "date and time",
    "window": "range",
    "anything": "any",
}


def problems(text: str, expected: str | None = None) -> list[tuple[str, int]]:
    found = feel.check(feel.parse(text, TYPES), TYPES, expected)
    assert all(problem.en and problem.zh for problem in found)
    return [(problem.code.removeprefix("feel."), problem.position) for problem in found]


@pytest.mark.parametrize(
    "text",
    [
        "case.in_warranty and 金额 > 100",
        '状态 = "open" or 状态 = null',
        "case.due.year = 2026 and case.due.weekday in [1..5]",
        'case.due + @"P1D" > date(came)',
        "case.due - case.due < waited * 2",
        "waited / waited > 2 and term / 2 < term",
        "came.time offset = waited",
        "parts[price > 3].name",
        "count(parts) > 3",
        "some p in parts satisfies p.price > 金额",
        "for i in 1..3 return i * 2 + partial[-1]",
        "customer.name = 3",
        'anything > 3 and anything.x = "a"',
        "if case.in_warranty then 金额 else null",
        "{a: 1, b: a + 1}.b > 0",
        '金额 in (1, > 3, [5..6]) and 状态 in ["a", "b"]',
        "金额 between 1 and 5",
        "max(parts) > 3",
        'abs(waited) > @"PT1H" and abs(-1) > 0',
        "string length(状态) > 2",
        'matches(状态, "^a")',
        "window.start included and 3 in window",
        "case.due instance of date",
        "sum(1, 2) + mean([1]) > decimal(金额, 2)",
        "not(case.in_warranty)",
        "includes(window, 3)",
        'date and time(date: case.due, time: @"10:00:00") > came',
    ],
)
def test_finds_nothing_where_all_is_well(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("金而 > 3", [("undeclared_name", 0)]),
        ("case.in_waranty", [("undeclared_name", 0)]),
        ("1 + foo + bar", [("undeclared_name", 4), ("undeclared_name", 10)]),
        ('金额 > "3"', [("compare_types", 3)]),
        ("金额 = 状态", [("compare_types", 3)]),
        ("case.due < came", [("compare_types", 9)]),
        ("waited > term", [("compare_types", 7)]),
        ("case.in_warranty > false", [("order_types", 17)]),
        ("parts < parts", [("order_types", 6)]),
        ("case.due + 3", [("arithmetic_types", 9)]),
        ('状态 - "a"', [("arithmetic_types", 3)]),
        ("金额 and case.in_warranty", [("need_type", 0)]),
        ("case.in_warranty and 金额 + 1", [("need_type", 21)]),
        ("if 金额 then 1 else 2", [("need_type", 3)]),
        ("some p in parts satisfies 金额", [("need_type", 26)]),
        ("not(金额)", [("need_type", 4)]),
        ("upper case(金额)", [("need_type", 11)]),
        ("substring(状态, 状态)", [("need_type", 14)]),
        ("substring(start position: 1, string: 金额)", [("need_type", 37)]),
        ("before(true, 1)", [("need_type", 7)]),
        ("-状态", [("need_type", 1)]),
        ("parts[状态]", [("need_type", 6)]),
        ('金额 in ("a", > 3)', [("compare_types", 7)]),
        ('金额 in [1.."z"]', [("compare_types", 10)]),
        ('[1.."z"]', [("compare_types", 0)]),
        ('金额 between 1 and "z"', [("compare_types", 17)]),
        ("for i in 1..3 return i.x", [("no_property", 21)]),
        ("case.due.yaer", [("no_property", 0)]),
        ("came.days", [("no_property", 0)]),
        ('matches(状态, "(")', [("pattern", 12)]),
        ('split(delimiter: "[", string: 状态)', [("pattern", 17)]),
        ('{a: 金额, b: a = "x"}', [("compare_types", 13)]),
    ],
)
def test_finds_the_place(text: str, found: list[tuple[str, int]]) -> None:
    assert problems(text) == found


@pytest.mark.parametrize(
    ("text", "expected", "well"),
    [
        ("金额 > 3", "boolean", True),
        ("金额", "boolean", False),
        ("parts", "boolean", False),
        ("anything", "boolean", True),
        ("null", "boolean", True),
        ("case.due", "date", True),
        ("case.due + 1", "date", False),
        ('case.due + @"P1D"', "date", True),
        ("came - came", "days and time duration", True),
        ("sum(parts)", "number", True),
        ("day of week(case.due)", "number", False),
    ],
)
def test_knows_the_type_that_is_needed(text: str, expected: str, *, well: bool) -> None:
    assert (problems(text, expected) == []) is well


class TestCells:
    """The cells of a decision table are checked against the type of their input."""

    @pytest.mark.parametrize(
        "cell", ["-", '"a", "b"', 'not("a")', "null", 'starts with(?, "a")', "金额 > 3", "parts"]
    )
    def test_fits_its_input(self, cell: str) -> None:
        assert feel.check(feel.parse_unary(cell, TYPES), {**TYPES, "?": "string"}, "boolean") == []

    @pytest.mark.parametrize("cell", ["> 3", "[1..5]", "1, 2", "not(3)", "? > 3"])
    def test_does_not_fit_its_input(self, cell: str) -> None:
        found = feel.check(feel.parse_unary(cell, TYPES), {**TYPES, "?": "string"})

        assert {problem.code for problem in found} == {"feel.compare_types"}


def test_proposes_the_fact_that_was_meant() -> None:
    (problem,) = feel.check(feel.parse("case.in_waranty"), TYPES)

    assert problem.zh == "“case.in_waranty”不是已声明的事实。是否想写“case.in_warranty”？"


def test_names_types_in_the_language_of_the_reader() -> None:
    (problem,) = feel.check(feel.parse('金额 > "3"'), TYPES)

    assert problem.zh.startswith("数字与文字不能比较")
    assert problem.en.startswith("A number cannot be compared with a string")
