"""Lists of cases: what stands in the address, counts that stop at 99, few statements."""

import pytest
from django.urls import reverse

from shouhou.insight.models import CaseRow
from shouhou.web.bounded import counts
from tests.browser.house import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db):
    return House.furnish()


@pytest.fixture
def office(client, house):
    """王敏's browser."""
    client.force_login(house.people["wangmin"])
    return client


def listed(client, **asked):
    return client.get(reverse("cases", query=asked)).content.decode()


def test_a_list_takes_at_most_fifteen_statements(office, house, django_assert_max_num_queries):
    house.booked()
    house.reported()
    with django_assert_max_num_queries(15):
        listed(office, view="mine", q="滑门", stage="visit")


def test_a_view_shows_what_it_says(office, house):
    open_case, asked = house.reported("推拉门异响"), house.questioned()
    closed = house.closed()
    waiting = listed(office, view="customer")
    assert asked.number in waiting
    assert open_case.number not in waiting
    assert closed.number in listed(office, view="closed")
    assert closed.number not in listed(office, view="open")


def test_filters_narrow_a_view_and_a_wrong_one_is_left_out(office, house):
    first, second = house.reported("推拉门异响"), house.booked()
    assert second.number not in listed(office, stage="assess")
    assert second.number in listed(office, stage="no-such-step", channel="nothing")
    assert first.number in listed(office, q="异响")
    assert second.number not in listed(office, q="异响")


def test_an_empty_list_says_what_to_do(office, house):
    assert "还没有" in listed(office, view="all")
    house.reported()
    assert "view=all" in listed(office, q="没有这样的单子")


def test_counts_stop_where_nobody_reads_on(house, monkeypatch):
    monkeypatch.setattr("shouhou.web.bounded.MOST", 2)
    for _ in range(3):
        house.reported()
    rows = CaseRow.objects.filter(organisation=house.organisation)
    found = counts(house.organisation.pk, {"all": rows, "none": rows.filter(state="closed")})
    assert found == {"all": "2+", "none": "0"}


def test_a_store_sees_only_what_was_handed_in_at_a_store(client, house):
    here = house.reported(by="wuxia", channel="store")
    elsewhere = house.reported()
    client.force_login(house.people["wuxia"])
    shown = listed(client, view="all")
    assert here.number in shown
    assert elsewhere.number not in shown


class TestInbox:
    def test_takes_at_most_fifteen_statements(self, client, house, django_assert_max_num_queries):
        house.booked()
        client.force_login(house.people["zhangjianguo"])
        with django_assert_max_num_queries(15):
            assert "S-" in client.get(reverse("inbox")).content.decode()


class TestCall:
    def test_the_form_takes_at_most_fifteen_statements(self, office, django_assert_max_num_queries):
        with django_assert_max_num_queries(15):
            assert office.get(reverse("call")).status_code == 200

    def test_the_callers_file_takes_at_most_fifteen(self, office, house, django_assert_max_num_queries):
        house.reported()
        with django_assert_max_num_queries(15):
            words = office.get(reverse("call-caller", query={"phone": "13800005678"})).content.decode()
        assert "李秀兰" in words
        assert "939" in words or "保修期内" in words

    def test_the_free_times_take_at_most_fifteen(self, office, house, django_assert_max_num_queries):
        with django_assert_max_num_queries(15):
            answer = office.get(reverse("call-times", query={"installed": house.piece.pk}))
        assert 'name="time"' in answer.content.decode()

    def test_opens_with_the_customer_named_in_the_address(self, office, house):
        words = office.get(reverse("call", query={"customer": house.customer.pk})).content.decode()
        assert "李秀兰" in words

    def test_what_needs_another_look_keeps_the_caller_and_every_word(self, office, house):
        sent = {
            "phone": "13800005678",
            "customer": house.customer.pk,
            "installed": house.piece.pk,
            "site": house.site.pk,
            "symptom": "滑门脱轨",
            "channel": "phone",
            "is_reasonable": "yes",
            "grounds": "",
            "place": "home",
        }
        answer = office.post(reverse("call"), sent)
        words = answer.content.decode()
        assert answer.status_code == 422
        assert "滑门脱轨" in words
        assert str(house.piece.pk) in words
        assert not house.customer.cases.exists()

    def test_a_customer_of_another_company_is_nobody_here(self, office, hengda):
        words = office.get(reverse("call", query={"customer": hengda.pk})).content.decode()
        assert "data-known" not in words

    def test_a_store_hands_a_report_in_without_weighing_it(self, client, house):
        client.force_login(house.people["wuxia"])
        words = client.get(reverse("call")).content.decode()
        assert 'name="is_reasonable"' not in words
        sent = {
            "phone": "13800005678",
            "customer": house.customer.pk,
            "symptom": "抽屉关不上",
            "channel": "store",
        }
        assert client.post(reverse("call"), sent).status_code == 302
        case = house.customer.cases.get()
        assert (case.channel, case.passed_on_by) == ("store", "")
