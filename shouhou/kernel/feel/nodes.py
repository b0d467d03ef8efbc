"""The tree of an expression: one frozen class a production of the grammar.

``as_data`` gives the same tree as plain JSON, for evaluators in other languages.
``at`` is the offset of the character where a reader would look for the node.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Node:
    """Any part of an expression."""

    at: int


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number as it was written, e.g. ``1.50``."""

    digits: str


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A text between double quotes, escapes resolved."""

    value: str


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """``true``, ``false`` or ``null``."""

    value: bool | None


@dataclass(frozen=True, slots=True)
class Temporal(Node):
    """``@"2026-01-31"``: a date, time, date and time, or duration."""

    literal: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable: a local one if declared around it, else a fact of the context."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """``base.name``: a key of a context, or a property of a date, time, duration or range."""

    base: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """``base[condition]``: an index from 1 (from the end when negative), or a condition on ``item``."""

    base: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A built-in function; ``names`` is empty, or names each argument."""

    function: str
    arguments: tuple[Node, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """``-operand``."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """``left operator right`` with ``+ - * / **``."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """``left operator right`` with ``= != < <= > >=``."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """``value between low and high``, both ends included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """``value in test`` or ``value in (test, test)``: true when one test holds."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class All(Node):
    """``a and b and c``."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any(Node):
    """``a or b or c``."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    """``if condition then yes else no``."""

    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Each(Node):
    """``name in source`` or, with an end, ``name in source..end``."""

    name: str
    source: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    """``for … return result``: one result for each combination, the last iterator fastest."""

    iterators: tuple[Each, ...]
    result: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """``some … satisfies condition`` or ``every … satisfies condition``."""

    quantifier: str
    iterators: tuple[Each, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """``value instance of type``."""

    value: Node
    type: str


@dataclass(frozen=True, slots=True)
class List(Node):
    """``[a, b]``."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """``key: value`` in a context."""

    key: str
    value: Node


@dataclass(frozen=True, slots=True)
class Context(Node):
    """``{key: value}``; an entry sees the entries before it."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Span(Node):
    """A range ``[low..high]``; ``(``, ``]`` at its start and ``)``, ``[`` at its end leave the end out."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class Test(Node):
    """``operator operand`` with the left side given from outside, e.g. ``> 3``."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Group(Node):
    """``(test, test)``: only on the right of ``in``."""

    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """The cell of a decision table: no tests is ``-``; ``negated`` is ``not(…)``."""

    tests: tuple[Node, ...]
    negated: bool


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes directly under a node, in the order written."""
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, Node))


def size(node: Node) -> int:
    """Return how many nodes a tree has."""
    count, waiting = 0, [node]
    while waiting:
        count += 1
        waiting += children(waiting.pop())
    return count


def as_data(node: Node) -> dict[str, object]:
    """Return the tree as JSON: ``{"node": "Compare", "at": 7, "operator": "<", "left": {…}, …}``."""
    data: dict[str, object] = {"node": type(node).__name__}
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, tuple):
            data[field.name] = [as_data(part) if isinstance(part, Node) else part for part in value]
        else:
            data[field.name] = as_data(value) if isinstance(value, Node) else value
    return data
