"""The cast (演员表): one store and its people, by name and role."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from shouhou.core.actor import Actor
from shouhou.core.models import Organisation
from shouhou.core.policy import Role
from shouhou.customers.models import Contact, Customer, InstalledProduct, Product, Site
from shouhou.people.models import Person, RoleHolding

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A Tuesday morning; nothing in the tests asks the clock.
NOW = datetime(2026, 11, 24, 9, 12, tzinfo=SHANGHAI)


def as_actor(person: Person, key: str = "") -> Actor:
    """The actor a member of staff is."""
    from shouhou.web.middleware import staff

    return staff(person, key)


def hire(organisation: Organisation, username: str, name: str, *roles: str) -> Person:
    """A member of staff with these roles."""
    person = Person.objects.create(organisation=organisation, username=username, name=name)
    for role in roles:
        RoleHolding.objects.create(organisation=organisation, person=person, role=role)
    return person


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def yamu(db) -> Organisation:
    """雅木家居, the furniture store."""
    return Organisation.objects.create(code="yamu", name="雅木家居", created_at=NOW)


@pytest.fixture
def hengda(db) -> Organisation:
    """恒达电气, another company whose rows nobody of 雅木 may see."""
    return Organisation.objects.create(code="hengda", name="恒达电气", created_at=NOW)


@pytest.fixture
def wang(yamu) -> Person:
    """王敏, service agent."""
    return hire(yamu, "wang", "王敏", Role.AGENT)


@pytest.fixture
def zhang(yamu) -> Person:
    """张建国, technician."""
    return hire(yamu, "zhang", "张建国", Role.TECHNICIAN)


@pytest.fixture
def chen(yamu) -> Person:
    """陈刚, the other technician."""
    return hire(yamu, "chen", "陈刚", Role.TECHNICIAN)


@pytest.fixture
def zhou(yamu) -> Person:
    """周岚, department head."""
    return hire(yamu, "zhou", "周岚", Role.SUPERVISOR)


@pytest.fixture
def admin(yamu) -> Person:
    """何平, administrator."""
    return hire(yamu, "he", "何平", Role.ADMINISTRATOR)


@pytest.fixture
def english():
    """Sentences in English: the language the code is written in."""
    with translation.override("en"):
        yield


@pytest.fixture
def li(yamu) -> Customer:
    """李秀兰, a customer with a phone and an address."""
    customer = Customer.objects.create(organisation=yamu, name="李秀兰", opened_at=NOW)
    Contact.objects.create(organisation=yamu, customer=customer, value="+8613800005678", is_main=True)
    Site.objects.create(
        organisation=yamu, customer=customer, district="浦东新区", address="锦绣路 12 号 601", is_main=True
    )
    return customer


@pytest.fixture
def wardrobe(yamu, li) -> InstalledProduct:
    """李秀兰's wardrobe, accepted five months ago: after-sales, and in warranty."""
    product = Product.objects.create(organisation=yamu, code="W240", name="雅木三门衣柜")
    return InstalledProduct.objects.create(
        organisation=yamu,
        customer=li,
        site=li.sites.get(),
        product=product,
        serial="W240-0387",
        bought_on=date(2026, 5, 20),
        installed_on=date(2026, 6, 15),
        accepted_on=date(2026, 6, 18),
        qr="w" * 32,
        recorded_at=NOW,
    )
