"""A report from a partner's system (合作方报修): its words are matched with what is on file, then registered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from shouhou.cases.models import Case
from shouhou.cases.refusals import CustomerUnclear
from shouhou.cases.services.intake import register_case
from shouhou.core import phones
from shouhou.core.actor import Actor
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound, Unfit
from shouhou.core.text import one_line
from shouhou.core.use_case import use_case
from shouhou.customers import services as customers
from shouhou.customers.importing.known import place
from shouhou.customers.models import Contact, Customer, InstalledProduct, Product, Site

MOST_NAMED = 60


@dataclass(frozen=True, slots=True)
class Reporter:
    """Whom the report is about: a file by its id, or whoever has this number and name."""

    customer_id: UUID | None = None
    name: str = ""
    phone: str = ""
    district: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """What it is about: a piece by its id or serial number, or at least the model."""

    installed_id: UUID | None = None
    product_id: UUID | None = None
    product_code: str = ""
    serial: str = ""


@use_case("cases.take_partner_report", composite=True)
def take_partner_report(
    *,
    reporter: Reporter,
    thing: Thing,
    symptom: str,
    details: str = "",
    wish: str = "",
    reference: str = "",
    reported_at: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> Case:
    """Register a partner's report; a customer nobody knows gets a file. ``reference`` is the partner's number.

    Raises ``CustomerUnclear``, ``NotAPhone``, ``Nameless``, ``NotFound``, ``Unfit`` naming each field.
    """
    customer_id = _living(reporter, actor) or _known(reporter, actor) or _opened(reporter, actor, now)
    product_id = thing.product_id or _product(thing.product_code, actor)
    serial = one_line(thing.serial, "serial", most=60, least=0)
    piece = thing.installed_id or _piece(customer_id, product_id, serial, actor)
    loose = _("Serial number: {serial}").format(serial=serial) if serial and piece is None else ""
    return register_case(
        customer_id=customer_id,
        contact_id=_contact(customer_id, reporter.phone, actor),
        site_id=_site(customer_id, reporter, actor, now),
        installed_id=piece,
        product_id=product_id,
        symptom=symptom,
        details="\n".join(filter(None, (details, loose))),
        wish=wish,
        channel=Case.Channel.API,
        passed_on_by=f"{actor.name} {reference}".strip()[:MOST_NAMED],
        reported_at=reported_at,
        actor=actor,
        now=now,
    )


def _living(reporter: Reporter, actor: Actor) -> UUID | None:
    """The file a partner names; one merged away leads to the file that lives on.

    Raises ``NotFound``.
    """
    if reporter.customer_id is None:
        return None
    named: Customer | None = scope(actor, Customer).filter(pk=reporter.customer_id).first()
    if named is None:
        raise NotFound(what=Customer._meta.verbose_name)
    return named.merged_into_id or named.pk


def _known(reporter: Reporter, actor: Actor) -> UUID | None:
    """The one file with this number whose name agrees; none when there is none.

    Raises ``CustomerUnclear`` when there are several, ``NotAPhone``.
    """
    if not reporter.phone:
        return None
    rows = scope(actor, Customer).filter(contacts__value=phones.normal(reporter.phone), merged_into=None)
    asked = _plain(reporter.name)
    fitting = [row for row in rows.distinct().order_by("pk") if not asked or _plain(row.name) in ("", asked)]
    if len(fitting) > 1:
        raise CustomerUnclear(phone=reporter.phone, customers=[str(row.pk) for row in fitting])
    return fitting[0].pk if fitting else None


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _opened(reporter: Reporter, actor: Actor, now: datetime) -> UUID:
    opened = customers.open_customer(
        name=reporter.name,
        phones=[reporter.phone] if reporter.phone else [],
        district=reporter.district,
        address=reporter.address,
        actor=actor,
        now=now,
    )
    return opened.pk


def _product(given: str, actor: Actor) -> UUID | None:
    code = one_line(given, "product_code", most=60, least=0)
    if not code:
        return None
    key: UUID | None = scope(actor, Product).filter(code__iexact=code).values_list("pk", flat=True).first()
    if key is None:
        raise Unfit({"product_code": _("There is no product with the code {code}.").format(code=code)})
    return key


def _piece(customer_id: UUID, product_id: UUID | None, serial: str, actor: Actor) -> UUID | None:
    """The customer's own piece with this serial number; a number nobody knows proves nothing."""
    if not serial:
        return None
    rows = scope(actor, InstalledProduct).filter(customer=customer_id, serial=serial, retired_on=None)
    if product_id:
        rows = rows.filter(product=product_id)
    found = list(rows.values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _contact(customer_id: UUID, phone: str, actor: Actor) -> UUID | None:
    if not phone:
        return None
    rows = scope(actor, Contact).filter(customer=customer_id, value=phones.normal(phone))
    key: UUID | None = rows.values_list("pk", flat=True).first()
    return key


def _site(customer_id: UUID, reporter: Reporter, actor: Actor, now: datetime) -> UUID | None:
    """The address the report names, added to the file when it is new; else the customer's only one."""
    sites = list(scope(actor, Site).filter(customer=customer_id))
    if not reporter.address:
        return sites[0].pk if len(sites) == 1 else None
    asked = place(reporter.district, reporter.address)
    known = next((site for site in sites if place(site.district, site.address) == asked), None)
    if known is None:
        known = customers.add_site(
            customer_id, address=reporter.address, district=reporter.district, actor=actor, now=now
        )
    return known.pk
