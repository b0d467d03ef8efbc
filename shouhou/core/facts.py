"""Facts (事实): what drawings and rooms may ask about a root, and who answers.

A read-only, typed view. The table stands in ``wiring``; a condition on a drawing reads facts by
their Chinese names, and a fact that is not declared there cannot be published in a drawing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

Answer = Callable[[UUID, datetime], object]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its names, its FEEL type, who answers, and the words its codes are written in.

    ``answer(root_id, now)`` gives the value; a code found in ``words`` is said in the drawing's word.
    """

    name: str
    english: str
    type: str
    answer: Answer
    words: Mapping[str, str] = field(default_factory=dict)


FACTS: dict[str, Fact] = {}


def install(facts: tuple[Fact, ...]) -> None:
    """Declare who answers, once, at start."""
    FACTS.clear()
    FACTS.update({fact.name: fact for fact in facts})


class Facts(Mapping[str, object]):
    """The facts of one root at one moment, each asked for only when read, and once."""

    def __init__(self, root_id: UUID, now: datetime) -> None:
        self.root_id, self.now = root_id, now
        self._known: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        if name not in self._known:
            fact = FACTS[name]
            value = fact.answer(self.root_id, self.now)
            self._known[name] = fact.words.get(value, value) if isinstance(value, str) else value
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(FACTS)

    def __len__(self) -> int:
        return len(FACTS)
