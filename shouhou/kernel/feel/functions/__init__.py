"""The built-in functions of DMN 1.3 §10.3.4, each under the name and parameters the standard gives."""

from shouhou.kernel.feel.functions import (
    clock,
    contexts,
    conversion,
    lists,
    measures,
    numeric,
    ranges,
    strings,
)
from shouhou.kernel.feel.functions.registry import BUILTINS, Form, Parameter

__all__ = [
    "BUILTINS",
    "NO_CLOCK",
    "Form",
    "Parameter",
    "clock",
    "contexts",
    "conversion",
    "lists",
    "measures",
    "numeric",
    "ranges",
    "strings",
]

# Refused by name: they read the clock.
NO_CLOCK = frozenset({"now", "today"})
