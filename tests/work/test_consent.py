"""改约: with the customer's yes, or not at all (B3, B8)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shouhou.core import links
from shouhou.core.models import Event
from shouhou.core.refusals import NotFound
from shouhou.people.models import Occupancy
from shouhou.people.refusals import Taken
from shouhou.work import services as work
from shouhou.work.models import Answer, Offer, Promise
from shouhou.work.refusals import ApologyFirst, OfferOver, OfferWaiting
from shouhou.work.services.consent import Time
from tests.conftest import NOW, as_actor
from tests.work.conftest import THREE, TWO

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def offer(visit, wang, zhang):
    times = [Time(TWO + DAY, THREE + DAY, zhang.pk), Time(TWO + 2 * DAY, THREE + 2 * DAY, zhang.pk)]
    return work.offer_times(
        visit,
        times=times,
        asked_by="us",
        reason="前一户超时",
        apology="非常抱歉",
        actor=as_actor(wang),
        now=NOW,
    )


@pytest.fixture
def customer(case):
    """李女士, coming through her link."""
    token = links.give("case", case.pk, organisation_id=case.organisation_id, root_id=case.pk, now=NOW)
    return links.open(token, NOW)


def slot(offer, number=0):
    return offer.slots.order_by("starts_at")[number]


class TestOfferTimes:
    def test_holds_the_slots_and_leaves_the_promise(self, offer, visit):
        assert Occupancy.objects.filter(holder_kind="slot", expires_at=NOW + 2 * HOUR).count() == 2
        assert visit.promises.get().starts_at == TWO

    def test_asks_for_an_apology_when_it_is_our_wish(self, visit, wang, zhang):
        with pytest.raises(ApologyFirst):
            work.offer_times(
                visit,
                times=[Time(TWO + DAY, THREE + DAY, zhang.pk)],
                asked_by="us",
                reason="堵车",
                actor=as_actor(wang),
                now=NOW,
            )
        assert not Offer.objects.exists()

    def test_asks_one_question_at_a_time(self, offer, visit, wang, zhang):
        with pytest.raises(OfferWaiting):
            work.offer_times(
                visit,
                times=[Time(TWO + DAY, THREE + DAY, zhang.pk)],
                asked_by="customer",
                reason="客户有事",
                actor=as_actor(wang),
                now=NOW,
            )


class TestAnswerOffer:
    def test_a_yes_by_the_link_moves_the_promise_and_keeps_the_consent(self, offer, visit, customer):
        answer = work.answer_offer(
            offer, said="agreed", channel="link", slot_id=slot(offer).pk, actor=customer, now=NOW + HOUR
        )

        visit.refresh_from_db()
        first, moved = visit.promises.order_by("number")
        assert (first.starts_at, moved.starts_at, visit.plan_starts_at) == (TWO, TWO + DAY, TWO + DAY)
        assert moved.consent == answer
        assert answer.channel == Answer.Channel.LINK
        assert Occupancy.objects.get().starts_at == TWO + DAY

    def test_a_yes_on_the_phone_names_who_heard_it(self, offer, wang):
        answer = work.answer_offer(
            offer,
            said="agreed",
            channel="phone",
            slot_id=slot(offer).pk,
            words="可以，后天下午",
            said_by="李女士",
            actor=as_actor(wang),
            now=NOW,
        )
        assert (answer.taken_by, answer.words) == (wang, "可以，后天下午")

    def test_a_no_moves_nothing_and_frees_the_slots(self, offer, visit, customer):
        work.answer_offer(
            offer, said="refused", channel="link", words="只有今天有空", actor=customer, now=NOW
        )

        visit.refresh_from_db()
        offer.refresh_from_db()
        assert offer.state == Offer.State.REFUSED
        assert visit.plan_starts_at == TWO
        assert Occupancy.objects.get().holder_kind == "visit"

    def test_a_yes_to_a_slot_taken_meanwhile_is_kept_and_another_can_be_chosen(
        self, offer, visit, customer, case, wang, zhang
    ):
        # The hold ran out and somebody else was faster.
        later = NOW + 3 * HOUR
        Occupancy.objects.filter(holder_id=slot(offer).pk).delete()
        Occupancy.objects.create(
            organisation_id=case.organisation_id,
            resource_kind="person",
            resource_id=zhang.pk,
            starts_at=TWO + DAY,
            ends_at=THREE + DAY,
            holder_kind="visit",
            holder_id=case.pk,
        )

        answer = work.answer_offer(
            offer, said="agreed", channel="link", slot_id=slot(offer).pk, actor=customer, now=later
        )

        visit.refresh_from_db()
        offer.refresh_from_db()
        assert (answer.said, answer.took_effect) == ("agreed", False)
        assert visit.plan_starts_at == TWO
        assert offer.state == Offer.State.OPEN
        assert Event.objects.filter(kind="work.agreed_slot_lost").count() == 1
        again = work.answer_offer(
            offer, said="agreed", channel="link", slot_id=slot(offer, 1).pk, actor=customer, now=later
        )
        assert again.took_effect

    def test_is_answered_once(self, offer, customer):
        work.answer_offer(offer, said="refused", channel="link", actor=customer, now=NOW)
        with pytest.raises(OfferOver):
            work.answer_offer(
                offer, said="agreed", channel="link", slot_id=slot(offer).pk, actor=customer, now=NOW
            )

    def test_is_not_for_another_customers_link(self, offer, yamu):
        from shouhou.core.ids import new_id

        foreign = links.open(
            links.give("case", new_id(), organisation_id=yamu.pk, root_id=yamu.pk, now=NOW), NOW
        )
        with pytest.raises(NotFound):
            work.answer_offer(offer, said="refused", channel="link", actor=foreign, now=NOW)


class TestPromise:
    def test_the_database_refuses_a_moved_promise_without_a_consent(self, visit):
        with pytest.raises(IntegrityError), transaction.atomic():
            Promise.objects.create(
                organisation_id=visit.organisation_id,
                visit=visit,
                number=2,
                starts_at=TWO,
                ends_at=THREE,
                made_at=NOW,
            )

    def test_choosing_a_free_time_is_the_consent(self, visit, customer, chen):
        answer = work.choose_time(
            visit, time=Time(TWO + DAY, THREE + DAY, chen.pk), words="周四方便", actor=customer, now=NOW
        )

        visit.refresh_from_db()
        assert answer.offer.asked_by == Offer.AskedBy.CUSTOMER
        assert (visit.technician, visit.plan_starts_at) == (chen, TWO + DAY)


class TestHandOver:
    """转其他人: the promise stays, only the face at the door changes."""

    def test_gives_the_visit_to_another_at_the_same_time(self, visit, wang, chen):
        work.hand_over_visit(visit, to_id=chen.pk, reason="客户不同意改约", actor=as_actor(wang), now=NOW)

        visit.refresh_from_db()
        assert visit.technician == chen
        assert visit.promises.get().starts_at == TWO
        assert Occupancy.objects.get().resource_id == chen.pk

    def test_is_refused_when_the_other_is_bound(self, visit, case, wang, chen, yamu):
        Occupancy.objects.create(
            organisation=yamu,
            resource_kind="person",
            resource_id=chen.pk,
            starts_at=TWO,
            ends_at=THREE,
            holder_kind="leave",
            holder_id=chen.pk,
        )
        with pytest.raises(Taken) as refused:
            work.hand_over_visit(visit, to_id=chen.pk, reason="?", actor=as_actor(wang), now=NOW)
        assert "陈刚" in str(refused.value)
        visit.refresh_from_db()
        assert visit.technician.name == "张建国"


class TestSight:
    def test_whoever_goes_to_a_customer_sees_that_customers_file_and_no_other(
        self, visit, zhang, chen, li, yamu
    ):
        from shouhou.core.policy import scope
        from shouhou.customers.models import Customer, Site

        Customer.objects.create(organisation=yamu, name="王强", opened_at=NOW)
        assert list(scope(as_actor(zhang), Customer)) == [li]
        assert scope(as_actor(zhang), Site).count() == 1
        assert not scope(as_actor(chen), Customer).exists()
