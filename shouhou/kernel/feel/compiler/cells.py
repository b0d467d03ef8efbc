"""Ranges, ``in``, and the cells of decision tables."""

from shouhou.kernel.feel import nodes
from shouhou.kernel.feel.compiler.comparing import COMPARISONS
from shouhou.kernel.feel.compiler.plan import Closure, Plan, Scope, compiles
from shouhou.kernel.feel.values import Range, Run, admit, equal, within

INPUT = "?"


@compiles(nodes.Span)
def _span(node: nodes.Span, plan: Plan, scope: Scope) -> Closure:
    low, high = plan.compile(node.low, scope), plan.compile(node.high, scope)
    low_closed, high_closed = node.low_closed, node.high_closed

    def make(run: Run) -> object:
        start, end = low(run), high(run)
        if start is not None and end is not None and type(start) is not type(end):
            return None
        return Range(start, end, low_closed, high_closed)

    return make


@compiles(nodes.In)
def _in(node: nodes.In, plan: Plan, scope: Scope) -> Closure:
    value = plan.compile(node.value, scope)
    slot = plan.slot()
    tests = tuple(_test(test, slot, plan, scope) for test in node.tests)

    def holds(run: Run) -> object:
        run.slots[slot] = value(run)
        return _any_of(tests, run)

    return holds


def _any_of(tests: tuple[Closure, ...], run: Run) -> bool | None:
    unknown = False
    for test in tests:
        answer = test(run)
        if answer is True:
            return True
        unknown = unknown or answer is None
    return None if unknown else False


def _test(node: nodes.Node, slot: int, plan: Plan, scope: Scope, *, cell: bool = False) -> Closure:
    """Return whether the value in a slot passes one test.

    A cell may also hold a condition that does not speak of its input, such as «count(parts) > 3»
    beside an input that is a number.
    """
    if isinstance(node, nodes.Test):
        comparison = COMPARISONS[node.operator]
        operand = plan.compile(node.operand, scope)
        return lambda run: comparison(run.slots[slot], operand(run), run)
    expression = plan.compile(node, scope)
    if _mentions_input(node):
        return expression

    def passes(run: Run) -> object:
        value, test = run.slots[slot], expression(run)
        if cell and isinstance(test, bool) and value is not None and not isinstance(value, bool):
            return test
        return is_in(value, test, run)

    return passes


def _mentions_input(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Name):
        return node.name == INPUT
    return any(_mentions_input(child) for child in nodes.children(node))


def is_in(value: object, test: object, run: Run) -> bool | None:
    """Say whether a value equals a test, lies in its range, or passes one test of its list."""
    if isinstance(test, Range):
        return within(value, test)
    if isinstance(test, list):
        run.spend(len(test))
        if isinstance(value, list) and equal(value, test, run):
            return True
        answers = {_one_of(value, item, run) for item in test}
        return True if True in answers else None if None in answers else False
    return equal(value, test, run)


def _one_of(value: object, item: object, run: Run) -> bool | None:
    return within(value, item) if isinstance(item, Range) else equal(value, item, run)


@compiles(nodes.Tests)
def _tests(node: nodes.Tests, plan: Plan, scope: Scope) -> Closure:
    slot = plan.slot()
    tests = tuple(_test(test, slot, plan, scope, cell=True) for test in node.tests)
    negated, anything = node.negated, not node.tests
    plan.reads.discard(INPUT)

    def holds(run: Run) -> object:
        if anything:
            return True
        run.slots[slot] = admit(run.context.get(INPUT), run)
        answer = _any_of(tests, run)
        return (not answer) if negated and answer is not None else answer

    return holds


@compiles(nodes.Test)
def _half(node: nodes.Test, plan: Plan, scope: Scope) -> Closure:
    raise plan.refuse("feel.range_literal", node, found=node.operator)


@compiles(nodes.Group)
def _group(node: nodes.Group, plan: Plan, scope: Scope) -> Closure:
    raise plan.refuse("feel.range_literal", node, found="(…, …)")
