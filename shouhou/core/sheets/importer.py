"""What a room offers to take in from workbooks, and how it says what it did."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from shouhou.core.actor import Actor
from shouhou.core.refusals import NotFound
from shouhou.core.sheets.columns import Column, Row

Verdict = Literal["new", "changed", "same", "refused"]


@dataclass(frozen=True, slots=True)
class Made:
    """One record that a row made, or changed: then ``before`` and ``after`` hold the fields it changed.

    ``sort`` is the importer's own word for it; ``of`` is the record whose later events would show that
    somebody has worked with it.
    """

    sort: str
    id: str
    of: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        """As it is kept beside the row."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What would happen to a row, or happened.

    ``words`` say what changes; ``problems`` are sentences by column key, under ``""`` of the whole row.
    """

    verdict: Verdict
    words: tuple[str, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    made: tuple[Made, ...] = ()


class Importer(Protocol):
    """A room's way of taking in one kind of workbook. Everything it changes goes through its services."""

    @property
    def name(self) -> str:
        """``room.what``."""

    @property
    def title(self) -> str:
        """What people choose it by, in the language of the moment."""

    @property
    def verb(self) -> str:
        """The right that is needed, beside those of the services."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns it knows, in the order of the template."""

    @property
    def leaves_out(self) -> Sequence[str]:
        """Headings by which a sheet is known to hold something else, though the columns above are in it."""

    def judge(self, rows: Sequence[Row], *, actor: Actor, now: datetime) -> list[Judgement]:
        """Say what would happen to rows that could be read, each after those above it; change nothing."""

    def take_in(self, row: Row, *, actor: Actor, now: datetime) -> Judgement:
        """Take in one row, judged afresh.

        Raises ``Refusal``.
        """

    def take_back(self, made: Made, *, actor: Actor, now: datetime) -> None:
        """Undo what one row made or changed, while nothing hangs on it.

        Raises ``Refusal``: then it stays.
        """


IMPORTERS: dict[str, Importer] = {}


def offer(importer: Importer) -> None:
    """Let people take in this kind of workbook (said once, at start)."""
    IMPORTERS[importer.name] = importer


def named(name: str) -> Importer:
    """The importer of that name.

    Raises ``NotFound``.
    """
    if name not in IMPORTERS:
        raise NotFound(what=name)
    return IMPORTERS[name]
