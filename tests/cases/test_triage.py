"""Registering and weighing a report (A1, A2, C6, C7, F1), the room by itself."""

from datetime import timedelta

import pytest

from shouhou.cases import services as cases
from shouhou.cases.models import Assessment, Case
from shouhou.cases.refusals import NotRejected, NotUnderstood
from shouhou.core.models import Event
from shouhou.core.refusals import NotAllowed, NotFound, Unfit
from tests.conftest import NOW, as_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(li, wardrobe, wang):
    def register(**changes):
        words = {
            "customer_id": li.pk,
            "installed_id": wardrobe.pk,
            "symptom": "滑门脱轨，关不严",
            "channel": "phone",
        }
        return cases.register_case(**words | changes, actor=as_actor(wang), now=NOW)

    return register


def assess(case, person, **changes):
    words = {
        "is_reasonable": True,
        "reasonable_grounds": "质量问题，照片为证",
        "outcome": "accepted",
        "remedy": "repair",
        "place": "home",
    }
    return cases.assess_case(case, **words | changes, actor=as_actor(person), now=NOW)


class TestRegisterCase:
    """It gets a number at once, and the clocks start."""

    def test_numbers_by_month(self, report):
        assert [report().number, report().number] == ["S-2611-0001", "S-2611-0002"]

    def test_starts_the_clocks_from_the_moment_the_customer_spoke(self, report):
        case = report(channel="fax", reported_at=NOW - timedelta(minutes=40))

        assert case.response_due_at == NOW + timedelta(minutes=20)
        # Tuesday 08:32: the same time on the next working day.
        assert case.arrival_due_at == NOW - timedelta(minutes=40) + timedelta(days=1)
        assert case.responded_at is None

    def test_on_the_phone_the_agent_answers_while_writing(self, report):
        assert report(channel="phone").responded_at == NOW

    def test_reported_five_months_after_acceptance_is_after_sales(self, report):
        assert report().origin == Case.Origin.AFTER_SALES

    def test_without_a_piece_it_is_not_accepted_and_never_guessed(self, report):
        assert report(installed_id=None).origin == Case.Origin.NOT_ACCEPTED

    def test_refuses_a_report_from_the_future(self, report):
        with pytest.raises(Unfit):
            report(reported_at=NOW + timedelta(hours=1))
        assert not Case.objects.exists()

    def test_refuses_somebody_elses_piece(self, report, yamu, wardrobe):
        from shouhou.customers.models import Customer

        other = Customer.objects.create(organisation=yamu, name="王强", opened_at=NOW)
        with pytest.raises(NotFound):
            report(customer_id=other.pk)

    def test_takes_no_control_characters_into_the_record(self, report):
        assert report(symptom="滑门\x00脱轨\u202e ").symptom == "滑门脱轨"

    def test_refuses_a_text_that_does_not_fit_and_says_where(self, report):
        with pytest.raises(Unfit) as refused:
            report(symptom="很" * 201)
        assert list(refused.value.problems) == ["symptom"]


class TestAssessCase:
    """Three things weighed, each with its evidence."""

    def test_keeps_the_warranty_as_it_stood_on_the_day_of_the_report(self, report, wang):
        assessment = assess(report(), wang)

        assert assessment.in_warranty is True
        assert assessment.warranty_grounds["until"] == "2027-06-18"

    def test_refuses_to_accept_an_unreasonable_claim(self, report, wang):
        with pytest.raises(NotUnderstood):
            assess(report(), wang, is_reasonable=False)
        assert not Assessment.objects.exists()

    @pytest.mark.parametrize(
        "gap", [{"outcome": "rejected", "reason": ""}, {"remedy": ""}, {"place": ""}, {"outcome": "?"}]
    )
    def test_refuses_half_a_decision(self, report, wang, gap):
        with pytest.raises(NotUnderstood):
            assess(report(), wang, **gap)
        assert not Assessment.objects.exists()

    def test_is_not_the_technicians_to_do(self, report, zhang):
        with pytest.raises((NotAllowed, NotFound)):
            assess(report(), zhang)


class TestAppeal:
    def test_a_rejection_can_be_appealed_once_and_is_decided_with_grounds(self, report, wang, zhou):
        case = report()
        assess(case, wang, is_reasonable=False, outcome="rejected", reason="人为损坏", remedy="", place="")

        first = cases.appeal_rejection(case, words="不是我弄坏的", actor=as_actor(wang), now=NOW)
        again = cases.appeal_rejection(case, words="不是我弄坏的", actor=as_actor(wang), now=NOW)
        decided = cases.decide_appeal(
            case, is_upheld=True, grounds="照片显示出厂缺陷", actor=as_actor(zhou), now=NOW
        )

        assert first == again == decided
        assert decided.is_upheld
        assert decided.decided_by == zhou

    def test_what_was_not_rejected_is_not_appealed(self, report, wang):
        case = report()
        assess(case, wang)
        with pytest.raises(NotRejected):
            cases.appeal_rejection(case, words="?", actor=as_actor(wang), now=NOW)


class TestClock:
    def test_an_answered_clock_stays_quiet(self, report, wang, yamu):
        from shouhou.core.actor import engine

        case = report(channel="phone")
        cases.check_clock(case, clock="response", stage="overdue", actor=engine(yamu.pk), now=NOW)
        assert not Event.objects.filter(kind="cases.clock_overdue").exists()

    def test_an_unanswered_one_escalates(self, report, yamu):
        from shouhou.core.actor import engine

        case = report(channel="letter")
        cases.check_clock(case, clock="response", stage="overdue", actor=engine(yamu.pk), now=NOW)
        assert Event.objects.filter(kind="cases.clock_overdue").count() == 1
