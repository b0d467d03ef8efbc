"""A furnished house for the browser: 雅木家居 with its people, one known customer, and cases brought to a state.

Everything happens through the services, by the clock of the moment, as on a working day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from shouhou.cases import services as cases
from shouhou.cases.models import Case
from shouhou.core import links
from shouhou.core.actor import Actor
from shouhou.core.models import Organisation
from shouhou.core.policy import Role
from shouhou.customers import services as customers
from shouhou.customers.models import Product
from shouhou.dispatch.queries import free_slots
from shouhou.people.models import Person, PersonSkill, Skill, Trade
from shouhou.work import services as work
from shouhou.work.models import Offer, Visit
from tests.conftest import as_actor, hire

DAY = timedelta(days=1)
PASSWORD = "ya-mu-jia-ju-2026"
STAFF = (
    ("heping", "何平", (Role.ADMINISTRATOR,)),
    ("wangmin", "王敏", (Role.AGENT,)),
    ("liuyang", "刘洋", (Role.AGENT,)),
    ("zhoulan", "周岚", (Role.SUPERVISOR,)),
    ("zhangjianguo", "张建国", (Role.TECHNICIAN,)),
    ("chengang", "陈刚", (Role.TECHNICIAN,)),
    ("wuxia", "吴霞", (Role.STORE_MANAGER,)),
    ("fengjie", "冯洁", (Role.FINANCE,)),
    ("hankun", "韩坤", (Role.STOREKEEPER,)),
    ("yuanfang", "袁方", (Role.REPAIR_CENTRE,)),
)
PHONE = "13800005678"


@dataclass
class House:
    """雅木家居 and what its people do."""

    organisation: Organisation
    people: dict[str, Person] = field(default_factory=dict)

    @classmethod
    def furnish(cls) -> "House":
        """The company, its staff with logins and skills, 李秀兰 with her wardrobe."""
        now = timezone.now()
        house = cls(
            Organisation.objects.create(
                code="yamu", name="雅木家居", hotline="400-820-0012", created_at=now - 400 * DAY
            )
        )
        for username, name, roles in STAFF:
            house.people[username] = hire(house.organisation, username, name, *roles)
        house._give_logins()
        house._teach("zhangjianguo", "chengang")
        house._sell(now)
        return house

    def _give_logins(self) -> None:
        first, *others = self.people.values()
        first.set_password(PASSWORD)
        for person in (first, *others):
            person.password, person.permit = first.password, "0381"
            person.save(update_fields=["password", "permit"])

    def _teach(self, *usernames: str) -> None:
        trade = Trade.objects.create(organisation=self.organisation, name="木作")
        skill = Skill.objects.create(organisation=self.organisation, trade=trade, name="移门轨道")
        self.product = Product.objects.create(
            organisation=self.organisation,
            code="W240",
            name="三门推拉衣柜",
            warranty_months=36,
            trade=trade,
            skill=skill,
        )
        for username in usernames:
            PersonSkill.objects.create(
                organisation=self.organisation, person=self.people[username], skill=skill
            )

    def _sell(self, now: datetime) -> None:
        actor, before = self.who("wangmin"), now - 300 * DAY
        self.customer = customers.open_customer(
            name="李秀兰",
            phones=[PHONE],
            district="浦东新区",
            address="锦绣路 12 号 601",
            actor=actor,
            now=before,
        )
        self.contact, self.site = self.customer.contacts.get(), self.customer.sites.get()
        self.piece = customers.record_installed(
            self.customer,
            product_id=self.product.pk,
            serial="W240-0387",
            site_id=self.site.pk,
            bought_on=(now - 200 * DAY).date(),
            installed_on=(now - 160 * DAY).date(),
            accepted_on=(now - 157 * DAY).date(),
            actor=actor,
            now=now,
        )

    def who(self, username: str) -> Actor:
        return as_actor(self.people[username])

    def link(self, case: Case, **more: Any) -> str:
        """The token of a customer's link to a case."""
        return links.give(
            "case", case.pk, organisation_id=case.organisation_id, root_id=case.pk, now=timezone.now(), **more
        )

    # — a case, one step further each —

    def reported(
        self, symptom: str = "滑门脱轨，关不严", by: str = "wangmin", channel: str = "phone"
    ) -> Case:
        return cases.register_case(
            customer_id=self.customer.pk,
            contact_id=self.contact.pk,
            installed_id=self.piece.pk,
            symptom=symptom,
            channel=channel,
            actor=self.who(by),
            now=timezone.now(),
        )

    def assessed(self, case: Case | None = None, **changes: Any) -> Case:
        case = case or self.reported()
        words = {
            "is_reasonable": True,
            "reasonable_grounds": "描述与常见质量问题一致",
            "outcome": "accepted",
            "remedy": "repair",
            "place": "home",
        }
        cases.assess_case(case, **words | changes, actor=self.who("wangmin"), now=timezone.now())
        return case

    def questioned(self) -> Case:
        return self.assessed(outcome="more_info", reason="请拍一张下轨的照片。", remedy="", place="")

    def rejected(self) -> Case:
        return self.assessed(
            is_reasonable=False,
            outcome="rejected",
            reason="外力撞击造成，不属于质量问题。",
            remedy="",
            place="",
        )

    def appealed(self) -> Case:
        case = self.rejected()
        actor = links.open(self.link(case), timezone.now())
        cases.appeal_rejection(case, words="安装当天就有这个痕迹。", actor=actor, now=timezone.now())
        return case

    def booked(self, case: Case | None = None, technician: str = "zhangjianguo", skip: int = 0) -> Case:
        case = self.assessed(case)
        slot = self.free(case, technician, skip + 1)[skip]
        work.book_visit(
            case,
            technician_id=slot.technician_id,
            starts_at=slot.window.start,
            ends_at=slot.window.end,
            actor=self.who("wangmin"),
            now=timezone.now(),
        )
        return case

    def free(self, case: Case, technician: str, most: int) -> list[Any]:
        """The next free times of one technician."""
        return free_slots(case, now=timezone.now(), most=most, technician_id=self.people[technician].pk)

    def visit(self, case: Case) -> Visit:
        return case.visits.latest("number")

    def offered(self, case: Case | None = None) -> Case:
        case = case or self.booked()
        slots = self.free(case, "zhangjianguo", 4)[1:3]
        work.offer_times(
            self.visit(case),
            times=[work.Time(slot.window.start, slot.window.end, slot.technician_id) for slot in slots],
            asked_by=Offer.AskedBy.US,
            reason="上一户的维修超时了。",
            apology="非常抱歉，张师傅今天赶不到您家了。",
            actor=self.who("wangmin"),
            now=timezone.now(),
        )
        return case

    def under_way(self) -> Case:
        case = self.booked()
        work.leave_for_visit(self.visit(case), actor=self.who("zhangjianguo"), now=timezone.now())
        return case

    def visited(self, case: Case | None = None, result: str = "fixed") -> Case:
        case = case or self.booked()
        work.finish_visit(
            self.visit(case),
            result=result,
            cause="下轨变形",
            work_done="更换下轨，试推二十次正常。",
            signed_by="李秀兰",
            actor=self.who("zhangjianguo"),
            now=timezone.now(),
        )
        return case

    def at_centre(self) -> Case:
        case = self.assessed(place="centre")
        work.receive_on_bench(case, condition="外观完好", actor=self.who("yuanfang"), now=timezone.now())
        return case

    def to_replace(self) -> Case:
        return self.assessed(remedy="replace", place="")

    def to_refund(self) -> Case:
        case = self.visited(result="not_fixed")
        cases.decide_outcome(
            case, sort="refund", grounds="两次未修好", actor=self.who("zhoulan"), now=timezone.now()
        )
        return case

    def closed(self) -> Case:
        case = self.visited()
        cases.record_return_call(
            case, result="satisfied", words="很满意", actor=self.who("wangmin"), now=timezone.now()
        )
        return case

    def withdrawn(self) -> Case:
        case = self.booked(self.reported())
        cases.withdraw_case(case, reason="自己修好了", actor=self.who("wangmin"), now=timezone.now())
        return case

    def everything(self) -> dict[str, Case]:
        """One case in each state."""
        names: Iterable[str] = (
            "reported", "assessed", "questioned", "rejected", "appealed", "booked", "offered", "under_way",
            "visited", "at_centre", "to_replace", "to_refund", "closed", "withdrawn",
        )  # fmt: skip
        return {name: getattr(self, name)() for name in names}
