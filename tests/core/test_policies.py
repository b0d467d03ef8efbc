"""Rules of the house: declared with limits, set by one verb, read once in a command."""

from contextlib import suppress
from datetime import time

import pytest

from shouhou.core import policies, services
from shouhou.core.models import Event, PolicyValue
from shouhou.core.recall import remembering
from shouhou.core.refusals import NotAllowed, NotFound, Unfit
from shouhou.core.use_case import attempt, use_case
from tests.conftest import NOW, as_actor

pytestmark = pytest.mark.django_db

MONTHS = "test.residual_months"


@pytest.fixture(autouse=True)
def declared():
    before = dict(policies.DECLARED)
    policies.declare(MONTHS, int, default=3, least=0, most=60, label="months")
    policies.declare("test.night", bool, default=False, label="night")
    policies.declare("test.rule", "rule", default="1 个工作日", label="rule")
    policies.declare("test.opens", "time", default=time(8, 30), label="opens")
    policies.declare(
        "test.way", "choice", default="day", choices=[("day", "Day"), ("hour", "Hour")], label="way"
    )
    yield
    policies.DECLARED.clear()
    policies.DECLARED.update(before)


def set_policy(person, key, value):
    return services.set_policy(key=key, value=value, actor=as_actor(person), now=NOW)


def test_the_default_counts_until_someone_sets_it(yamu, hengda, admin):
    assert policies.value(yamu.pk, MONTHS) == 3

    set_policy(admin, MONTHS, "6")

    assert policies.value(yamu.pk, MONTHS) == 6
    assert policies.value(hengda.pk, MONTHS) == 3
    assert Event.objects.get().payload == {"key": MONTHS, "before": None, "value": 6}


def test_only_the_administrator_sets_it(wang):
    with pytest.raises(NotAllowed):
        set_policy(wang, MONTHS, 6)
    assert not PolicyValue.objects.exists()


@pytest.mark.parametrize(
    ("key", "given", "sentence"),
    [
        (MONTHS, "61", "Enter 60 or less."),
        (MONTHS, "-1", "Enter 0 or more."),
        (MONTHS, "drei", "Enter a whole number."),
        (MONTHS, 1.5, "Enter a whole number."),
        (MONTHS, None, "Enter a whole number."),
        ("test.night", "maybe", "Choose yes or no."),
        ("test.rule", "soon", "Write for example PT1H"),
        ("test.opens", "25:00", "Enter a time such as 08:30."),
        ("test.way", "week", "Choose one of the values offered."),
    ],
)
def test_a_value_outside_its_limits_is_refused_with_a_sentence(admin, english, key, given, sentence):
    with pytest.raises(Unfit) as refused:
        set_policy(admin, key, given)
    assert sentence in refused.value.problems[key]
    assert not PolicyValue.objects.exists()


@pytest.mark.parametrize(
    ("key", "given", "kept", "read"),
    [
        ("test.night", "on", True, True),
        ("test.night", "", False, False),
        ("test.rule", " 4 个工作小时 ", "4 个工作小时", "4 个工作小时"),
        ("test.opens", "09:15", "09:15", time(9, 15)),
        ("test.way", "hour", "hour", "hour"),
    ],
)
def test_each_sort_is_kept_as_json_and_read_as_its_own(yamu, admin, key, given, kept, read):
    assert set_policy(admin, key, given).value == kept
    assert policies.value(yamu.pk, key) == read


def test_a_rule_no_room_declared_is_not_found(admin):
    with pytest.raises(NotFound):
        set_policy(admin, "test.unknown", 1)


def test_a_default_outside_the_limits_stops_the_program():
    with pytest.raises(Unfit):
        policies.declare("test.wrong", int, default=99, most=60, label="wrong")


def test_all_are_read_with_one_statement_in_a_command(admin, django_assert_num_queries):
    @use_case("core.set_policy")
    def ask_often(*, actor, now):
        with django_assert_num_queries(1):
            return [policies.value(actor.organisation_id, MONTHS) for _ in range(5)]

    assert ask_often(actor=as_actor(admin), now=NOW) == [3] * 5


def test_a_page_reads_them_once_and_sees_what_its_own_command_set(yamu, admin, django_assert_num_queries):
    with remembering():
        assert policies.value(yamu.pk, MONTHS) == 3
        with django_assert_num_queries(0):
            policies.value(yamu.pk, "test.way")
        set_policy(admin, MONTHS, 12)
        assert policies.value(yamu.pk, MONTHS) == 12


def test_a_part_undone_is_forgotten(yamu, admin):
    @use_case("core.set_policy")
    def try_and_undo(*, actor, now):
        with suppress(NotFound), attempt():
            policies.keep(actor.organisation_id, MONTHS, 12, now)
            assert policies.value(actor.organisation_id, MONTHS) == 12
            raise NotFound
        return policies.value(actor.organisation_id, MONTHS)

    assert try_and_undo(actor=as_actor(admin), now=NOW) == 3
