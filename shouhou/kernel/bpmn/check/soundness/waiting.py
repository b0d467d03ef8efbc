"""When an inclusive join stops waiting (BPMN 2.0.2, 13.4.3), for markings of a chart.

It waits while a token elsewhere has a way to an arc of it that is still empty,
unless that token also has a way to one that is filled. The engine asks when
every token rests, so a token on the move is waited for in any case.
"""

from shouhou.kernel.bpmn.check.soundness.chart import SYNC, WAIT, Arc, Knot


class Waiting:
    """Answers for every inclusive join of a chart; what leads to one is worked out when first asked."""

    def __init__(self, arcs: list[Arc], number: dict[Arc, int]) -> None:
        self.number = number
        self._into: dict[Knot, int] = {}
        self._leading: dict[Knot, list[tuple[int, int]]] = {}
        self._resting = sum(1 << number[arc] for arc in arcs if arc.rests or arc.target.kind in (SYNC, WAIT))
        joins = {arc.target for arc in arcs if arc.target.kind == SYNC}
        self._joins = [self.arcs_into(join) for join in joins]

    def arcs_into(self, join: Knot) -> int:
        """The arcs into a join, as a marking."""
        if join not in self._into:
            self._into[join] = sum(1 << self.number[arc] for arc in join.ins)
        return self._into[join]

    def is_over(self, join: Knot, arc: int, marking: int) -> bool:
        """Whether the join goes on; asked once for all its tokens, at the lowest arc that holds one."""
        filled = marking & self.arcs_into(join)
        if filled & -filled != 1 << arc:
            return False
        coming = instead = 0
        for bit, leading in self._leads(join):
            if filled & bit:
                instead |= leading
            else:
                coming |= leading
        elsewhere = marking & coming
        return not (elsewhere & self._moving(marking) or elsewhere & ~instead)

    def _moving(self, marking: int) -> int:
        """The tokens that do not rest: on their way, or at a join that is complete."""
        complete = sum(join for join in self._joins if join & marking == join)
        return marking & (~self._resting | complete)

    def _leads(self, join: Knot) -> list[tuple[int, int]]:
        """Each arc into the join with the arcs from which a way leads there that is not through the join."""
        if join not in self._leading:
            self._leading[join] = [(1 << self.number[arc], self._before(arc, join)) for arc in join.ins]
        return self._leading[join]

    def _before(self, arc: Arc, join: Knot) -> int:
        found = 0
        seen: set[Knot] = set()
        waiting = [arc.source]
        while waiting:
            knot = waiting.pop()
            if knot not in seen and knot is not join:
                seen.add(knot)
                for before in knot.ins:
                    found |= 1 << self.number[before]
                    waiting.append(before.source)
        return found & ~self.arcs_into(join)
