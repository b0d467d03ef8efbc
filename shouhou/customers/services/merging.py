"""Merging (合并档案): one customer with two files gets one, and everything moves into it."""

from datetime import datetime
from uuid import UUID

from shouhou.core import search
from shouhou.core.actor import Actor
from shouhou.core.entries import amend
from shouhou.core.events import record
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound
from shouhou.core.use_case import use_case
from shouhou.customers.indexing import index_customer
from shouhou.customers.models import Customer, Site
from shouhou.customers.references import repoint
from shouhou.customers.refusals import SameCustomer
from shouhou.customers.services.living import must_live


@use_case("customers.merge_customers", on=Customer)
def merge_customers(customer: Customer, *, duplicate_id: UUID, actor: Actor, now: datetime) -> Customer:
    """Let a file live on with all of its duplicate: contacts, addresses, pieces, and every room's rows.

    The duplicate stays as a signpost, so that old references lead on. What both files have is kept once.

    Raises ``SameCustomer``, ``NotFound``, ``MergedAway``.
    """
    duplicate: Customer | None = scope(actor, Customer).filter(pk=duplicate_id).first()
    if duplicate is None:
        raise NotFound(what=Customer._meta.verbose_name)
    if duplicate.pk == customer.pk:
        raise SameCustomer
    must_live(customer)
    must_live(duplicate)
    _join_contacts(customer, duplicate)
    _join_sites(customer, duplicate)
    # Files merged into the duplicate earlier now lead here directly.
    moved = repoint(duplicate, customer)
    amend(duplicate, {"merged_into": customer})
    amend(customer, _filled(customer, duplicate))
    search.forget(customer.organisation_id, duplicate.pk)
    index_customer(customer)
    record("customers.merged", customer, actor=actor, now=now, duplicate=duplicate.pk, moved=moved)
    return customer


def _join_contacts(customer: Customer, duplicate: Customer) -> None:
    known = {contact.value: contact for contact in customer.contacts.all()}
    main = {contact.sort for contact in known.values() if contact.is_main}
    for contact in duplicate.contacts.order_by("pk"):
        if contact.value in known:
            repoint(contact, known[contact.value])
            contact.delete()
        else:
            amend(contact, {"customer": customer, "is_main": contact.is_main and contact.sort not in main})


def _join_sites(customer: Customer, duplicate: Customer) -> None:
    known = {_place(site): site for site in customer.sites.all()}
    has_main = any(site.is_main for site in known.values())
    for site in duplicate.sites.order_by("pk"):
        if _place(site) in known:
            repoint(site, known[_place(site)])
            site.delete()
        else:
            amend(site, {"customer": customer, "is_main": site.is_main and not has_main})


def _place(site: Site) -> tuple[str, str]:
    return site.district, site.address


def _filled(customer: Customer, duplicate: Customer) -> dict[str, str]:
    """What only the duplicate knew."""
    values = {
        name: getattr(duplicate, name)
        for name in ("name", "salutation")
        if not getattr(customer, name) and getattr(duplicate, name)
    }
    if duplicate.note and duplicate.note not in customer.note:
        values["note"] = "\n".join(filter(None, (customer.note, duplicate.note)))
    return values
