"""Comparisons and logic with three values (DMN 1.3 tables 42 to 49).

Most conditions of a flow compare a fact with a literal; these have closures of their own, because
they run at every step of every case.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from operator import eq, ge, gt, le, lt, ne

from shouhou.kernel.feel import nodes
from shouhou.kernel.feel.compiler.access import fact_of, literal
from shouhou.kernel.feel.compiler.plan import Closure, Plan, Scope, compiles
from shouhou.kernel.feel.values import NAMES, ORDERS, Run, equal

Comparison = Callable[[object, object, Run], bool | None]
EXACT: Mapping[str, Callable[[object, object], bool]] = {
    "=": eq,
    "!=": ne,
    "<": lt,  # type: ignore[dict-item]
    "<=": le,  # type: ignore[dict-item]
    ">": gt,  # type: ignore[dict-item]
    ">=": ge,  # type: ignore[dict-item]
}


def _differs(left: object, right: object, run: Run) -> bool | None:
    same = equal(left, right, run)
    return None if same is None else not same


def _ordered(order: Callable[[object, object], bool | None]) -> Comparison:
    return lambda left, right, run: order(left, right)


COMPARISONS: Mapping[str, Comparison] = {
    "=": equal,
    "!=": _differs,
    **{sign: _ordered(order) for sign, order in ORDERS.items()},
}


@compiles(nodes.Compare)
def _compare(node: nodes.Compare, plan: Plan, scope: Scope) -> Closure:
    left, right = plan.compile(node.left, scope), plan.compile(node.right, scope)
    comparison = COMPARISONS[node.operator]

    def compare(run: Run) -> object:
        return comparison(left(run), right(run), run)

    keys, value = fact_of(node.left, scope), literal(node.right, plan)
    if not keys or len(keys) > 2 or not isinstance(value, bool | str | Decimal):
        return compare
    if not isinstance(value, Decimal):
        return compare if node.operator in ORDERS else _quickly(keys, node.operator, value, value, compare)
    whole = int(value) if value == int(value) else value
    return _quickly(keys, node.operator, value, whole, compare)


def _quickly(keys: tuple[str, ...], operator: str, value: object, whole: object, slowly: Closure) -> Closure:
    """Compare a fact with a literal of its own kind at once; leave all else to the general closure."""
    exact, kind = EXACT[operator], type(value)
    root, key = keys[0], keys[-1]

    def compare(run: Run) -> object:
        found = run.context.get(root)
        try:
            if type(found) is kind:
                return exact(found, value)
            return exact(found, whole) if type(found) is int and kind is Decimal else slowly(run)
        except InvalidOperation:  # a number that is not one
            return None

    def compare_below(run: Run) -> object:
        outer = run.context.get(root)
        found = outer.get(key) if type(outer) is dict else None
        try:
            if type(found) is kind:
                return exact(found, value)
            return exact(found, whole) if type(found) is int and kind is Decimal else slowly(run)
        except InvalidOperation:  # a number that is not one
            return None

    return compare if len(keys) == 1 else compare_below


@compiles(nodes.Between)
def _between(node: nodes.Between, plan: Plan, scope: Scope) -> Closure:
    value, low, high = (plan.compile(part, scope) for part in (node.value, node.low, node.high))
    not_after = ORDERS["<="]

    def lies_between(run: Run) -> object:
        found = value(run)
        return both(not_after(low(run), found), not_after(found, high(run)))

    return lies_between


def both(one: object, other: object) -> bool | None:
    """Join two answers with «and»: false wins, then null."""
    if one is False or other is False:
        return False
    return True if one is True and other is True else None


@compiles(nodes.All)
def _all(node: nodes.All, plan: Plan, scope: Scope) -> Closure:
    return _joined(tuple(plan.compile(part, scope) for part in node.parts), decisive=False)


@compiles(nodes.Any)
def _any(node: nodes.Any, plan: Plan, scope: Scope) -> Closure:
    return _joined(tuple(plan.compile(part, scope) for part in node.parts), decisive=True)


def _joined(parts: tuple[Closure, ...], *, decisive: bool) -> Closure:
    """Join answers: the decisive one ends the search, anything but the other one leaves null."""
    other = not decisive

    def join(run: Run) -> object:
        unknown = False
        for part in parts:
            answer = part(run)
            if answer is decisive:
                return decisive
            if answer is not other:
                unknown = True
        return None if unknown else other

    return join


@compiles(nodes.If)
def _if(node: nodes.If, plan: Plan, scope: Scope) -> Closure:
    condition, yes, no = (plan.compile(part, scope) for part in (node.condition, node.yes, node.no))

    def choose(run: Run) -> object:
        return yes(run) if condition(run) is True else no(run)

    return choose


@compiles(nodes.InstanceOf)
def _instance_of(node: nodes.InstanceOf, plan: Plan, scope: Scope) -> Closure:
    value, wanted = plan.compile(node.value, scope), node.type

    def check(run: Run) -> object:
        found = value(run)
        if found is None:
            return wanted == "null"
        # Null belongs to no type but its own, not even to any (DMN 1.3 table 53).
        return wanted == "any" or NAMES.get(type(found)) == wanted

    return check
