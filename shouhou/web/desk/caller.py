"""Who is calling (来电): the customer behind the number being typed, with what stands chosen already."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model

from shouhou.cases.models import Case
from shouhou.cases.services.intake import clocks
from shouhou.core.policy import scope
from shouhou.customers import queries as customers
from shouhou.customers.models import Contact, Customer, InstalledProduct, Product, Site
from shouhou.customers.queries import Found, Owned
from shouhou.dispatch.availability import Wish, look
from shouhou.dispatch.queries import Opening, Slot, evidence_of
from shouhou.insight.models import CaseRow
from shouhou.web.desk.grounds import say_grounds
from shouhou.web.desk.weighing import Ground, availability
from shouhou.web.requests import PersonRequest

MOST_OPEN = 5
MOST_TIMES = 8


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the form says so far of the known caller: ids as text, empty where nothing is chosen."""

    customer: str = ""
    contact: str = ""
    site: str = ""
    installed: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece the caller owns, its warranty and on what that stands."""

    owned: Owned
    is_chosen: bool

    @property
    def grounds(self) -> str:
        """On what the warranty's answer stands."""
        return say_grounds(self.owned.cover)


@dataclass(frozen=True, slots=True)
class Caller:
    """Everything about the caller that the form shows.

    One piece and the main address are certain, so they stand chosen; of several pieces none is.
    """

    typed: str = ""
    found: tuple[Found, ...] = ()
    customer: Customer | None = None
    contact: Contact | None = None
    contacts: tuple[Contact, ...] = ()
    sites: tuple[Site, ...] = ()
    site_id: UUID | None = None
    pieces: tuple[Piece, ...] = ()
    open_cases: tuple[CaseRow, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether somebody calls who is not on file."""
        return bool(self.typed) and self.customer is None and not self.found


def look_up(request: PersonRequest, typed: str, chosen: Chosen) -> Caller:
    """The caller behind a number, or the customer chosen."""
    found = customers.find_by_phone(request.actor, typed) if typed else []
    customer = _customer(request, found, chosen)
    if customer is None:
        return Caller(typed, tuple(found))
    file = customers.customer_file(request.actor, customer, on=request.now.date())
    fitting = [hit.contact for hit in found if hit.customer_id == customer.pk]
    contact = next((one for one in file.contacts if str(one.pk) == chosen.contact), None)
    in_service = [owned for owned in file.owned if owned.piece.retired_on is None]
    return Caller(
        typed=typed,
        found=tuple(found),
        customer=customer,
        contact=contact or next(iter(fitting or file.contacts), None),
        contacts=tuple(file.contacts),
        sites=tuple(file.sites),
        site_id=next((site.pk for site in file.sites if str(site.pk) == chosen.site), None)
        or next((site.pk for site in file.sites), None),
        pieces=tuple(
            Piece(owned, str(owned.piece.pk) == chosen.installed or len(in_service) == 1)
            for owned in in_service
        ),
        open_cases=_open_cases(request, customer),
    )


def _customer(request: PersonRequest, found: list[Found], chosen: Chosen) -> Customer | None:
    if chosen.customer:
        customer: Customer | None = _row(request, Customer, chosen.customer)
        return customer if customer and not (customer.merged_into_id or customer.erased_at) else None
    return found[0].customer if len(found) == 1 else None


def _open_cases(request: PersonRequest, customer: Customer) -> tuple[CaseRow, ...]:
    """What is open already: the caller may be asking about it, not reporting something new."""
    rows = scope(request.actor, CaseRow).filter(customer_id=customer.pk, state=Case.State.OPEN)
    return tuple(rows.order_by("-reported_at")[:MOST_OPEN])


@dataclass(frozen=True, slots=True)
class Times:
    """When somebody can come for what the form says so far, and who cannot and why."""

    slots: list[Slot]
    ground: Ground


def times_for(request: PersonRequest, installed: str, site: str, product: str) -> Times:
    """The next free times for a piece or a product at an address; for anything anywhere while neither is known."""
    organisation_id, now = request.actor.organisation_id, request.now
    piece = _row(request, InstalledProduct, installed)
    place = _row(request, Site, site) or (piece.site if piece else None)
    wish = Wish(
        organisation_id,
        now,
        product=piece.product if piece else _row(request, Product, product),
        site=place,
    )
    slots, first = _openings(wish)
    _response, arrival = clocks(organisation_id, now)
    return Times(slots, availability(evidence_of(wish, first, arrival), now))


def _openings(wish: Wish) -> tuple[list[Slot], Opening | None]:
    """The nearest technician of each of the next windows; and the first window that has any, else the first."""
    slots: list[Slot] = []
    first: Opening | None = None
    for opening in look(wish):
        if first is None or (opening.slots and not slots):
            first = opening
        slots += opening.slots[:1]
        if len(slots) >= MOST_TIMES:
            break
    return slots, first


def _row(request: PersonRequest, model: type[Model], key: str) -> Any:
    """The row of this key, if the asker may see it; nothing for what is no key."""
    found = _uuid(key)
    return scope(request.actor, model).filter(pk=found).first() if found else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
