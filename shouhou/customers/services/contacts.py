"""Ways to reach a customer (联系方式): the first of a sort is the main one, until another is chosen."""

from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from shouhou.core import masking, phones
from shouhou.core.actor import Actor
from shouhou.core.entries import KEEP, Checks, Keep, amend, fit, one_of
from shouhou.core.events import personal, record
from shouhou.core.refusals import Unfit
from shouhou.core.text import one_line
from shouhou.core.use_case import use_case
from shouhou.customers.indexing import index_customer
from shouhou.customers.models import Contact, Customer
from shouhou.customers.refusals import ContactKnown
from shouhou.customers.services.living import must_live
from shouhou.customers.services.telling import told

NUMBERED = (Contact.Sort.PHONE, Contact.Sort.FAX)
CHECKS: Checks = {
    "sort": one_of(Contact.Sort, "sort"),
    "name": partial(one_line, field="name", most=60, least=0),
}


@use_case("customers.add_contact", on=Customer)
def add_contact(
    customer: Customer,
    *,
    value: str,
    sort: str = Contact.Sort.PHONE,
    name: str = "",
    is_main: bool = False,
    actor: Actor,
    now: datetime,
) -> Contact:
    """Add a phone, e-mail, fax or WeChat; ``name`` says whose it is when not the customer's.

    Raises ``Unfit``, ``ContactKnown``, ``MergedAway``.
    """
    must_live(customer)
    about = fit(CHECKS, sort=sort, name=name)
    normal = normal_value(about["sort"], value)
    if customer.contacts.filter(value=normal).exists():
        raise ContactKnown(contact=shown(about["sort"], normal))
    known = customer.contacts.filter(sort=about["sort"], is_main=True)
    if is_main:
        known.update(is_main=False)
    contact = contact_of(
        customer, about["sort"], normal, name=about["name"], is_main=is_main or not known.exists()
    )
    contact.save(force_insert=True)
    index_customer(customer)
    record(
        "customers.contact_added",
        customer,
        actor=actor,
        now=now,
        contact=contact.pk,
        sort=contact.sort,
        value=personal(customer.organisation_id, normal),
    )
    return contact


@use_case("customers.correct_contact", on=Contact)
def correct_contact(
    contact: Contact, *, value: str | Keep = KEEP, name: str | Keep = KEEP, actor: Actor, now: datetime
) -> Contact:
    """Correct a number or whose it is; what refers to it stays with it.

    Raises ``Unfit``, ``ContactKnown``, ``MergedAway``.
    """
    customer = must_live(contact.customer)
    entries = fit({**CHECKS, "value": partial(normal_value, contact.sort)}, value=value, name=name)
    if "value" in entries:
        if customer.contacts.filter(value=entries["value"]).exclude(pk=contact.pk).exists():
            raise ContactKnown(contact=shown(contact.sort, entries["value"]))
        forwards = digits_of(contact.sort, entries["value"])
        entries |= {"forwards": forwards, "backwards": forwards[::-1]}
    if changes := amend(contact, entries):
        index_customer(customer)
        # The digits only repeat the number.
        telling = {field: change for field, change in changes.items() if field in ("value", "name")}
        payload = told(contact.organisation_id, telling)
        record("customers.contact_corrected", customer, actor=actor, now=now, contact=contact.pk, **payload)
    return contact


@use_case("customers.remove_contact", on=Contact)
def remove_contact(contact: Contact, *, actor: Actor, now: datetime) -> None:
    """Remove a contact; when it was the main one of its sort, the oldest other takes its place."""
    customer = must_live(contact.customer)
    key, sort, was_main = contact.pk, contact.sort, contact.is_main
    contact.delete()
    heir = customer.contacts.filter(sort=sort).order_by("pk").first() if was_main else None
    if heir is not None:
        amend(heir, {"is_main": True})
    index_customer(customer)
    record("customers.contact_removed", customer, actor=actor, now=now, contact=key, sort=sort)


@use_case("customers.set_main_contact", on=Contact)
def set_main_contact(contact: Contact, *, actor: Actor, now: datetime) -> Contact:
    """Say which contact of its sort is tried first."""
    customer = must_live(contact.customer)
    customer.contacts.filter(sort=contact.sort, is_main=True).exclude(pk=contact.pk).update(is_main=False)
    if amend(contact, {"is_main": True}):
        record(
            "customers.main_contact_set",
            customer,
            actor=actor,
            now=now,
            contact=contact.pk,
            sort=contact.sort,
        )
    return contact


def contact_of(
    customer: Customer, sort: Contact.Sort, value: str, *, name: str = "", is_main: bool = False
) -> Contact:
    """A contact not yet written, with the digits it is found by."""
    forwards = digits_of(sort, value)
    return Contact(
        organisation_id=customer.organisation_id,
        customer=customer,
        sort=sort,
        value=value,
        forwards=forwards,
        backwards=forwards[::-1],
        name=name,
        is_main=is_main,
    )


def normal_value(sort: str, value: str) -> str:
    """The form a contact is kept in.

    Raises ``NotAPhone`` or ``Unfit``.
    """
    if sort in NUMBERED:
        return phones.normal(value)
    text = one_line(value, "value", most=120)
    if sort != Contact.Sort.EMAIL:
        return text
    try:
        validate_email(text)
    except ValidationError:
        raise Unfit({"value": _("“{given}” is not an e-mail address.").format(given=text[:40])}) from None
    return text.lower()


def digits_of(sort: str, value: str) -> str:
    """A number's digits within its country, without an extension; empty for what is no number."""
    if sort not in NUMBERED:
        return ""
    return value.partition(";")[0].removeprefix("+86").removeprefix("+")


def shown(sort: str, value: str) -> str:
    """A contact as people read it."""
    return phones.display(value) if sort in NUMBERED else value


def hidden(sort: str, value: str) -> str:
    """A contact as everyone may see it, enough to recognise it by."""
    if sort in NUMBERED:
        return phones.masked(value)
    return masking.email(value) if sort == Contact.Sort.EMAIL else masking.name(value)
