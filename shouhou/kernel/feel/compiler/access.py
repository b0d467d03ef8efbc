"""Literals, names, paths and filters."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from shouhou.kernel.feel import nodes, numbers, temporal
from shouhou.kernel.feel.compiler.plan import Closure, Plan, Scope, compiles, price
from shouhou.kernel.feel.temporal import PROPERTIES
from shouhou.kernel.feel.values import Range, Run, admit

RANGE_PROPERTIES = {
    "start": "low",
    "end": "high",
    "start included": "low_closed",
    "end included": "high_closed",
}


def constant(value: object) -> Closure:
    """Return the closure of a value known beforehand."""

    def give(run: Run) -> object:
        return value

    return give


def literal(node: nodes.Node, plan: Plan) -> object:
    """Return the value of a literal; ``NotImplemented`` when the node is none."""
    if isinstance(node, nodes.Number):
        return _number(node, plan)
    if isinstance(node, nodes.Text | nodes.Constant):
        return node.value
    if isinstance(node, nodes.Temporal):
        value = temporal.read(node.literal)
        if value is None:
            raise plan.refuse("feel.at_literal", node, found=node.literal[:60])
        return value
    if isinstance(node, nodes.Negate) and isinstance(node.operand, nodes.Number):
        return numbers.ARITHMETIC.minus(_number(node.operand, plan))
    return NotImplemented


def _number(node: nodes.Number, plan: Plan) -> Decimal:
    number = numbers.decimal(node.digits)
    if number is None:
        raise plan.refuse("feel.number", node, found=node.digits[:60])
    return number


@compiles(nodes.Number, nodes.Text, nodes.Constant, nodes.Temporal)
def _literal(node: nodes.Node, plan: Plan, scope: Scope) -> Closure:
    return constant(literal(node, plan))


@compiles(nodes.Name)
def _name(node: nodes.Name, plan: Plan, scope: Scope) -> Closure:
    return _resolve((node.name,), plan, scope)


def _resolve(keys: tuple[str, ...], plan: Plan, scope: Scope | None, *, surely: bool = True) -> Closure:
    """Find a name from the inside out: loops and contexts, the items of filters, then the facts."""
    name, rest = keys[0], keys[1:]
    while scope is not None:
        if name in scope.variables:
            return _followed(_from_slot(scope.variables[name]), rest)
        if scope.item is not None and name == "item":
            return _from_item(keys, scope.item, _followed(_from_slot(scope.item), rest))
        if scope.item is not None:
            # A name inside a filter may be a key of the item; only a declared one is surely a fact.
            surely = surely and plan.declares(name)
            return _from_item(keys, scope.item, _resolve(keys, plan, scope.outer, surely=surely))
        scope = scope.outer
    if surely:
        plan.read(keys)
    return fact(keys)


def _from_slot(slot: int) -> Closure:
    def read(run: Run) -> object:
        return run.slots[slot]

    return read


def _from_item(keys: tuple[str, ...], slot: int, otherwise: Closure) -> Closure:
    name = keys[0]
    follow = _followed(lambda run: cast(dict[str, object], run.slots[slot])[name], keys[1:])

    def read(run: Run) -> object:
        item = run.slots[slot]
        return follow(run) if isinstance(item, dict) and name in item else otherwise(run)

    return read


def _followed(start: Closure, keys: Sequence[str]) -> Closure:
    """Follow a path from a value; each step into a list goes into each of its items."""
    if not keys:
        return start

    def follow(run: Run) -> object:
        value = start(run)
        for key in keys:
            if isinstance(value, list):
                run.spend(len(value))
            value = step(value, key)
        return value

    return follow


def fact(keys: tuple[str, ...]) -> Closure:
    """Return the closure that reads a fact; facts may be nested or stand under their dotted name."""
    if len(keys) == 1:
        return _fact(keys[0])
    # (dotted name, keys to follow from there): first nested, then the longest dotted name.
    ways = [(keys[0], keys[1:])]
    ways += [(".".join(keys[:length]), keys[length:]) for length in range(len(keys), 1, -1)]

    def read(run: Run) -> object:
        for name, rest in ways:
            value = run.context.get(name)
            if value is not None:
                for key in rest:
                    value = step(value, key)
                return admit(value, run)
        return None

    return read


def _fact(name: str) -> Closure:
    def read(run: Run) -> object:
        return admit(run.context.get(name), run)

    return read


def step(value: object, key: str) -> object:
    """Follow one step of a path: a key of a context, of each context in a list, or a property."""
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, list | tuple):
        return [step(item, key) for item in value]
    if isinstance(value, Range):
        return getattr(value, RANGE_PROPERTIES[key]) if key in RANGE_PROPERTIES else None
    reader = PROPERTIES.get(type(value), {}).get(key)
    return reader(value) if reader else None


@compiles(nodes.Path)
def _path(node: nodes.Path, plan: Plan, scope: Scope) -> Closure:
    base, keys = unfolded(node)
    if isinstance(base, nodes.Name):
        return _resolve((base.name, *keys), plan, scope)
    return _followed(plan.compile(base, scope), keys)


def unfolded(node: nodes.Node) -> tuple[nodes.Node, tuple[str, ...]]:
    """Return where a path begins, and its keys."""
    keys: tuple[str, ...] = ()
    while isinstance(node, nodes.Path):
        keys = (node.name, *keys)
        node = node.base
    return node, keys


def fact_of(node: nodes.Node, scope: Scope | None) -> tuple[str, ...]:
    """Return the path of the fact a node reads; empty when it reads something else, or may."""
    base, keys = unfolded(node)
    if not isinstance(base, nodes.Name):
        return ()
    while scope is not None:
        if base.name in scope.variables or scope.item is not None:
            return ()
        scope = scope.outer
    return (base.name, *keys)


@compiles(nodes.Filter)
def _filter(node: nodes.Filter, plan: Plan, scope: Scope) -> Closure:
    base = plan.compile(node.base, scope)
    index = literal(node.condition, plan)
    if isinstance(index, Decimal):
        return _indexed(base, index)
    slot = plan.slot()
    condition = plan.compile(node.condition, scope.with_item(slot))
    cost = price(node.condition)

    def select(run: Run) -> object:
        items = as_list(base(run))
        kept = []
        for item in items or [None]:
            run.spend(cost)
            run.slots[slot] = item
            answer = condition(run)
            if type(answer) is Decimal:
                return at_index(items, answer)
            if answer is True and items:
                kept.append(item)
        return kept

    return select


def _indexed(base: Closure, index: Decimal) -> Closure:
    def select(run: Run) -> object:
        return at_index(as_list(base(run)), index)

    return select


def as_list(value: object) -> list[object]:
    """Return a list as it is, one value as a list of one, null as an empty list."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def at_index(items: list[object], index: Decimal) -> object:
    """Return the item at a place, from 1 or from the end by a negative index; null outside."""
    place = numbers.whole(index)
    if not 1 <= abs(place) <= len(items) or place != index:
        return None
    return items[place - 1 if place > 0 else place]
