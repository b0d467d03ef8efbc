"""The static check: what an expression can never mean, found before a flow is published."""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from shouhou.kernel.feel import nodes, temporal
from shouhou.kernel.feel.compiler.arithmetic import OPERATORS
from shouhou.kernel.feel.expression import Expression
from shouhou.kernel.feel.functions import BUILTINS, Form
from shouhou.kernel.feel.patterns import program
from shouhou.kernel.feel.refusals import FeelProblem, sentences
from shouhou.kernel.feel.values import NAMES, ORDERED

ANY, NULL, BOOLEAN, NUMBER, LIST = "any", "null", "boolean", "number", "list"
DAYS, MONTHS = "days and time duration", "years and months duration"
OPEN = frozenset({ANY, NULL})
HAS_ORDER = frozenset(NAMES[kind] for kind in ORDERED)
DATE_PROPERTIES = dict.fromkeys(("year", "month", "day", "weekday"), NUMBER)
TIME_PROPERTIES = dict.fromkeys(("hour", "minute", "second"), NUMBER)
TIME_PROPERTIES |= {"time offset": DAYS, "timezone": "string"}
PROPERTIES: Mapping[str, Mapping[str, str]] = {
    "date": DATE_PROPERTIES,
    "time": TIME_PROPERTIES,
    "date and time": DATE_PROPERTIES | TIME_PROPERTIES,
    DAYS: dict.fromkeys(("days", "hours", "minutes", "seconds"), NUMBER),
    MONTHS: dict.fromkeys(("years", "months"), NUMBER),
    "range": {"start": ANY, "end": ANY, "start included": BOOLEAN, "end included": BOOLEAN},
}
# function → which of its parameters, always the second, is a regular expression.
PATTERN_PARAMETERS = {"matches": "pattern", "replace": "pattern", "split": "delimiter"}
FITTING = frozenset(
    (sign, NAMES[left], NAMES[right])
    for sign, (_, others) in OPERATORS.items()
    for left, right in others
)  # fmt: skip


def check(expression: Expression, types: Mapping[str, str], expected: str | None = None) -> list[FeelProblem]:
    """Return what is wrong with an expression, in the order written; an empty list when nothing is.

    ``types`` gives the type of each fact by its dotted path, and of a cell's input under ``?``.
    ``expected`` is the type the whole must have. What cannot be known beforehand is not reported.
    """
    checker = _Checker(types)
    found = checker.infer(expression.root, {})
    if expected is not None:
        checker.need(expression.root, found, expected)
    return sorted(checker.problems, key=lambda problem: problem.position)


Locals = Mapping[str, str]
# Inside a filter every unknown name may be a key of the item.
IN_A_FILTER = "item"


class _Checker:
    """Works out the type of each node from the inside out, and notes what does not fit."""

    def __init__(self, types: Mapping[str, str]) -> None:
        self.types = types
        self.problems: list[FeelProblem] = []

    def infer(self, node: nodes.Node, known: Locals) -> str:
        return INFERENCES[type(node)](self, node, known)

    def note(self, code: str, at: int, **values: object) -> None:
        en, zh = sentences(code, **values)
        self.problems.append(FeelProblem(code, at, en, zh))

    def need(self, node: nodes.Node, found: str, wanted: str) -> None:
        if not _fits(found, wanted):
            self.note("feel.need_type", _start(node), left=found, right=wanted)

    def need_boolean(self, node: nodes.Node, known: Locals) -> str:
        self.need(node, self.infer(node, known), BOOLEAN)
        return BOOLEAN

    def compare(self, at: int, left: str, right: str, *, ordered: bool) -> str:
        if left not in OPEN and right not in OPEN and left != right:
            self.note("feel.compare_types", at, left=left, right=right)
        elif ordered and (unordered := {left, right} - HAS_ORDER - OPEN):
            self.note("feel.order_types", at, left=unordered.pop())
        return BOOLEAN

    # Names and paths

    def name(self, node: nodes.Name, known: Locals) -> str:
        return self.along(node.at, (node.name,), known)

    def path(self, node: nodes.Path, known: Locals) -> str:
        keys: list[str] = []
        base: nodes.Node = node
        while isinstance(base, nodes.Path):
            keys.insert(0, base.name)
            base = base.base
        if isinstance(base, nodes.Name):
            return self.along(base.at, (base.name, *keys), known)
        return self.properties(node.at, self.infer(base, known), keys)

    def along(self, at: int, keys: Sequence[str], known: Locals) -> str:
        """Return the type at the end of a path: through a local variable, or a declared fact."""
        if keys[0] in known:
            return self.properties(at, known[keys[0]], keys[1:])
        for length in range(len(keys), 0, -1):
            declared = self.types.get(".".join(keys[:length]))
            if declared is not None:
                return self.properties(at, declared, keys[length:])
        whole = ".".join(keys)
        if any(path.startswith(f"{whole}.") for path in self.types):
            return "context"
        if IN_A_FILTER not in known:
            self.note("feel.undeclared_name", at, found=whole, hint=_hint(whole, list(self.types)))
        return ANY

    def properties(self, at: int, kind: str, keys: Sequence[str]) -> str:
        for key in keys:
            if kind in {ANY, NULL, LIST, "context"}:
                return ANY
            if key not in PROPERTIES.get(kind, {}):
                hint = _hint(key, list(PROPERTIES.get(kind, {})))
                self.note("feel.no_property", at, left=kind, found=key, hint=hint)
                return ANY
            kind = PROPERTIES[kind][key]
        return kind

    def filter(self, node: nodes.Filter, known: Locals) -> str:
        self.infer(node.base, known)
        condition = self.infer(node.condition, {**known, IN_A_FILTER: ANY})
        if condition not in {*OPEN, BOOLEAN, NUMBER}:
            self.note("feel.need_type", _start(node.condition), left=condition, right=BOOLEAN)
        return LIST if condition == BOOLEAN else ANY

    # Operators

    def arithmetic(self, node: nodes.Arithmetic, known: Locals) -> str:
        left, right = self.infer(node.left, known), self.infer(node.right, known)
        if left in OPEN or right in OPEN:
            return ANY
        if left == right == NUMBER:
            return NUMBER
        if (node.operator, left, right) not in FITTING:
            self.note("feel.arithmetic_types", node.at, left=left, right=right, found=node.operator)
            return ANY
        return _result(node.operator, left, right)

    def negate(self, node: nodes.Negate, known: Locals) -> str:
        found = self.infer(node.operand, known)
        if found not in {*OPEN, NUMBER, DAYS, MONTHS}:
            self.note("feel.need_type", _start(node.operand), left=found, right=NUMBER)
        return found

    def comparison(self, node: nodes.Compare, known: Locals) -> str:
        left, right = self.infer(node.left, known), self.infer(node.right, known)
        return self.compare(node.at, left, right, ordered=node.operator not in {"=", "!="})

    def between(self, node: nodes.Between, known: Locals) -> str:
        value = self.infer(node.value, known)
        for end in (node.low, node.high):
            self.compare(_start(end), value, self.infer(end, known), ordered=True)
        return BOOLEAN

    def joined(self, node: nodes.All | nodes.Any, known: Locals) -> str:
        for part in node.parts:
            self.need_boolean(part, known)
        return BOOLEAN

    def instance(self, node: nodes.InstanceOf, known: Locals) -> str:
        self.infer(node.value, known)
        return BOOLEAN

    # Tests

    def contained(self, node: nodes.In, known: Locals) -> str:
        value = self.infer(node.value, known)
        for test in node.tests:
            self.test(test, value, known)
        return BOOLEAN

    def cell(self, node: nodes.Tests, known: Locals) -> str:
        value = self.types.get("?", ANY)
        for test in node.tests:
            self.test(test, value, {**known, "?": value})
        return BOOLEAN

    def test(self, node: nodes.Node, value: str, known: Locals) -> None:
        if isinstance(node, nodes.Test):
            operand = self.infer(node.operand, known)
            self.compare(node.at, value, operand, ordered=node.operator not in {"=", "!="})
        elif isinstance(node, nodes.List):
            for item in node.items:
                self.test(item, value, known)
        elif isinstance(node, nodes.Span) and value not in OPEN:
            for end in (node.low, node.high):
                self.compare(_start(end), value, self.infer(end, known), ordered=True)
        else:
            found = self.infer(node, known)
            if found not in {LIST, BOOLEAN, "range"}:
                self.compare(_start(node), value, found, ordered=False)

    def span(self, node: nodes.Span, known: Locals) -> str:
        self.compare(node.at, self.infer(node.low, known), self.infer(node.high, known), ordered=True)
        return "range"

    # Building

    def choice(self, node: nodes.If, known: Locals) -> str:
        self.need_boolean(node.condition, known)
        yes, no = self.infer(node.yes, known), self.infer(node.no, known)
        if yes == no or no == NULL:
            return yes
        return no if yes == NULL else ANY

    def iterators(self, each: Sequence[nodes.Each], known: Locals) -> Locals:
        for one in each:
            source = self.infer(one.source, known)
            if one.end is not None:
                self.need(one.end, self.infer(one.end, known), source)
            known = {**known, one.name: source if one.end is not None else ANY}
        return known

    def loop(self, node: nodes.For, known: Locals) -> str:
        self.infer(node.result, {**self.iterators(node.iterators, known), "partial": LIST})
        return LIST

    def quantified(self, node: nodes.Quantified, known: Locals) -> str:
        return self.need_boolean(node.condition, self.iterators(node.iterators, known))

    def list(self, node: nodes.List, known: Locals) -> str:
        for item in node.items:
            self.infer(item, known)
        return LIST

    def context(self, node: nodes.Context, known: Locals) -> str:
        for entry in node.entries:
            known = {**known, entry.key: self.infer(entry.value, known)}
        return "context"

    def call(self, node: nodes.Call, known: Locals) -> str:
        found = [self.infer(argument, known) for argument in node.arguments]
        self.pattern(node)
        results = set()
        misfit: tuple[nodes.Node, str, str] | None = None
        for form in BUILTINS[node.function]:
            wanted = _wanted(form, node)
            wrong = [
                (argument, kind, want)
                for argument, kind, want in zip(node.arguments, found, wanted or (), strict=False)
                if want != LIST and not _fits(kind, want)
            ]
            if wanted is not None and not wrong:
                results.add(form.result)
            misfit = misfit or (wrong[0] if wrong else None)
        if not results and misfit:
            self.note("feel.need_type", _start(misfit[0]), left=misfit[1], right=misfit[2])
        return results.pop() if len(results) == 1 else ANY

    def pattern(self, node: nodes.Call) -> None:
        """Note a literal pattern that cannot be read: at run time it would only give null."""
        if node.function not in PATTERN_PARAMETERS:
            return
        named = dict(zip(node.names, node.arguments, strict=True)) if node.names else {}
        given = named.get(PATTERN_PARAMETERS[node.function]) if named else node.arguments[1]
        if isinstance(given, nodes.Text) and program(given.value) is None:
            self.note("feel.pattern", given.at, found=given.value[:60])


def _fits(found: str, wanted: str) -> bool:
    if found in OPEN or wanted == ANY:
        return True
    # A list may hold the one value that is needed; a condition that is a list is a slip.
    return found in wanted.split(" or ") or (found == LIST and wanted != BOOLEAN)


def _wanted(form: Form, node: nodes.Call) -> list[str] | None:
    """Return the type each argument should have in this form; None when the form is not meant."""
    if node.names:
        kinds = {parameter.name: parameter.type for parameter in form.parameters}
        return None if form.order(node.names) is None else [kinds[name] for name in node.names]
    if not form.takes(len(node.arguments)):
        return None
    last = len(form.parameters) - 1
    return [form.parameters[min(index, last)].type for index in range(len(node.arguments))]


def _result(operator: str, left: str, right: str) -> str:
    """Return the type of an operation that is known to fit."""
    durations = {DAYS, MONTHS}
    if operator in {"+", "-"} and left in durations:
        return right
    if operator == "-" and right not in durations:
        return DAYS
    if operator == "/" and left == right:
        return NUMBER
    return right if left == NUMBER else left


def _start(node: nodes.Node) -> int:
    """Return where the text of a node begins; operators stand between their operands."""
    return min([node.at, *(_start(child) for child in nodes.children(node))])


def _hint(word: str, known: list[str]) -> tuple[str, str]:
    near = get_close_matches(word, known, n=1)
    if near:
        return f"Did you mean “{near[0]}”?", f"是否想写“{near[0]}”？"
    return "Declare it, or check its spelling.", "请先声明，或检查拼写。"


def _always(kind: str) -> Callable[..., str]:
    return lambda checker, node, known: kind


def _constant(checker: _Checker, node: nodes.Constant, known: Locals) -> str:
    return NULL if node.value is None else BOOLEAN


def _temporal(checker: _Checker, node: nodes.Temporal, known: Locals) -> str:
    return NAMES[type(temporal.read(node.literal))]


INFERENCES: Mapping[type[nodes.Node], Callable[..., str]] = {
    nodes.Number: _always(NUMBER),
    nodes.Text: _always("string"),
    nodes.Constant: _constant,
    nodes.Temporal: _temporal,
    nodes.Name: _Checker.name,
    nodes.Path: _Checker.path,
    nodes.Filter: _Checker.filter,
    nodes.Call: _Checker.call,
    nodes.Negate: _Checker.negate,
    nodes.Arithmetic: _Checker.arithmetic,
    nodes.Compare: _Checker.comparison,
    nodes.Between: _Checker.between,
    nodes.In: _Checker.contained,
    nodes.All: _Checker.joined,
    nodes.Any: _Checker.joined,
    nodes.If: _Checker.choice,
    nodes.For: _Checker.loop,
    nodes.Quantified: _Checker.quantified,
    nodes.InstanceOf: _Checker.instance,
    nodes.List: _Checker.list,
    nodes.Context: _Checker.context,
    nodes.Span: _Checker.span,
    nodes.Tests: _Checker.cell,
}
