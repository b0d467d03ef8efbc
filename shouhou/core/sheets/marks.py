"""Whether somebody has worked with what an import made: events of people, counted per record.

When a row is done, the number of events of each record it made is noted; an import's last note of a
record is what an undo expects to find. What the engine and jobs add by themselves does not count.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count

from shouhou.core.actor import Kind
from shouhou.core.models import Event, ImportBatch, ImportRow

# SQLite takes a limited number of values in one statement.
AT_ONCE = 500


def marks_of(organisation_id: UUID, records: Collection[UUID]) -> dict[str, int]:
    """How many events of people each record has."""
    found: dict[str, int] = {}
    wanted = sorted(records)
    for start in range(0, len(wanted), AT_ONCE):
        events = Event.objects.filter(
            organisation_id=organisation_id, subject_id__in=wanted[start : start + AT_ONCE]
        ).exclude(actor_kind__in=(Kind.ENGINE, Kind.JOB))
        counts = events.order_by().values_list("subject_id").annotate(Count("id"))
        found.update({str(record): count for record, count in counts})
    return found


def touched(batch: ImportBatch) -> list[ImportRow]:
    """The rows of an applied import whose records somebody has worked with since."""
    rows = list(batch.rows.filter(outcome=ImportRow.Outcome.DONE).order_by("place"))
    expected: dict[str, int] = {}
    for row in rows:
        expected.update(row.marks)
    present = marks_of(batch.organisation_id, {UUID(record) for record in expected})
    changed = {record for record, count in expected.items() if present.get(record, 0) != count}
    return [row for row in rows if changed & row.marks.keys()]
