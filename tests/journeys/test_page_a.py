"""Page A (A1–A6): from the first call to the return visit, the drawing running the case."""

from datetime import timedelta

import pytest

from shouhou.cases import services as cases
from shouhou.cases.models import Case
from shouhou.core import audit, links
from shouhou.core.models import Event
from shouhou.core.policy import Role
from shouhou.flows import queries as flows
from shouhou.flows.clocks import fire_due
from shouhou.flows.refusals import NotOffered
from shouhou.insight import kept
from shouhou.insight.models import CaseRow
from shouhou.messages.models import InboxItem, Message
from shouhou.work import services as work
from shouhou.work.models import Offer
from tests.conftest import NOW, as_actor, hire

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TWO = NOW.replace(hour=14, minute=0) + DAY


def waiting(case) -> list[str]:
    """The tasks of people that wait on the case."""
    return [spot.task for spot in flows.waiting(case.pk) if spot.task]


@pytest.fixture
def case(li, wardrobe, wang, zhang):
    return cases.register_case(
        customer_id=li.pk,
        installed_id=wardrobe.pk,
        symptom="滑门脱轨，关不严",
        channel="phone",
        actor=as_actor(wang),
        now=NOW,
    )


@pytest.fixture
def customer(case):
    token = links.give("case", case.pk, organisation_id=case.organisation_id, root_id=case.pk, now=NOW)
    return links.open(token, NOW)


def assess(case, person, **changes):
    words = {
        "is_reasonable": True,
        "reasonable_grounds": "描述与常见问题一致",
        "outcome": "accepted",
        "remedy": "repair",
        "place": "home",
    }
    return cases.assess_case(case, **words | changes, actor=as_actor(person), now=NOW)


def book(case, agent, technician, starts_at=TWO):
    return work.book_visit(
        case,
        technician_id=technician.pk,
        starts_at=starts_at,
        ends_at=starts_at + HOUR,
        actor=as_actor(agent),
        now=NOW,
    )


def finish(visit, technician, result="fixed", now=TWO + HOUR):
    return work.finish_visit(
        visit,
        result=result,
        cause="下轨变形",
        work_done="更换下轨，试推二十次正常",
        signed_by="李秀兰",
        actor=as_actor(technician),
        now=now,
    )


class TestMainLine:
    def test_runs_from_the_call_to_the_return_visit(self, case, wang, zhang, li):
        assert waiting(case) == ["assess"]
        assess(case, wang)
        assert waiting(case) == ["book_visit"]
        visit = book(case, wang, zhang)
        assert waiting(case) == ["visit"]
        finish(visit, zhang)
        assert waiting(case) == ["return_call"]
        cases.record_return_call(
            case, result="satisfied", words="很满意", actor=as_actor(wang), now=TWO + DAY
        )

        case.refresh_from_db()
        assert case.state == Case.State.CLOSED
        assert waiting(case) == []
        kinds = set(Message.objects.values_list("kind", flat=True))
        assert {"cases.acknowledged", "work.visit_booked", "cases.result_told", "cases.survey_sent"} <= kinds
        assert list(audit.verify(case.organisation)) == []

    def test_a_step_is_done_only_where_the_drawing_offers_it(self, case, wang, zhang):
        with pytest.raises(NotOffered) as refused:
            book(case, wang, zhang)
        assert "评估" in str(refused.value)
        assert not case.visits.exists()

    def test_the_list_shows_where_it_stands_and_what_was_kept_is_what_is_rebuilt(self, case, wang, zhang):
        assess(case, wang)
        book(case, wang, zhang)
        row = CaseRow.objects.get(pk=case.pk)
        assert (row.stage, row.technician_name, row.promise_starts_at) == ("visit", "张建国", TWO)
        rebuilt = kept.row_of(case.pk)
        assert {name: getattr(row, name) for name in rebuilt} == rebuilt

    def test_a_colleague_finds_new_work_in_the_inbox(self, case, wang, zhang):
        assess(case, wang)
        book(case, wang, zhang)
        assert InboxItem.objects.filter(person=zhang, kind="work.visit_booked").count() == 1


class TestBranches:
    def test_more_information_is_asked_and_leads_back_to_the_assessment(self, case, wang, customer):
        assess(case, wang, outcome="more_info", reason="请拍铭牌", remedy="", place="")
        assert waiting(case) == []
        cases.answer_enquiry(case, answer="见照片", actor=customer, now=NOW + HOUR)
        assert waiting(case) == ["assess"]

    def test_without_an_answer_somebody_calls_after_two_working_days(self, case, wang):
        assess(case, wang, outcome="more_info", reason="请拍铭牌", remedy="", place="")
        fire_due(NOW + 2 * DAY + HOUR)
        assert waiting(case) == ["chase_customer"]

    def test_a_rejection_is_told_and_can_be_appealed(self, case, wang, zhou, customer):
        assess(case, wang, is_reasonable=False, outcome="rejected", reason="人为损坏", remedy="", place="")
        cases.appeal_rejection(case, words="不是我弄的", actor=customer, now=NOW + HOUR)
        assert waiting(case) == ["review_appeal"]
        cases.decide_appeal(case, is_upheld=True, grounds="申诉成立", actor=as_actor(zhou), now=NOW + HOUR)
        assert waiting(case) == ["assess"]

    def test_a_rejection_nobody_appeals_is_filed_after_seven_days(self, case, wang):
        assess(case, wang, is_reasonable=False, outcome="rejected", reason="人为损坏", remedy="", place="")
        fire_due(NOW + 8 * DAY)
        case.refresh_from_db()
        assert case.state == Case.State.REJECTED

    def test_failed_work_goes_on_and_is_never_closed_silently(self, case, wang, zhang):
        assess(case, wang)
        finish(book(case, wang, zhang), zhang, result="not_fixed")
        assert waiting(case) == ["decide_next"]
        cases.decide_outcome(
            case, sort="repair_again", grounds="配件不符", actor=as_actor(wang), now=TWO + HOUR
        )
        assert waiting(case) == ["book_visit"]

    def test_nobody_home_books_again(self, case, wang, zhang):
        assess(case, wang)
        finish(book(case, wang, zhang), zhang, result="nobody_home")
        assert waiting(case) == ["book_visit"]

    def test_the_repair_centre_takes_it_in_repairs_and_gives_it_back(self, case, yamu, wang):
        yuan = as_actor(hire(yamu, "yuan", "袁方", Role.REPAIR_CENTRE))
        assess(case, wang, place="centre")
        work.receive_on_bench(case, condition="外观完好", actor=yuan, now=NOW)
        work.repair_on_bench(case, result="fixed", work_done="更换滑轮", actor=yuan, now=NOW + DAY)
        assert waiting(case) == ["bench_return"]
        work.return_from_bench(case, returned_to="李秀兰", actor=yuan, now=NOW + DAY)
        assert waiting(case) == ["return_call"]

    def test_a_replacement_is_confirmed_by_the_storekeeper_with_a_reference(self, case, yamu, wang):
        han = as_actor(hire(yamu, "han", "韩坤", Role.STOREKEEPER))
        assess(case, wang, remedy="replace", place="")
        assert waiting(case) == ["confirm_replacement"]
        outcome = cases.confirm_replacement(case, reference="CK2611240", actor=han, now=NOW + HOUR)
        assert outcome.confirmed_by.name == "韩坤"
        assert waiting(case) == ["return_call"]

    def test_a_refund_is_decided_and_confirmed_by_finance(self, case, yamu, wang, zhang):
        feng = as_actor(hire(yamu, "feng", "冯洁", Role.FINANCE))
        assess(case, wang)
        finish(book(case, wang, zhang), zhang, result="not_fixed")
        cases.decide_outcome(case, sort="refund", grounds="两次未修好", actor=as_actor(wang), now=TWO + HOUR)
        cases.confirm_refund(case, reference="TK01", amount=268000, actor=feng, now=TWO + DAY)
        assert waiting(case) == ["return_call"]

    def test_an_unsatisfied_customer_reopens_the_work(self, case, wang, zhang):
        assess(case, wang)
        finish(book(case, wang, zhang), zhang)
        cases.record_return_call(
            case, result="unsatisfied", words="又响了", actor=as_actor(wang), now=TWO + DAY
        )
        assert waiting(case) == ["decide_next"]

    def test_a_low_score_reopens_the_work_too(self, case, wang, zhang, customer):
        assess(case, wang)
        finish(book(case, wang, zhang), zhang)
        cases.answer_survey(case, score=1, comment="没修好", actor=customer, now=TWO + 2 * HOUR)
        assert waiting(case) == ["decide_next"]

    def test_three_calls_without_an_answer_leave_a_message_and_close(self, case, wang, zhang):
        assess(case, wang)
        finish(book(case, wang, zhang), zhang)
        moment = TWO + DAY
        for _ in range(3):
            assert waiting(case) == ["return_call"]
            cases.record_return_call(case, result="no_answer", actor=as_actor(wang), now=moment)
            moment += 2 * DAY
            fire_due(moment)
        case.refresh_from_db()
        assert case.state == Case.State.CLOSED
        assert Event.objects.filter(kind="cases.return_message_left").count() == 1


class TestConsentOnTheDrawing:
    @pytest.fixture
    def offer(self, case, wang, zhang):
        assess(case, wang)
        visit = book(case, wang, zhang)
        return work.offer_times(
            visit,
            times=[work.Time(TWO + DAY, TWO + DAY + HOUR, zhang.pk)],
            asked_by="us",
            reason="前一户超时",
            apology="非常抱歉",
            actor=as_actor(wang),
            now=NOW,
        )

    def test_while_the_customer_thinks_the_visit_stands(self, offer, case):
        assert waiting(case) == ["visit"]

    def test_a_refusal_takes_its_own_branch(self, offer, case, customer, wang, chen):
        work.answer_offer(offer, said="refused", channel="link", actor=customer, now=NOW)
        assert waiting(case) == ["visit", "other_technician"]
        work.hand_over_visit(
            offer.visit, to_id=chen.pk, reason="客户不同意改约", actor=as_actor(wang), now=NOW
        )
        assert waiting(case) == ["visit"]

    def test_without_an_answer_somebody_calls(self, offer, case, wang):
        fire_due(NOW + 3 * HOUR)
        assert waiting(case) == ["visit", "ask_by_phone"]
        work.answer_offer(
            offer,
            said="agreed",
            channel="phone",
            slot_id=offer.slots.get().pk,
            actor=as_actor(wang),
            now=NOW + 3 * HOUR,
        )
        assert waiting(case) == ["visit"]
        assert CaseRow.objects.get(pk=case.pk).moved_by_us == 1

    def test_the_customers_own_wish_is_counted_apart(self, case, wang, zhang, customer):
        assess(case, wang)
        visit = book(case, wang, zhang)
        work.request_other_time(visit, words="周四可以吗", actor=customer, now=NOW)
        assert waiting(case) == ["visit", "offer_time"]
        work.offer_times(
            visit,
            times=[work.Time(TWO + DAY, TWO + DAY + HOUR, zhang.pk)],
            asked_by="customer",
            reason="客户有事",
            actor=as_actor(wang),
            now=NOW,
        )
        offer = Offer.objects.get()
        work.answer_offer(
            offer, said="agreed", channel="link", slot_id=offer.slots.get().pk, actor=customer, now=NOW
        )
        row = CaseRow.objects.get(pk=case.pk)
        assert (row.moved_by_us, row.moved_by_customer) == (0, 1)


class TestClocks:
    """C6: shown, warned before, escalated after."""

    def test_an_unanswered_letter_warns_and_escalates(self, li, wardrobe, wang, zhou):
        case = cases.register_case(
            customer_id=li.pk, symptom="脱轨", channel="letter", actor=as_actor(wang), now=NOW
        )
        fire_due(NOW + timedelta(minutes=46))
        fire_due(NOW + timedelta(minutes=61))
        kinds = list(
            Event.objects.filter(root_id=case.pk, kind__startswith="cases.clock").values_list(
                "kind", flat=True
            )
        )
        assert kinds == ["cases.clock_warned", "cases.clock_overdue"]
        assert InboxItem.objects.filter(person=zhou, kind="cases.clock_overdue").count() == 1


class TestDailyWork:
    def test_a_withdrawn_case_calls_its_visit_off(self, case, wang, zhang, customer):
        assess(case, wang)
        visit = book(case, wang, zhang)
        cases.withdraw_case(case, reason="自己修好了", actor=customer, now=NOW)
        visit.refresh_from_db()
        assert visit.state == "cancelled"
        assert waiting(case) == []

    def test_a_duplicate_ends_in_the_other(self, case, li, wang):
        twin = cases.register_case(
            customer_id=li.pk, symptom="滑门脱轨", channel="store", actor=as_actor(wang), now=NOW
        )
        cases.merge_case(twin, into_id=case.pk, actor=as_actor(wang), now=NOW)
        twin.refresh_from_db()
        assert (twin.state, twin.merged_into) == ("merged", case)
        assert waiting(twin) == []

    def test_a_closed_case_can_be_opened_again_and_is_weighed_again(self, case, wang, zhang):
        assess(case, wang)
        finish(book(case, wang, zhang), zhang)
        cases.record_return_call(case, result="satisfied", actor=as_actor(wang), now=TWO + DAY)
        cases.reopen_case(case, reason="三天后又脱轨", actor=as_actor(wang), now=TWO + 3 * DAY)
        assert waiting(case) == ["assess"]


class TestOfferWithoutItsVisit:
    def test_an_offer_ends_with_its_visit_and_nobody_is_asked_any_more(self, case, wang, zhang):
        assess(case, wang)
        visit = book(case, wang, zhang)
        work.offer_times(
            visit,
            times=[work.Time(TWO + DAY, TWO + DAY + HOUR, zhang.pk)],
            asked_by="us",
            reason="前一户超时",
            apology="非常抱歉",
            actor=as_actor(wang),
            now=NOW,
        )
        finish(visit, zhang)
        fire_due(TWO + DAY)
        assert waiting(case) == ["return_call"]


class TestArrivalClock:
    def test_does_not_run_for_what_goes_to_the_repair_centre(self, case, wang):
        assess(case, wang, place="centre")
        fire_due(NOW + 3 * DAY)
        assert not Event.objects.filter(kind="cases.clock_overdue").exists()
        assert CaseRow.objects.get(pk=case.pk).due_at is None

    def test_escalates_when_nobody_came_by_the_next_working_day(self, case, wang, zhang, zhou):
        assess(case, wang)
        for moment in (NOW + DAY - 3 * HOUR, NOW + DAY + HOUR):
            while fire_due(moment):
                pass
        kinds = list(Event.objects.filter(kind__startswith="cases.clock").values_list("kind", flat=True))
        assert kinds == ["cases.clock_warned", "cases.clock_overdue"]
