"""The list of cases as a workbook: what the page shows, all of it, with the same filters."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouhou.cases.models import Case
from shouhou.core import masking
from shouhou.core.actor import Actor
from shouhou.core.policy import can
from shouhou.core.refusals import Refusal
from shouhou.core.sheets.handing import hand_out
from shouhou.core.sheets.writing import Field
from shouhou.flows.contracts import TASKS
from shouhou.insight.models import CaseRow

RIGHT = "cases.export"
AT_ONCE = 500
# Half a minute of writing, and more than anybody reads.
MOST_ROWS = 100_000


class TooLong(Refusal):
    """The list asked for is longer than a workbook people can use."""

    code = "insight.list_too_long"
    message = gettext_lazy("This list has more than {most} rows.")
    next_step = gettext_lazy("Narrow it by a view, a step or a word, and export it again.")


def export_cases(rows: "QuerySet[CaseRow]", *, actor: Actor, now: datetime) -> bytes:
    """The cases of a list, in its order.

    Raises ``NotAllowed``, ``TooLong``.
    """
    if rows[: MOST_ROWS + 1].count() > MOST_ROWS:
        raise TooLong(most=f"{MOST_ROWS:,}")
    reveals = can(actor, "customers.see_unmasked")
    lines = rows.iterator(chunk_size=AT_ONCE)
    return hand_out(_("Cases"), _fields(reveals), lines, right=RIGHT, reveals=reveals, actor=actor, now=now)


def _fields(reveals: bool) -> Sequence[Field[CaseRow]]:
    def name(row: CaseRow) -> str:
        return row.customer_name if reveals else masking.name(row.customer_name)

    return [
        Field(_("Number"), lambda row: row.number, width=14),
        Field(_("State"), lambda row: Case.State(row.state).label, width=10),
        Field(_("Step"), _step, width=18),
        Field(_("Customer"), name),
        Field(_("Phone"), lambda row: row.phone, "phone", 18),
        Field(_("District"), lambda row: row.district, width=12),
        Field(_("Product"), lambda row: row.product, width=24),
        Field(_("Symptom"), lambda row: row.symptom, width=40),
        Field(_("Channel"), lambda row: Case.Channel(row.channel).label, width=10),
        Field(_("Origin"), lambda row: Case.Origin(row.origin).label, width=14),
        Field(_("Agent"), lambda row: row.agent_name, width=12),
        Field(_("Technician"), lambda row: row.technician_name, width=12),
        Field(_("Reported"), lambda row: row.reported_at, "moment", 18),
        Field(_("Promised from"), lambda row: row.promise_starts_at, "moment", 18),
        Field(_("Promised until"), lambda row: row.promise_ends_at, "moment", 18),
        Field(_("Due"), lambda row: row.due_at, "moment", 18),
        Field(_("Moved by us"), lambda row: row.moved_by_us, "number", 10),
        Field(_("Moved by the customer"), lambda row: row.moved_by_customer, "number", 10),
        Field(_("Visits"), lambda row: row.visits, "number", 8),
        Field(_("Closed"), lambda row: row.closed_at, "moment", 18),
    ]


def _step(row: CaseRow) -> str:
    return TASKS[row.stage].name if row.stage in TASKS else ""
