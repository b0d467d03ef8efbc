"""The list of customers: found by digits, words or pinyin initials, else the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count

from shouhou.cases.models import Case
from shouhou.core import masking
from shouhou.core.policy import can, scope
from shouhou.customers import queries
from shouhou.customers.models import Customer, InstalledProduct
from shouhou.web.keyset import Order, address
from shouhou.web.requests import PersonRequest

SIZE = 50
ORDER = Order("opened_at")
MOST_DIGITS_AND_SIGNS = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One customer as the list shows it; name and address are masked for those who only look in."""

    customer: Customer
    name: str
    phone: str
    district: str
    address: str
    pieces: int
    open_cases: int


@dataclass(frozen=True, slots=True)
class CustomerList:
    """One page of customers, and the address that leads on."""

    lines: list[Line]
    words: str
    next: str

    @classmethod
    def read(cls, request: PersonRequest) -> "CustomerList":
        """The list its address asks for."""
        words = request.GET.get("q", "").strip()[:100]
        if words:
            rows, more = found(request, words, SIZE), ""
        else:
            page = ORDER.page(queries.customers(request.actor).order_by(), request.GET.get("after", ""), SIZE)
            rows, more = page
        next_page = address(request.GET, after=more) if more else ""
        return cls(_lines(request, rows), words, next_page)


def found(request: PersonRequest, words: str, most: int) -> list[Customer]:
    """The living files that digits or words lead to, those by number first."""
    customers = {
        hit.customer_id: hit.customer
        for hit in queries.find_by_phone(request.actor, words[:MOST_DIGITS_AND_SIGNS], most)
    }
    if len(customers) < most:
        for customer in queries.find_customers(request.actor, words, most):
            customers.setdefault(customer.pk, customer)
    return [one for one in customers.values() if one.merged_into_id is None][:most]


def _lines(request: PersonRequest, rows: Sequence[Customer]) -> list[Line]:
    keys = [customer.pk for customer in rows]
    pieces = _count(scope(request.actor, InstalledProduct).filter(retired_on=None), keys)
    cases = _count(scope(request.actor, Case).filter(state=Case.State.OPEN), keys)
    whole = can(request.actor, "customers.see_unmasked")
    return [_line(customer, whole, pieces, cases) for customer in rows]


def _line(customer: Customer, whole: bool, pieces: dict[UUID, int], cases: dict[UUID, int]) -> Line:
    site = queries.main_site(customer)
    return Line(
        customer,
        customer.name if whole else masking.name(customer.name),
        queries.main_phone(customer),
        site.district,
        site.address if whole else masking.address(site.address),
        pieces.get(customer.pk, 0),
        cases.get(customer.pk, 0),
    )


def _count(rows: Any, keys: list[UUID]) -> dict[UUID, int]:
    counted = rows.filter(customer__in=keys).order_by().values_list("customer").annotate(Count("pk"))
    return dict(counted)
