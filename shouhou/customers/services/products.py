"""Products (产品型号): what is sold and served. One no longer sold is retired, for pieces refer to it."""

from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from shouhou.core import search
from shouhou.core.actor import Actor
from shouhou.core.entries import KEEP, Checks, Keep, amend, fit
from shouhou.core.events import record
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound, Unfit
from shouhou.core.text import one_line
from shouhou.core.use_case import lock_root, use_case
from shouhou.customers.models import Product
from shouhou.customers.refusals import ProductKnown
from shouhou.customers.services.telling import in_the_clear
from shouhou.people.models import Skill, Trade

LONGEST_TERM = 240
Row = TypeVar("Row", bound=Model)


def _months(given: int | str) -> int:
    try:
        months = int(given)
    except ValueError:
        months = -1
    if not 0 <= months <= LONGEST_TERM:
        sentence = _("Enter whole months from 0 (none) to {most}.").format(most=LONGEST_TERM)
        raise Unfit({"warranty_months": sentence})
    return months


CHECKS: Checks = {
    "code": partial(one_line, field="code", most=60),
    "name": partial(one_line, field="name", most=100),
    "brand": partial(one_line, field="brand", most=60, least=0),
    "category": partial(one_line, field="category", most=60, least=0),
    "warranty_months": _months,
}


@use_case("customers.add_product")
def add_product(
    *,
    code: str,
    name: str,
    brand: str = "",
    category: str = "",
    trade_id: UUID | None = None,
    skill_id: UUID | None = None,
    warranty_months: int | str = 12,
    actor: Actor,
    now: datetime,
) -> Product:
    """Add a product. ``warranty_months`` is its term, 12 by default (C5), 0 for none.

    Raises ``Unfit`` naming each field, ``ProductKnown``, ``NotFound`` for a trade or skill.
    """
    lock_root(actor.organisation_id, actor.organisation_id)
    about = fit(CHECKS, code=code, name=name, brand=brand, category=category, warranty_months=warranty_months)
    _must_be_free(about["code"], actor)
    product = Product.objects.create(
        organisation_id=actor.organisation_id,
        trade=_named(Trade, trade_id, actor),
        skill=_named(Skill, skill_id, actor),
        **about,
    )
    _index(product)
    record("customers.product_added", product, actor=actor, now=now, code=product.code, name=product.name)
    return product


@use_case("customers.change_product", on=Product)
def change_product(
    product: Product,
    *,
    code: str | Keep = KEEP,
    name: str | Keep = KEEP,
    brand: str | Keep = KEEP,
    category: str | Keep = KEEP,
    trade_id: UUID | Keep | None = KEEP,
    skill_id: UUID | Keep | None = KEEP,
    warranty_months: int | str | Keep = KEEP,
    actor: Actor,
    now: datetime,
) -> Product:
    """Change a product. A changed term holds for every piece without a date of its own.

    Raises ``Unfit`` naming each field, ``ProductKnown``, ``NotFound`` for a trade or skill.
    """
    values = fit(
        CHECKS, code=code, name=name, brand=brand, category=category, warranty_months=warranty_months
    )
    if values.get("code", product.code) != product.code:
        _must_be_free(values["code"], actor)
    if trade_id is not KEEP:
        values["trade"] = _named(Trade, trade_id, actor)
    if skill_id is not KEEP:
        values["skill"] = _named(Skill, skill_id, actor)
    if changes := amend(product, values):
        _index(product)
        record("customers.product_changed", product, actor=actor, now=now, **in_the_clear(changes))
    return product


@use_case("customers.retire_product", on=Product)
def retire_product(product: Product, *, actor: Actor, now: datetime) -> Product:
    """Sell it no more: it is not offered any longer, and served as before."""
    return _let_be(product, False, "customers.product_retired", actor, now)


@use_case("customers.bring_back_product", on=Product)
def bring_back_product(product: Product, *, actor: Actor, now: datetime) -> Product:
    """Offer a retired product again."""
    return _let_be(product, True, "customers.product_brought_back", actor, now)


def _let_be(product: Product, is_active: bool, kind: str, actor: Actor, now: datetime) -> Product:
    if amend(product, {"is_active": is_active}):
        record(kind, product, actor=actor, now=now, code=product.code)
    return product


def _must_be_free(code: str, actor: Actor) -> None:
    known = scope(actor, Product).filter(code=code).first()
    if known is not None:
        raise ProductKnown(code=code, product=known.name)


def _named(model: type[Row], key: UUID | None, actor: Actor) -> Row | None:
    if key is None:
        return None
    row: Row | None = scope(actor, model).filter(pk=key).first()
    if row is None:
        raise NotFound(what=model._meta.verbose_name)
    return row


def _index(product: Product) -> None:
    texts = {"code": product.code, "name": product.name, "brand": product.brand}
    search.index(product.organisation_id, "product", product.pk, texts)
