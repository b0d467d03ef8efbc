"""A level of a drawing as a net of knots and arcs: what each element does to tokens, and nothing else.

Arcs are the places of the net: a token is on an arc, on its way to (or waiting
in front of) the knot behind. Conditions are left open: a choice may take any of
its flows. A sub-process, a repeated activity and a called page are one step.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

Rope = tuple["str | Rope", ...]
"""Ids of elements, in nested tuples: joined without copying."""

START, END, KILL, NEVER = "start", "end", "kill", "never"
STEP, MERGE, CHOICE, HOST, FORK, SYNC, SOME, WAIT = (
    "step",
    "merge",
    "choice",
    "host",
    "fork",
    "sync",
    "some",
    "wait",
)
ALWAYS, MAYBE, ELSE, BESIDE = "always", "maybe", "else", "beside"
"""When an arc out of a ``some`` is taken; ``beside`` is one that leaves its host open."""


@dataclass(eq=False, slots=True)
class Knot:
    """What happens to tokens at one point.

    ``start`` puts a token on every arc out; ``end`` takes one away, ``kill``
    takes all away; ``never`` stands before an arc that no token comes along.
    ``merge`` passes each token on, ``choice`` sends it along one arc, ``fork``
    along all, ``sync`` waits for all arcs in, ``some`` sends it along one or
    more, ``wait`` waits for whatever can still come. ``host`` is an activity
    with events on its edge. ``element`` is the id in the drawing.
    """

    kind: str
    element: str
    ins: list["Arc"] = field(default_factory=list)
    outs: list["Arc"] = field(default_factory=list)
    fails: bool = False


@dataclass(eq=False, slots=True)
class Arc:
    """A way from knot to knot.

    ``flow`` is the sequence flow by which it enters its target, ``inside`` the
    elements passed on the way, ``rests`` whether a token may stay on it,
    ``when`` matters behind a ``some`` or ``host``.
    """

    source: Knot
    target: Knot
    flow: str | None = None
    rests: bool = False
    inside: Rope = ()
    when: str = ALWAYS


@dataclass(slots=True)
class Chart:
    """The net of one level. ``starts`` are the ways it can begin, one at a time."""

    starts: list[Knot]
    knots: list[Knot] = field(default_factory=list)

    def add(self, kind: str, element: str) -> Knot:
        """A new knot."""
        knot = Knot(kind, element)
        self.knots.append(knot)
        return knot

    @property
    def arcs(self) -> list[Arc]:
        """All arcs, by their source."""
        return [arc for knot in (*self.starts, *self.knots) for arc in knot.outs]


def connect(source: Knot, target: Knot, flow: str | None = None, when: str = ALWAYS) -> Arc:
    """A new arc between two knots."""
    arc = Arc(source, target, flow, when=when)
    source.outs.append(arc)
    target.ins.append(arc)
    return arc


def aim(arc: Arc, target: Knot) -> None:
    """Let an arc lead elsewhere."""
    arc.target.ins.remove(arc)
    arc.target = target
    target.ins.append(arc)


def cut(arc: Arc) -> None:
    """Take an arc away."""
    arc.source.outs.remove(arc)
    arc.target.ins.remove(arc)


def ways_from(arcs: Iterable[Arc], beside: bool = True) -> set[Arc]:
    """The arcs a token on one of these can come to, with or without events beside activities."""
    found: set[Arc] = set()
    waiting = list(arcs)
    while waiting:
        arc = waiting.pop()
        if arc not in found:
            found.add(arc)
            waiting += (out for out in arc.target.outs if beside or out.when != BESIDE)
    return found


def only_beside(chart: Chart) -> set[Arc]:
    """The arcs that no token comes to but by an event beside an activity."""
    plain = ways_from((arc for start in chart.starts for arc in start.outs), beside=False)
    return {arc for arc in chart.arcs if arc not in plain}


def elements(*ropes: Rope) -> set[str]:
    """The ids on ropes, each piece walked once however often it is shared."""
    found: set[str] = set()
    seen: set[int] = set()
    waiting: list[str | Rope] = list(ropes)
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str):
            found.add(piece)
        elif id(piece) not in seen:
            seen.add(id(piece))
            waiting += piece
    return found
