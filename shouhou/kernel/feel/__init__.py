"""Expressions (表达式) in FEEL, the language of BPMN and DMN modellers.

An expression is read once into closures and then run on facts. It cannot reach anything but those
facts, cannot take long, and gives null instead of a fault. ``docs/feel.md`` says which part of the
language this is and where it differs from the standard.
"""

from shouhou.kernel.feel.checking import check
from shouhou.kernel.feel.exchange import from_json, to_json
from shouhou.kernel.feel.expression import Expression, parse, parse_unary
from shouhou.kernel.feel.refusals import FeelError, FeelProblem
from shouhou.kernel.feel.temporal import YearsMonths
from shouhou.kernel.feel.values import Range

__all__ = [
    "Expression",
    "FeelError",
    "FeelProblem",
    "Range",
    "YearsMonths",
    "check",
    "from_json",
    "parse",
    "parse_unary",
    "to_json",
]
