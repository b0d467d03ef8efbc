"""The case page: what is next first, few statements, and a form sent late loses nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from shouhou.cases import services as cases
from shouhou.core.policy import Role
from shouhou.dispatch.queries import free_slots
from shouhou.messages.models import Message
from shouhou.work import services as work
from shouhou.work.models import Offer
from tests.browser.house import House
from tests.conftest import as_actor, hire

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db):
    return House.furnish()


@pytest.fixture
def office(client, house):
    """王敏's browser."""
    client.force_login(house.people["wangmin"])
    return client


def page_of(case, **asked):
    return reverse("case", args=[case.pk], query=asked or None)


def act_on(case, key):
    return reverse("act", args=[case.pk, key])


class TestStatements:
    """Fifteen at most, whatever stands on the page."""

    @pytest.mark.parametrize(
        "state",
        ["reported", "assessed", "questioned", "offered", "under_way", "visited", "to_replace", "closed"],
    )
    def test_the_page_takes_at_most_fifteen(self, office, house, state, django_assert_max_num_queries):
        case = getattr(house, state)()
        office.get(page_of(case))
        with django_assert_max_num_queries(15):
            assert office.get(page_of(case)).status_code == 200

    def test_what_happened_takes_at_most_fifteen(self, office, house, django_assert_max_num_queries):
        case = house.visited(house.offered())
        with django_assert_max_num_queries(15):
            answer = office.get(page_of(case, tab="told"), headers={"HX-Request": "true"})
        assert "更换下轨" in answer.content.decode()


class TestNext:
    def test_the_agents_own_step_stands_open(self, office, house):
        words = office.get(page_of(house.reported())).content.decode()
        assert 'name="is_reasonable"' in words
        assert "checked" not in words.partition('name="is_reasonable"')[2][:200]

    def test_somebody_elses_step_is_shown_with_its_owner_and_no_form(self, office, house):
        words = office.get(page_of(house.to_replace())).content.decode()
        assert 'name="reference"' not in words

    def test_the_customers_answer_can_be_taken_down_while_it_is_waited_for(self, office, house):
        words = office.get(page_of(house.offered())).content.decode()
        assert act_on(house.customer.cases.get(), "answer_offer") in words

    def test_a_technician_is_offered_the_next_thing_at_the_door(self, client, house):
        client.force_login(house.people["zhangjianguo"])
        words = client.get(page_of(house.under_way())).content.decode()
        assert act_on(house.customer.cases.get(), "arrive") in words


class TestLate:
    """Two people on one case: the second is told, and nothing typed is lost."""

    def test_a_second_assessment_is_refused_with_what_was_typed(self, office, house):
        case = house.reported()
        cases.assess_case(
            case,
            is_reasonable=True,
            reasonable_grounds="同事已评估",
            outcome="accepted",
            remedy="repair",
            place="home",
            actor=house.who("liuyang"),
            now=case.reported_at,
        )
        sent = {
            "is_reasonable": "yes",
            "reasonable_grounds": "我听到的是轨道变形",
            "outcome": "accepted",
            "way": "home",
            "command_key": str(uuid4()),
        }
        answer = office.post(act_on(case, "assess"), sent)
        words = answer.content.decode()
        assert answer.status_code == 422
        assert "我听到的是轨道变形" in words
        assert "预约上门" in words

    def test_an_answer_taken_down_after_the_customers_own_is_refused_with_its_words(self, office, house):
        case = house.offered()
        offer = Offer.objects.get(visit__case=case)
        work.answer_offer(
            offer, said="refused", channel="phone", actor=house.who("liuyang"), now=offer.made_at
        )
        answer = office.post(
            act_on(case, "answer_offer"), {"answer": "none", "channel": "phone", "words": "打了三次没人接"}
        )
        words = answer.content.decode()
        assert answer.status_code == 422
        assert "打了三次没人接" in words

    def test_an_act_with_nothing_to_do_it_on_says_so(self, office, house):
        answer = office.get(act_on(house.closed(), "leave"))
        assert answer.status_code == 409
        assert answer["X-Refusal"] == "work.visit_over"

    def test_a_time_taken_meanwhile_is_refused_and_stays_shown(self, office, house):
        first, second = house.assessed(), house.assessed()
        slot = free_slots(second, now=second.reported_at, most=1)[0]
        value = f"{slot.technician_id}|{slot.window.start.isoformat()}|{slot.window.end.isoformat()}|"
        assert office.post(act_on(first, "book"), {"time": value}).status_code == 302
        answer = office.post(act_on(second, "book"), {"time": value})
        assert answer.status_code == 422
        assert value in answer.content.decode()
        assert not second.visits.exists()


class TestVersion:
    def test_grows_with_what_happens(self, office, house):
        case = house.reported()
        address = reverse("case-version", args=[case.pk])
        before = int(office.get(address).content)
        house.assessed(case)
        assert int(office.get(address).content) > before

    def test_says_nothing_of_another_companys_case(self, client, house, hengda):
        client.force_login(hire(hengda, "weiting", "魏婷", Role.AGENT))
        assert client.get(reverse("case-version", args=[house.reported().pk])).content == b"0"


class TestLink:
    def test_is_told_once_with_its_code(self, office, house):
        case = house.reported()
        answer = office.post(act_on(case, "link"), {"command_key": str(uuid4())})
        words = answer.content.decode()
        assert "/c/" in words
        assert "<svg" in words


class TestMessages:
    def test_one_that_did_not_arrive_is_sent_again_by_a_person(self, office, house):
        case = house.reported()
        message = Message.objects.filter(root_id=case.pk).first()
        Message.objects.filter(pk=message.pk).update(state=Message.State.UNKNOWN)
        office.post(reverse("message-again", args=[case.pk, message.pk]))
        message.refresh_from_db()
        assert message.state == Message.State.WAITING


class TestElement:
    def test_says_who_did_a_step_and_when(self, office, house):
        case = house.assessed()
        words = office.get(reverse("case-element", args=[case.pk, "assess"])).content.decode()
        assert "王敏" in words


def test_a_technician_sees_only_cases_they_go_on(client, house):
    client.force_login(house.people["chengang"])
    assert client.get(page_of(house.booked())).status_code == 404


def test_two_visits_by_one_technician_show_the_case_once(client, house):
    case = house.visited(result="nobody_home")
    slot = house.free(case, "zhangjianguo", 1)[0]
    work.book_visit(
        case,
        technician_id=slot.technician_id,
        starts_at=slot.window.start,
        ends_at=slot.window.end,
        actor=as_actor(house.people["wangmin"]),
        now=slot.window.start - timedelta(hours=3),
    )
    client.force_login(house.people["zhangjianguo"])
    assert client.get(page_of(case)).status_code == 200
