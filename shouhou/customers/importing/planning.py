"""What a row would change: worked out once, for the preview and for the deed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shouhou.core.entries import sentence_of
from shouhou.core.masking import name as masked
from shouhou.core.refusals import Refusal, Unfit
from shouhou.core.sheets.columns import Row
from shouhou.core.sheets.importer import Verdict
from shouhou.customers.importing.columns import COLUMNS
from shouhou.customers.importing.known import PIECE_FIELDS, Files, Known, Piece, place
from shouhou.customers.models import Contact, Customer, Product
from shouhou.customers.services.contacts import normal_value
from shouhou.customers.services.days import must_be_in_order

ABOUT = ("name", "sort", "salutation")


@dataclass
class Plan:
    """What is to be done for one row, and whom it is about; ``whom`` without an id is to be opened."""

    whom: Known
    about: dict[str, str] = field(default_factory=dict)
    contacts: list[tuple[Contact.Sort, str]] = field(default_factory=list)
    site: tuple[str, str] | None = None
    piece: Piece | None = None
    piece_values: dict[str, Any] = field(default_factory=dict)
    opens: bool = False
    records: bool = False

    @property
    def verdict(self) -> Verdict:
        if self.opens or self.records:
            return "new"
        changes = (self.about, self.contacts, self.site, self.piece_values)
        return "changed" if any(changes) else "same"

    def words(self) -> Iterator[str]:
        """What would change, in the language of the moment."""
        names = {column.key: column.chinese[0] for column in COLUMNS}
        if self.opens:
            yield _("A new customer file")
        else:
            yield from (f"{names[name]}: {value}" for name, value in self.about.items())
            yield from (_("One more contact: {value}").format(value=value) for _sort, value in self.contacts)
            if self.site:
                yield _("One more address: {address}").format(address=self.site[1])
        if self.records and self.piece:
            yield _("A new piece: {product} {serial}").format(
                product=self.piece.product.name, serial=self.piece.values.get("serial", "")
            )
        elif self.piece_values:
            yield from (f"{names[name]}: {value}" for name, value in self.piece_values.items())


def plan_for(row: Row, files: Files, today: date) -> Plan:
    """Work out what a row changes.

    Raises ``Unfit`` with a sentence for each column that stands in the way.
    """
    plan = Plan(_whom(row, files))
    plan.opens = plan.whom.id is None and not plan.whom.contacts
    _plan_contacts(row, plan)
    _plan_about(row, plan)
    if row["address"] and place(row["district"] or "", row["address"]) not in plan.whom.places:
        plan.site = (row["district"] or "", row["address"])
    if row["code"] or row["product"]:
        _plan_piece(row, plan, files, today)
    return plan


def assume(plan: Plan, files: Files) -> None:
    """Let the rows below be judged as if this one were done."""
    whom = plan.whom
    for _sort, value in plan.contacts:
        files.reach(whom, value)
    whom.about |= plan.about
    if plan.site:
        whom.places.add(place(*plan.site))
    if plan.piece:
        plan.piece.values |= plan.piece_values
        if plan.records:
            files.own(whom, plan.piece)


def _whom(row: Row, files: Files) -> Known:
    """The customer a row is about: the one with this number, when the names agree."""
    candidates = files.by_phone.get(row["phone"], [])
    name = row["name"]
    if not candidates:
        return Known({"name": "", "sort": Customer.Sort.PERSON, "salutation": "", "note": ""})
    fitting = [one for one in candidates if not name or _plain(one.about["name"]) in ("", _plain(name))]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise Unfit(
            {"name": _("Several customers have this number. Write the name as it stands in the file.")}
        )
    others = "、".join(masked(one.about["name"]) for one in candidates)
    raise Unfit(
        {
            "phone": _(
                "This number is in the file of {others}. Write the same name if it is the same customer, "
                "or another number."
            ).format(others=others)
        }
    )


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _plan_contacts(row: Row, plan: Plan) -> None:
    given = [(Contact.Sort.PHONE, row["phone"]), (Contact.Sort.PHONE, row["phone2"])]
    if row["email"]:
        try:
            given.append((Contact.Sort.EMAIL, normal_value(Contact.Sort.EMAIL, row["email"])))
        except Refusal as trouble:
            raise Unfit({"email": sentence_of(trouble)}) from None
    new = [(sort, value) for sort, value in given if value and value not in plan.whom.contacts]
    plan.contacts = list(dict.fromkeys(new))


def _plan_about(row: Row, plan: Plan) -> None:
    before = plan.whom.about
    given = {name: row[name] for name in ABOUT if row[name]}
    # The names agree already; what differs is only their spelling.
    if before["name"]:
        given.pop("name", None)
    plan.about = {name: value for name, value in given.items() if value != before[name]}
    if row["note"] and row["note"] not in before["note"]:
        plan.about["note"] = "\n".join(filter(None, (before["note"], row["note"])))


def _plan_piece(row: Row, plan: Plan, files: Files, today: date) -> None:
    product = product_of(row, files)
    serial = row["serial"] or ""
    owner = files.owners.get((product.pk, serial)) if serial else None
    if owner is not None and owner is not plan.whom:
        whose = masked(owner.about["name"])
        sentence = _("This serial number is already in the file of {customer}. Check the nameplate.")
        raise Unfit({"serial": sentence.format(customer=whose)})
    known = next((one for one in plan.whom.pieces if _is_same(one, product, serial)), None)
    given = {name: row[name] for name in PIECE_FIELDS if row[name]}
    before = known.values if known else {}
    must_be_in_order(before | given, today)
    plan.piece_values = {name: value for name, value in given.items() if value != before.get(name)}
    plan.piece = known or Piece(product, {})
    plan.records = known is None


def _is_same(piece: Piece, product: Product, serial: str) -> bool:
    """The same piece: by its serial number, or as the one of its model that has none."""
    return piece.product.pk == product.pk and piece.values.get("serial", "") == serial


def product_of(row: Row, files: Files) -> Product:
    """The product a row names by its code, else by its name.

    Raises ``Unfit``.
    """
    if row["code"]:
        found = files.products.get(row["code"].casefold())
        if found is None:
            sentence = _(
                "There is no product with the code {code}. Add it under Products, or correct the code."
            )
            raise Unfit({"code": sentence.format(code=row["code"])})
        return found
    same = files.by_name.get(row["product"].casefold(), [])
    if len(same) != 1:
        sentence = _("{name} does not name one product. Give the product code as well.")
        raise Unfit({"product": sentence.format(name=row["product"])})
    return same[0]
