"""The geometry of a drawing, as its diagram interchange states it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"

Point = tuple[float, float]
Segment = tuple[Point, Point]


@dataclass(frozen=True)
class Box:
    """A rectangle; ``line`` is one without thickness."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def line(cls, segment: Segment) -> "Box":
        (a, b), (c, d) = segment
        return cls(min(a, c), min(b, d), max(a, c), max(b, d))

    def meets(self, other: "Box") -> bool:
        """Whether they share more than a border."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def borders(self, point: Point, *, diamond: bool = False) -> bool:
        """Whether the point lies on the outline, within a pixel."""
        x, y = point
        wide, high = (self.right - self.left) / 2, (self.bottom - self.top) / 2
        across, down = abs(x - self.left - wide) / wide, abs(y - self.top - high) / high
        out = across + down if diamond else max(across, down)
        return abs(out - 1) * min(wide, high) <= 1


class Picture:
    """Shapes, edges and labels of one file, by the id of the element they show."""

    def __init__(self, path: Path) -> None:
        self.root = etree.parse(path).getroot()
        self.shapes: dict[str, Box] = {}
        self.edges: dict[str, list[Point]] = {}
        self.labels: dict[str, Box] = {}
        for drawn in self.root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge"):
            self._add(drawn, str(drawn.get("bpmnElement")))

    def _add(self, drawn: etree._Element, element: str) -> None:
        points = [(float(p.get("x", "")), float(p.get("y", ""))) for p in drawn.iter(WAYPOINT)]
        if points:
            self.edges[element] = points
        elif (bounds := drawn.find(BOUNDS)) is not None:
            self.shapes[element] = _box(bounds)
        if (label := drawn.find(f"{DI}BPMNLabel/{BOUNDS}")) is not None:
            self.labels[element] = _box(label)

    def elements(self, *words: str) -> Iterator[etree._Element]:
        """The model's elements of these BPMN words, in the file's order."""
        return self.root.iter(*(f"{BPMN}{word}" for word in words))

    def segments(self, edge: str) -> list[Segment]:
        return list(pairwise(self.edges[edge]))

    def crossings(self) -> set[Point]:
        """Where lines cross; lines that join on their way to the same element do not."""
        targets = {str(flow.get("id")): flow.get("targetRef") for flow in self.elements("sequenceFlow")}
        return {
            point
            for one, other in combinations(self.edges, 2)
            if targets[one] != targets[other]
            for point in self._crossings_of(one, other)
        }

    def _crossings_of(self, one: str, other: str) -> Iterator[Point]:
        for a in map(Box.line, self.segments(one)):
            for b in map(Box.line, self.segments(other)):
                upright, flat = (a, b) if a.left == a.right else (b, a)
                if flat.left < upright.left < flat.right and upright.top < flat.top < upright.bottom:
                    yield upright.left, flat.top


def _box(bounds: etree._Element) -> Box:
    x, y, width, height = (float(bounds.get(name, "")) for name in ("x", "y", "width", "height"))
    return Box(x, y, x + width, y + height)
