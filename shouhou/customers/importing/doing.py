"""Carrying a row out through the room's services, and taking it back the same way."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shouhou.core.actor import Actor
from shouhou.core.policy import scope
from shouhou.core.sheets.importer import Made
from shouhou.core.sheets.refusals import TouchedSince
from shouhou.customers import services
from shouhou.customers.importing.planning import Plan
from shouhou.customers.models import Contact, Customer, InstalledProduct
from shouhou.customers.services.installed import DAYS


def carry_out(plan: Plan, *, actor: Actor, now: datetime) -> tuple[Made, ...]:
    """Do what was planned for one row; what was made, in order."""
    customer_id, made = (None, []) if plan.whom.id is None else (plan.whom.id, _correct(plan, actor, now))
    if customer_id is None:
        customer_id = _open(plan, actor, now)
        made.append(_made("customer", customer_id, customer_id))
    if plan.records:
        made.append(_record_piece(customer_id, plan, actor, now))
    elif plan.piece_values:
        made.append(_correct_piece(plan, actor, now))
    return tuple(made)


def take_back(made: Made, *, actor: Actor, now: datetime) -> None:
    """Undo one thing a row made.

    Raises ``TouchedSince`` when a field was changed again, ``InUse`` when something hangs on it.
    """
    key = UUID(made.id)
    match made.sort:
        case "customer":
            services.remove_customer(key, actor=actor, now=now)
        case "contact":
            services.remove_contact(key, actor=actor, now=now)
        case "site":
            services.remove_site(key, actor=actor, now=now)
        case "piece":
            services.remove_installed(key, actor=actor, now=now)
        case "about":
            services.correct_customer(key, **_former(Customer, made, actor), actor=actor, now=now)
        case "piece_values":
            services.correct_installed(key, **_former(InstalledProduct, made, actor), actor=actor, now=now)


def _open(plan: Plan, actor: Actor, now: datetime) -> UUID:
    district, address = plan.site or ("", "")
    customer = services.open_customer(
        **plan.about,
        phones=[value for sort, value in plan.contacts if sort == Contact.Sort.PHONE],
        district=district,
        address=address,
        actor=actor,
        now=now,
    )
    for sort, value in plan.contacts:
        if sort != Contact.Sort.PHONE:
            services.add_contact(customer, sort=sort, value=value, actor=actor, now=now)
    return customer.pk


def _correct(plan: Plan, actor: Actor, now: datetime) -> list[Made]:
    key = plan.whom.id
    assert key is not None
    made = []
    if plan.about:
        services.correct_customer(key, **plan.about, actor=actor, now=now)
        before = {name: plan.whom.about[name] for name in plan.about}
        made.append(_made("about", key, key, before, plan.about))
    for sort, value in plan.contacts:
        contact = services.add_contact(key, sort=sort, value=value, actor=actor, now=now)
        made.append(_made("contact", contact.pk, key))
    if plan.site:
        district, address = plan.site
        site = services.add_site(key, district=district, address=address, actor=actor, now=now)
        made.append(_made("site", site.pk, key))
    return made


def _record_piece(customer_id: UUID, plan: Plan, actor: Actor, now: datetime) -> Made:
    assert plan.piece is not None
    piece = services.record_installed(
        customer_id, product_id=plan.piece.product.pk, **plan.piece_values, actor=actor, now=now
    )
    return _made("piece", piece.pk, piece.pk)


def _correct_piece(plan: Plan, actor: Actor, now: datetime) -> Made:
    assert plan.piece is not None
    assert plan.piece.id is not None
    services.correct_installed(plan.piece.id, **plan.piece_values, actor=actor, now=now)
    before = {name: plan.piece.values.get(name) for name in plan.piece_values}
    return _made("piece_values", plan.piece.id, plan.piece.id, before, plan.piece_values)


def _made(
    sort: str,
    key: UUID,
    of: UUID,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Made:
    return Made(sort, str(key), str(of), _kept(before or {}), _kept(after or {}))


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _former(model: type[Customer] | type[InstalledProduct], made: Made, actor: Actor) -> dict[str, Any]:
    """The fields as they were, if they still are what the import made of them."""
    row = scope(actor, model).filter(pk=made.id).values(*made.after).first()
    if row is None or _kept(row) != dict(made.after):
        raise TouchedSince
    return {
        name: date.fromisoformat(value) if name in DAYS and value else value
        for name, value in made.before.items()
    }
