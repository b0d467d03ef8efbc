"""Taking a workbook in: shown first with nothing written, then applied row by row by the rooms' services.

What is short is done at once; the rest of a long import is done by a job, a part a transaction, under
the name of the person who said so. Undoing takes rows back from the last to the first; what somebody
has worked with since stays, and is named.
"""

import time
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from shouhou.core import jobs
from shouhou.core.actor import Actor, Kind
from shouhou.core.events import record
from shouhou.core.models import ImportBatch, ImportRow
from shouhou.core.policy import Role, allow, require
from shouhou.core.refusals import Refusal, Unfit
from shouhou.core.sheets.columns import row_of
from shouhou.core.sheets.importer import Importer, Judgement, Made, named
from shouhou.core.sheets.marks import marks_of, touched
from shouhou.core.sheets.preparing import Prepared, prepare
from shouhou.core.sheets.reading import Upload
from shouhou.core.sheets.refusals import NotNow, TouchedSince
from shouhou.core.use_case import attempt, use_case

# So many rows are done in one transaction: the organisation's lock is not held for longer.
PART = 50
REST = 0.1
WRITTEN_AT_ONCE = 1_000

State, Outcome, Verdict = ImportBatch.State, ImportRow.Outcome, ImportRow.Verdict
WRITES = (Verdict.NEW, Verdict.CHANGED)

TAKERS = (Role.AGENT, Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR)
for verb in (
    "see_imports",
    "show_import",
    "apply_import",
    "undo_import",
    "continue_import",
    "discard_import",
):
    allow(f"core.{verb}", *TAKERS)


def show(importer: str, name: str, content: bytes, *, actor: Actor, now: datetime) -> ImportBatch:
    """Read a workbook and show what would happen to each row (导入预览). Nothing of it is written yet.

    Reading and judging take seconds on a long file, so they stand before the transaction.

    Raises ``NotAWorkbook``, ``OldOrLocked``, ``TooLarge``, ``Damaged``, ``NoHeadings``, ``NoRows``.
    """
    chosen = named(importer)
    require(actor, "core.show_import")
    require(actor, chosen.verb)
    prepared = prepare(chosen, Upload(name, content), actor=actor, now=now)
    return show_import(prepared=prepared, actor=actor, now=now)


@use_case("core.show_import")
def show_import(*, prepared: Prepared, actor: Actor, now: datetime) -> ImportBatch:
    """Keep a prepared import, so that it can be looked at and applied."""
    batch = ImportBatch.objects.create(
        organisation_id=actor.organisation_id,
        importer=prepared.importer,
        file_name=prepared.upload.name,
        file_digest=prepared.upload.digest,
        headings=prepared.headings,
        skipped=prepared.skipped,
        uploaded_by_id=actor.id,
        uploaded_by_name=actor.name,
        uploaded_at=now,
    )
    ImportRow.objects.bulk_create(prepared.rows_for(batch), batch_size=WRITTEN_AT_ONCE)
    record(
        "core.import_shown", batch, actor=actor, now=now, importer=batch.importer, rows=len(prepared.lines)
    )
    return batch


@use_case("core.apply_import", on=ImportBatch, composite=True)
def apply_import(batch: ImportBatch, *, actor: Actor, now: datetime) -> ImportBatch:
    """Do what was shown (确认导入): new and changed rows are taken in, refused ones are left out.

    Raises ``NotNow``.
    """
    _must_be(batch, State.SHOWN, actor)
    batch.rows.exclude(verdict__in=WRITES).update(outcome=Outcome.LEFT)
    batch.state, batch.applied_at, batch.acts_as = State.APPLYING, now, _kept(actor)
    batch.save(update_fields=["state", "applied_at", "acts_as"])
    record("core.import_applied", batch, actor=actor, now=now, importer=batch.importer)
    return _go_on(batch, actor, now)


@use_case("core.undo_import", on=ImportBatch, composite=True)
def undo_import(batch: ImportBatch, *, actor: Actor, now: datetime) -> ImportBatch:
    """Take an import back (撤销导入), as far as nobody has worked with its rows since.

    Raises ``NotNow``.
    """
    _must_be(batch, State.APPLIED, actor)
    for row in touched(batch):
        _stays(row, TouchedSince())
    batch.state, batch.undone_at, batch.acts_as = State.UNDOING, now, _kept(actor)
    batch.save(update_fields=["state", "undone_at", "acts_as"])
    record("core.import_undone", batch, actor=actor, now=now, importer=batch.importer)
    return _go_on(batch, actor, now)


@use_case("core.continue_import", on=ImportBatch, composite=True)
def continue_import(batch: ImportBatch, *, actor: Actor, now: datetime) -> ImportBatch:
    """Do the next part of a long import or undo."""
    return _go_on(batch, actor, now)


@use_case("core.discard_import", on=ImportBatch)
def discard_import(batch: ImportBatch, *, actor: Actor, now: datetime) -> None:
    """Throw away what was only shown.

    Raises ``NotNow``.
    """
    _must_be(batch, State.SHOWN, actor)
    record("core.import_discarded", batch, actor=actor, now=now, importer=batch.importer)
    batch.delete()


@jobs.job("core.continue_import", outside=True)
def work_on(payload: dict[str, str], now: datetime) -> None:
    """Finish a long import or undo, a part a transaction; begun again, it goes on where it stopped."""
    batch = ImportBatch.objects.get(pk=payload["batch"])
    actor = _revived(batch)
    while batch.state in (State.APPLYING, State.UNDOING):
        batch = continue_import(batch, actor=actor, now=now)
        # SQLite's writers do not queue: without a rest the others would wait for the whole import.
        time.sleep(REST)


# — one part of a batch —

Step = Callable[[Importer, ImportRow, Actor, datetime], None]


def _go_on(batch: ImportBatch, actor: Actor, now: datetime) -> ImportBatch:
    """Do one part; then end, or leave the rest to a job."""
    chosen = named(batch.importer)
    rows = batch.rows.select_related("batch")
    step: Step
    match batch.state:
        case State.APPLYING:
            rows, step, end = rows.filter(outcome=Outcome.WAITING).order_by("place"), _take_in, State.APPLIED
        case State.UNDOING:
            rows, step, end = rows.filter(outcome=Outcome.DONE).order_by("-place"), _take_back, State.UNDONE
        case _:
            return batch
    part = list(rows[: PART + 1])
    for row in part[:PART]:
        step(chosen, row, actor, now)
    if len(part) <= PART:
        batch.state = end
        batch.save(update_fields=["state"])
    else:
        jobs.enqueue(
            "core.continue_import",
            {"batch": str(batch.pk)},
            now=now,
            organisation_id=batch.organisation_id,
            dedupe_key=f"import:{batch.pk}:{batch.state}",
        )
    return batch


def _take_in(importer: Importer, row: ImportRow, actor: Actor, now: datetime) -> None:
    places = row.batch.headings[row.sheet]["places"]
    cells = row_of(row.sheet, row.number, row.cells, places, importer.columns)
    try:
        with attempt():
            done = importer.take_in(cells, actor=actor, now=now)
    except Refusal as trouble:
        problems = trouble.problems if isinstance(trouble, Unfit) else {"": str(trouble)}
        done = Judgement("refused", problems=problems)
    row.outcome = Outcome.DONE if done.made else Outcome.LEFT
    row.verdict, row.problems = done.verdict, dict(done.problems)
    row.made = [made.kept() for made in done.made]
    row.marks = marks_of(row.organisation_id, {UUID(made.of) for made in done.made})
    row.save(update_fields=["outcome", "verdict", "problems", "made", "marks"])


def _take_back(importer: Importer, row: ImportRow, actor: Actor, now: datetime) -> None:
    try:
        with attempt():
            for made in reversed(row.made):
                importer.take_back(Made(**made), actor=actor, now=now)
    except Refusal as trouble:
        _stays(row, trouble)
    else:
        row.outcome = Outcome.UNDONE
        row.save(update_fields=["outcome"])


def _stays(row: ImportRow, why: Refusal) -> None:
    row.outcome, row.problems = Outcome.STAYS, {"": str(why)}
    row.save(update_fields=["outcome", "problems"])


def _must_be(batch: ImportBatch, state: ImportBatch.State, actor: Actor) -> None:
    require(actor, named(batch.importer).verb)
    if batch.state != state:
        raise NotNow(name=batch.file_name, state=State(batch.state).label)


def _kept(actor: Actor) -> dict[str, object]:
    return {"kind": actor.kind, "id": str(actor.id), "name": actor.name, "roles": sorted(actor.roles)}


def _revived(batch: ImportBatch) -> Actor:
    """The actor who said "apply" or "undo"."""
    who = batch.acts_as
    return Actor(
        Kind(who["kind"]), batch.organisation_id, UUID(who["id"]), who["name"], frozenset(who["roles"])
    )
