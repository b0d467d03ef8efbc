"""The publish gate (发布检查): what keeps a drawing from being run, each point with its element and line.

    report = check(xml)               # any task, fact, role and form goes
    report = check(xml, palette)      # only those of the product

It asks, in this order: is the file a drawing whose references hold (``schema``),
is everything in it run here (``refused``, ``vendors``), may everything stand
where it stands (``processes shape choices reaching``), does the product know
every word (``wording expressions``), and can no run get stuck or do work twice
(``soundness``). What is refused and why: ``docs/engine.md``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from shouhou.kernel.bpmn.check.choices import choices
from shouhou.kernel.bpmn.check.expressions import expressions
from shouhou.kernel.bpmn.check.page import Page
from shouhou.kernel.bpmn.check.palette import Palette
from shouhou.kernel.bpmn.check.processes import processes, run_processes
from shouhou.kernel.bpmn.check.reaching import reaching
from shouhou.kernel.bpmn.check.saying import Place, passed_on, place, problem
from shouhou.kernel.bpmn.check.schema import schema
from shouhou.kernel.bpmn.check.shape import shape
from shouhou.kernel.bpmn.check.soundness import soundness
from shouhou.kernel.bpmn.check.vendors import vendors
from shouhou.kernel.bpmn.check.wording import wording
from shouhou.kernel.bpmn.graph import compile
from shouhou.kernel.bpmn.model import Model
from shouhou.kernel.bpmn.problems import Problem, Unreadable
from shouhou.kernel.bpmn.reading.bounds import parse
from shouhou.kernel.bpmn.reading.definitions import definitions
from shouhou.kernel.bpmn.refused import refused

__all__ = ["UNDECIDED", "Palette", "Report", "check"]

UNDECIDED = "flow.undecided"
"""Soundness was not decided; whoever has the right to may publish all the same."""

OF_THE_FILE = frozenset(
    ("flow.no_id", "flow.repeated_id", "flow.loose", "flow.loose_flow", "flow.reference", "flow.unattached")
)
"""Problems of a file that is not what the standard's schema asks for."""

NO_NET = frozenset(("flow.unsupported", "flow.loose_flow", "flow.crossing", "flow.several_starts"))
"""With these in the way, what tokens would do is not worth telling."""


MOST = 1_000
"""Problems told of one drawing."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the gate found.

    ``wellformed``: it is a BPMN 2.0 file, its ids are unique and its references
    lead somewhere. ``runnable``: nothing is in the way. ``problems`` stand in
    the order of the file.
    """

    wellformed: bool
    runnable: bool
    problems: tuple[Problem, ...]


def check(xml: bytes, palette: Palette | None = None) -> Report:
    """Everything that keeps a drawing from being published; never raises.

    ``palette`` is what the product offers; without it, tasks, facts, roles,
    forms and messages may have any name.
    """
    try:
        root = parse(xml)
        model = definitions(root)
    except Unreadable as why:
        return Report(False, False, (_unread(why),))
    found = [*schema(root, model), *refused(model), *vendors(root, palette), *processes(model, palette)]
    for page in _pages(model, palette):
        found += _of_page(page)
    found.sort(key=lambda each: each.line or 0)
    problems = tuple(_first(list(dict.fromkeys(found))))
    wellformed = not any(each.code in OF_THE_FILE for each in problems)
    return Report(wellformed, not problems, problems)


def _pages(model: Model, palette: Palette | None) -> Iterator[Page]:
    names = tuple(palette.facts) if palette is not None else None
    for process in run_processes(model):
        yield Page(model, process, compile(model, process.id, names), palette)


def _of_page(page: Page) -> list[Problem]:
    found = [_placed(page, each) for each in page.graph.problems]
    found += [*shape(page), *choices(page), *reaching(page), *wording(page), *expressions(page)]
    codes = {each.code for each in (*found, *refused(page.model))}
    if codes.isdisjoint(NO_NET):
        found += soundness(page, "flow.endless" in codes)
    return found


def _placed(page: Page, met: Problem) -> Problem:
    """A problem met in compiling, with the name of its element in front."""
    element = page.nodes.get(met.id or "") or page.flows.get(met.id or "")
    if element is None:
        return passed_on(met, Place(met.element, met.id, met.line))
    where = place(element)
    return passed_on(met, Place(met.element, where.id, met.line, where.name))


def _first(problems: list[Problem]) -> list[Problem]:
    """As many as anybody reads; of what is left out the number is told."""
    left = len(problems) - MOST
    more = [problem("flow.more", Place("definitions", None, None), count=left)] if left > 0 else []
    return [*problems[:MOST], *more]


def _unread(why: Unreadable) -> Problem:
    return Problem(why.code, "definitions", None, why.line, why.en, why.zh)
