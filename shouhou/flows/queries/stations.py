"""The customer's simple map: the stations a drawing names, in order, and where the case stands among them.

An element says its station in ``shouhou:station`` ("受理 · Received", the English after the dot).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from shouhou.flows.contracts import in_language
from shouhou.flows.graphs import graph_of
from shouhou.flows.queries.position import position


@dataclass(frozen=True, slots=True)
class Station:
    """One stop of the simple map. ``since`` is when the case came there, first or now."""

    zh: str
    en: str
    state: Literal["done", "here", "ahead"]
    since: datetime | None

    @property
    def name(self) -> str:
        """Its name in the language of the moment."""
        return in_language(self.zh, self.en)


def stations(root_id: UUID) -> list[Station]:
    """The stations of a root's newest run, in the order of the drawing."""
    found = position(root_id)
    if found is None:
        return []
    graph = graph_of(found.run.version_id)
    groups: dict[str, list[str]] = {}
    for spot in graph.spots.values():
        if name := spot.attributes.get("station", "").strip():
            groups.setdefault(name, []).append(spot.id)
    made = []
    for name, nodes in groups.items():
        zh, _dot, en = name.partition("·")
        elements = [found.elements[node] for node in nodes]
        here = [element for element in elements if element.state == "here"]
        done = [element for element in elements if element.state == "done"]
        state: Literal["done", "here", "ahead"] = "here" if here else "done" if done else "ahead"
        since = min((e.since for e in here or done if e.since is not None), default=None)
        made.append(Station(zh.strip(), en.strip(), state, since))
    return made
