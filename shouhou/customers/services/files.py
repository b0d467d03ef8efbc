"""A customer's file (客户档案): opened, corrected, and removed while nothing hangs on it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from shouhou.core import phones as numbers
from shouhou.core import search
from shouhou.core.actor import Actor
from shouhou.core.entries import KEEP, Checks, Keep, amend, fit, one_of
from shouhou.core.events import personal, record
from shouhou.core.refusals import Unfit
from shouhou.core.text import one_line, paragraph
from shouhou.core.use_case import use_case
from shouhou.customers.indexing import index_customer
from shouhou.customers.models import Contact, Customer, Site
from shouhou.customers.references import remove
from shouhou.customers.refusals import Nameless
from shouhou.customers.services.contacts import contact_of
from shouhou.customers.services.living import must_live
from shouhou.customers.services.sites import CHECKS as SITE_CHECKS
from shouhou.customers.services.telling import told

MOST_PHONES = 10


def _normal(phones: Sequence[str]) -> list[str]:
    """The numbers in their normal form, each once, in the order given."""
    if len(phones) > MOST_PHONES:
        raise Unfit({"phones": _("At most {most} numbers fit here.").format(most=MOST_PHONES)})
    return list(dict.fromkeys(numbers.normal(phone) for phone in phones if phone.strip()))


CHECKS: Checks = {
    "name": partial(one_line, field="name", most=100, least=0),
    "sort": one_of(Customer.Sort, "sort"),
    "salutation": partial(one_line, field="salutation", most=20, least=0),
    "note": partial(paragraph, field="note", most=2_000),
    "phones": _normal,
    "address": partial(one_line, field="address", most=200, least=0),
    "district": SITE_CHECKS["district"],
}


@use_case("customers.open_customer")
def open_customer(
    *,
    name: str = "",
    phones: Sequence[str] = (),
    address: str = "",
    district: str = "",
    sort: str = Customer.Sort.PERSON,
    salutation: str = "",
    note: str = "",
    actor: Actor,
    now: datetime,
) -> Customer:
    """Open a file (建档). A name or a phone number is enough; the first phone is the main one.

    Raises ``Unfit`` naming each field, ``Nameless``.
    """
    about = fit(
        CHECKS,
        name=name,
        phones=phones,
        address=address,
        district=district,
        sort=sort,
        salutation=salutation,
        note=note,
    )
    values = about.pop("phones")
    place = {"address": about.pop("address"), "district": about.pop("district")}
    if not values and not about["name"]:
        raise Nameless
    customer = Customer.objects.create(organisation_id=actor.organisation_id, opened_at=now, **about)
    Contact.objects.bulk_create(
        contact_of(customer, Contact.Sort.PHONE, value, is_main=rank == 0)
        for rank, value in enumerate(values)
    )
    if place["address"]:
        Site.objects.create(organisation_id=actor.organisation_id, customer=customer, is_main=True, **place)
    index_customer(customer)
    name_apart = personal(actor.organisation_id, customer.name)
    record("customers.opened", customer, actor=actor, now=now, name=name_apart, phones=len(values))
    return customer


@use_case("customers.correct_customer", on=Customer)
def correct_customer(
    customer: Customer,
    *,
    name: str | Keep = KEEP,
    sort: str | Keep = KEEP,
    salutation: str | Keep = KEEP,
    note: str | Keep = KEEP,
    actor: Actor,
    now: datetime,
) -> Customer:
    """Correct who the customer is (B5).

    Raises ``Unfit`` naming each field, ``MergedAway``.
    """
    must_live(customer)
    changes = amend(customer, fit(CHECKS, name=name, sort=sort, salutation=salutation, note=note))
    if changes:
        index_customer(customer)
        record(
            "customers.corrected", customer, actor=actor, now=now, **told(customer.organisation_id, changes)
        )
    return customer


@use_case("customers.remove_customer", on=Customer)
def remove_customer(customer: Customer, *, actor: Actor, now: datetime) -> None:
    """Remove a file opened by mistake, with its contacts and addresses.

    Raises ``InUse`` when it owns something, or was ever reported for.
    """
    record("customers.removed", customer, actor=actor, now=now)
    for site in customer.sites.all():
        remove(site)
    search.forget(customer.organisation_id, customer.pk)
    remove(customer, but=(Contact,))
