"""Addresses (地址) work is done at: the first is the main one, until another is chosen."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import partial

from django.utils.translation import gettext as _

from shouhou.core.actor import Actor
from shouhou.core.entries import KEEP, Checks, Keep, amend, fit
from shouhou.core.events import personal, record
from shouhou.core.refusals import Unfit
from shouhou.core.text import one_line
from shouhou.core.use_case import use_case
from shouhou.customers.indexing import index_customer
from shouhou.customers.models import Customer, Site
from shouhou.customers.references import remove
from shouhou.customers.services.living import must_live
from shouhou.customers.services.telling import told

Degrees = Decimal | float | str | None
SIX_PLACES = Decimal("0.000001")


def _degrees(given: Degrees, *, field: str, most: int) -> Decimal | None:
    if given in (None, ""):
        return None
    try:
        value = Decimal(str(given)).quantize(SIX_PLACES)
        if abs(value) <= most:
            return value
    except InvalidOperation:
        pass
    raise Unfit({field: _("Degrees lie between −{most} and {most}.").format(most=most)})


CHECKS: Checks = {
    "address": partial(one_line, field="address", most=200),
    "district": partial(one_line, field="district", most=60, least=0),
    "contact_name": partial(one_line, field="contact_name", most=60, least=0),
    "access_note": partial(one_line, field="access_note", most=200, least=0),
    "latitude": partial(_degrees, field="latitude", most=90),
    "longitude": partial(_degrees, field="longitude", most=180),
}


@use_case("customers.add_site", on=Customer)
def add_site(
    customer: Customer,
    *,
    address: str,
    district: str = "",
    contact_name: str = "",
    access_note: str = "",
    latitude: Degrees = None,
    longitude: Degrees = None,
    actor: Actor,
    now: datetime,
) -> Site:
    """Add an address; ``access_note`` tells how to get in, degrees are WGS 84.

    Raises ``Unfit`` naming each field, ``MergedAway``.
    """
    must_live(customer)
    about = fit(
        CHECKS,
        address=address,
        district=district,
        contact_name=contact_name,
        access_note=access_note,
        latitude=latitude,
        longitude=longitude,
    )
    is_main = not customer.sites.filter(is_main=True).exists()
    site = Site.objects.create(
        organisation_id=customer.organisation_id, customer=customer, is_main=is_main, **about
    )
    index_customer(customer)
    apart = personal(customer.organisation_id, site.address)
    record("customers.site_added", customer, actor=actor, now=now, site=site.pk, address=apart)
    return site


@use_case("customers.correct_site", on=Site)
def correct_site(
    site: Site,
    *,
    address: str | Keep = KEEP,
    district: str | Keep = KEEP,
    contact_name: str | Keep = KEEP,
    access_note: str | Keep = KEEP,
    latitude: Degrees | Keep = KEEP,
    longitude: Degrees | Keep = KEEP,
    actor: Actor,
    now: datetime,
) -> Site:
    """Correct an address (B5). Degrees of the old address do not stand for a new one.

    Raises ``Unfit`` naming each field, ``MergedAway``.
    """
    customer = must_live(site.customer)
    values = fit(
        CHECKS,
        address=address,
        district=district,
        contact_name=contact_name,
        access_note=access_note,
        latitude=latitude,
        longitude=longitude,
    )
    if values.get("address", site.address) != site.address:
        values = {"latitude": None, "longitude": None} | values
    if changes := amend(site, values):
        index_customer(customer)
        payload = told(site.organisation_id, changes)
        record("customers.site_corrected", customer, actor=actor, now=now, site=site.pk, **payload)
    return site


@use_case("customers.set_main_site", on=Site)
def set_main_site(site: Site, *, actor: Actor, now: datetime) -> Site:
    """Say which address is meant when none is named."""
    customer = must_live(site.customer)
    customer.sites.filter(is_main=True).exclude(pk=site.pk).update(is_main=False)
    if amend(site, {"is_main": True}):
        record("customers.main_site_set", customer, actor=actor, now=now, site=site.pk)
    return site


@use_case("customers.remove_site", on=Site)
def remove_site(site: Site, *, actor: Actor, now: datetime) -> None:
    """Remove an address nothing was ever done at.

    Raises ``InUse``.
    """
    customer, key, was_main = must_live(site.customer), site.pk, site.is_main
    remove(site)
    heir = customer.sites.order_by("pk").first() if was_main else None
    if heir is not None:
        amend(heir, {"is_main": True})
    index_customer(customer)
    record("customers.site_removed", customer, actor=actor, now=now, site=key)
