"""Living through a month: reports come in, people do what waits for them, clocks ring, customers answer.

Whoever acts looks at what waits on a case (``flows.queries.waiting``) and does it after a while, as people
do; a refusal is met as people meet it: the thing stays for somebody else.
"""

import heapq
import random
from collections.abc import Callable
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from shouhou.cases import services as cases
from shouhou.cases.models import Case
from shouhou.core.actor import Actor, Kind
from shouhou.core.policy import Role
from shouhou.core.refusals import Refusal
from shouhou.demo.founding import House
from shouhou.dispatch.queries import free_slots
from shouhou.flows import queries as flows
from shouhou.flows.clocks import fire_due
from shouhou.work import services as work
from shouhou.work.models import Offer, Visit

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
Deed = Callable[[datetime], object]


class Month:
    """One company's last month up to ``now``."""

    def __init__(self, house: House, *, now: datetime, days: int, cases: int, chance: random.Random) -> None:
        self.house, self.now, self.days, self.cases, self.chance = house, now, days, cases, chance
        self.ahead: list[tuple[datetime, int, Deed]] = []
        self.order = count()
        self.seen: set[UUID] = set()

    def live(self) -> None:
        """Let everything happen that happens before ``now``."""
        for moment in sorted(self._reports()):
            self.at(moment, self.report)
        for day in range(self.days + 1):
            self.at((self.now - timedelta(days=day)).replace(hour=8, minute=30), self.morning)
        while self.ahead and self.ahead[0][0] < self.now:
            moment, _, deed = heapq.heappop(self.ahead)
            fire_due(moment)
            try:
                deed(moment)
            except Refusal:
                # Somebody was faster, or the customer's time is gone: as in life, it waits for the next look.
                continue
        fire_due(self.now)

    def at(self, moment: datetime, deed: Deed) -> None:
        """Let something happen later."""
        heapq.heappush(self.ahead, (moment, next(self.order), deed))

    def after(self, moment: datetime, least: float, most: float, deed: Deed) -> None:
        """Let something happen between ``least`` and ``most`` hours later, in waking hours."""
        then = moment + HOUR * self.chance.uniform(least, most)
        local = then.astimezone(self.now.tzinfo)
        if not 8 <= local.hour < 19:
            day = local.date() + (timedelta(days=1) if local.hour >= 19 else timedelta())
            then = datetime.combine(day, time(8, self.chance.randint(5, 55)), self.now.tzinfo)
        self.at(then, deed)

    def _reports(self) -> list[datetime]:
        first = self.now - timedelta(days=self.days)
        moments = []
        for number in range(self.cases):
            day = first + timedelta(days=self.days * (number + self.chance.random()) / self.cases)
            moments.append(day.replace(hour=self.chance.randint(8, 18), minute=self.chance.randint(0, 59)))
        return [moment for moment in moments if moment < self.now]

    # — what comes in —

    def report(self, now: datetime) -> None:
        """A customer reports something."""
        piece = self.chance.choice(self.house.pieces)
        channel = self.chance.choices(["phone", "internet", "store", "fax", "letter"], [60, 18, 14, 4, 4])[0]
        case = cases.register_case(
            customer_id=piece.customer_id,
            installed_id=piece.pk,
            contact_id=piece.customer.contacts.values_list("pk", flat=True).first(),
            symptom=self.chance.choice(self.house.model(piece).symptoms),
            channel=channel,
            store=piece.sold_by if channel == "store" else "",
            wish=self.chance.choice(["", "", "希望周末上门", "请提前一小时电话", "家里有老人，请轻声"]),
            actor=self.house.who(Role.AGENT, self.chance),
            now=now,
        )
        self.look(case.pk, now)

    def morning(self, now: datetime) -> None:
        """Every morning somebody looks at what the clocks brought back overnight."""
        house = self.house.organisation
        for case_id in Case.objects.filter(organisation=house, state=Case.State.OPEN).values_list(
            "pk", flat=True
        ):
            self.look(case_id, now)

    def look(self, case_id: UUID, now: datetime) -> None:
        """See what waits on a case, and have it done after a while."""
        for spot in flows.waiting(case_id):
            deed = DEEDS.get(spot.task)
            if deed is None or spot.token_id in self.seen:
                continue
            self.seen.add(spot.token_id)
            least, most, do = deed
            self.after(now, least, most, self._done_by(case_id, do))

    def _done_by(self, case_id: UUID, do: "Do") -> Deed:
        def deed(now: datetime) -> None:
            case = Case.objects.select_related("customer", "site", "product", "installed__product").get(
                pk=case_id
            )
            if case.state == Case.State.OPEN:
                do(self, case, now)
                self.look(case_id, now)

        return deed

    # — what people do —

    def assess(self, case: Case, now: datetime) -> None:
        kind = self.chance.choices(["home", "centre", "replace", "more_info", "rejected"], [80, 5, 4, 6, 5])[
            0
        ]
        words: dict[str, Any] = {
            "is_reasonable": kind not in ("rejected",),
            "reasonable_grounds": self.chance.choice(
                ["描述与常见质量问题一致", "照片清楚可见", "同批次已有记录"]
            ),
            "outcome": kind if kind in ("more_info", "rejected") else "accepted",
        }
        if kind == "rejected":
            words |= {"reason": "外力撞击造成，不属于质量问题", "reasonable_grounds": "照片可见撞击痕迹"}
        elif kind == "more_info":
            words |= {"reason": "请拍一张铭牌和故障处的照片"}
        elif kind == "replace":
            words |= {"remedy": "replace"}
        else:
            words |= {"remedy": "repair", "place": kind}
        cases.assess_case(case, **words, actor=self.house.who(Role.AGENT, self.chance), now=now)
        if kind == "more_info":
            self.after(now, 1, 30, self._done_by(case.pk, Month.answer_enquiry))
        elif kind == "rejected" and self.chance.random() < 0.5:
            self.after(now, 2, 40, self._done_by(case.pk, Month.appeal))

    def answer_enquiry(self, case: Case, now: datetime) -> None:
        cases.answer_enquiry(case, answer="照片已补充，见附件。", actor=_customer(case), now=now)

    def appeal(self, case: Case, now: datetime) -> None:
        cases.appeal_rejection(case, words="安装当天就有这个痕迹，请再看看。", actor=_customer(case), now=now)

    def decide_appeal(self, case: Case, now: datetime) -> None:
        upheld = self.chance.random() < 0.5
        grounds = "安装照片上已有痕迹，申诉成立" if upheld else "维持原判：安装验收照片完好"
        boss = self.house.who(Role.SUPERVISOR, self.chance)
        cases.decide_appeal(case, is_upheld=upheld, grounds=grounds, actor=boss, now=now)

    def book(self, case: Case, now: datetime) -> None:
        slots = free_slots(case, now=now, most=8)
        if not slots:
            return
        slot = self.chance.choice(slots[:4])
        visit = work.book_visit(
            case,
            technician_id=slot.technician_id,
            starts_at=slot.window.start,
            ends_at=slot.window.end,
            actor=self.house.who(Role.AGENT, self.chance),
            now=now,
        )
        if self.chance.random() < 0.18:
            before = max(now + 5 * MINUTE, visit.plan_starts_at - 3 * HOUR)
            self.at(before, self._done_by(case.pk, Month.ask_for_another_time))
        self.at(visit.plan_starts_at - 30 * MINUTE, self._done_by(case.pk, Month.leave))

    def ask_for_another_time(self, case: Case, now: datetime) -> None:
        visit, slots = _visit(case), free_slots(case, now=now + 3 * HOUR, most=6)
        if visit is None or visit.state != Visit.State.BOOKED or len(slots) < 2:
            return
        work.offer_times(
            visit,
            times=[work.Time(slot.window.start, slot.window.end, slot.technician_id) for slot in slots[:2]],
            asked_by="us",
            reason=self.chance.choice(["前一户维修超时", "配件明天才到", "师傅临时请假"]),
            apology="非常抱歉，原定时间我们赶不到了。",
            actor=self.house.who(Role.AGENT, self.chance),
            now=now,
        )
        if self.chance.random() < 0.85:
            self.at(now + self.chance.randint(3, 90) * MINUTE, self._done_by(case.pk, Month.answer_offer))

    def answer_offer(self, case: Case, now: datetime) -> None:
        self._answer(case, now, _customer(case), "link")

    def answer_by_phone(self, case: Case, now: datetime) -> None:
        self._answer(case, now, self.house.who(Role.AGENT, self.chance), "phone")

    def _answer(self, case: Case, now: datetime, actor: Actor, channel: str) -> None:
        offer = Offer.objects.filter(visit__case=case, state=Offer.State.OPEN).first()
        if offer is None:
            return
        agrees = self.chance.random() < 0.8
        slot = offer.slots.order_by("starts_at").first()
        work.answer_offer(
            offer,
            said="agreed" if agrees and slot else "refused",
            slot_id=slot.pk if agrees and slot else None,
            channel=channel,
            words="可以的" if agrees else "只有原来的时间有空",
            actor=actor,
            now=now,
        )
        visit = _visit(case)
        if visit is not None:
            self.at(visit.plan_starts_at - 30 * MINUTE, self._done_by(case.pk, Month.leave))

    def hand_over(self, case: Case, now: datetime) -> None:
        visit = _visit(case)
        if visit is not None:
            boss = self.house.who(Role.SUPERVISOR, self.chance)
            work.keep_promise(visit, reason="前一户由同事接手，按原时间上门", actor=boss, now=now)

    def leave(self, case: Case, now: datetime) -> None:
        visit = _visit(case)
        # Moved meanwhile: whoever moved it set a new departure.
        if visit is None or visit.state != Visit.State.BOOKED or visit.plan_starts_at - now > HOUR:
            return
        goer = self._goer(visit)
        work.leave_for_visit(visit, actor=goer, now=now)
        self.at(now + self.chance.randint(20, 45) * MINUTE, self._done_by(case.pk, Month.arrive))

    def arrive(self, case: Case, now: datetime) -> None:
        visit = _visit(case)
        if visit is not None:
            work.arrive_at_visit(visit, actor=self._goer(visit), now=now)
            self.at(now + self.chance.randint(25, 110) * MINUTE, self._done_by(case.pk, Month.finish))

    def finish(self, case: Case, now: datetime) -> None:
        visit = _visit(case)
        if visit is None or case.installed is None:
            return
        result = self.chance.choices(["fixed", "not_fixed", "to_centre", "nobody_home"], [82, 8, 4, 6])[0]
        cause = self.chance.choice(self.house.model(case.installed).causes)
        work.finish_visit(
            visit,
            result=result,
            cause="" if result == "nobody_home" else cause,
            work_done="" if result == "nobody_home" else f"检查确认{cause}，已处理并试用正常。",
            signed_by=case.customer.name if result == "fixed" else "",
            actor=self._goer(visit),
            now=now,
        )
        if result == "fixed" and self.chance.random() < 0.5:
            self.after(now, 1, 20, self._done_by(case.pk, Month.rate))

    def _goer(self, visit: Visit) -> Actor:
        from shouhou.web.middleware import staff

        return staff(visit.technician)

    def rate(self, case: Case, now: datetime) -> None:
        score = self.chance.choices([5, 4, 3, 2], [62, 25, 10, 3])[0]
        words = {5: "师傅很专业", 4: "不错", 3: "一般，等得久了点", 2: "修完第二天又响了"}[score]
        cases.answer_survey(case, score=score, comment=words, actor=_customer(case), now=now)

    def receive(self, case: Case, now: datetime) -> None:
        actor = self.house.who(Role.REPAIR_CENTRE, self.chance)
        work.receive_on_bench(case, condition="外观完好", accessories="遥控器一只", actor=actor, now=now)

    def repair(self, case: Case, now: datetime) -> None:
        actor = self.house.who(Role.REPAIR_CENTRE, self.chance)
        work.repair_on_bench(
            case, result="fixed", work_done="更换损坏部件，通电测试两小时正常。", actor=actor, now=now
        )

    def give_back(self, case: Case, now: datetime) -> None:
        actor = self.house.who(Role.REPAIR_CENTRE, self.chance)
        work.return_from_bench(case, returned_to=case.customer.name, actor=actor, now=now)

    def decide(self, case: Case, now: datetime) -> None:
        sort = self.chance.choices(["repair_again", "centre", "replace", "refund"], [60, 20, 15, 5])[0]
        actor = self.house.who(Role.SUPERVISOR, self.chance)
        cases.decide_outcome(case, sort=sort, grounds="第一次未能修好，按公司政策处理", actor=actor, now=now)

    def replace(self, case: Case, now: datetime) -> None:
        actor = self.house.who(Role.STOREKEEPER, self.chance)
        cases.confirm_replacement(
            case, reference=f"CK{now:%y%m%d}{self.chance.randint(10, 99)}", actor=actor, now=now
        )

    def refund(self, case: Case, now: datetime) -> None:
        actor = self.house.who(Role.FINANCE, self.chance)
        reference = f"TK{now:%y%m%d}{self.chance.randint(10, 99)}"
        cases.confirm_refund(
            case, reference=reference, amount=self.chance.randint(800, 5000) * 100, actor=actor, now=now
        )

    def call_back(self, case: Case, now: datetime) -> None:
        result = self.chance.choices(["satisfied", "no_answer", "unsatisfied"], [80, 15, 5])[0]
        words = {"satisfied": "很满意，谢谢", "no_answer": "", "unsatisfied": "还是有点响"}[result]
        actor = self.house.who(Role.AGENT, self.chance)
        cases.record_return_call(case, result=result, words=words, actor=actor, now=now)


def _customer(case: Case) -> Actor:
    """The customer, as if through their link."""
    return Actor(
        Kind.LINK, case.organisation_id, case.pk, case.customer.name, purpose="case", subject_id=case.pk
    )


def _visit(case: Case) -> Visit | None:
    rows = Visit.objects.filter(case=case, state__in=[Visit.State.BOOKED, Visit.State.UNDER_WAY])
    return rows.select_related("technician").first()


Do = Callable[[Month, Case, datetime], None]

# Hours people take, and what they do, by the task that waits.
DEEDS: dict[str, tuple[float, float, Do]] = {
    "assess": (0.05, 0.7, Month.assess),
    "chase_customer": (0.5, 6, Month.answer_enquiry),
    "review_appeal": (1, 20, Month.decide_appeal),
    "book_visit": (0.02, 0.5, Month.book),
    "ask_by_phone": (0.1, 1, Month.answer_by_phone),
    "other_technician": (0.1, 1, Month.hand_over),
    "bench_receive": (3, 26, Month.receive),
    "bench_repair": (4, 50, Month.repair),
    "bench_return": (2, 26, Month.give_back),
    "decide_next": (0.5, 5, Month.decide),
    "confirm_replacement": (2, 24, Month.replace),
    "confirm_refund": (2, 24, Month.refund),
    "return_call": (16, 30, Month.call_back),
}
