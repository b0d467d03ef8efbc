"""My work: the technician's day on the phone, the steps of every other role, a store's own complaints."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from shouhou.core.models import Attachment
from shouhou.work import services as work
from shouhou.work.models import Offer, Visit
from tests.browser.house import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db):
    return House.furnish()


def logged_in(client, house, username):
    client.force_login(house.people[username])
    return client


@pytest.fixture
def door(client, house):
    """张建国's phone."""
    return logged_in(client, house, "zhangjianguo")


def do(visit, key):
    return reverse("today-do", args=[visit.pk, key])


def photo(colour="red"):
    content = BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "JPEG")
    return SimpleUploadedFile("下轨.jpg", content.getvalue(), "image/jpeg")


class TestTechnician:
    def test_the_day_takes_at_most_fifteen_statements(self, door, house, django_assert_max_num_queries):
        house.booked()
        house.under_way()
        house.visited()
        with django_assert_max_num_queries(15):
            words = door.get(reverse("today")).content.decode()
        assert "锦绣路 12 号 601" in words

    def test_a_visit_takes_at_most_fifteen_statements(self, door, house, django_assert_max_num_queries):
        visit = house.visit(house.offered())
        with django_assert_max_num_queries(15):
            door.get(reverse("today-visit", args=[visit.pk]))

    def test_leaves_arrives_and_reports_with_photos(self, door, house):
        visit = house.visit(house.booked())
        for key in ("leave", "arrive"):
            answer = door.post(do(visit, key), {"command_key": str(uuid4())})
            assert answer.url == reverse("today-visit", args=[visit.pk])
        sent = {
            "result": "fixed",
            "work_done": "更换下轨",
            "signed_by": "李秀兰",
            "photos": [photo(), photo("blue")],
        }
        answer = door.post(do(visit, "finish"), sent | {"command_key": str(uuid4())})
        assert answer.url == reverse("today")
        visit.refresh_from_db()
        assert (visit.state, visit.result) == (Visit.State.DONE, "fixed")
        assert Attachment.objects.filter(root_id=visit.case_id, purpose="visit").count() == 2

    def test_photos_are_kept_when_something_else_needs_another_look(self, door, house):
        visit = house.visit(house.under_way())
        sent = {"result": "fixed", "photos": [photo()], "command_key": str(uuid4())}
        answer = door.post(do(visit, "finish"), sent)
        assert answer.status_code == 422
        assert Attachment.objects.filter(root_id=visit.case_id).count() == 1
        visit.refresh_from_db()
        assert visit.state == Visit.State.UNDER_WAY

    def test_a_second_tap_leaves_once(self, door, house):
        visit = house.visit(house.booked())
        sent = {"command_key": str(uuid4())}
        door.post(do(visit, "leave"), sent)
        door.post(do(visit, "leave"), sent)
        visit.refresh_from_db()
        assert visit.left_at is not None

    def test_the_answer_is_taken_down_at_the_door(self, door, house):
        visit = house.visit(house.offered())
        sent = {"answer": "refused", "channel": "door", "words": "只有今天有空"}
        assert door.post(do(visit, "answer_offer"), sent).status_code == 302
        answer = Offer.objects.get(visit=visit).answers.get()
        assert (answer.said, answer.channel, answer.taken_by.name) == ("refused", "door", "张建国")

    def test_a_tap_that_comes_too_late_says_why(self, door, house):
        visit = house.visit(house.booked())
        work.cancel_visit(visit, reason="客户不在家", actor=house.who("wangmin"), now=visit.booked_at)
        answer = door.post(do(visit, "leave"), {})
        assert answer.status_code == 422

    def test_nobody_opens_a_colleagues_visit(self, client, house):
        visit = house.visit(house.booked())
        logged_in(client, house, "chengang")
        assert client.get(reverse("today-visit", args=[visit.pk])).status_code == 404

    def test_a_verb_of_the_office_has_no_place_at_the_door(self, door, house):
        visit = house.visit(house.booked())
        assert door.get(do(visit, "withdraw")).status_code == 404


class TestOtherRoles:
    @pytest.mark.parametrize(
        ("username", "state", "act"),
        [
            ("yuanfang", "at_centre", "bench_repair"),
            ("hankun", "to_replace", "confirm_replacement"),
            ("fengjie", "to_refund", "confirm_refund"),
            ("zhoulan", "appealed", "decide_appeal"),
            ("wangmin", "assessed", "book"),
        ],
    )
    def test_sees_the_steps_that_wait_for_it(self, client, house, username, state, act):
        case = getattr(house, state)()
        words = logged_in(client, house, username).get(reverse("today")).content.decode()
        assert case.number in words

    def test_sees_no_step_of_another_role(self, client, house):
        case = house.to_refund()
        words = logged_in(client, house, "hankun").get(reverse("today")).content.decode()
        assert case.number not in words

    def test_takes_at_most_fifteen_statements(self, client, house, django_assert_max_num_queries):
        for state in ("reported", "assessed", "appealed", "to_refund"):
            getattr(house, state)()
        logged_in(client, house, "zhoulan")
        client.get(reverse("today"))
        with django_assert_max_num_queries(15):
            client.get(reverse("today"))

    def test_the_longest_waiting_stands_first(self, client, house):
        first, second = house.reported(), house.reported()
        words = logged_in(client, house, "zhoulan").get(reverse("today")).content.decode()
        assert words.index(first.number) < words.index(second.number)


class TestStore:
    def test_hands_a_complaint_in_and_follows_it(self, client, house):
        shop = logged_in(client, house, "wuxia")
        assert 'name="symptom"' in shop.get(reverse("today")).content.decode()
        sent = {"phone": "13900001111", "name": "赵先生", "symptom": "抽屉关不上", "channel": "store"}
        assert shop.post(reverse("call"), sent).status_code == 302
        assert "抽屉关不上" in shop.get(reverse("today")).content.decode()


class TestHome:
    @pytest.mark.parametrize(
        ("username", "page"),
        [("wangmin", "cases"), ("zhangjianguo", "today"), ("hankun", "today"), ("heping", "setup")],
    )
    def test_leads_each_role_to_its_work(self, client, house, username, page):
        assert logged_in(client, house, username).get(reverse("home")).url == reverse(page)
