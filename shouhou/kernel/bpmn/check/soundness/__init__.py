"""Soundness: no join waits for ever, no work is done twice, every run can come to its end.

Each level of a drawing is played by itself, in every way it can be played: a
sub-process is one step of the level around it. ``chart`` is the net, ``charting``
makes it, ``reducing`` makes it small, ``playing`` plays it, ``telling`` points at
the element to fix.
"""

from collections.abc import Iterator

from shouhou.kernel.bpmn.check.page import Page
from shouhou.kernel.bpmn.check.reaching import is_ended_from_outside, is_taken_over, reach
from shouhou.kernel.bpmn.check.saying import called, problem
from shouhou.kernel.bpmn.check.soundness.chart import BESIDE, WAIT, Arc, Chart, only_beside, ways_from
from shouhou.kernel.bpmn.check.soundness.charting import chart_of
from shouhou.kernel.bpmn.check.soundness.playing import MARKINGS, TooLarge, play
from shouhou.kernel.bpmn.check.soundness.reducing import reduce
from shouhou.kernel.bpmn.check.soundness.telling import Telling, never_ended, never_reached
from shouhou.kernel.bpmn.graph import Container
from shouhou.kernel.bpmn.problems import Problem

__all__ = ["soundness"]


def soundness(page: Page, trapped: bool) -> Iterator[Problem]:
    """What can go wrong on the way, level by level, the innermost first.

    ``trapped``: that no end can be reached is told already.
    """
    completes: dict[str, bool] = {}
    # A level's owner stands before it in the document, so the innermost come first in reverse.
    for container in reversed(list(page.graph.containers.values())):
        if page.begins(container):
            yield from _level(page, container, completes, trapped)


def _level(page: Page, container: Container, completes: dict[str, bool], trapped: bool) -> Iterator[Problem]:
    chart = chart_of(page, container, completes)
    yield from _mixed(page, chart)
    reduce(chart)
    try:
        played = play(chart)
    except TooLarge:
        yield problem("flow.undecided", page.of_level(container.id), limit=f"{MARKINGS:,}")
        return
    yield from Telling(page, played).problems()
    if not played.is_faulty:
        yield from never_reached(page, played, reach(page, container))
        if not (trapped or is_ended_from_outside(page, container.id)):
            yield from never_ended(page, played)
        completes[container.id] = played.completes or is_taken_over(page, container.id)


def _mixed(page: Page, chart: Chart) -> Iterator[Problem]:
    """An inclusive join cannot tell the rounds apart of an event that happens again beside its activity."""
    lonely = only_beside(chart)
    told: set[str] = set()
    for arc in chart.arcs:
        if arc.when == BESIDE and _happens_again(page, arc):
            region = ways_from([arc]) & lonely
            joins = (found.target for found in region if found.target.kind == WAIT)
            for join in joins:
                if join.element not in told and len(region.intersection(join.ins)) > 1:
                    told.add(join.element)
                    event = called(page.nodes[arc.target.element])
                    yield problem("flow.mixed", page.nodes[join.element], event=event)


def _happens_again(page: Page, arc: Arc) -> bool:
    """Whether the event can happen while what it set off before is still under way."""
    trigger = page.graph.spots[arc.target.element].trigger
    once = trigger.kind == "timer" and trigger.form != "cycle"
    return not once or any(found.target is arc.source for found in ways_from(arc.source.outs))
