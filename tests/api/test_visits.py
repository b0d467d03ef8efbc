"""Visits through the API: booked, on the way, done; no side door round a gate, nobody in two places."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from shouhou.core.models import Event
from shouhou.work.models import Answer, Visit
from tests.api.test_cases import ACCEPTED, report

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def tomorrow(hour: int) -> datetime:
    return (timezone.localtime() + timedelta(days=1)).replace(hour=hour, minute=0, second=0, microsecond=0)


def window(hour: int) -> dict[str, str]:
    return {"starts_at": tomorrow(hour).isoformat(), "ends_at": (tomorrow(hour) + HOUR).isoformat()}


@pytest.fixture
def case(partner, li, wardrobe):
    """A case weighed and accepted, waiting to be booked."""
    case = report(partner, customer_id=str(li.pk), phone="", installed_id=str(wardrobe.pk))
    return partner.post(f"/cases/{case['id']}/assessment", **ACCEPTED).json()


@pytest.fixture
def visit(partner, case, zhang):
    answer = partner.post(f"/cases/{case['id']}/visits", technician_id=str(zhang.pk), **window(14))
    assert answer.status_code == 201, answer.json()
    return answer.json()


class TestBook:
    def test_tells_the_window_as_the_first_promise(self, visit, zhang):
        (promise,) = visit["promises"]
        assert datetime.fromisoformat(promise["starts_at"]) == tomorrow(14)
        assert visit["technician_id"] == str(zhang.pk)

    def test_of_someone_who_is_busy_is_a_409_with_the_sentence(self, partner, visit, li, zhang):
        other = report(partner, customer_id=str(li.pk), phone="")
        partner.post(f"/cases/{other['id']}/assessment", **ACCEPTED)
        answer = partner.post(f"/cases/{other['id']}/visits", technician_id=str(zhang.pk), **window(14))
        assert (answer.status_code, answer.json()["code"]) == (409, "people.taken")
        assert "张建国" in answer.json()["title"]
        assert answer.json()["detail"]

    def test_before_it_is_weighed_is_refused_by_the_drawing(self, partner, li, zhang):
        other = report(partner, customer_id=str(li.pk), phone="")
        answer = partner.post(f"/cases/{other['id']}/visits", technician_id=str(zhang.pk), **window(14))
        assert (answer.status_code, answer.json()["code"]) == (409, "flows.not_offered")
        assert not Visit.objects.exists()

    def test_of_nobody_there_is_not_found(self, partner, case):
        nobody = "01a20000-0000-7000-8000-000000000000"
        answer = partner.post(f"/cases/{case['id']}/visits", technician_id=nobody, **window(14))
        assert answer.status_code == 404

    def test_repeated_books_once(self, partner, case, zhang):
        sent = {"technician_id": str(zhang.pk), **window(14)}
        first, second = (partner.post(f"/cases/{case['id']}/visits", "key-00001", **sent) for _ in "12")
        assert first.json()["id"] == second.json()["id"]
        assert Visit.objects.count() == 1

    def test_the_wrong_way_round_is_refused(self, partner, case, zhang):
        answer = partner.post(
            f"/cases/{case['id']}/visits",
            technician_id=str(zhang.pk),
            starts_at=tomorrow(15).isoformat(),
            ends_at=tomorrow(14).isoformat(),
        )
        assert answer.status_code in (409, 422)
        assert answer.json()["detail"]


class TestFreeTimes:
    def test_name_who_could_come_when(self, partner, case, zhang):
        (first, *_rest) = partner.get(f"/cases/{case['id']}/free-times").json()["items"]
        assert first["technician_name"] == "张建国"
        sent = {name: first[name] for name in ("technician_id", "starts_at", "ends_at")}
        assert partner.post(f"/cases/{case['id']}/visits", **sent).status_code == 201

    def test_of_one_technician(self, partner, case, zhang, chen):
        found = partner.get(f"/cases/{case['id']}/free-times", technician=str(chen.pk), limit=3).json()[
            "items"
        ]
        assert {slot["technician_id"] for slot in found} == {str(chen.pk)}

    def test_technicians_are_listed(self, partner, zhang, chen, wang):
        names = [one["name"] for one in partner.get("/technicians").json()["items"]]
        assert sorted(names) == ["张建国", "陈刚"]


class TestProgress:
    def test_runs_from_the_road_to_the_result(self, partner, visit, case):
        assert partner.post(f"/visits/{visit['id']}/departure").json()["state"] == "under_way"
        assert partner.post(f"/visits/{visit['id']}/arrival").json()["arrived_at"]
        done = partner.post(f"/visits/{visit['id']}/result", result="fixed", work_done="更换下轨").json()
        assert (done["state"], done["result"]) == ("done", "fixed")
        assert partner.get(f"/cases/{case['id']}").json()["stage"] == "return_call"

    def test_is_recorded_under_the_partners_name(self, partner, visit):
        partner.post(f"/visits/{visit['id']}/departure")
        event = Event.objects.get(kind="work.visit_left")
        assert (event.actor_kind, event.actor_name) == ("client", "青鸟物流")

    def test_a_result_without_its_note_says_what_is_missing(self, partner, visit):
        answer = partner.post(f"/visits/{visit['id']}/result", result="fixed")
        assert answer.status_code == 422
        assert "what was found and done" in answer.json()["title"]

    def test_a_visit_over_is_a_409(self, partner, visit):
        partner.post(f"/visits/{visit['id']}/result", result="fixed", work_done="更换下轨")
        answer = partner.post(f"/visits/{visit['id']}/departure")
        assert answer.status_code == 409
        assert answer.json()["title"]

    def test_nothing_happens_tomorrow(self, partner, visit):
        answer = partner.post(f"/visits/{visit['id']}/arrival", arrived_at=tomorrow(18).isoformat())
        assert (answer.status_code, answer.json()["code"]) == (422, "work.out_of_order")

    def test_what_was_not_fixed_goes_on(self, partner, visit, case):
        partner.post(f"/visits/{visit['id']}/result", result="not_fixed", work_done="缺配件")
        assert partner.get(f"/cases/{case['id']}").json()["stage"] == "decide_next"


class TestOffers:
    @pytest.fixture
    def offer(self, partner, visit, zhang):
        answer = partner.post(
            f"/visits/{visit['id']}/offers",
            times=[{"technician_id": str(zhang.pk), **window(16)}],
            asked_by="us",
            reason="前一户超时",
            apology="非常抱歉",
        )
        assert answer.status_code == 201, answer.json()
        return answer.json()

    def answer(self, partner, offer, wang, **changed):
        sent = {
            "said": "agreed",
            "channel": "phone",
            "heard_by_id": str(wang.pk),
            "slot_id": offer["slots"][0]["id"],
        }
        return partner.post(f"/offers/{offer['id']}/answers", **sent | changed)

    def test_of_ours_begins_with_an_apology(self, partner, visit, zhang):
        answer = partner.post(
            f"/visits/{visit['id']}/offers",
            times=[{"technician_id": str(zhang.pk), **window(16)}],
            asked_by="us",
            reason="前一户超时",
        )
        assert answer.json()["code"] == "work.apology_first"

    def test_stands_on_the_case_until_it_is_answered(self, partner, offer, case):
        assert partner.get(f"/cases/{case['id']}").json()["offer"]["id"] == offer["id"]

    def test_moves_the_promise_with_the_customers_yes(self, partner, offer, visit, case, wang):
        assert self.answer(partner, offer, wang).json()["took_effect"] is True
        (shown,) = partner.get(f"/cases/{case['id']}").json()["visits"]
        assert [datetime.fromisoformat(one["starts_at"]) for one in shown["promises"]] == [
            tomorrow(14),
            tomorrow(16),
        ]
        assert Answer.objects.get().taken_by == wang

    def test_the_answer_names_who_heard_it(self, partner, offer, wang):
        nobody = "01a20000-0000-7000-8000-000000000000"
        answer = self.answer(partner, offer, wang, heard_by_id=nobody)
        assert answer.status_code == 422
        assert "who of the staff heard the answer" in answer.json()["title"]
        assert not Answer.objects.exists()

    def test_nobody_speaks_as_the_customers_link(self, partner, offer, wang):
        assert self.answer(partner, offer, wang, channel="link").status_code == 422

    def test_is_answered_once(self, partner, offer, wang):
        self.answer(partner, offer, wang)
        answer = self.answer(partner, offer, wang)
        assert (answer.status_code, answer.json()["code"]) in (
            (409, "work.offer_over"),
            (409, "flows.not_offered"),
        )
