"""The tables say what each expression means; any other evaluator of the same trees must agree with them."""

import decimal
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from shouhou.kernel import feel
from shouhou.kernel.feel import nodes
from shouhou.kernel.feel.functions import BUILTINS

Row = dict[str, Any]
TABLES = Path(__file__).parent / "tables"


def rows() -> Iterator[tuple[str, Row]]:
    for path in sorted(TABLES.glob("*.json")):
        for number, row in enumerate(json.loads(path.read_text(encoding="utf-8")), start=1):
            yield f"{path.stem}-{number}", row


ROWS = dict(rows())


def names(facts: dict[str, Any], before: str = "") -> set[str]:
    """Return the dotted paths of facts, as the one who declares them would give them."""
    found = {before + key for key in facts}
    for key, value in facts.items():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                found |= names(inner, f"{before}{key}.")
    return found


def read(row: Row) -> feel.Expression:
    reader = feel.parse_unary if row.get("unary") else feel.parse
    return reader(row["expr"], names(row.get("context", {})))


def answer(row: Row) -> object:
    try:
        facts = feel.from_json(row.get("context", {}))
        return {"value": feel.to_json(read(row)(facts))}  # type: ignore[arg-type]
    except feel.FeelError as refusal:
        return {"error": refusal.code}


def expected(row: Row) -> object:
    return {key: row[key] for key in ("value", "error") if key in row}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_means_what_the_table_says(row: Row) -> None:
    # As JSON, because to Python true is 1.
    assert json.dumps(answer(row)) == json.dumps(expected(row))


def test_does_not_depend_on_the_decimal_context_of_the_caller() -> None:
    with decimal.localcontext(decimal.Context(prec=3, rounding=decimal.ROUND_UP)):
        different = [row["expr"] for row in ROWS.values() if answer(row) != expected(row)]

    assert different == []


@cache
def sound() -> list[feel.Expression]:
    return [read(row) for row in ROWS.values() if "value" in row]


def trees() -> Iterator[nodes.Node]:
    waiting = [expression.root for expression in sound()]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += nodes.children(node)


def test_every_production_is_in_the_tables() -> None:
    abstract = {nodes.Node, nodes.Group}
    written = {
        kind for kind in vars(nodes).values() if isinstance(kind, type) and issubclass(kind, nodes.Node)
    }

    assert written - abstract == {type(node) for node in trees()}


def test_every_function_is_in_the_tables() -> None:
    assert {node.function for node in trees() if isinstance(node, nodes.Call)} == set(BUILTINS)


def test_every_function_meets_a_null() -> None:
    met = {
        node.function
        for node in trees()
        if isinstance(node, nodes.Call)
        and any(
            isinstance(argument, nodes.Constant) and argument.value is None for argument in node.arguments
        )
    }
    # Relations between ranges share one body, which is tried with null once.
    relations = {form.name for forms in BUILTINS.values() for form in forms if "range" in form.line}

    assert set(BUILTINS) - met - relations == set()


def test_every_function_is_in_the_documents() -> None:
    page = (Path(__file__).parents[3] / "docs" / "feel.md").read_text(encoding="utf-8")

    assert [name for name in BUILTINS if f"`{name}`" not in page] == []


def test_every_tree_is_plain_json() -> None:
    for expression in sound():
        assert json.loads(json.dumps(expression.tree)) == expression.tree
