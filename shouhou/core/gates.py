"""Gates (关卡): who may object before a verb changes anything.

A room states a gate as a function that raises a ``Refusal``; the table that says which
gate watches which verb stands in ``wiring``, so that the rooms need not know each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from shouhou.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is about to happen: a verb on a subject, with its arguments."""

    verb: str
    actor: Actor
    now: datetime
    subject: Any
    root_id: UUID | None
    arguments: Mapping[str, Any] = field(default_factory=dict)


Gate = Callable[[Attempt], None]

_always: list[Gate] = []
_gates: dict[str, tuple[Gate, ...]] = {}


def install(always: tuple[Gate, ...], by_verb: Mapping[str, tuple[Gate, ...]]) -> None:
    """Put up the gates, once, at start."""
    _always[:] = always
    _gates.clear()
    _gates.update(by_verb)


def ask(attempt: Attempt) -> None:
    """Ask every gate that watches this verb; the first objection is raised."""
    for gate in (*_always, *_gates.get(attempt.verb, ())):
        gate(attempt)
