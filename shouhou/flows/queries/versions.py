"""One page of the atlas from near: its versions, and the steps of one of them with the cases that wait there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from shouhou.core.actor import Actor
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound
from shouhou.flows import atlas
from shouhou.flows.contracts import ATLAS, TASKS, in_language
from shouhou.flows.graphs import compiled, graph_of
from shouhou.flows.models import Run, Token, Version
from shouhou.flows.queries.waiting import names, role_name, roles_of
from shouhou.kernel.bpmn import Graph, Spot

SHIPPED = 0
"""The number by which the product's own drawing is asked for."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version, and how many runs are under way on it."""

    version: Version
    under_way: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a drawing: whose it is, what the product does there, and how many runs wait at it."""

    id: str
    kind: str
    zh: str
    en: str
    task: str
    roles: tuple[str, ...]
    waiting: int

    @property
    def name(self) -> str:
        """Its name in the language of the moment."""
        return in_language(self.zh, self.en)

    @property
    def task_name(self) -> str:
        """What the product calls it, where the drawing names a task of the product."""
        task = TASKS.get(self.task)
        return task.name if task else ""

    @property
    def role_names(self) -> list[str]:
        """Who does it, in words."""
        return [role_name(role) for role in self.roles]

    @property
    def is_work(self) -> bool:
        """Whether somebody or the product does something there."""
        return self.kind.endswith(("Task", "task"))


def versions(actor: Actor, key: str) -> Sequence[VersionLine]:
    """A page's versions, newest first, without their drawings; none for a shipped page no case has used.

    Raises ``NotFound`` for a page that is not in the atlas.
    """
    rows = scope(actor, Version).filter(page__key=key).defer("xml").select_related("page").order_by("-number")
    runs = scope(actor, Run).filter(page__key=key, state=Run.State.RUNNING)
    counts = dict(runs.values_list("version").annotate(Count("id")))
    found = [VersionLine(row, counts.get(row.pk, 0)) for row in rows]
    if not found and key not in ATLAS:
        raise NotFound(what=Version._meta.verbose_name)
    return found


def version_drawing(actor: Actor, key: str, number: int) -> bytes:
    """The drawing of a version as the file was given; ``SHIPPED`` is the product's own.

    Raises ``NotFound``.
    """
    if number == SHIPPED and key in ATLAS:
        return atlas.shipped(ATLAS[key])[0]
    rows = scope(actor, Version).filter(page__key=key, number=number)
    xml = rows.values_list("xml", flat=True).first()
    if xml is None:
        raise NotFound(what=Version._meta.verbose_name)
    return bytes(xml)


def steps(actor: Actor, key: str, number: int) -> list[Step]:
    """The steps of a version in the order of its drawing, each with the runs that wait at it."""
    graph = _graph(actor, key, number)
    if graph is None:
        return []
    tokens = scope(actor, Token).filter(run__version__page__key=key, run__version__number=number)
    standing = tokens.filter(run__state=Run.State.RUNNING, state=Token.State.WAITING).order_by()
    counts = dict(standing.values_list("node").annotate(Count("run_id", distinct=True)))
    spots = sorted(graph.spots.values(), key=lambda spot: spot.order)
    return [_step(spot, counts.get(spot.id, 0)) for spot in spots]


def _graph(actor: Actor, key: str, number: int) -> Graph | None:
    settled = scope(actor, Version).filter(page__key=key, number=number).exclude(state=Version.State.DRAFT)
    version_id = settled.values_list("pk", flat=True).first()
    if version_id is not None:
        return graph_of(version_id)
    try:
        return compiled(version_drawing(actor, key, number))
    except KeyError:
        # A file in which no process is drawn yet.
        return None


def _step(spot: Spot, waiting: int) -> Step:
    zh, en = names(spot)
    return Step(spot.id, spot.kind, zh, en, spot.key or "", roles_of(spot), waiting)
