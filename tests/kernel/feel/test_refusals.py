"""A refusal names the place, and says in both languages what to write instead."""

import re

import pytest

from shouhou.kernel import feel
from shouhou.kernel.feel.refusals import SENTENCES
from tests.kernel.feel.test_tables import ROWS

NESTS = ["(", "[", "{a: ", "not(", "-", "if ", "for x in ", "a[", "1 + (", "some x in [", "abs("]


def refusal(text: str, names: set[str] | None = None) -> feel.FeelError:
    with pytest.raises(feel.FeelError) as caught:
        feel.parse(text, names)
    return caught.value


def test_counts_characters_lines_and_columns() -> None:
    found = refusal("金额 > 100\n  and 状态 ＝ 1")

    assert (found.position, found.line, found.column) == (18, 2, 10)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("1 +", 3),
        ("1 + * 2", 4),
        ('"open', 0),
        ('a = "x\\q"', 6),
        ("f(1)", 0),
        ("1 + now()", 4),
        ("{a: 1, a: 2}", 7),
    ],
)
def test_points_at_the_place(text: str, position: int) -> None:
    assert refusal(text).position == position


def test_says_which_character_to_write() -> None:
    found = refusal("金额 > 100，true")

    assert found.zh == "“，”是全角符号。请改写为半角“,”。"
    assert found.en == "“，” is a full-width character. Write “,” instead."


def test_proposes_the_function_that_was_meant() -> None:
    assert "string length" in refusal('string lenght("a")', None).en or refusal('sting("a")').en.count(
        "string"
    )
    assert refusal('contain("a", "b")').zh == "没有函数“contain”。是否想写“contains”？"


def test_shows_how_a_function_is_written() -> None:
    assert (
        "substring(string: string, start position: number, length?: number)" in refusal('substring("a")').en
    )


def test_every_sentence_is_met_by_a_table_or_a_check() -> None:
    static = {
        "undeclared_name",
        "compare_types",
        "order_types",
        "need_type",
        "arithmetic_types",
        "no_property",
        "pattern",
    }
    limits = {"too_long", "too_deep"}
    met = {row["error"] for row in ROWS.values() if "error" in row}

    assert met | {f"feel.{code}" for code in static | limits} == set(SENTENCES)


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_fill_in_the_same_things(code: str) -> None:
    english, chinese = (set(re.findall(r"{(\w+)}", sentence)) for sentence in SENTENCES[code])

    assert english == chinese
    assert english or not any(word in SENTENCES[code][0].lower() for word in ("error", "invalid", "failed"))


@pytest.mark.parametrize("nest", NESTS)
@pytest.mark.parametrize("depth", [150, 1_500])
def test_deep_nesting_is_refused(nest: str, depth: int) -> None:
    assert refusal(nest * depth + "1").code in {"feel.too_deep", "feel.unfinished", "feel.unexpected"}


@pytest.mark.parametrize("operator", ["+", "-", "*", "**", "=", "<", "."])
def test_long_chains_are_refused_or_read(operator: str) -> None:
    text = operator.join(["a"] * 5_000)

    assert refusal(text).code == "feel.too_deep"


def test_a_flat_list_of_conditions_is_no_depth() -> None:
    assert feel.parse(" and ".join(["a = 1"] * 1_000))({"a": 1}) is True


def test_brackets_closed_properly_and_too_deep_are_refused() -> None:
    assert refusal("[" * 200 + "1" + "]" * 200).code == "feel.too_deep"


@pytest.mark.parametrize(
    "junk",
    [
        "\x00\x01\x02",
        "\ud800",
        "\u202e1 + 1",
        "\u200d",
        "a" * 1_000_000,
        "(" * 1_000_000,
        "1 +" * 400_000,
        '"' * 3,
        "/*" * 9_000,
        "a " * 9_999,
        "(" + "a" * 19_000,
        "(" + "a-" * 9_000,
        "{" + ", ".join(f"a b{number}: a b{number}" for number in range(900)),
        "for " + "x " * 9_000,
        "\\" * 1_000,
        "@" * 1_000,
        "]" * 1_000,
        "}{" * 500,
    ],
    ids=lambda junk: repr(junk[:12]),
)
def test_junk_is_refused(junk: str) -> None:
    for reader in (feel.parse, feel.parse_unary):
        with pytest.raises(feel.FeelError) as caught:
            reader(junk, {"a", "b c"})
        assert 0 <= caught.value.position <= len(junk)
