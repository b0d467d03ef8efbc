"""Comparisons and logic with three values (DMN 1.3 tables 42 to 49).

Most conditions of a flow compare a fact with a literal; these have closures of their own, because
they run at every step of every case.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import ge, gt, le, lt

from shouhou.kernel.feel import nodes
from shouhou.kernel.feel.compiler.access import literal
from shouhou.kernel.feel.compiler.plan import Closure, Plan, Scope, compiles
from shouhou.kernel.feel.values import NAMES, ORDERS, Run, equal

Comparison = Callable[[object, object, Run], bool | None]
EXACT: Mapping[str, Callable[[object, object], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}  # type: ignore[dict-item]


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
    left = plan.compile(node.left, scope)
    value = literal(node.right, plan)
    if type(value) is Decimal and node.operator in EXACT:
        return _order_with_number(left, node.operator, value)
    if isinstance(value, bool | str) and node.operator in {"=", "!="}:
        return _match(left, value, negated=node.operator == "!=")
    right = plan.compile(node.right, scope)
    comparison = COMPARISONS[node.operator]

    def compare(run: Run) -> object:
        return comparison(left(run), right(run), run)

    return compare


def _order_with_number(left: Closure, operator: str, number: Decimal) -> Closure:
    exact = EXACT[operator]

    def compare(run: Run) -> object:
        value = left(run)
        return exact(value, number) if type(value) is Decimal else None

    return compare


def _match(left: Closure, value: bool | str, *, negated: bool) -> Closure:
    kind = type(value)

    def match(run: Run) -> object:
        found = left(run)
        if type(found) is kind:
            return (found == value) is not negated
        return negated if found is None else None

    return match


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
        return wanted == "any" or NAMES.get(type(found)) == wanted

    return check
