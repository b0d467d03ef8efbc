"""Compiled drawings, kept per process by the hash of their file: a published version never changes."""

from functools import lru_cache
from uuid import UUID

from shouhou.core.facts import FACTS
from shouhou.flows.models import Version
from shouhou.kernel import bpmn
from shouhou.kernel.bpmn import Graph

MOST = 256
_graphs: dict[str, Graph] = {}


def graph_of(version_id: UUID) -> Graph:
    """The compiled graph of a published version; one statement the first time, none later."""
    sha256 = _hash_of(version_id)
    if sha256 not in _graphs:
        if len(_graphs) >= MOST:
            _graphs.pop(next(iter(_graphs)))
        _graphs[sha256] = compiled(bytes(Version.objects.values_list("xml", flat=True).get(pk=version_id)))
    return _graphs[sha256]


@lru_cache(maxsize=100_000)
def _hash_of(version_id: UUID) -> str:
    return Version.objects.values_list("sha256", flat=True).get(pk=version_id)


def compiled(xml: bytes) -> Graph:
    """Compile a drawing with the facts the product declares in scope.

    Raises ``bpmn.Unreadable``, or ``KeyError`` when no process is drawn.
    """
    return bpmn.compile(bpmn.read(xml), names=tuple(FACTS) or None)
