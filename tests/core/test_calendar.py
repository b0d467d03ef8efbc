"""The organisation's calendar: published holidays with 调休, and what is not published yet."""

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest

from shouhou.core import calendar, policies, services
from shouhou.core.models import CalendarDay, Event
from shouhou.core.refusals import NotAllowed, Unfit
from shouhou.core.use_case import use_case
from shouhou.kernel.workday import add_working_days, parse_rule
from tests.conftest import NOW, SHANGHAI, as_actor

pytestmark = pytest.mark.django_db

NEW_YEARS_EVE = date(2026, 12, 31)


@pytest.fixture
def seeded(admin):
    services.seed_calendar(actor=as_actor(admin), now=NOW)
    return calendar.calendar_of(admin.organisation_id)


@pytest.mark.parametrize("year", range(2007, 2027))
def test_what_we_know_is_what_another_source_knows(year):
    """The two sources differ on nothing in twenty years, make-up days included."""
    ours = {day.day: day.is_working for day in calendar.published_days(year)}
    differing = [
        day
        for day in (date(year, 1, 1) + timedelta(days=number) for number in range(365))
        if ours.get(day, day.weekday() < 5) != chinese_calendar.is_workday(day)
    ]
    assert differing == []


def test_a_year_not_published_is_not_guessed():
    with pytest.raises(ValueError, match="not published yet"):
        list(calendar.published_days(calendar.last_published_year() + 1))


def test_seeding_enters_holidays_and_make_up_days(seeded, yamu):
    assert not seeded.works_on(date(2026, 10, 1))
    assert seeded.works_on(date(2026, 10, 10))
    assert CalendarDay.objects.get(organisation=yamu, day=date(2026, 10, 10)).name == "调休上班"
    assert Event.objects.get().payload["years"] == [2026]


def test_seeding_again_keeps_what_people_entered(seeded, yamu, admin):
    services.set_calendar_day(
        day=date(2026, 10, 10), is_working=False, name="公司旅游", actor=as_actor(admin), now=NOW
    )
    services.seed_calendar(actor=as_actor(admin), now=NOW)
    assert CalendarDay.objects.get(organisation=yamu, day=date(2026, 10, 10)).name == "公司旅游"


def test_the_year_not_yet_published_is_said(seeded, yamu):
    late = datetime(2026, 12, 31, 10, tzinfo=SHANGHAI)
    due = parse_rule("1 个工作日").after(late, seeded)

    assert calendar.published_until(yamu.pk) == NEW_YEARS_EVE
    assert calendar.is_published(yamu.pk, late)
    assert not calendar.is_published(yamu.pk, due)


def test_nothing_entered_is_nothing_known(yamu):
    assert calendar.published_until(yamu.pk) is None
    assert not calendar.is_published(yamu.pk, NOW)


def test_a_day_set_by_hand_counts_in_the_same_command(yamu, admin):
    @use_case("core.set_calendar_day")
    def close_tomorrow(*, actor, now):
        before = add_working_days(now, 1, calendar.calendar_of(yamu.pk))
        services.set_calendar_day(day=before.date(), is_working=False, name="盘点", actor=actor, now=now)
        return before.date(), add_working_days(now, 1, calendar.calendar_of(yamu.pk)).date()

    assert close_tomorrow(actor=as_actor(admin), now=NOW) == (date(2026, 11, 25), date(2026, 11, 26))


def test_the_week_decides_again(seeded, yamu, admin):
    services.set_calendar_day(day=date(2026, 10, 10), is_working=None, actor=as_actor(admin), now=NOW)
    assert not calendar.calendar_of(yamu.pk).works_on(date(2026, 10, 10))


def test_only_the_administrator_changes_it(wang):
    with pytest.raises(NotAllowed):
        services.seed_calendar(actor=as_actor(wang), now=NOW)


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("core.working_hours", "nine to five"),
        ("core.working_hours", "18:00-09:00"),
        ("core.working_hours", "09:00-13:00 12:00-18:00"),
        ("core.working_hours", ""),
        ("core.working_weekdays", "8"),
        ("core.working_weekdays", ""),
    ],
)
def test_hours_without_sense_are_refused(yamu, admin, key, wrong):
    with pytest.raises(Unfit):
        services.set_policy(key=key, value=wrong, actor=as_actor(admin), now=NOW)
    assert policies.value(yamu.pk, key) == policies.DECLARED[key].default


def test_the_hours_of_the_house_are_its_calendar(yamu, admin):
    services.set_policy(
        key="core.working_hours", value="08:30-12:00 13:30-17:30", actor=as_actor(admin), now=NOW
    )
    services.set_policy(key="core.working_weekdays", value="123456", actor=as_actor(admin), now=NOW)
    known = calendar.calendar_of(yamu.pk)
    assert known.works_on(date(2026, 11, 28))
    assert (
        parse_rule("4 working hours").after(NOW.replace(hour=8, minute=30), known).strftime("%H:%M")
        == "14:00"
    )


def test_is_read_with_three_statements_once_in_a_command(admin, django_assert_num_queries):
    @use_case("core.set_policy")
    def ask_often(*, actor, now):
        with django_assert_num_queries(3):
            return {id(calendar.calendar_of(actor.organisation_id)) for _ in range(5)}

    assert len(ask_often(actor=as_actor(admin), now=NOW)) == 1
