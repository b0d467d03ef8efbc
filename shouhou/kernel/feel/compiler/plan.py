"""What compiling one expression keeps track of: local variables, facts read, and who compiles what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, cast

from shouhou.kernel.feel import nodes
from shouhou.kernel.feel.refusals import FeelError
from shouhou.kernel.feel.values import Run

NODES_A_STEP = 8
Closure = Callable[[Run], object]
N = TypeVar("N", bound=nodes.Node)
N_contra = TypeVar("N_contra", bound=nodes.Node, contravariant=True)


class Compiles(Protocol[N_contra]):
    """How one kind of node becomes a closure."""

    def __call__(self, node: N_contra, plan: "Plan", scope: "Scope") -> Closure: ...


COMPILERS: dict[type[nodes.Node], Compiles[nodes.Node]] = {}


def compiles(*kinds: type[N]) -> Callable[[Compiles[N]], Compiles[N]]:
    """Declare the compiler of one kind of node, or of several."""

    def register(compiler: Compiles[N]) -> Compiles[N]:
        # Each compiler is only ever called with its own kinds.
        COMPILERS.update(dict.fromkeys(kinds, cast(Compiles[nodes.Node], compiler)))
        return compiler

    return register


def price(body: nodes.Node) -> int:
    """Return what one round of a loop costs, so that a long body repeated often is noticed."""
    return 1 + nodes.size(body) // NODES_A_STEP


@dataclass(frozen=True, slots=True)
class Scope:
    """The local variables around a node, innermost first; ``item`` is the slot of a filter's item."""

    variables: Mapping[str, int] = field(default_factory=dict)
    item: int | None = None
    outer: "Scope | None" = None

    def with_variables(self, variables: Mapping[str, int]) -> "Scope":
        """Return the scope inside a loop or a context."""
        return Scope(variables, None, self)

    def with_item(self, slot: int) -> "Scope":
        """Return the scope inside a filter, where the keys of each item are names."""
        return Scope({}, slot, self)


@dataclass(slots=True)
class Plan:
    """The compiling of one expression."""

    text: str
    names: frozenset[str] | None
    slots: int = 0
    reads: set[str] = field(default_factory=set)

    def compile(self, node: nodes.Node, scope: Scope) -> Closure:
        """Return the closure of a node."""
        return COMPILERS[type(node)](node, self, scope)

    def slot(self) -> int:
        """Reserve the place of one more local variable."""
        self.slots += 1
        return self.slots - 1

    def refuse(self, code: str, node: nodes.Node, **values: object) -> FeelError:
        """Return the refusal of a node."""
        return FeelError(code, node.at, self.text, **values)

    def declares(self, name: str) -> bool:
        """Say whether a fact of this name, or one below it, was declared."""
        return any(known.partition(".")[0] == name for known in self.names or ())

    def read(self, keys: tuple[str, ...]) -> None:
        """Note that a fact is read: the longest declared beginning of its path, else all of it."""
        known = self.names or frozenset()
        for length in range(len(keys), 0, -1):
            if ".".join(keys[:length]) in known:
                self.reads.add(".".join(keys[:length]))
                return
        self.reads.add(".".join(keys))
