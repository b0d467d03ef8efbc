"""Taking open complaints in from workbooks (导入未结投诉), when a company brings its cases along.

A row is about the customer with its phone number, whose file is opened when there is none. Undone, its
case is withdrawn: it has a number and a history, so it does not vanish.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from shouhou.cases.importing.columns import COLUMNS
from shouhou.cases.importing.reading import Reader, Report
from shouhou.cases.models import Case
from shouhou.cases.services import register_case, withdraw_case
from shouhou.core.actor import Actor
from shouhou.core.refusals import Unfit
from shouhou.core.sheets.columns import Column, Row
from shouhou.core.sheets.importer import Judgement, Made, offer
from shouhou.customers.importing.doing import carry_out
from shouhou.customers.importing.known import place
from shouhou.customers.importing.planning import assume
from shouhou.customers.models import Contact, Site


class ComplaintImport:
    """Open complaints, each registered as a case."""

    name = "cases.complaints"
    verb = "cases.import_complaints"
    columns: Sequence[Column] = COLUMNS
    leaves_out: Sequence[str] = ()

    @property
    def title(self) -> str:
        return _("Open complaints")

    def judge(self, rows: Sequence[Row], *, actor: Actor, now: datetime) -> list[Judgement]:
        """Each row as it stands after those above it."""
        reader = Reader(rows, actor=actor, now=now)
        return [_judge(row, reader) for row in rows]

    def take_in(self, row: Row, *, actor: Actor, now: datetime) -> Judgement:
        """Register the row's case, as the files stand now."""
        report = Reader([row], actor=actor, now=now).read(row)
        if report.known:
            return Judgement("same")
        case = _register(report, actor, now)
        return Judgement("new", tuple(_words(report)), made=(Made("case", str(case.pk), str(case.pk)),))

    def take_back(self, made: Made, *, actor: Actor, now: datetime) -> None:
        """Withdraw the case; its customer's file stays, for the case refers to it."""
        withdraw_case(UUID(made.id), reason=_("Taken in by mistake"), actor=actor, now=now)


def _judge(row: Row, reader: Reader) -> Judgement:
    try:
        report = reader.read(row)
    except Unfit as trouble:
        return Judgement("refused", problems=trouble.problems)
    assume(report.plan, reader.files)
    return Judgement("same") if report.known else Judgement("new", tuple(_words(report)))


def _words(report: Report) -> list[str]:
    words = [_("A new case: {symptom}").format(symptom=report.row["symptom"])]
    if report.row["serial"] and report.installed_id is None:
        words.append(_("The serial number is on no file yet; it is noted in the details."))
    return [*report.plan.words(), *words]


def _register(report: Report, actor: Actor, now: datetime) -> Case:
    made, row = carry_out(report.plan, actor=actor, now=now), report.row
    customer_id = report.plan.whom.id or UUID(made[0].id)
    contact = Contact.objects.filter(customer=customer_id, value=row["phone"]).first()
    return register_case(
        customer_id=customer_id,
        contact_id=contact.pk if contact else None,
        site_id=_site_id(customer_id, row),
        installed_id=report.installed_id,
        product_id=report.product_id,
        symptom=row["symptom"],
        details="\n".join(filter(None, (row["details"], _loose_serial(report)))),
        wish=row["wish"] or "",
        channel=row["channel"] or Case.Channel.PHONE,
        store=row["store"] or "",
        account=row["account"] or "",
        reported_at=report.reported_at,
        actor=actor,
        now=now,
    )


def _site_id(customer_id: UUID, row: Row) -> UUID | None:
    """The address the row names, else the customer's only one."""
    sites = list(Site.objects.filter(customer=customer_id))
    if row["address"]:
        asked = place(row["district"] or "", row["address"])
        sites = [site for site in sites if place(site.district, site.address) == asked]
    return sites[0].pk if len(sites) == 1 else None


def _loose_serial(report: Report) -> str:
    if not report.row["serial"] or report.installed_id:
        return ""
    return _("Serial number: {serial}").format(serial=report.row["serial"])


offer(ComplaintImport())
