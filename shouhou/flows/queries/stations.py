"""The customer's simple map: the stations a drawing names, in order, and where the case stands among them.

An element says its station in ``shouhou:station`` ("受理 · Received", the English after the dot).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from shouhou.flows.contracts import in_language
from shouhou.flows.graphs import graph_of
from shouhou.flows.queries.position import Element, position

_ORDER = ("here", "done", "next", "never")


@dataclass(frozen=True, slots=True)
class Station:
    """One stop of the simple map. ``since`` is when the case came there now, else when it last left it."""

    zh: str
    en: str
    state: Literal["done", "here", "next", "never"]
    since: datetime | None

    @property
    def name(self) -> str:
        """Its name in the language of the moment."""
        return in_language(self.zh, self.en)


def stations(root_id: UUID) -> list[Station]:
    """The stations of a root's newest run, in the order of the drawing."""
    found = position(root_id)
    if found.run is None:
        return []
    groups: dict[str, list[Element]] = {}
    for spot in graph_of(found.run.version_id).spots.values():
        if name := spot.attributes.get("station", "").strip():
            groups.setdefault(name, []).append(found.elements[spot.id])
    return [_station(name, elements) for name, elements in groups.items()]


def _station(name: str, elements: list[Element]) -> Station:
    zh, _dot, en = name.partition("·")
    state = min((element.state for element in elements), key=_ORDER.index)
    moments = [e.since for e in elements if e.state == state and e.since is not None]
    return Station(zh.strip(), en.strip(), state, max(moments, default=None))
