"""How a built-in function is declared, and how its arguments are brought in.

A function is declared by the line the standard prints for it:

    @builtin("substring(string: string, start position: number, length?: number): string")

From this line come the named arguments, the null rule (an argument of another type makes the
result null) and the static check. ``?`` marks what may be left out, ``...`` what may be repeated.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from shouhou.kernel.feel.values import LETTERS_A_STEP, NAMES, ORDERED, Run

Body = Callable[..., object]
B = TypeVar("B", bound=Body)
# What can lie before or after something else.
POINT = " or ".join(name for kind, name in NAMES.items() if kind in ORDERED)
LINE = re.compile(r"(?P<name>[\w ]+)\((?P<parameters>.*)\): (?P<result>.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name, its type, and whether it may be left out or repeated."""

    name: str
    type: str
    optional: bool
    repeated: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One way to call a function; several forms may share a name."""

    line: str
    name: str
    parameters: tuple[Parameter, ...]
    result: str
    body: Body
    counts: bool

    def takes(self, count: int) -> bool:
        """Say whether this many arguments fit by position."""
        needed = sum(not parameter.optional for parameter in self.parameters)
        repeated = any(parameter.repeated for parameter in self.parameters)
        return needed <= count and (repeated or count <= len(self.parameters))

    def order(self, names: Sequence[str]) -> tuple[int | None, ...] | None:
        """Return, for each parameter, which of the named arguments it gets; None when they do not fit."""
        if len(set(names)) != len(names) or not {p.name for p in self.parameters}.issuperset(names):
            return None
        places = tuple(names.index(p.name) if p.name in names else None for p in self.parameters)
        missing = (place is None and not p.optional for place, p in zip(places, self.parameters, strict=True))
        return None if any(missing) else places

    def fits(self, values: Sequence[object]) -> bool:
        """Say whether the types fit, so that one of several forms can be chosen; null fits all."""
        last = len(self.parameters) - 1
        kinds = (self.parameters[min(index, last)].type for index in range(len(values)))
        return all(
            value is None or convert(value, kind) is not None
            for value, kind in zip(values, kinds, strict=True)
        )

    def __call__(self, run: Run, values: Sequence[object]) -> object:
        """Return the result; null when an argument is of another type."""
        accepted: list[object] = []
        last = len(self.parameters) - 1
        for index, value in enumerate(values):
            parameter = self.parameters[min(index, last)]
            if value is None and parameter.optional and not parameter.repeated:
                accepted.append(None)
                continue
            value = convert(value, parameter.type)
            if value is None and parameter.type != "any":
                return None
            spend_on(value, run)
            accepted.append(value)
        result = self.body(run, *accepted) if self.counts else self.body(*accepted)
        spend_on(result, run)
        return result


BUILTINS: dict[str, tuple[Form, ...]] = {}


def builtin(line: str, *, counts: bool = False) -> Callable[[B], B]:
    """Declare a function; with ``counts`` its body gets the run first, to count its own steps."""
    match = LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"A built-in is declared as name(parameter: type): type, not {line!r}")
    name = match["name"]
    parts = [part.strip() for part in match["parameters"].split(",") if part.strip()]

    def register(body: B) -> B:
        form = Form(line, name, tuple(map(_parameter, parts)), match["result"], body, counts)
        BUILTINS[name] = (*BUILTINS.get(name, ()), form)
        return body

    return register


def _parameter(part: str) -> Parameter:
    name, _, kind = part.partition(": ")
    repeated = name.endswith("...")
    name = name.removesuffix("...")
    return Parameter(name.removesuffix("?"), POINT if kind == "point" else kind, name.endswith("?"), repeated)


def convert(value: object, kind: str) -> object:
    """Bring a value to a parameter's type (DMN 1.3 §10.3.2.9.4); None when it cannot be.

    A single value stands for a list of one, and a list of one for its value.
    """
    if kind == "any" or value is None:
        return value
    if kind == "list":
        return value if isinstance(value, list) else [value]
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if NAMES.get(type(value)) in kind.split(" or ") else None


def spend_on(value: object, run: Run) -> None:
    """Count the size of a value, so that a long list walked through often is noticed."""
    if isinstance(value, list | dict):
        run.spend(len(value))
    elif isinstance(value, str):
        run.spend(len(value) // LETTERS_A_STEP)


def all_numbers(values: Sequence[object]) -> list[Decimal] | None:
    """Return the values when every one is a number."""
    return list(values) if all(isinstance(value, Decimal) for value in values) else None  # type: ignore[arg-type]
