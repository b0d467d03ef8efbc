"""Understanding a row: whose report it is, of which piece, when it was made, and whether it is known already."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from shouhou.cases.models import Case
from shouhou.core.actor import Actor
from shouhou.core.calendar import calendar_of
from shouhou.core.masking import name as masked
from shouhou.core.policy import scope
from shouhou.core.refusals import Unfit
from shouhou.core.sheets.columns import Row
from shouhou.customers.importing.known import Files, Known, Piece
from shouhou.customers.importing.planning import Plan, plan_for, product_of
from shouhou.kernel.workday import Calendar

# What says who the customer is and where; the piece is looked up, not recorded.
ABOUT_CUSTOMER = ("phone", "name", "district", "address")
AT_ONCE = 500
Mark = tuple[object, str, date | None]


@dataclass(frozen=True, slots=True)
class Report:
    """One row understood. ``plan`` is what it says of its customer; ``known`` that the case is open already."""

    plan: Plan
    row: Row
    reported_at: datetime
    installed_id: UUID | None
    product_id: UUID | None
    known: bool


class Reader:
    """Reads rows one after the other, with what is on file of them."""

    def __init__(self, rows: Sequence[Row], *, actor: Actor, now: datetime) -> None:
        self.files, self.now = Files.of(rows, actor), now
        self.calendar: Calendar = calendar_of(actor.organisation_id)
        self.marks: set[Mark] = set()
        keys = [known.id for group in self.files.by_phone.values() for known in group]
        for start in range(0, len(keys), AT_ONCE):
            cases = scope(actor, Case).filter(
                customer__in=keys[start : start + AT_ONCE], state=Case.State.OPEN
            )
            for key, symptom, at in cases.values_list("customer_id", "symptom", "reported_at"):
                self._mark(key, symptom, self.calendar.day_of(at))

    def read(self, row: Row) -> Report:
        """Understand a row.

        Raises ``Unfit`` with a sentence for each column that stands in the way.
        """
        about = {key: value for key, value in row.values.items() if key in ABOUT_CUSTOMER}
        plan = plan_for(replace(row, values=about), self.files, self.calendar.day_of(self.now))
        reported_at = self._moment(row)
        product = product_of(row, self.files) if row["code"] or row["product"] else None
        piece = self._piece(row, plan.whom, product.pk if product else None)
        whom = plan.whom.id or id(plan.whom)
        day = self.calendar.day_of(reported_at) if row["reported_at"] else None
        known = (whom, row["symptom"], day) in self.marks
        self._mark(whom, row["symptom"], self.calendar.day_of(reported_at))
        return Report(
            plan, row, reported_at, piece.id if piece else None, product.pk if product else None, known
        )

    def _mark(self, whom: object, symptom: str, day: date) -> None:
        # A row without a day is the same as one of any day.
        self.marks |= {(whom, symptom, day), (whom, symptom, None)}

    def _moment(self, row: Row) -> datetime:
        if row["reported_at"] is None:
            return self.now
        moment: datetime = row["reported_at"].replace(tzinfo=self.calendar.zone)
        if moment > self.now:
            sentence = _("{moment} lies in the future. Enter when the customer spoke.")
            raise Unfit({"reported_at": sentence.format(moment=f"{moment:%Y-%m-%d %H:%M}")})
        return moment

    def _piece(self, row: Row, whom: Known, product_id: UUID | None) -> Piece | None:
        """The customer's piece a row is about: by serial number, or as their only one of the model."""
        serial = row["serial"]
        fitting = [
            piece
            for piece in whom.pieces
            if product_id in (None, piece.product.pk) and serial in (None, piece.values.get("serial"))
        ]
        if serial and not fitting:
            self._must_be_nobody_elses(serial, product_id, whom)
        return fitting[0] if len(fitting) == 1 and (serial or product_id) else None

    def _must_be_nobody_elses(self, serial: str, product_id: UUID | None, whom: Known) -> None:
        for (of, number), owner in self.files.owners.items():
            if number == serial and product_id in (None, of) and owner is not whom:
                sentence = _("This serial number is already in the file of {customer}. Check the nameplate.")
                raise Unfit({"serial": sentence.format(customer=masked(owner.about["name"]))})
