"""What is on file of the rows of a workbook, read in few statements, and added to in thought row by row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from shouhou.core.actor import Actor
from shouhou.core.policy import scope
from shouhou.core.recall import recall
from shouhou.core.sheets.columns import Row
from shouhou.customers.models import Contact, Customer, InstalledProduct, Product, Site

T = TypeVar("T")
# SQLite takes a limited number of values in one statement.
AT_ONCE = 500
PIECE_FIELDS = ("serial", "bought_on", "installed_on", "accepted_on", "warranty_until", "sold_by")


@dataclass
class Piece:
    """A piece on file, or one a row above would record: then it has no id yet."""

    product: Product
    values: dict[str, Any]
    id: UUID | None = None


@dataclass
class Known:
    """A customer on file, or one a row above would open: then there is no id yet."""

    about: dict[str, str]
    id: UUID | None = None
    contacts: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class Files:
    """The files, products and serial numbers that the rows of a workbook speak of."""

    products: dict[str, Product] = field(default_factory=dict)
    by_name: dict[str, list[Product]] = field(default_factory=dict)
    by_phone: dict[str, list[Known]] = field(default_factory=dict)
    owners: dict[tuple[UUID, str], Known] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Row], actor: Actor) -> "Files":
        """Read what these rows may meet."""
        files = cls()
        # Row after row of one part asks for the same products.
        for product in recall(("products", actor.organisation_id), lambda: list(scope(actor, Product))):
            files.products[product.code.casefold()] = product
            files.by_name.setdefault(product.name.casefold(), []).append(product)
        phones = {row["phone"] for row in rows} | {row["phone2"] for row in rows if row["phone2"]}
        serials = {row["serial"] for row in rows if row["serial"]}
        owners = _ids(actor, Contact, "value", phones) | _ids(actor, InstalledProduct, "serial", serials)
        for keys in _chunks(owners):
            files._read(actor, keys)
        return files

    def _read(self, actor: Actor, keys: list[UUID]) -> None:
        customers = scope(actor, Customer).filter(pk__in=keys, merged_into=None)
        known = {
            customer.pk: Known(
                {name: getattr(customer, name) for name in ("name", "sort", "salutation", "note")},
                customer.pk,
            )
            for customer in customers
        }
        for contact in Contact.objects.filter(customer__in=known):
            self.reach(known[contact.customer_id], contact.value)
        for site in Site.objects.filter(customer__in=known):
            known[site.customer_id].places.add(place(site.district, site.address))
        pieces = InstalledProduct.objects.filter(customer__in=known, retired_on=None).select_related(
            "product"
        )
        for piece in pieces.order_by("pk"):
            values = {name: getattr(piece, name) for name in PIECE_FIELDS}
            self.own(known[piece.customer_id], Piece(piece.product, values, piece.pk))

    def reach(self, known: Known, value: str) -> None:
        """The customer can be reached by this contact."""
        known.contacts.add(value)
        self.by_phone.setdefault(value, []).append(known)

    def own(self, known: Known, piece: Piece) -> None:
        """The customer owns this piece."""
        known.pieces.append(piece)
        if serial := piece.values.get("serial"):
            self.owners[piece.product.pk, serial] = known


def place(district: str, address: str) -> str:
    """An address as it is compared: spaces and a repeated district do not make another place."""
    plain = "".join(address.split()).casefold()
    return plain.removeprefix("".join(district.split()).casefold())


def _ids(
    actor: Actor, model: type[Contact] | type[InstalledProduct], name: str, values: set[str]
) -> set[UUID]:
    found: set[UUID] = set()
    for chunk in _chunks(values):
        rows = scope(actor, model).filter(**{f"{name}__in": chunk})
        found.update(rows.values_list("customer_id", flat=True))
    return found


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while chunk := list(islice(rest, AT_ONCE)):
        yield chunk
