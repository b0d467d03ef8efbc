"""李女士 and what she owns."""

from datetime import date

import pytest

from shouhou.customers import services
from shouhou.customers.models import Customer, InstalledProduct, Product
from tests.conftest import NOW, as_actor

PHONE = "139 0000 5678"


@pytest.fixture
def li(wang) -> Customer:
    """李秀兰, who bought a wardrobe."""
    return services.open_customer(
        name="李秀兰",
        phones=[PHONE],
        address="闵行区七莘路 1855 弄 12 号 302 室",
        district="闵行区",
        salutation="李女士",
        actor=as_actor(wang),
        now=NOW,
    )


@pytest.fixture
def wardrobe(zhou) -> Product:
    """The sliding-door wardrobe, a year of warranty."""
    return services.add_product(
        code="YG-2218", name="推拉门衣柜", warranty_months=12, actor=as_actor(zhou), now=NOW
    )


@pytest.fixture
def hers(li, wardrobe, wang) -> InstalledProduct:
    """李秀兰's wardrobe, accepted on 10 October."""
    return services.record_installed(
        li,
        product_id=wardrobe.pk,
        serial="YM2609-0417",
        bought_on=date(2026, 9, 20),
        installed_on=date(2026, 10, 9),
        accepted_on=date(2026, 10, 10),
        actor=as_actor(wang),
        now=NOW,
    )
