"""Play a chart in every way it can be played.

A marking says which arcs hold a token: one bit an arc, for a second token on an
arc is a finding and is not followed further. Markings are visited breadth
first, so that what is found is reached by the shortest way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from shouhou.kernel.bpmn.check.soundness.chart import (
    ALWAYS,
    BESIDE,
    ELSE,
    END,
    FORK,
    HOST,
    KILL,
    MAYBE,
    SOME,
    SYNC,
    WAIT,
    Arc,
    Chart,
    Knot,
    only_beside,
    ways_from,
)
from shouhou.kernel.bpmn.check.soundness.waiting import Waiting

MARKINGS = 100_000
"""How many situations are looked at before a level is left undecided."""

WIDEST = 12
"""Conditional branches of one split that are played in every combination."""

MOVES = 5_000_000
"""How many moves are tried: a guard against drawings with thousands of branches."""

ENOUGH = 20_000
"""Moves tried after the first finding, to find what else is wrong."""


class TooLarge(Exception):
    """The chart has more situations than are looked at."""


@dataclass(slots=True)
class Move:
    """One thing that can happen: tokens taken from arcs and put on arcs. ``knot`` does it.

    ``apart`` are arcs that must be empty: an event beside an activity happens
    only while nothing is on its ways. Rounds side by side are no fault of the
    drawing, and each is examined alone.
    """

    knot: Knot
    taken: int
    put: int
    arc: int
    apart: int = 0


@dataclass(slots=True)
class Played:
    """What was seen. ``stuck`` are markings nothing can happen in, ``doubled`` the first move that puts
    a second token on an arc, by arc, each with the marking it was made in; ``after`` the markings each
    marking leads to.
    """

    arcs: list[Arc]
    came: dict[int, tuple[int, Move] | None] = field(default_factory=dict)
    after: dict[int, list[int]] = field(default_factory=dict)
    stuck: list[int] = field(default_factory=list)
    doubled: dict[int, tuple[int, Move]] = field(default_factory=dict)
    completes: bool = False

    @property
    def is_faulty(self) -> bool:
        """Whether anything was found."""
        return bool(self.stuck or self.doubled)

    def way_to(self, marking: int) -> list[tuple[int, Move]]:
        """The moves that lead to a marking, each with the marking it was made in, latest first."""
        found = []
        while (step := self.came[marking]) is not None:
            found.append(step)
            marking = step[0]
        return found

    def on(self, marking: int) -> Iterator[int]:
        """The numbers of the arcs that hold a token."""
        while marking:
            lowest = marking & -marking
            yield lowest.bit_length() - 1
            marking ^= lowest


def play(chart: Chart) -> Played:
    """Every marking of the chart, and what is wrong in it. Raises ``TooLarge``."""
    return _Play(chart).played


class _Play:
    def __init__(self, chart: Chart) -> None:
        arcs = chart.arcs
        self.number = {arc: number for number, arc in enumerate(arcs)}
        self.played = Played(arcs)
        self.beside = only_beside(chart)
        self.moves = [list(self._moves(arc)) for arc in arcs]
        self.waiting = Waiting(arcs, self.number)
        for start in chart.starts:
            self.played.came.setdefault(self._bits(start.outs), None)
        self._visit()

    # What can happen.

    def _bits(self, arcs: Iterable[Arc]) -> int:
        return sum(1 << self.number[arc] for arc in arcs)

    def _moves(self, arc: Arc) -> Iterator[Move]:
        """What can happen to a token on an arc; a join is told at its first arc only."""
        knot, number = arc.target, self.number[arc]
        here, outs = 1 << number, knot.outs
        if knot.kind in (END, KILL):
            yield Move(knot, here, 0, number)
        elif knot.kind == SYNC:
            if arc is knot.ins[0]:
                yield Move(knot, self._bits(knot.ins), self._bits(outs), number)
        elif knot.kind in (WAIT, FORK):
            yield Move(knot, here, self._bits(outs), number)
        elif knot.kind == SOME:
            for chosen in _choices(outs):
                yield Move(knot, here, self._bits(chosen), number)
        else:
            for out in outs:
                apart = self._apart(out) if out.when == BESIDE and knot.kind == HOST else 0
                yield Move(knot, here, self._bits([out]) | (here if apart else 0), number, apart)

    def _apart(self, arc: Arc) -> int:
        """Where only tokens from events beside activities are, and the ways of this event's are or lead."""
        found = ways_from([arc]) & self.beside
        waiting = list(found)
        while waiting:
            for before in waiting.pop().source.ins:
                if before in self.beside and before not in found:
                    found.add(before)
                    waiting.append(before)
        return self._bits(found)

    # Playing.

    def _visit(self) -> None:
        played, made, last = self.played, 0, MOVES
        queue = list(played.came)
        for marking in queue:
            if len(played.came) > MARKINGS or made > last:
                if not played.is_faulty:
                    raise TooLarge
                return
            moves = [(move, self._result(marking, move)) for move in self._possible(marking)]
            made += len(moves)
            if marking and not moves:
                played.stuck.append(marking)
            for move, into in moves:
                if into is None:
                    arc = next(played.on(marking & ~move.taken & move.put))
                    played.doubled.setdefault(arc, (marking, move))
                elif into not in played.came:
                    played.came[into] = (marking, move)
                    queue.append(into)
            played.completes |= any(into == 0 and not move.knot.fails for move, into in moves)
            played.after[marking] = [into for _move, into in moves if into is not None]
            if played.is_faulty:
                last = min(last, made + ENOUGH)

    def _possible(self, marking: int) -> Iterator[Move]:
        left = marking
        while left:
            lowest = left & -left
            left ^= lowest
            for move in self.moves[lowest.bit_length() - 1]:
                if move.taken & ~marking or move.apart & marking:
                    continue
                if move.knot.kind != WAIT or self.waiting.is_over(move.knot, move.arc, marking):
                    yield move

    def _result(self, marking: int, move: Move) -> int | None:
        """The marking after a move, or ``None`` when an arc would hold two tokens."""
        if move.knot.kind == KILL:
            return 0
        taken = move.taken
        if move.knot.kind == WAIT:
            taken = marking & self.waiting.arcs_into(move.knot)
        rest = marking & ~taken
        return None if rest & move.put else rest | move.put


def _choices(outs: list[Arc]) -> Iterator[list[Arc]]:
    """The sets of flows a split may take: all unconditional ones, any others, the default only alone."""
    always = [arc for arc in outs if arc.when == ALWAYS]
    maybe = [arc for arc in outs if arc.when == MAYBE]
    if len(maybe) > WIDEST:
        raise TooLarge
    for number in range(len(maybe) + 1):
        for some in combinations(maybe, number):
            if always or some:
                yield [*always, *some]
    if not always:
        yield from ([arc] for arc in outs if arc.when == ELSE)
