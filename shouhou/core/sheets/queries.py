"""Looking at an import: how many rows of each sort, the rows themselves, and workbooks to take away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from shouhou.core.actor import Actor
from shouhou.core.models import ImportBatch, ImportRow
from shouhou.core.policy import can, scope
from shouhou.core.sheets.importer import IMPORTERS, Importer, named
from shouhou.core.sheets.writing import Field, Table, write_book, write_sheet

Verdict, Outcome = ImportRow.Verdict, ImportRow.Outcome


@dataclass(frozen=True, slots=True)
class Counts:
    """How an import stands, in rows."""

    verdicts: dict[str, int]
    outcomes: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.verdicts.values())

    @property
    def to_write(self) -> int:
        """New and changed rows: what "apply" would take in."""
        return self.verdicts[Verdict.NEW] + self.verdicts[Verdict.CHANGED]


def offered(actor: Actor) -> list[Importer]:
    """The imports this actor may do."""
    return [importer for importer in IMPORTERS.values() if can(actor, importer.verb)]


def imports(actor: Actor) -> QuerySet[ImportBatch]:
    """The imports of the organisation, the newest first."""
    names = [importer.name for importer in offered(actor)]
    return scope(actor, ImportBatch).filter(importer__in=names).order_by("-uploaded_at", "-id")


def counts(batch: ImportBatch) -> Counts:
    """How many rows of the batch are new, changed, the same, refused; done, undone, left (one statement)."""
    verdicts = dict.fromkeys(Verdict.values, 0)
    outcomes = dict.fromkeys(Outcome.values, 0)
    groups = batch.rows.order_by().values_list("verdict", "outcome").annotate(Count("id"))
    for verdict, outcome, count in groups:
        verdicts[verdict] += count
        outcomes[outcome] += count
    return Counts(verdicts, outcomes)


def refused_sheet(batch: ImportBatch) -> bytes:
    """The rows that were refused or stay, as they came, each with its reason: to correct and send again."""
    rows = batch.rows.select_related("batch").filter(Q(verdict=Verdict.REFUSED) | Q(outcome=Outcome.STAYS))
    return write_book(
        Table(sheet, _as_it_came(heading["texts"]), rows.filter(sheet=sheet).order_by("place").iterator())
        for sheet, heading in batch.headings.items()
    )


def _as_it_came(headings: Sequence[str]) -> list[Field[ImportRow]]:
    return [
        Field(_("Reason"), reason, width=48),
        Field(_("Row"), lambda row: row.number, "number", 8),
        *(Field(text, _cell(place)) for place, text in enumerate(headings)),
    ]


def reason(row: ImportRow) -> str:
    """Why a row was refused, each sentence after its column's name."""
    columns = {column.key: column.chinese[0] for column in named(row.batch.importer).columns}
    return "\n".join(
        f"{columns[key]}: {sentence}" if key in columns else sentence
        for key, sentence in row.problems.items()
    )


def template(importer: Importer) -> bytes:
    """An empty workbook with the headings this import knows; each tells in a note how to write."""
    fields: list[Field[Any]] = [
        Field(column.name, lambda _row: None, width=18, note=column.example) for column in importer.columns
    ]
    return write_sheet(importer.title, fields, [])


def _cell(place: int) -> Callable[[ImportRow], str]:
    return lambda row: row.cells[place] if place < len(row.cells) else ""
