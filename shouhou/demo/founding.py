"""Furnishing a demo company: staff, skills, vehicles, products, customers and what they own."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from shouhou.core import actor as actors
from shouhou.core import services as core
from shouhou.core.actor import Actor
from shouhou.core.ids import new_id
from shouhou.core.models import Organisation
from shouhou.core.policy import Role
from shouhou.customers import services as customers
from shouhou.customers.models import Customer, InstalledProduct, Product
from shouhou.demo.companies import Company, Model
from shouhou.people import services as people
from shouhou.people.models import Person
from shouhou.web.middleware import staff

FAMILY = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = (
    "秀兰",
    "建华",
    "晓梅",
    "志强",
    "丽娜",
    "国栋",
    "雨桐",
    "浩然",
    "淑芬",
    "子涵",
    "文博",
    "雪莹",
    "海燕",
    "俊杰",
)
ROADS = (
    "锦绣路",
    "花木路",
    "文三路",
    "人民路",
    "解放大道",
    "中山北路",
    "和平里",
    "滨河路",
    "学府街",
    "新城大道",
)
FIRMS = ("万和商务中心", "星河湾物业", "江南纺织", "华宇地产", "市第一人民医院", "天成数据中心", "金港码头")


@dataclass
class House:
    """A furnished company: whom the month calls on."""

    company: Company
    organisation: Organisation
    people: dict[str, Person]
    products: dict[str, Product]
    pieces: list[InstalledProduct] = field(default_factory=list)
    newcomers: list[str] = field(default_factory=list)

    def who(self, role: str, chance: random.Random) -> Actor:
        """Someone who holds a role, as an actor; the administrator where nobody does."""
        holders = [person for person in self.people.values() if role in person.role_keys]
        return staff(chance.choice(holders) if holders else self.people[self.company.staff[0].username])

    def model(self, piece: InstalledProduct) -> Model:
        """What the company says of a piece's product."""
        return next(model for model in self.company.models if model.code == piece.product.code)

    def give_logins(self, password: str) -> None:
        """Let everyone log in with the same, told password: they are invented."""
        for username, person in self.people.items():
            Person.objects.filter(pk=person.pk).update(username=username, password=password)


def found(company: Company, *, now: datetime, days: int, chance: random.Random) -> House:
    """Found the company a good while before its month begins."""
    start = now - timedelta(days=days + 2)
    organisation_id = new_id()
    boss = actors.job(organisation_id)
    organisation = core.found_organisation(
        code=company.code,
        name=company.name,
        name_en=company.name_en,
        trade=company.trade,
        hotline=company.hotline,
        is_demo=True,
        actor=boss,
        now=start,
    )
    skills = _skills(company, boss, start)
    house = House(company, organisation, _staff(company, skills, boss, start, chance), {})
    for plate, seats in company.vehicles:
        people.add_vehicle(plate=plate, seats=seats, actor=boss, now=start)
    for model in company.models:
        skill_id, trade_id = skills[model.skill]
        house.products[model.code] = customers.add_product(
            code=model.code,
            name=model.name,
            brand=company.name,
            category=model.category,
            trade_id=trade_id,
            skill_id=skill_id,
            warranty_months=model.months,
            actor=boss,
            now=start,
        )
    for number in range(26):
        house.pieces.append(_piece(house, number, start, boss, chance))
    return house


def _skills(company: Company, boss: Actor, now: datetime) -> dict[str, tuple[UUID, UUID]]:
    found: dict[str, tuple[UUID, UUID]] = {}
    for name, skills in company.trades.items():
        trade = people.add_trade(name=name, actor=boss, now=now)
        for skill in skills:
            row = people.add_skill(trade_id=trade.pk, name=skill, actor=boss, now=now)
            found[skill] = (row.pk, trade.pk)
    return found


def _staff(
    company: Company, skills: dict[str, tuple[UUID, UUID]], boss: Actor, now: datetime, chance: random.Random
) -> dict[str, Person]:
    hired = {}
    for number, member in enumerate(company.staff):
        goes_out = Role.TECHNICIAN in member.roles or Role.SPECIALIST in member.roles
        person = people.hire_person(
            name=member.name,
            name_en=member.name_en,
            phone=_phone(chance),
            permit=f"{381 + number:04d}" if goes_out else "",
            joined_on=(now - timedelta(days=400 - number)).date(),
            roles=member.roles,
            actor=boss,
            now=now,
        )
        if goes_out:
            # Small companies: everyone who goes out can do a second thing as well.
            for skill in {member.skill, chance.choice(list(skills))}:
                people.grant_skill(person, skill_id=skills[skill][0], actor=boss, now=now)
        hired[member.username] = person
    return hired


def _piece(house: House, number: int, now: datetime, boss: Actor, chance: random.Random) -> InstalledProduct:
    """One customer with one piece, sold between a month and four years ago."""
    company = house.company
    is_firm = company.trade == "power" or chance.random() < 0.06
    customer = _customer(company, is_firm, boss, now, chance)
    bought = now.date() - timedelta(days=chance.randint(40, 1400))
    installed = bought + timedelta(days=chance.randint(5, 30))
    model = chance.choice(company.models)
    return customers.record_installed(
        customer,
        product_id=house.products[model.code].pk,
        serial=f"{model.code}-{10387 + number * 7}",
        site_id=customer.sites.get().pk,
        bought_on=bought,
        installed_on=min(installed, now.date()),
        accepted_on=None if chance.random() < 0.08 else min(installed + timedelta(days=3), now.date()),
        sold_by=chance.choice(company.stores) if company.stores else "",
        actor=boss,
        now=now,
    )


def _customer(company: Company, is_firm: bool, boss: Actor, now: datetime, chance: random.Random) -> Customer:
    name = chance.choice(FIRMS) if is_firm else chance.choice(FAMILY) + chance.choice(GIVEN)
    district = chance.choice(company.districts)
    return customers.open_customer(
        name=name,
        phones=[_phone(chance)],
        district=district,
        address=f"{chance.choice(ROADS)} {chance.randint(1, 999)} 号 {chance.randint(1, 30)} 室",
        sort=Customer.Sort.COMPANY if is_firm else Customer.Sort.PERSON,
        actor=boss,
        now=now,
    )


def _phone(chance: random.Random) -> str:
    # A mobile number of the right length whose middle group no operator has given out in these ranges.
    return f"13{chance.randint(0, 9)}0000{chance.randint(0, 9999):04d}"
