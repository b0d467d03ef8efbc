"""Installed products (在保产品): one row a piece, with its serial number and the days that decide.

Bought, installed, accepted come in that order and do not lie in the future: origin (F1) and warranty (C5)
are worked out from them, so a wrong one is refused where it is typed.
"""

import secrets
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from shouhou.core import search
from shouhou.core.actor import Actor
from shouhou.core.calendar import calendar_of
from shouhou.core.entries import KEEP, Checks, Keep, amend, fit
from shouhou.core.events import record
from shouhou.core.masking import name as masked
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound
from shouhou.core.text import one_line
from shouhou.core.use_case import use_case
from shouhou.customers.indexing import index_installed
from shouhou.customers.models import Customer, InstalledProduct, Product, Site
from shouhou.customers.references import remove
from shouhou.customers.refusals import Retired, SerialTaken
from shouhou.customers.services.days import must_be_in_order
from shouhou.customers.services.living import must_live
from shouhou.customers.services.telling import in_the_clear

# 144 random bits: the code stuck to a piece opens a page without a login, so it cannot be guessed.
QR_BYTES = 18
DAYS = ("bought_on", "installed_on", "accepted_on", "warranty_until")
CHECKS: Checks = {
    "serial": partial(one_line, field="serial", most=60, least=0),
    "sold_by": partial(one_line, field="sold_by", most=60, least=0),
}


@use_case("customers.record_installed", on=Customer)
def record_installed(
    customer: Customer,
    *,
    product_id: UUID,
    serial: str = "",
    site_id: UUID | None = None,
    bought_on: date | None = None,
    installed_on: date | None = None,
    accepted_on: date | None = None,
    warranty_until: date | None = None,
    sold_by: str = "",
    actor: Actor,
    now: datetime,
) -> InstalledProduct:
    """Record a piece a customer owns (登记产品), and make the code that is stuck to it.

    Days are days of the organisation's time zone; unknown ones stay empty, never guessed.

    Raises ``Unfit`` naming each field, ``SerialTaken``, ``NotFound``, ``MergedAway``.
    """
    must_live(customer)
    days: dict[str, Any] = {
        "bought_on": bought_on,
        "installed_on": installed_on,
        "accepted_on": accepted_on,
        "warranty_until": warranty_until,
    }
    piece = InstalledProduct(
        organisation_id=customer.organisation_id,
        customer=customer,
        product=_product(product_id, actor),
        site=_site(customer, site_id),
        qr=secrets.token_urlsafe(QR_BYTES),
        recorded_at=now,
        **fit(CHECKS, serial=serial, sold_by=sold_by),
        **days,
    )
    _must_fit(piece, now)
    piece.save(force_insert=True)
    index_installed(piece)
    told: dict[str, Any] = {"customer": customer.pk, "product": piece.product.code, "serial": piece.serial}
    record("customers.installed_recorded", piece, actor=actor, now=now, **told, **days)
    return piece


@use_case("customers.correct_installed", on=InstalledProduct)
def correct_installed(
    piece: InstalledProduct,
    *,
    product_id: UUID | Keep = KEEP,
    serial: str | Keep = KEEP,
    site_id: UUID | Keep | None = KEEP,
    bought_on: date | Keep | None = KEEP,
    installed_on: date | Keep | None = KEEP,
    accepted_on: date | Keep | None = KEEP,
    warranty_until: date | Keep | None = KEEP,
    sold_by: str | Keep = KEEP,
    actor: Actor,
    now: datetime,
) -> InstalledProduct:
    """Correct what a piece is, or its days (B5). Cases keep the cover that was found when they were judged.

    Raises ``Unfit`` naming each field, ``SerialTaken``, ``NotFound``, ``MergedAway``.
    """
    customer = must_live(piece.customer)
    values = fit(CHECKS, serial=serial, sold_by=sold_by)
    given = zip(DAYS, (bought_on, installed_on, accepted_on, warranty_until), strict=True)
    values |= {name: day for name, day in given if day is not KEEP}
    if product_id is not KEEP:
        values["product"] = _product(product_id, actor)
    if site_id is not KEEP:
        values["site"] = _site(customer, site_id)
    _must_fit(_as_if(piece, values), now)
    if changes := amend(piece, values):
        index_installed(piece)
        record("customers.installed_corrected", piece, actor=actor, now=now, **in_the_clear(changes))
    return piece


@use_case("customers.move_installed", on=InstalledProduct)
def move_installed(
    piece: InstalledProduct, *, customer_id: UUID, reason: str, actor: Actor, now: datetime
) -> InstalledProduct:
    """Move a piece to another customer's file: it was sold on, or stood in the wrong one.

    Raises ``NotFound``, ``MergedAway``.
    """
    taker: Customer | None = scope(actor, Customer).filter(pk=customer_id).first()
    if taker is None:
        raise NotFound(what=Customer._meta.verbose_name)
    words = one_line(reason, "reason", most=200)
    if changes := amend(piece, {"customer": must_live(taker), "site": None}):
        payload = in_the_clear(changes) | {"reason": words}
        record("customers.installed_moved", piece, actor=actor, now=now, **payload)
    return piece


@use_case("customers.retire_installed", on=InstalledProduct)
def retire_installed(
    piece: InstalledProduct, *, on: date, reason: str = "", actor: Actor, now: datetime
) -> InstalledProduct:
    """The piece stands there no longer: scrapped, exchanged, given back.

    Raises ``Retired`` when it already is.
    """
    if piece.retired_on is not None:
        raise Retired(day=piece.retired_on)
    piece.retired_on = on
    piece.save(update_fields=["retired_on"])
    words = one_line(reason, "reason", most=200, least=0)
    record("customers.installed_retired", piece, actor=actor, now=now, on=on, reason=words)
    return piece


@use_case("customers.remove_installed", on=InstalledProduct)
def remove_installed(piece: InstalledProduct, *, actor: Actor, now: datetime) -> None:
    """Remove a piece recorded by mistake.

    Raises ``InUse`` when it was ever reported for.
    """
    record("customers.installed_removed", piece, actor=actor, now=now, customer=piece.customer_id)
    search.forget(piece.organisation_id, piece.pk)
    remove(piece)


def _must_fit(piece: InstalledProduct, now: datetime) -> None:
    """The days in order, and the serial number in no other file."""
    today = calendar_of(piece.organisation_id).day_of(now)
    must_be_in_order({name: getattr(piece, name) for name in DAYS}, today)
    if not piece.serial:
        return
    same = InstalledProduct.objects.filter(
        organisation_id=piece.organisation_id, product=piece.product, serial=piece.serial
    ).exclude(pk=piece.pk)
    if known := same.select_related("customer").first():
        raise SerialTaken(
            serial=piece.serial, product=piece.product.name, customer=masked(known.customer.name)
        )


def _as_if(piece: InstalledProduct, values: dict[str, Any]) -> InstalledProduct:
    """The piece with these values, not to be saved: it is only looked at."""
    kept = {field.name: getattr(piece, field.name) for field in piece._meta.concrete_fields}
    return InstalledProduct(**(kept | values))


def _product(key: UUID, actor: Actor) -> Product:
    product: Product | None = scope(actor, Product).filter(pk=key).first()
    if product is None:
        raise NotFound(what=Product._meta.verbose_name)
    return product


def _site(customer: Customer, key: UUID | None) -> Site | None:
    if key is None:
        return None
    site = customer.sites.filter(pk=key).first()
    if site is None:
        raise NotFound(what=Site._meta.verbose_name)
    return site
