"""From what was found in a chart to the element to fix, and why."""

from collections.abc import Iterator
from itertools import islice

from shouhou.kernel.bpmn.check.page import Page
from shouhou.kernel.bpmn.check.saying import called, problem
from shouhou.kernel.bpmn.check.soundness.chart import (
    CHOICE,
    FORK,
    HOST,
    NEVER,
    SOME,
    START,
    SYNC,
    Arc,
    Knot,
    elements,
)
from shouhou.kernel.bpmn.check.soundness.playing import Move, Played
from shouhou.kernel.bpmn.problems import Problem

SPLITS = frozenset((FORK, SOME, START))
MOST = 50
"""Findings of one kind that are told on one level; a drawing with more is drawn anew."""


class Telling:
    """Tells what was found on one level, each thing once."""

    def __init__(self, page: Page, played: Played) -> None:
        self.page, self.played = page, played

    def problems(self) -> Iterator[Problem]:
        """What is stuck and what is doubled, in the order found."""
        told: set[tuple[str, str | None]] = set()
        for found in (*self._stuck(), *self._doubled()):
            if (found.code, found.id) not in told:
                told.add((found.code, found.id))
                yield found

    # Joins that wait for ever.

    def _stuck(self) -> Iterator[Problem]:
        for marking in self.played.stuck[:MOST]:
            arcs = [self.played.arcs[number] for number in self.played.on(marking)]
            joins = [arc for arc in arcs if arc.target.kind == SYNC]
            if joins:
                yield from self._waiting(arcs, joins)
            else:
                join = self.page.nodes[self._into(arcs[0])]
                yield problem("flow.deadlock/each_other", join)

    def _waiting(self, arcs: list[Arc], joins: list[Arc]) -> Iterator[Problem]:
        """Each join with some of its branches there; the branch that is missing, and where it was left."""
        for join in {arc.target: arc for arc in joins}.values():
            missing = next(arc for arc in join.target.ins if arc not in arcs)
            element = self.page.nodes[self._into(missing)]
            name = self._branch(missing)
            choice = _before(missing, (CHOICE, HOST, SOME))
            if choice is None:
                yield problem("flow.deadlock/never", element, missing=name)
            else:
                chosen = called(self.page.nodes[choice.element])
                yield problem("flow.deadlock", element, missing=name, choice=chosen)

    def _into(self, arc: Arc) -> str:
        """The element an arc enters; a join that became part of another is still itself."""
        flow = self.page.flows.get(arc.flow or "")
        return flow.target if flow is not None else arc.target.element

    def _branch(self, arc: Arc) -> str:
        """What people call a branch: its name, else the element it comes from."""
        flow = self.page.flows.get(arc.flow or "")
        if flow is None:
            return called(self.page.nodes.get(arc.source.element), arc.source.element)
        return called(self.page.nodes[flow.source]) if not flow.name else called(flow)

    # Branches that meet without waiting.

    def _doubled(self) -> Iterator[Problem]:
        for number, (marking, move) in islice(self.played.doubled.items(), MOST):
            way = [(marking, move), *self.played.way_to(marking)]
            meeting, second = self._meeting(way, number)
            element = self.page.nodes[meeting]
            split = next((found for found in _splits(way) if _leads(found, second)), None)
            if split is None:
                yield problem("flow.multiplied/again", element)
            else:
                name = called(self.page.nodes.get(split.element), split.element)
                again = split.element == meeting
                yield problem("flow.multiplied/again" if again else "flow.multiplied", element, split=name)

    def _meeting(self, way: list[tuple[int, Move]], number: int) -> tuple[str, Knot]:
        """Where the two tokens came together: the element both entered, or the knot behind which they are."""
        knot = self.played.arcs[number].source
        entered = [self.played.arcs[move.arc] for _marking, move in way if move.put & 1 << number]
        into = {self._into(found) for found in entered[:2]}
        if len(into) == 1:
            return into.pop(), knot
        return knot.element, knot


def never_reached(page: Page, played: Played, reached: set[str]) -> Iterator[Problem]:
    """An element that lines lead to and no token comes to; the first of them is told."""
    seen = 0
    for marking in played.came:
        seen |= marking
    alive: set[str] = set()
    for number in played.on(seen):
        arc = played.arcs[number]
        alive |= elements(arc.inside) | {arc.source.element, arc.target.element}
    dead = [node for node in page.process.nodes if node.id in reached and node.id not in alive]
    if dead:
        yield problem("flow.never", dead[0])


def never_ended(page: Page, played: Played) -> Iterator[Problem]:
    """A marking from which no end can be reached any more, told at an element a token is at then."""
    before: dict[int, list[int]] = {}
    for marking, following in played.after.items():
        for into in following:
            before.setdefault(into, []).append(marking)
    ending: set[int] = set()
    waiting = [0]
    while waiting:
        marking = waiting.pop()
        if marking not in ending:
            ending.add(marking)
            waiting += before.get(marking, ())
    lost = next((marking for marking in played.came if marking not in ending), None)
    if lost is None:
        return
    # Nothing is stuck, so going on from there leads into the round itself.
    seen: set[int] = set()
    while lost not in seen:
        seen.add(lost)
        lost = played.after[lost][0]
    arc = played.arcs[next(played.on(lost))]
    inside = elements(arc.inside) | {arc.target.element}
    yield problem("flow.stays_open", next(node for node in page.process.nodes if node.id in inside))


def _before(arc: Arc, kinds: tuple[str, ...]) -> Knot | None:
    """The nearest knot of these kinds on the way to an arc."""
    seen: set[Knot] = set()
    waiting = [arc.source]
    for knot in waiting:
        if knot.kind in kinds:
            return knot
        if knot not in seen and knot.kind != NEVER:
            seen.add(knot)
            waiting += (before.source for before in knot.ins)
    return None


def _splits(way: list[tuple[int, Move]]) -> Iterator[Knot]:
    """The knots on a way that made several tokens of one, latest first; last of all the start."""
    for _marking, move in way:
        if move.knot.kind in SPLITS or move.apart:
            yield move.knot


def _leads(split: Knot, knot: Knot) -> bool:
    """Whether a knot can be reached from a split."""
    seen: set[Knot] = set()
    waiting = [arc.target for arc in split.outs]
    while waiting:
        found = waiting.pop()
        if found is knot:
            return True
        if found not in seen:
            seen.add(found)
            waiting += (arc.target for arc in found.outs)
    return False
