"""Contracts (约定): which task of a drawing is which verb, which event is which message, what starts a page.

The rooms below do not know drawings, and this room does not know them. ``wiring`` writes the three tables
and the shipped atlas, and installs them here; a drawing can name only what stands in them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.utils.translation import get_language

from shouhou.core.models import Event


@dataclass(frozen=True, slots=True)
class Task:
    """A task a drawing may use: ``key`` is its ``shouhou:task``.

    ``verb`` does it, and any event of the kinds in ``events`` completes it; ``also`` are other verbs allowed
    while it waits. ``roles`` owe it, when the drawing names none; ``form`` is the page that does it. An
    automatic task has a ``call`` that invokes the verb as the engine, and is done at once when it names no
    events. ``owners`` names the people who owe it on a root, where somebody knows them.
    """

    key: str
    zh: str
    en: str
    verb: str
    events: tuple[str, ...]
    roles: tuple[str, ...] = ()
    form: str = ""
    also: tuple[str, ...] = ()
    call: Callable[..., object] | None = None
    owners: Callable[[UUID], Iterable[str]] | None = None

    @property
    def name(self) -> str:
        """The task's name in the language of the moment."""
        return in_language(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Message:
    """An event of this kind is this BPMN message on the runs of its root, if ``when`` says so.

    ``key`` correlates it, where a drawing waits for one of several. When nobody waits it is ``keep`` long
    kept for who comes to wait for it.
    """

    event: str
    name: str
    when: Callable[[Event], bool] | None = None
    key: Callable[[Event], str] | None = None
    keep: timedelta = timedelta(days=1)


TASKS: dict[str, Task] = {}
MESSAGES: dict[str, tuple[Message, ...]] = {}
STARTS: dict[str, str] = {}
ATLAS: dict[str, Path] = {}
MOVING: set[str] = set()
_offering: dict[str, frozenset[str]] = {}
_completing: dict[str, frozenset[str]] = {}


def install(
    tasks: Iterable[Task],
    messages: Iterable[Message] = (),
    starts: Mapping[str, str] | None = None,
    atlas: Mapping[str, Path] | None = None,
    moving: Iterable[str] = (),
) -> None:
    """Put the tables up, once, at start.

    ``starts`` names, per event kind, the page whose newest published version begins for the event's root;
    ``atlas`` the shipped drawing of each page. Events in ``moving`` change a moment that timers read from
    facts: the root's clocks are then set again. Raises ``ValueError`` for a key given twice.
    """
    for table in (TASKS, MESSAGES, STARTS, ATLAS, _offering, _completing):
        table.clear()
    for task in tasks:
        if task.key in TASKS:
            raise ValueError(f"Two tasks have the key {task.key!r}")
        TASKS[task.key] = task
    for message in messages:
        MESSAGES[message.event] = (*MESSAGES.get(message.event, ()), message)
    STARTS.update(starts or {})
    ATLAS.update(atlas or {})
    MOVING.clear()
    MOVING.update(moving)
    _offering.update(_turned({task.key: (task.verb, *task.also) for task in TASKS.values()}))
    _completing.update(_turned({task.key: task.events for task in TASKS.values()}))


def _turned(words: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """From key → words to word → keys."""
    found: dict[str, set[str]] = {}
    for key, named in words.items():
        for word in named:
            found.setdefault(word, set()).add(key)
    return {word: frozenset(keys) for word, keys in found.items()}


def offering(verb: str) -> frozenset[str]:
    """The keys of the tasks that offer a verb; none for a verb that no drawing watches over."""
    return _offering.get(verb, frozenset())


def completed_by(kind: str) -> frozenset[str]:
    """The keys of the tasks an event of this kind completes."""
    return _completing.get(kind, frozenset())


def messages_of(event: Event) -> list[Message]:
    """The messages an event is."""
    return [said for said in MESSAGES.get(event.kind, ()) if said.when is None or said.when(event)]


def in_language(zh: str, en: str) -> str:
    """The sentence in the language of the moment."""
    return zh if (get_language() or "zh").startswith("zh") or not en else en
