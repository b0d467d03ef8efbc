"""Merging two files of one customer: what would move is shown before anything does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouhou.core.policy import scope
from shouhou.customers import queries, services
from shouhou.customers.models import Customer
from shouhou.customers.refusals import SameCustomer
from shouhou.web.desk.acts.base import Act
from shouhou.web.desk.customers.acts.base import FileForm
from shouhou.web.desk.customers.acts.pieces import WHO, RowField
from shouhou.web.requests import PersonRequest

MOST_CANDIDATES = 5


class MergeForm(FileForm):
    act = Act("merge", "customers.merge_customers", _("Merge two files"), _("Merge"), "swap", danger=True)

    duplicate_id = RowField("/seek/customers/", label=_("The other file of this customer"), asks=WHO)

    def carry_out(self) -> object:
        return services.merge_customers(self.customer.pk, **self.cleaned_data, **self.who)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do: the file that ends, and what of it comes along."""

    duplicate: Customer
    contacts: list[str]
    sites: list[str]
    pieces: int
    cases: int
    name: str
    note: str


def preview(request: PersonRequest, customer: Customer, key: UUID) -> Preview | None:
    """What merging the file ``key`` into this one would do; nothing for a file not to be seen.

    Raises ``SameCustomer``.
    """
    duplicate = scope(request.actor, Customer).filter(pk=key, merged_into=None).first()
    if duplicate is None:
        return None
    if duplicate.pk == customer.pk:
        raise SameCustomer
    hanging = queries.counts(request.actor, duplicate)
    known = {contact.value for contact in customer.contacts.all()}
    places = {(site.district, site.address) for site in customer.sites.all()}
    return Preview(
        duplicate,
        [contact.value for contact in duplicate.contacts.all() if contact.value not in known],
        [
            f"{site.district} {site.address}".strip()
            for site in duplicate.sites.all()
            if _place(site) not in places
        ],
        hanging["customers.installedproduct"],
        hanging["cases.case"],
        "" if customer.name else duplicate.name,
        duplicate.note if duplicate.note not in customer.note else "",
    )


def candidates(request: PersonRequest, customer: Customer) -> Sequence[Customer]:
    """Files that may be of the same customer: they share a number, or the name."""
    values = [contact.value for contact in customer.contacts.all()]
    alike = Q(contacts__value__in=values)
    if customer.name:
        alike |= Q(name=customer.name)
    rows = scope(request.actor, Customer).filter(alike, merged_into=None).exclude(pk=customer.pk)
    return list(
        rows.prefetch_related("contacts", "sites").distinct().order_by("-opened_at")[:MOST_CANDIDATES]
    )


def _place(site: Any) -> tuple[str, str]:
    return site.district, site.address
