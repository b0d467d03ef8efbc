"""From a file to rows that have been judged, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shouhou.core.actor import Actor
from shouhou.core.models import ImportBatch, ImportRow
from shouhou.core.sheets.columns import Row, heading_of, row_of
from shouhou.core.sheets.importer import Importer, Judgement
from shouhou.core.sheets.reading import Upload, read
from shouhou.core.sheets.refusals import NoHeadings, NoRows

Line = tuple[Row, Sequence[str], Judgement]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A workbook read and judged. Its ``repr`` is its content, which is what a repeated command compares."""

    importer: str
    upload: Upload
    headings: dict[str, Any] = field(repr=False)
    skipped: list[str] = field(repr=False)
    lines: list[Line] = field(repr=False)

    def rows_for(self, batch: ImportBatch) -> list[ImportRow]:
        """The rows as they are kept beside their batch."""
        return [
            ImportRow(
                organisation_id=batch.organisation_id,
                batch=batch,
                place=place,
                sheet=row.sheet,
                number=row.number,
                cells=list(cells),
                verdict=judgement.verdict,
                words=list(judgement.words),
                problems=dict(judgement.problems),
            )
            for place, (row, cells, judgement) in enumerate(self.lines)
        ]


def prepare(importer: Importer, upload: Upload, *, actor: Actor, now: datetime) -> Prepared:
    """Read the workbook, find its headings, and judge every row after those above it.

    Raises what ``reading.read`` raises, ``NoHeadings``, ``NoRows``.
    """
    headings: dict[str, Any] = {}
    skipped: list[str] = []
    rows: list[tuple[Row, Sequence[str]]] = []
    for grid in read(upload):
        heading = heading_of(grid.rows, importer.columns)
        if heading is None or heading.has_any(importer.leaves_out):
            skipped.append(grid.name)
            continue
        headings[grid.name] = {"texts": heading.texts, "places": heading.places}
        for number, cells in grid.rows:
            if number > heading.number:
                rows.append((row_of(grid.name, number, cells, heading.places, importer.columns), cells))
    if not headings:
        needed = "、".join(column.chinese[0] for column in importer.columns if column.required)
        raise NoHeadings(name=upload.name, needed=needed)
    if not rows:
        raise NoRows(name=upload.name)
    return Prepared(importer.name, upload, headings, skipped, _judged(importer, rows, actor, now))


def _judged(
    importer: Importer, rows: list[tuple[Row, Sequence[str]]], actor: Actor, now: datetime
) -> list[Line]:
    readable = [row for row, _ in rows if not row.problems]
    judgements = iter(importer.judge(readable, actor=actor, now=now))
    return [
        (row, cells, Judgement("refused", problems=row.problems) if row.problems else next(judgements))
        for row, cells in rows
    ]
