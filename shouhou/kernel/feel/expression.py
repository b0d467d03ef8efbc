"""An expression: read once, run many times."""

from collections.abc import Collection, Mapping
from functools import cached_property

from shouhou.kernel.feel import grammar, nodes
from shouhou.kernel.feel.compiler import compiled
from shouhou.kernel.feel.functions import BUILTINS
from shouhou.kernel.feel.values import Run, TooMuch, too_much


class Expression:
    """A FEEL expression, or the cell of a decision table (``unary``), ready to run.

    ``text`` is what was written, ``names`` the dotted paths of the facts it reads, ``root`` its tree.
    """

    def __init__(self, text: str, names: Collection[str] | None, *, unary: bool) -> None:
        self.text = text
        self.unary = unary
        self.root: nodes.Node = grammar.read(text, names or (), BUILTINS, unary=unary)
        self._run, self._slots, self.names = compiled(self.root, text, names)

    def __call__(self, context: Mapping[str, object]) -> object:
        """Return the value for these facts; a missing fact is null.

        Raises ``FeelError`` feel.too_much past 100,000 steps, and for nothing else.
        """
        try:
            return self._run(Run(context, self._slots))
        except (TooMuch, RecursionError):
            raise too_much(self.text) from None

    @cached_property
    def tree(self) -> dict[str, object]:
        """The tree as JSON, for evaluators in other languages."""
        return nodes.as_data(self.root)

    def __repr__(self) -> str:
        return f"{'parse_unary' if self.unary else 'parse'}({self.text!r})"


def parse(text: str, names: Collection[str] | None = None) -> Expression:
    """Read an expression.

    ``names`` are the facts in scope, with dots for nested ones; they may hold spaces, and the longest
    known name wins. Without it every plain word is a name. Raises ``FeelError`` with the position.
    """
    return Expression(text, names, unary=False)


def parse_unary(text: str, names: Collection[str] | None = None) -> Expression:
    """Read the cell of a decision table: ``-``, ``"a","b"``, ``> 3``, ``[1..5]``, ``not(…)``.

    The input it tests stands in the context under ``?``. Raises ``FeelError`` with the position.
    """
    return Expression(text, names, unary=True)
