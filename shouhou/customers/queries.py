"""Looking customers up: by the digits being typed, by words, and one whole file."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet

from shouhou.core import search
from shouhou.core.actor import Actor
from shouhou.core.policy import scope
from shouhou.customers.cover import cover_of
from shouhou.customers.models import Contact, Customer, InstalledProduct, Product, Site
from shouhou.customers.references import references
from shouhou.kernel.cover import Cover

FEWEST_DIGITS = 4
MOST_FOUND = 10
OWN = (Customer, Contact, Site)
# What stands there first, what is gone after it: the databases disagree on where nothing sorts.
_IN_SERVICE = F("retired_on").desc(nulls_first=True)


@dataclass(frozen=True, slots=True)
class Found:
    """A customer whose number fits what was typed; contacts and addresses are read already."""

    customer: Customer
    contact: Contact

    @property
    def customer_id(self) -> UUID:
        return self.customer.pk


@dataclass(frozen=True, slots=True)
class Owned:
    """A piece and its warranty cover on the day asked for."""

    piece: InstalledProduct
    cover: Cover


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """One customer's file: how to reach them, where, what they own."""

    customer: Customer
    contacts: list[Contact]
    sites: list[Site]
    owned: list[Owned]


def find_by_phone(actor: Actor, text: str, most: int = MOST_FOUND) -> list[Found]:
    """The customers whose number begins or ends with what was typed so far, the newest first.

    Nothing below four digits. At most three statements, whatever the number of customers.
    """
    digits = "".join(filter(str.isdigit, unicodedata.normalize("NFKC", text)))
    if len(digits) < FEWEST_DIGITS:
        return []
    condition = _from("backwards", digits[::-1])
    for stem in _stems(digits):
        condition |= _from("forwards", stem)
    rows = scope(actor, Contact).filter(condition, customer__merged_into=None)
    rows = rows.select_related("customer").prefetch_related("customer__contacts", "customer__sites")
    found: dict[UUID, Found] = {}
    for contact in rows.order_by("-pk")[: 2 * most]:
        found.setdefault(contact.customer_id, Found(contact.customer, contact))
    return list(found.values())[:most]


def find_customers(actor: Actor, words: str, most: int = MOST_FOUND) -> list[Customer]:
    """The customers found by name, pinyin initials, number or address, the best first."""
    keys = [key for _kind, key in search.find(actor.organisation_id, words, ["customer"], limit=most)]
    rows = scope(actor, Customer).prefetch_related("contacts", "sites").in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def customer_file(actor: Actor, customer: Customer, on: date) -> CustomerFile:
    """All that is on file of a customer, with the warranty cover of each piece on the day ``on``."""
    pieces = scope(actor, InstalledProduct).filter(customer=customer).select_related("product", "site")
    return CustomerFile(
        customer,
        list(scope(actor, Contact).filter(customer=customer).order_by("-is_main", "pk")),
        list(scope(actor, Site).filter(customer=customer).order_by("-is_main", "pk")),
        [Owned(piece, cover_of(piece, on)) for piece in pieces.order_by(_IN_SERVICE, "-recorded_at", "-pk")],
    )


def customers(actor: Actor) -> QuerySet[Customer]:
    """The files in use, the newest first: for lists and exports."""
    rows = scope(actor, Customer).filter(merged_into=None, erased_at=None)
    return rows.prefetch_related("contacts", "sites").order_by("-opened_at", "-id")


def main_phone(customer: Customer) -> str:
    """The number tried first, empty when there is none; contacts are read already."""
    numbers = [contact for contact in customer.contacts.all() if contact.sort == Contact.Sort.PHONE]
    return min(numbers, key=lambda contact: not contact.is_main).value if numbers else ""


def main_site(customer: Customer) -> Site:
    """The address meant when none is named, an empty one when there is none; addresses are read already."""
    return min(customer.sites.all(), key=lambda site: not site.is_main, default=Site())


def products(actor: Actor, *, retired: bool = False) -> QuerySet[Product]:
    """The products offered, by name; with ``retired`` those no longer sold too."""
    rows = scope(actor, Product).select_related("trade", "skill").order_by("name", "code")
    return rows if retired else rows.filter(is_active=True)


def find_products(actor: Actor, words: str, most: int = MOST_FOUND) -> list[Product]:
    """The products offered that are found by code, name or brand, the best first; without words by name."""
    if not words:
        return list(products(actor)[:most])
    keys = [key for _kind, key in search.find(actor.organisation_id, words, ["product"], limit=most)]
    rows = products(actor).in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def installed(actor: Actor) -> QuerySet[InstalledProduct]:
    """The pieces in service, the newest first: for lists and exports."""
    rows = scope(actor, InstalledProduct).filter(retired_on=None)
    return rows.select_related("product", "customer", "site").order_by("-recorded_at", "-id")


def counts(actor: Actor, customer: Customer) -> dict[str, int]:
    """How many rows of each other model hang on a file, by model label: what a merge would move."""
    return {
        model._meta.label_lower: _rows(actor, model).filter(**{field: customer}).count()
        for model, field in references(Customer)
        if model not in OWN
    }


def _rows(actor: Actor, model: type[Model]) -> QuerySet[Any]:
    return scope(actor, model)


def _stems(digits: str) -> set[str]:
    """What a number within its country may begin with, however it was begun to be typed."""
    stems = {digits, digits.removeprefix("0"), digits.removeprefix("86"), digits.removeprefix("0086")}
    return {stem for stem in stems if len(stem) >= FEWEST_DIGITS}


def _from(field: str, digits: str) -> Q:
    """Begins with these digits, as a range: an index serves it on both databases, whatever the collation."""
    # 138 → up to but not 139; behind 999 there is no next.
    head = digits.rstrip("9")
    begins = Q(**{f"{field}__gte": digits})
    return begins & Q(**{f"{field}__lt": f"{head[:-1]}{int(head[-1]) + 1}"}) if head else begins
