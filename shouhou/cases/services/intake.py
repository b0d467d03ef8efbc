"""Taking a report down (A1, C7): every channel, one door, the clocks of C6 start."""

from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Model
from django.utils.translation import gettext as _

from shouhou.cases.models import Case
from shouhou.cases.refusals import NothingToDo
from shouhou.core import numbers, policies, search
from shouhou.core.actor import Actor, Kind
from shouhou.core.calendar import calendar_of
from shouhou.core.events import record
from shouhou.core.ids import new_id
from shouhou.core.models import Organisation
from shouhou.core.refusals import NotFound, Unfit
from shouhou.core.text import one_line, paragraph
from shouhou.core.use_case import use_case
from shouhou.customers.models import Contact, Customer, InstalledProduct, Product, Site
from shouhou.kernel import workday
from shouhou.kernel.origin import origin_of

Row = TypeVar("Row", bound=Model)

# A report may be written down late (a letter, a fax over the weekend), but not from the future.
LEEWAY = timedelta(minutes=5)


@use_case("cases.register_case")
def register_case(
    *,
    customer_id: UUID,
    symptom: str,
    channel: str,
    contact_id: UUID | None = None,
    site_id: UUID | None = None,
    installed_id: UUID | None = None,
    product_id: UUID | None = None,
    details: str = "",
    wish: str = "",
    store: str = "",
    passed_on_by: str = "",
    account: str = "",
    reported_at: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> Case:
    """Register a report (登记售服单). It gets a number at once; what is missing may come later.

    ``reported_at`` is when the customer spoke: it starts the clocks and decides the origin (F1).

    Raises ``NotFound`` for a customer or product that is not theirs, ``Unfit`` for a moment in the future.
    """
    reported = reported_at or now
    if reported > now + LEEWAY:
        raise Unfit({"reported_at": _("The report cannot lie in the future. Enter when the customer spoke.")})
    customer = _theirs(Customer, customer_id, actor)
    installed = of_customer(InstalledProduct, installed_id, customer)
    product = installed.product if installed else _theirs(Product, product_id, actor) if product_id else None
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    zone = ZoneInfo(organisation.time_zone)
    response_due_at, arrival_due_at = clocks(actor.organisation_id, reported)
    # On the phone the agent is speaking to the customer while writing: that is the response. What is
    # written down later, with the moment it was reported, was not answered by writing it down.
    answered = channel == Case.Channel.PHONE and actor.kind is Kind.STAFF and reported_at is None
    case = Case.objects.create(
        id=new_id(),
        organisation=organisation,
        number=numbers.monthly(actor.organisation_id, "S", now.astimezone(zone)),
        customer=customer,
        contact=of_customer(Contact, contact_id, customer),
        site=of_customer(Site, site_id, customer) or (installed.site if installed else None),
        installed=installed,
        product=product,
        symptom=one_line(symptom, "symptom", most=200),
        details=paragraph(details, "details"),
        wish=one_line(wish, "wish", most=200, least=0),
        channel=channel,
        store=one_line(store, "store", most=60, least=0),
        passed_on_by=one_line(passed_on_by, "passed_on_by", most=60, least=0),
        account=one_line(account, "account", most=60, least=0),
        origin=_origin(installed, reported, zone, actor.organisation_id),
        reported_at=reported,
        received_at=now,
        response_due_at=response_due_at,
        arrival_due_at=arrival_due_at,
        responded_at=now if answered else None,
        agent_id=actor.id if actor.kind is Kind.STAFF else None,
    )
    index(case)
    record(
        "cases.registered",
        case,
        actor=actor,
        now=now,
        happened_at=reported,
        number=case.number,
        channel=channel,
        origin=case.origin,
        installed=installed.pk if installed else None,
        response_due_at=response_due_at,
        arrival_due_at=arrival_due_at,
    )
    return case


def clocks(organisation_id: UUID, reported: datetime) -> tuple[datetime, datetime]:
    """When the response and the arrival are due (C6)."""
    calendar = calendar_of(organisation_id)
    response, arrival = (
        workday.parse_rule(policies.value(organisation_id, key)).after(reported, calendar)
        for key in ("cases.response_rule", "cases.arrival_rule")
    )
    return response, arrival


def _origin(
    installed: InstalledProduct | None, reported: datetime, zone: ZoneInfo, organisation_id: UUID
) -> str:
    accepted_on = installed.accepted_on if installed else None
    months = policies.value(organisation_id, "cases.residual_months")
    return origin_of(reported.astimezone(zone).date(), accepted_on, months)


def index(case: Case) -> None:
    """Keep the search index in step with what a case is found by."""
    search.index(
        case.organisation_id,
        "case",
        case.pk,
        {
            "number": case.number,
            "symptom": case.symptom,
            "customer": case.customer.name,
            "serial": case.installed.serial if case.installed else "",
        },
    )


@use_case("cases.acknowledge_case", on=Case)
def acknowledge_case(case: Case, *, actor: Actor, now: datetime) -> Case:
    """Tell the customer their number at once (A1); the telling hears the event."""
    record("cases.acknowledged", case, actor=actor, now=now, number=case.number, symptom=case.symptom)
    return case


@use_case("cases.record_contact", on=Case)
def record_contact(case: Case, *, words: str, actor: Actor, now: datetime) -> Case:
    """The customer was spoken to (首次响应): the response clock stops at the first time (C6)."""
    if case.state != Case.State.OPEN:
        raise NothingToDo(number=case.number)
    answer_clock(case, now)
    record("cases.contacted", case, actor=actor, now=now, words=one_line(words, "words", most=300))
    return case


def answer_clock(case: Case, now: datetime) -> None:
    """The first answer to the customer stops the response clock; later ones leave it."""
    if case.responded_at is None:
        case.responded_at = now
        case.save(update_fields=["responded_at"])


@use_case("cases.correct_case", on=Case)
def correct_case(
    case: Case,
    *,
    symptom: str | None = None,
    details: str | None = None,
    wish: str | None = None,
    site_id: UUID | None = None,
    contact_id: UUID | None = None,
    installed_id: UUID | None = None,
    account: str | None = None,
    actor: Actor,
    now: datetime,
) -> Case:
    """Fill in or correct the record (B1, B5); what is not given stays."""
    texts = {
        "symptom": one_line(symptom, "symptom", most=200) if symptom is not None else None,
        "details": paragraph(details, "details") if details is not None else None,
        "wish": one_line(wish, "wish", most=200, least=0) if wish is not None else None,
        "account": one_line(account, "account", most=60, least=0) if account is not None else None,
    }
    changed = [name for name, text in texts.items() if text is not None and text != getattr(case, name)]
    for name in changed:
        setattr(case, name, texts[name])
    if site_id is not None:
        case.site = of_customer(Site, site_id, case.customer)
        changed.append("site")
    if contact_id is not None:
        case.contact = of_customer(Contact, contact_id, case.customer)
        changed.append("contact")
    if installed_id is not None:
        changed += _identify(case, installed_id)
    if changed:
        case.save(update_fields=changed)
        index(case)
        record("cases.corrected", case, actor=actor, now=now, fields=changed, origin=case.origin)
    return case


def _identify(case: Case, installed_id: UUID) -> list[str]:
    """Say which piece it is about; the origin follows from the moment of the report, as ever."""
    case.installed = of_customer(InstalledProduct, installed_id, case.customer)
    if case.installed is None:
        return []
    case.product = case.installed.product
    zone = ZoneInfo(case.organisation.time_zone)
    case.origin = _origin(case.installed, case.reported_at, zone, case.organisation_id)
    return ["installed", "product", "origin"]


def _theirs(model: type[Row], key: UUID | None, actor: Actor) -> Row:
    """The organisation's row of this key.

    Raises ``NotFound``.
    """
    row = model._default_manager.filter(organisation_id=actor.organisation_id, pk=key).first()
    if row is None:
        raise NotFound(what=model._meta.verbose_name)
    return row


def of_customer(model: type[Row], key: UUID | None, customer: Customer) -> Row | None:
    """The customer's own row of this key, or nothing when none is named.

    Raises ``NotFound`` for somebody else's.
    """
    if key is None:
        return None
    row = model._default_manager.filter(
        organisation_id=customer.organisation_id, customer=customer, pk=key
    ).first()
    if row is None:
        raise NotFound(what=model._meta.verbose_name)
    return row
