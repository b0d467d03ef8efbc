"""A corrected or merged customer is corrected in every list at once."""

import pytest

from shouhou.cases import services as cases
from shouhou.core import search
from shouhou.customers import services as customers
from shouhou.insight.kept import row_of
from shouhou.insight.models import CaseRow
from tests.conftest import NOW, as_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(li, wardrobe, wang):
    return cases.register_case(
        customer_id=li.pk,
        installed_id=wardrobe.pk,
        symptom="关不严",
        channel="phone",
        actor=as_actor(wang),
        now=NOW,
    )


def is_kept(case):
    """Whether the row is what it would be if it were worked out afresh."""
    kept = CaseRow.objects.filter(pk=case.pk).values().get()
    return all(kept[name] == value for name, value in row_of(case.pk).items())


def found(case, words):
    return ("case", case.pk) in search.find(case.organisation_id, words, ["case"])


def test_a_corrected_name_stands_in_lists_and_is_found(case, li, wang):
    customers.correct_customer(li, name="李秀岚", actor=as_actor(wang), now=NOW)
    assert CaseRow.objects.get(pk=case.pk).customer_name == "李秀岚"
    assert is_kept(case)
    assert found(case, "秀岚")
    assert not found(case, "秀兰")


def test_a_corrected_number_stands_in_lists(case, li, wang):
    customers.correct_contact(li.contacts.get(), value="13900007777", actor=as_actor(wang), now=NOW)
    assert CaseRow.objects.get(pk=case.pk).phone == "+8613900007777"
    assert is_kept(case)


def test_a_merged_customers_cases_are_those_of_the_file_that_lives_on(case, li, wang):
    living = customers.open_customer(name="李女士", phones=["13900006666"], actor=as_actor(wang), now=NOW)
    customers.merge_customers(living, duplicate_id=li.pk, actor=as_actor(wang), now=NOW)

    case.refresh_from_db()
    assert case.customer == living
    assert CaseRow.objects.get(pk=case.pk).customer_name == "李女士"
    assert is_kept(case)


def test_a_renamed_product_stands_in_lists(case, wardrobe, zhou):
    customers.change_product(wardrobe.product, name="推拉衣柜", actor=as_actor(zhou), now=NOW)
    assert CaseRow.objects.get(pk=case.pk).product.startswith("推拉衣柜")
    assert is_kept(case)
