"""Lists of this room as workbooks. Their headings are those the import knows, so that a list can come back."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from shouhou.core import masking
from shouhou.core.actor import Actor
from shouhou.core.policy import can
from shouhou.core.sheets.handing import hand_out
from shouhou.core.sheets.writing import Field
from shouhou.customers import queries
from shouhou.customers.cover import cover_of
from shouhou.customers.models import Customer, InstalledProduct
from shouhou.customers.queries import main_phone, main_site

RIGHT = "customers.export"
AT_ONCE = 500


def export_customers(*, actor: Actor, now: datetime) -> bytes:
    """All customers, with main phone and address.

    Raises ``NotAllowed``.
    """
    reveals = can(actor, "customers.see_unmasked")
    rows = queries.customers(actor).iterator(chunk_size=AT_ONCE)
    return hand_out(
        _("Customers"), _customer_fields(reveals), rows, right=RIGHT, reveals=reveals, actor=actor, now=now
    )


def export_installed(*, actor: Actor, now: datetime) -> bytes:
    """All pieces in service, with their days and today's warranty cover.

    Raises ``NotAllowed``.
    """
    reveals = can(actor, "customers.see_unmasked")
    rows = queries.installed(actor).prefetch_related("customer__contacts").iterator(chunk_size=AT_ONCE)
    fields = _installed_fields(reveals, now.date())
    return hand_out(_("Installed products"), fields, rows, right=RIGHT, reveals=reveals, actor=actor, now=now)


def _customer_fields(reveals: bool) -> list[Field[Customer]]:
    def address(customer: Customer) -> str:
        text = main_site(customer).address
        return text if reveals else masking.address(text)

    return [
        Field(_("Name"), lambda customer: _name(customer, reveals)),
        Field(_("Type"), lambda customer: customer.get_sort_display(), width=8),
        Field(_("Salutation"), lambda customer: customer.salutation if reveals else "", width=10),
        Field(_("Phone"), main_phone, "phone", 18),
        Field(_("District"), lambda customer: main_site(customer).district, width=12),
        Field(_("Address"), address, width=40),
        Field(_("On file since"), lambda customer: customer.opened_at, "moment", 18),
    ]


def _installed_fields(reveals: bool, today: date) -> list[Field[InstalledProduct]]:
    return [
        Field(_("Name"), lambda piece: _name(piece.customer, reveals)),
        Field(_("Phone"), lambda piece: main_phone(piece.customer), "phone", 18),
        Field(_("Product code"), lambda piece: piece.product.code),
        Field(_("Product name"), lambda piece: piece.product.name, width=24),
        Field(_("Serial number"), lambda piece: piece.serial, width=20),
        Field(_("Bought on"), lambda piece: piece.bought_on, "day", 12),
        Field(_("Installed on"), lambda piece: piece.installed_on, "day", 12),
        Field(_("Accepted on"), lambda piece: piece.accepted_on, "day", 12),
        Field(_("Cover ends"), lambda piece: cover_of(piece, today).until, "day", 12),
        Field(_("Sold by"), lambda piece: piece.sold_by),
    ]


def _name(customer: Customer, reveals: bool) -> str:
    return customer.name if reveals else masking.name(customer.name)
