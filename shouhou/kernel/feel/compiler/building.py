"""Lists, contexts and calls of built-in functions."""

from difflib import get_close_matches

from shouhou.kernel.feel import nodes
from shouhou.kernel.feel.compiler.plan import Closure, Plan, Scope, compiles
from shouhou.kernel.feel.functions import BUILTINS, NO_CLOCK, Form
from shouhou.kernel.feel.refusals import FeelError
from shouhou.kernel.feel.values import Run


@compiles(nodes.List)
def _list(node: nodes.List, plan: Plan, scope: Scope) -> Closure:
    items = tuple(plan.compile(item, scope) for item in node.items)

    def make(run: Run) -> object:
        run.spend(len(items))
        return [item(run) for item in items]

    return make


@compiles(nodes.Context)
def _context(node: nodes.Context, plan: Plan, scope: Scope) -> Closure:
    entries: list[tuple[str, int, Closure]] = []
    known: dict[str, int] = {}
    for entry in node.entries:
        if entry.key in known:
            raise plan.refuse("feel.duplicate_key", entry, found=entry.key)
        value = plan.compile(entry.value, scope.with_variables(dict(known)))
        known[entry.key] = plan.slot()
        entries.append((entry.key, known[entry.key], value))

    def make(run: Run) -> object:
        made: dict[str, object] = {}
        for key, slot, value in entries:
            made[key] = run.slots[slot] = value(run)
        run.spend(len(made))
        return made

    return make


@compiles(nodes.Call)
def _call(node: nodes.Call, plan: Plan, scope: Scope) -> Closure:
    forms = _forms(node, plan)
    arguments = tuple(plan.compile(argument, scope) for argument in node.arguments)
    if node.names:
        return _named(forms, node.names, arguments)
    form, others = forms[0], forms[1:]
    if others:
        return _overloaded(forms, arguments)

    def call(run: Run) -> object:
        return form(run, [argument(run) for argument in arguments])

    return call


def _overloaded(forms: tuple[Form, ...], arguments: tuple[Closure, ...]) -> Closure:
    """Take the first form whose types fit; when none fits the result is null."""

    def call(run: Run) -> object:
        values = [argument(run) for argument in arguments]
        form = next((form for form in forms if form.fits(values)), None)
        return form(run, values) if form else None

    return call


def _named(forms: tuple[Form, ...], names: tuple[str, ...], arguments: tuple[Closure, ...]) -> Closure:
    choices = [(form, order) for form in forms if (order := form.order(names)) is not None]

    def call(run: Run) -> object:
        given = [argument(run) for argument in arguments]
        for form, order in choices:
            last = max(place for place, index in enumerate(order) if index is not None)
            values = [None if index is None else given[index] for index in order[: last + 1]]
            if form.fits(values) or len(choices) == 1:
                return form(run, values)
        return None

    return call


def _forms(node: nodes.Call, plan: Plan) -> tuple[Form, ...]:
    """Return the forms these arguments fit by number or name; raise ``FeelError`` when none does."""
    forms = BUILTINS.get(node.function)
    if forms is None:
        raise _unknown(node, plan)
    if node.names:
        fitting = tuple(form for form in forms if form.order(node.names) is not None)
    else:
        fitting = tuple(form for form in forms if form.takes(len(node.arguments)))
    if not fitting:
        known = "; ".join(form.line.rpartition(":")[0] for form in forms)
        raise plan.refuse("feel.arguments", node, found=node.function, known=known)
    return fitting


def _unknown(node: nodes.Call, plan: Plan) -> FeelError:
    if node.function in NO_CLOCK:
        return plan.refuse("feel.no_clock", node, found=node.function)
    near = get_close_matches(node.function, BUILTINS, n=1)
    hint = (
        (f"Did you mean “{near[0]}”?", f"是否想写“{near[0]}”？")
        if near
        else ("Check its name.", "请检查名称。")
    )
    return plan.refuse("feel.unknown_function", node, found=node.function, hint=hint)
