"""Cases through the API: reported, listed, opened, counted, weighed, with the same gates as on the desk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shouhou.cases import services as cases
from shouhou.cases.models import Case
from shouhou.core import actor
from shouhou.core.models import Event
from shouhou.customers import services as customers
from shouhou.customers.models import Customer
from shouhou.work import services as work
from tests.conftest import NOW, as_actor

pytestmark = pytest.mark.django_db

ACCEPTED = {
    "is_reasonable": True,
    "reasonable_grounds": "照片可见",
    "outcome": "accepted",
    "remedy": "repair",
    "place": "home",
}


def report(partner, **sent):
    answer = partner.post("/cases", **({"symptom": "滑门脱轨", "phone": "139 0000 8888"} | sent))
    assert answer.status_code == 201, answer.json()
    return answer.json()


class TestReport:
    def test_gets_a_number_at_once_and_a_file_for_a_new_customer(self, partner):
        case = report(partner, name="赵国强", address="延安西路 900 号", reference="QN-1")
        assert (case["channel"], case["customer_name"], case["phone"]) == ("api", "赵国强", "+8613900008888")
        assert case["address"] == "延安西路 900 号"
        assert [step["task"] for step in case["waiting"]] == ["assess"]
        assert Case.objects.get().passed_on_by == "青鸟物流 QN-1"

    def test_finds_the_customer_by_number_however_it_is_written(self, partner, wang):
        known = customers.open_customer(name="赵国强", phones=["13900008888"], actor=as_actor(wang), now=NOW)
        case = report(partner, name="赵 国强", phone="+86 139-0000-8888")
        assert case["customer_id"] == str(known.pk)

    def test_of_the_same_number_but_another_name_opens_a_file_of_its_own(self, partner, wang):
        known = customers.open_customer(name="赵国强", phones=["13900008888"], actor=as_actor(wang), now=NOW)
        assert report(partner, name="钱进")["customer_id"] != str(known.pk)

    def test_of_several_customers_with_the_number_asks_which(self, partner, wang):
        for name in ("赵国强", "赵国强"):
            customers.open_customer(name=name, phones=["13900008888"], actor=as_actor(wang), now=NOW)
        answer = partner.post("/cases", symptom="脱轨", phone="13900008888", name="赵国强")
        assert (answer.status_code, answer.json()["code"]) == (409, "cases.customer_unclear")
        assert len(answer.json()["values"]["customers"]) == 2

    def test_by_id_of_a_merged_file_goes_to_the_one_that_lives_on(self, partner, wang, li):
        double = customers.open_customer(name="李秀兰", actor=as_actor(wang), now=NOW)
        customers.merge_customers(li, duplicate_id=double.pk, actor=as_actor(wang), now=NOW)
        assert report(partner, customer_id=str(double.pk))["customer_id"] == str(li.pk)

    def test_names_the_piece_by_its_serial_number(self, partner, li, wardrobe):
        case = report(partner, customer_id=str(li.pk), phone="", serial="W240-0387", product_code="w240")
        assert Case.objects.get(pk=case["id"]).installed == wardrobe

    def test_keeps_a_serial_number_nobody_knows_in_the_details(self, partner, li):
        case = report(partner, customer_id=str(li.pk), phone="", serial="X-1")
        assert case["details"] == "Serial number: X-1"

    def test_of_an_unknown_product_says_so_at_the_entry(self, partner):
        answer = partner.post("/cases", symptom="脱轨", phone="13900008888", product_code="NO-1")
        assert answer.status_code == 422
        assert answer.json()["values"]["problems"] == {
            "product_code": "There is no product with the code NO-1."
        }
        assert not Customer.objects.exists()

    @pytest.mark.parametrize(
        ("sent", "field", "sentence"),
        [
            ({}, "symptom", "This is needed. Please fill it in."),
            ({"symptom": "长" * 201}, "symptom", "At most 200 characters fit here."),
            ({"symptom": "x", "customer_id": "7"}, "customer_id", "Send an id as this API gave it out."),
            (
                {"symptom": "x", "reported_at": "2026-11-24T14:00:00"},
                "reported_at",
                "Write a moment with its zone, such as 2026-11-24T14:00:00+08:00.",
            ),
            ({"symptom": "x", "phon": "1"}, "phon", "There is no such entry here. Check its name."),
        ],
    )
    def test_that_does_not_fit_says_where_and_why(self, partner, sent, field, sentence):
        answer = partner.post("/cases", **sent)
        assert answer.status_code == 422
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["values"]["problems"][field] == sentence

    @pytest.mark.parametrize("field", ["symptom", "name", "address", "serial", "product_code", "reference"])
    def test_with_control_characters_is_cleaned_or_refused(self, partner, field):
        sent = {"symptom": "脱轨", "phone": "13900008888", "name": "赵国强"} | {field: "a\x00b\u202e"}
        answer = partner.post("/cases", **sent)
        assert answer.status_code in (201, 422)
        assert "\x00" not in answer.content.decode()

    def test_without_name_or_number_is_refused(self, partner):
        answer = partner.post("/cases", symptom="脱轨")
        assert answer.json()["code"] == "customers.nameless"

    def test_that_is_no_json_is_refused_in_the_language_asked_for(self, partner):
        answer = partner.client.post(
            "/api/v1/cases",
            b"{",
            content_type="application/json",
            headers={"Idempotency-Key": "k" * 8, "Accept-Language": "zh-CN"},
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "api.body_unreadable")
        assert answer.headers["Content-Language"] == "zh-hans"


class TestKey:
    def test_repeated_has_its_effect_once_and_the_same_answer(self, partner):
        first, second = (
            partner.post("/cases", "key-00001", symptom="脱轨", phone="13900008888") for _ in "12"
        )
        assert first.json()["id"] == second.json()["id"]
        assert (Case.objects.count(), Customer.objects.count()) == (1, 1)

    def test_with_another_command_is_refused(self, partner):
        partner.post("/cases", "key-00001", symptom="脱轨", phone="13900008888")
        answer = partner.post("/cases", "key-00001", symptom="异响", phone="13900008888")
        assert (answer.status_code, answer.json()["code"]) == (409, "api.key_reused")
        assert "Send a fresh key" in answer.json()["detail"]

    @pytest.mark.parametrize("key", ["", "short", "键" * 10, "k" * 81])
    def test_is_needed_with_every_write(self, partner, key):
        answer = partner.client.post(
            "/api/v1/cases",
            {"symptom": "x"},
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )
        assert answer.status_code == 422
        assert "Idempotency-Key" in answer.json()["values"]["problems"]


class TestList:
    def test_by_state_step_and_technician(self, partner, li, zhang, wang):
        first = report(partner, customer_id=str(li.pk), phone="")
        second = report(partner, customer_id=str(li.pk), phone="", symptom="异响")
        partner.post(f"/cases/{first['id']}/assessment", **ACCEPTED)
        book(first, zhang, wang)

        def listed(**query):
            return [line["number"] for line in partner.get("/cases", **query).json()["items"]]

        assert listed() == [second["number"], first["number"]]
        assert listed(state="closed") == []
        assert listed(stage="assess") == [second["number"]]
        assert listed(technician=str(zhang.pk)) == [first["number"]]

    def test_goes_on_by_key(self, partner, li):
        numbers = [report(partner, customer_id=str(li.pk), phone="")["number"] for _ in range(5)]
        page = partner.get("/cases", limit=3).json()
        rest = partner.get("/cases", limit=3, after=page["next"]).json()
        assert [line["number"] for line in page["items"] + rest["items"]] == numbers[::-1]
        assert rest["next"] is None

    def test_takes_two_statements(self, partner, li, django_assert_num_queries):
        for _ in range(3):
            report(partner, customer_id=str(li.pk), phone="")
        with django_assert_num_queries(2):
            partner.get("/cases", state="open")

    @pytest.mark.parametrize(
        "query", [{"state": "lost"}, {"limit": 81}, {"technician": "me"}, {"stage": "a\x00b"}]
    )
    def test_asked_wrongly_is_refused(self, partner, query):
        assert partner.get("/cases", **query).status_code == 422

    @pytest.mark.parametrize("after", ["x", "AAAA", "bnVsbA", "WzEsMl0", "W251bGwsbnVsbF0"])
    def test_behind_a_key_that_was_not_ours_begins_anew(self, partner, li, after):
        report(partner, customer_id=str(li.pk), phone="")
        assert len(partner.get("/cases", after=after).json()["items"]) == 1


class TestOpen:
    def test_shows_where_it_stands_and_what_happened(self, partner, li, wardrobe, zhang, wang):
        case = report(partner, customer_id=str(li.pk), phone="", installed_id=str(wardrobe.pk))
        partner.post(f"/cases/{case['id']}/assessment", **ACCEPTED)
        visit = book(case, zhang, wang)
        shown = partner.get(f"/cases/{case['id']}").json()
        assert [(one["id"], one["technician_id"]) for one in shown["visits"]] == [
            (str(visit.pk), str(zhang.pk))
        ]
        assert len(shown["visits"][0]["promises"]) == 1
        assert shown["stage"] == "visit"
        assert shown["events"][0]["number"] == Event.objects.filter(root_id=case["id"]).count()
        assert any(event["text"].startswith("booked the visit") for event in shown["events"])

    def test_shows_the_last_thirty_events(self, partner, li):
        case = report(partner, customer_id=str(li.pk), phone="")
        for number in range(30):
            note(case, number, li)
        assert len(partner.get(f"/cases/{case['id']}").json()["events"]) == 30

    def test_that_is_not_there_is_not_found(self, partner):
        answer = partner.get("/cases/01a20000-0000-7000-8000-000000000000")
        assert (answer.status_code, answer.json()["code"]) == (404, "core.not_found")

    def test_takes_few_statements(self, partner, li, django_assert_max_num_queries):
        case = report(partner, customer_id=str(li.pk), phone="")
        with django_assert_max_num_queries(10):
            partner.get(f"/cases/{case['id']}")


class TestCounts:
    def test_equal_a_recount(self, partner, li, wang):
        reported = [report(partner, customer_id=str(li.pk), phone="") for _ in range(3)]
        partner.post(f"/cases/{reported[0]['id']}/assessment", **ACCEPTED)
        counted = partner.get("/cases/counts").json()
        assert counted["states"] == {"open": 3, "closed": 0, "rejected": 0, "withdrawn": 0, "merged": 0}
        assert counted["stages"] == {"assess": 2, "book_visit": 1}


class TestAssess:
    def test_goes_on_to_the_next_step(self, partner, li):
        case = report(partner, customer_id=str(li.pk), phone="")
        answer = partner.post(f"/cases/{case['id']}/assessment", **ACCEPTED)
        assert [step["task"] for step in answer.json()["waiting"]] == ["book_visit"]

    def test_is_done_only_where_the_drawing_offers_it(self, partner, li):
        case = report(partner, customer_id=str(li.pk), phone="")
        partner.post(f"/cases/{case['id']}/assessment", **ACCEPTED)
        answer = partner.post(f"/cases/{case['id']}/assessment", **ACCEPTED)
        assert (answer.status_code, answer.json()["code"]) == (409, "flows.not_offered")
        assert "The case stands at: Book the visit." in answer.json()["title"]
        assert answer.json()["values"]["tasks"] == ["book_visit"]

    def test_that_contradicts_itself_says_what_is_missing(self, partner, li):
        case = report(partner, customer_id=str(li.pk), phone="")
        answer = partner.post(f"/cases/{case['id']}/assessment", **ACCEPTED | {"remedy": ""})
        assert answer.status_code == 422
        assert "repair or replace" in answer.json()["title"]


def book(case, technician, agent):
    start = (timezone.now() + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    return work.book_visit(
        Case.objects.get(pk=case["id"]),
        technician_id=technician.pk,
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        actor=as_actor(agent),
        now=timezone.now(),
    )


def note(case, number, customer):
    cases.write_note(
        Case.objects.get(pk=case["id"]),
        text=f"第 {number} 条",
        actor=actor.job(customer.organisation_id),
        now=timezone.now(),
    )
