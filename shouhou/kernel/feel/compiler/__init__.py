"""Turn a tree into closures, once; nothing of the text is looked at while it runs."""

from collections.abc import Collection

from shouhou.kernel.feel import nodes
from shouhou.kernel.feel.compiler import access, arithmetic, building, cells, comparing, loops
from shouhou.kernel.feel.compiler.plan import Closure, Plan, Scope

__all__ = ["Closure", "access", "arithmetic", "building", "cells", "comparing", "compiled", "loops"]


def compiled(
    root: nodes.Node, text: str, names: Collection[str] | None
) -> tuple[Closure, int, frozenset[str]]:
    """Return the closure of a tree, how many local variables it keeps, and the facts it reads.

    Raises ``FeelError`` for what the grammar allows and the language does not: unknown functions,
    wrong arguments, a definition of a function.
    """
    plan = Plan(text, None if names is None else frozenset(names))
    return plan.compile(root, Scope()), plan.slots, frozenset(plan.reads)
