"""``for``, ``some`` and ``every``."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from shouhou.kernel.feel import nodes, numbers
from shouhou.kernel.feel.compiler.access import as_list
from shouhou.kernel.feel.compiler.plan import Closure, Plan, Scope, compiles, price
from shouhou.kernel.feel.values import Range, Run

PARTIAL = "partial"


class _Source:
    """What one iterator walks through, and the slot of its variable."""

    def __init__(self, each: nodes.Each, plan: Plan, scope: Scope) -> None:
        self.slot = plan.slot()
        self.start = plan.compile(each.source, scope)
        self.end = plan.compile(each.end, scope) if each.end else None

    def values(self, run: Run) -> Iterator[object] | None:
        """Return the values in turn; None when there is nothing that could be walked through."""
        start = self.start(run)
        if self.end is not None:
            return _steps(start, self.end(run))
        if isinstance(start, Range):
            return _steps_of(start)
        return None if start is None else iter(as_list(start))


def _steps(start: object, end: object) -> Iterator[object] | None:
    """Walk from one whole number or date to another, downwards if the end is smaller."""
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        if start != start.to_integral_value() or end != end.to_integral_value():
            return None
        first, last = numbers.whole(start), numbers.whole(end)
        way = 1 if first <= last else -1
        return (Decimal(number) for number in range(first, last + way, way))
    if type(start) is date and type(end) is date:
        days = (end - start).days
        way = 1 if days >= 0 else -1
        return (start + timedelta(days=count) for count in range(0, days + way, way))
    return None


def _steps_of(span: Range) -> Iterator[object] | None:
    steps = _steps(span.low, span.high)
    if steps is None:
        return None
    excluded = {
        end for end, closed in ((span.low, span.low_closed), (span.high, span.high_closed)) if not closed
    }
    return (step for step in steps if step not in excluded)


def _sources(each: tuple[nodes.Each, ...], plan: Plan, scope: Scope) -> tuple[list[_Source], Scope]:
    """Compile iterators; a later one sees the variables of those before it."""
    sources = []
    for one in each:
        sources.append(_Source(one, plan, scope))
        scope = scope.with_variables({one.name: sources[-1].slot})
    return sources, scope


def _rounds(sources: list[_Source], run: Run, depth: int = 0) -> Iterator[bool]:
    """Yield once for each combination, variables set; yield False when a source cannot be walked."""
    values = sources[depth].values(run)
    if values is None:
        yield False
        return
    for value in values:
        run.spend(1)
        run.slots[sources[depth].slot] = value
        if depth + 1 < len(sources):
            yield from _rounds(sources, run, depth + 1)
        else:
            yield True


@compiles(nodes.For)
def _for(node: nodes.For, plan: Plan, scope: Scope) -> Closure:
    sources, inner = _sources(node.iterators, plan, scope)
    partial = plan.slot()
    looks_back, cost = _mentions(node.result, PARTIAL), price(node.result)
    result = plan.compile(node.result, inner.with_variables({PARTIAL: partial}))

    def repeat(run: Run) -> object:
        results: list[object] = []
        for walked in _rounds(sources, run):
            if not walked:
                return None
            run.spend(cost)
            if looks_back:
                # A copy, so that no list can come to hold itself.
                run.spend(len(results))
                run.slots[partial] = results.copy()
            results.append(result(run))
        return results

    return repeat


def _mentions(node: nodes.Node, name: str) -> bool:
    here = isinstance(node, nodes.Name) and node.name == name
    return here or any(_mentions(child, name) for child in nodes.children(node))


@compiles(nodes.Quantified)
def _quantified(node: nodes.Quantified, plan: Plan, scope: Scope) -> Closure:
    sources, inner = _sources(node.iterators, plan, scope)
    condition = plan.compile(node.condition, inner)
    decisive, cost = node.quantifier == "some", price(node.condition)

    def search(run: Run) -> object:
        unknown = False
        for walked in _rounds(sources, run):
            run.spend(cost)
            answer = condition(run) if walked else None
            if answer is decisive:
                return decisive
            unknown = unknown or answer is not (not decisive)
        return None if unknown else not decisive

    return search
