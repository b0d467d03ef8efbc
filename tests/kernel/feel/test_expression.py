"""An expression reads facts, and nothing else."""

import enum
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType, SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from shouhou.kernel import feel

LI_CALLS = datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


class Level(enum.StrEnum):
    """How 李女士 is ranked."""

    VIP = "vip"


class TestNames:
    """What counts as a name depends on the names in scope."""

    def test_longest_known_name_wins(self) -> None:
        expression = feel.parse("上门 时间 > 上门", {"上门 时间", "上门"})

        assert expression.names == {"上门 时间", "上门"}
        assert expression({"上门 时间": 3, "上门": 2}) is True

    def test_an_unknown_pair_of_words_is_refused(self) -> None:
        with pytest.raises(feel.FeelError, match="side by side"):
            feel.parse("上门 时间 > 2")

    def test_a_name_does_not_end_within_a_word(self) -> None:
        expression = feel.parse("a bc", {"a b", "a bc"})

        assert expression({"a b": 1, "a bc": 2}) == 2

    def test_facts_are_listed_with_their_paths(self) -> None:
        expression = feel.parse('case.in_warranty and 金额 > 100 or 客户.等级 = "VIP"')

        assert expression.names == {"case.in_warranty", "金额", "客户.等级"}

    def test_a_declared_path_ends_before_a_property(self) -> None:
        assert feel.parse("case.due.year = 2026", {"case.due"}).names == {"case.due"}

    def test_local_variables_are_no_facts(self) -> None:
        expression = feel.parse("some p in parts satisfies p.price > limit and {a: 1, b: a}.b = 1")

        assert expression.names == {"parts", "limit"}

    def test_a_key_of_an_item_is_no_fact_but_a_declared_name_is(self) -> None:
        expression = feel.parse("parts[price > limit]", {"parts", "limit"})

        assert expression.names == {"parts", "limit"}
        assert expression({"parts": [{"price": 5}], "limit": 3}) == [{"price": Decimal(5)}]

    def test_the_input_of_a_cell_is_no_fact(self) -> None:
        cell = feel.parse_unary("? > 3 and ? < limit")

        assert cell.unary
        assert cell.names == {"limit"}

    @pytest.mark.parametrize("odd", ["", " ", ".", "a..b", "5", "+", '"', "(", "a  b "])
    def test_odd_declared_names_do_no_harm(self, odd: str) -> None:
        assert feel.parse("1 + 5", {odd})({}) == 6


class TestFacts:
    """What comes in is taken for what it means, or for null."""

    @pytest.mark.parametrize(
        ("given", "value"),
        [
            (3, Decimal(3)),
            (0.1, Decimal("0.1")),
            (True, True),
            (Level.VIP, "vip"),
            ((1, 2), [Decimal(1), Decimal(2)]),
            (MappingProxyType({"a": 1}), {"a": Decimal(1)}),
            ({1: "x", "a": 2}, {"a": Decimal(2)}),
            (date(2026, 11, 24), date(2026, 11, 24)),
            (LI_CALLS, LI_CALLS),
            (time(14), time(14)),
            (timedelta(hours=2), timedelta(hours=2)),
            (feel.YearsMonths(14), feel.YearsMonths(14)),
            (float("nan"), None),
            (Decimal("Infinity"), None),
            (Decimal("sNaN"), None),
            (SimpleNamespace(a=1), None),
            (object(), None),
            (b"bytes", None),
            (1j, None),
        ],
    )
    def test_takes_a_value_for_what_it_means(self, given: object, value: object) -> None:
        found = feel.parse("fact")({"fact": given})

        assert found == value
        assert type(found) is type(value)

    def test_rounds_a_longer_decimal_to_34_digits(self) -> None:
        longer = Decimal("1." + "3" * 40)

        assert feel.parse("fact")({"fact": longer}) == Decimal("1." + "3" * 33)

    @pytest.mark.parametrize(
        "path", ["person.__class__", "person.name", "person._secret", "text.upper", "due.today"]
    )
    def test_never_reads_attributes(self, path: str) -> None:
        person = SimpleNamespace(name="张工", _secret="x")

        assert feel.parse(path)({"person": person, "text": "a", "due": date(2026, 11, 24)}) is None

    @pytest.mark.parametrize("bad", [Decimal("NaN"), Decimal("sNaN"), float("inf")])
    @pytest.mark.parametrize(
        "text", ["n > 3", "n = 3", "n != 3", "n between 1 and 2", "n + 1", "abs(n)", "n in [1..2]"]
    )
    def test_what_is_no_number_raises_nothing(self, text: str, bad: object) -> None:
        assert feel.parse(text)({"n": bad}) in {None, False, True}

    def test_facts_stay_as_they_are(self) -> None:
        parts = [{"price": 5}]
        facts: Mapping[str, object] = {"parts": parts}
        found = feel.parse("append(parts, 1)")(facts)
        assert isinstance(found, list)
        found[0]["price"] = 7

        assert parts == [{"price": 5}]

    def test_same_expression_serves_many_facts(self) -> None:
        expression = feel.parse("for x in xs return x * 2")

        assert expression({"xs": [1]}) == [2]
        assert expression({"xs": [2, 3]}) == [4, 6]
        assert expression({}) is None


class TestBounds:
    """No expression hangs, and none fails with anything but a refusal."""

    def test_a_list_that_holds_itself_is_refused(self) -> None:
        loop: list[object] = []
        loop.append(loop)

        with pytest.raises(feel.FeelError) as refusal:
            feel.parse("loop")({"loop": loop})
        assert refusal.value.code == "feel.too_much"

    def test_facts_nested_too_deep_are_refused(self) -> None:
        deep: object = 1
        for _ in range(100_000):
            deep = [deep]

        with pytest.raises(feel.FeelError, match="more than 100000 steps"):
            feel.parse("deep")({"deep": deep})
        with pytest.raises(feel.FeelError, match="more than 100000 steps"):
            feel.from_json(deep)
        with pytest.raises(feel.FeelError, match="more than 100000 steps"):
            feel.to_json(deep)

    def test_more_facts_than_steps_are_refused(self) -> None:
        with pytest.raises(feel.FeelError) as refusal:
            feel.parse("count(many)")({"many": [1] * 200_000})
        assert refusal.value.code == "feel.too_much"

    @pytest.mark.parametrize(
        "text",
        [
            'matches(s, "a*a*a*a*a*a*a*a*b")',
            'replace(s, "(a*)*b|a", "$1$1$1$1")',
            "flatten(for x in xs return for y in xs return for z in xs return xs)",
            "distinct values(for x in xs, y in xs return [x, y])",
            "string join(for x in xs return s, s)",
            "for a in xs, b in xs, c in xs return partial",
            "string(for x in xs return for y in xs return s)",
            "for x in xs, y in xs return log(x) + y ** 0.5",
            "for x in xs, y in 1..20 return " + " and ".join(["x >= 0"] * 500),
        ],
    )
    def test_costly_work_ends(self, text: str) -> None:
        facts = {"s": "a" * 5_000, "xs": list(range(1_000))}

        with pytest.raises(feel.FeelError) as refusal:
            feel.parse(text)(facts)
        assert refusal.value.code == "feel.too_much"

    @pytest.mark.parametrize("pattern", ["(a+)+b", "(a|aa)*b", "(a*)*b", "^(a?)+$|b"])
    def test_a_pattern_that_makes_others_hang_is_answered(self, pattern: str) -> None:
        assert feel.parse(f'matches(s + "!", "{pattern}")')({"s": "a" * 2_000}) is False

    def test_values_shared_many_times_are_counted_each_time(self) -> None:
        layers = "".join(
            f"for {name} in [[{before}, {before}]] return "
            for before, name in zip("abcdefghijklmnopqr", "bcdefghijklmnopqrs", strict=True)
        )
        text = f"for a in [[1]] return {layers} flatten(s)"

        with pytest.raises(feel.FeelError) as refusal:
            feel.parse(text)({})
        assert refusal.value.code == "feel.too_much"


class TestExchange:
    """JSON in, JSON out."""

    def test_numbers_stay_numbers(self) -> None:
        values = [
            Decimal("1.50"),
            Decimal(3),
            Decimal("1E+3"),
            Decimal("-0"),
            Decimal("1E+400"),
            Decimal("0.1"),
        ]

        assert feel.to_json(values) == [1.5, 3, 1000, 0, "1E+400", 0.1]

    def test_only_an_at_literal_is_a_date(self) -> None:
        read = feel.from_json({"day": '@"2026-11-24"', "note": "2026-11-24", "odd": '@"someday"'})

        assert read == {"day": date(2026, 11, 24), "note": "2026-11-24", "odd": '@"someday"'}

    def test_a_tree_names_its_productions(self) -> None:
        assert feel.parse("金额 > 100").tree == {
            "node": "Compare",
            "at": 3,
            "operator": ">",
            "left": {"node": "Name", "at": 0, "name": "金额"},
            "right": {"node": "Number", "at": 5, "digits": "100"},
        }
