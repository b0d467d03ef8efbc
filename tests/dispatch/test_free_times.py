"""Free times of a case, and the evidence triage shows."""

from datetime import date, datetime, timedelta
from time import process_time
from uuid import uuid4

import pytest

from shouhou.cases.models import Case
from shouhou.core import recall
from shouhou.core.calendar import calendar_of
from shouhou.core.models import CalendarDay, PolicyValue
from shouhou.core.policy import Role
from shouhou.dispatch.queries import availability_evidence, earliest, free_slots, say_why_not, wish_of
from shouhou.people import services as people
from shouhou.people.models import Occupancy, Person, PersonSkill, RoleHolding, Vehicle
from tests.conftest import NOW, as_actor, hire
from tests.dispatch.conftest import HOUR, NINE, TOMORROW, assess, book, hold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def grant(person, skill, head, until=None):
    people.grant_skill(
        person, skill_id=skill.pk, certificate="MG-118", valid_until=until, actor=as_actor(head), now=NOW
    )


class TestFreeSlots:
    def test_are_the_next_windows_with_somebody_free(self, case, zhang):
        slots = free_slots(case, now=NOW, most=4)
        # It is 9:12 and an hour's notice is the rule.
        assert [slot.window.start for slot in slots] == [
            NINE + 2 * HOUR,
            NINE + 4 * HOUR,
            NINE + 6 * HOUR,
            TOMORROW,
        ]
        assert {(slot.technician_id, slot.technician_name) for slot in slots} == {(zhang.pk, "张建国")}

    def test_can_be_taken_as_they_stand_every_one(self, case, wang, zhang, chen):
        slots = free_slots(case, now=NOW, most=30, per_window=2)
        for slot in slots:
            hold(wang, Person.objects.get(pk=slot.technician_id), slot.window.start, expires_at=None)
        assert Occupancy.objects.count() == len(slots) == 30

    def test_leave_out_who_is_bound_on_leave_or_held(self, case, wang, zhou, zhang, chen):
        people.grant_leave(
            zhang, sort="annual", starts_at=NINE, ends_at=TOMORROW + 2 * HOUR, actor=as_actor(zhou), now=NOW
        )
        hold(wang, chen, NINE + 2 * HOUR, expires_at=NOW + HOUR)
        slots = free_slots(case, now=NOW, most=5, per_window=2)
        assert [(slot.window.start, slot.technician_name) for slot in slots] == [
            (NINE + 4 * HOUR, "陈刚"),
            (NINE + 6 * HOUR, "陈刚"),
            (TOMORROW, "陈刚"),
            (TOMORROW + 2 * HOUR, "陈刚"),
            (TOMORROW + 2 * HOUR, "张建国"),
        ]

    def test_count_a_hold_that_ran_out_as_free(self, case, wang, chen):
        hold(wang, chen, NINE + 2 * HOUR, expires_at=NOW)
        assert free_slots(case, now=NOW)[0].window.start == NINE + 2 * HOUR

    def test_do_not_count_the_visit_that_is_to_be_moved(self, accepted, wang, zhang):
        book(accepted, zhang, NINE + 4 * HOUR, wang)
        starts = [slot.window.start for slot in free_slots(accepted, now=NOW, most=3)]
        assert starts == [NINE + 2 * HOUR, NINE + 6 * HOUR, TOMORROW]

    def test_follow_the_rules_of_the_house_and_the_calendar(self, yamu, case, zhang):
        for key, value in {
            "dispatch.window_minutes": 60,
            "dispatch.lead_minutes": 0,
            "dispatch.visit_minutes": 60,
        }.items():
            PolicyValue.objects.create(organisation=yamu, key=key, value=value, changed_at=NOW)
        CalendarDay.objects.create(organisation=yamu, day=TOMORROW.date(), is_working=False, name="盘点")
        slots = free_slots(case, now=NOW, most=9)
        assert slots[0].window.start == NINE + HOUR
        assert slots[0].window.length == HOUR
        assert slots[8].window.start == TOMORROW + timedelta(days=1)

    def test_are_narrowed_to_one_technician_a_length_and_a_day(self, case, zhang, chen):
        slots = free_slots(case, now=NOW, technician_id=chen.pk, minutes=300, start=TOMORROW, days=1, most=9)
        assert [(slot.technician_name, slot.window.start) for slot in slots] == [
            ("陈刚", TOMORROW),
            ("陈刚", TOMORROW + 2 * HOUR),
            ("陈刚", TOMORROW + 4 * HOUR),
        ]

    def test_bring_a_vehicle_when_asked(self, yamu, case, zhang):
        van = Vehicle.objects.create(organisation=yamu, plate="沪A·D2381")
        assert free_slots(case, now=NOW, with_vehicle=True)[0].vehicle_id == van.pk

    def test_know_nothing_of_another_organisation(self, case, hengda):
        hire(hengda, "qian", "钱外人", Role.TECHNICIAN)
        assert free_slots(case, now=NOW) == []


class TestEvidence:
    """可派技师: availability as evidence, with a reason for each who cannot come."""

    def test_names_the_first_window_and_whether_it_keeps_the_arrival_promised(self, case, zhang, chen):
        evidence = availability_evidence(case.pk, NOW)
        assert evidence["available"] is True
        assert evidence["can"] == 2
        assert datetime.fromisoformat(evidence["first"]["starts_at"]) == NINE + 2 * HOUR
        assert evidence["first"]["technician"] in ("张建国", "陈刚")
        assert evidence["first"]["in_time"] is True

    def test_says_of_each_why_not(self, case, wang, zhou, zhang, chen, yamu, sliding_doors):
        liu = hire(yamu, "liu", "刘洋", Role.TECHNICIAN)
        zhao = hire(yamu, "zhao", "赵刚", Role.TECHNICIAN)
        sun = hire(yamu, "sun", "孙强", Role.TECHNICIAN)
        grant(zhang, sliding_doors, zhou)
        grant(liu, sliding_doors, zhou, until=date(2026, 11, 1))
        grant(zhao, sliding_doors, zhou)
        grant(sun, sliding_doors, zhou)
        hold(wang, zhang, NINE + 2 * HOUR, expires_at=NOW + HOUR)
        people.grant_leave(zhao, sort="sick", starts_at=NINE, ends_at=TOMORROW, actor=as_actor(zhou), now=NOW)

        evidence = availability_evidence(case.pk, NOW)

        assert evidence["first"]["technician"] == "孙强"
        said = {one["technician"]: say_why_not(one, evidence["skill"]) for one in evidence["why_not"]}
        assert said == {
            "张建国": "busy until 11-24 13:00",
            "陈刚": "does not hold 移门",
            "刘洋": "the certificate for 移门 ended on 2026-11-01",
            "赵刚": "on leave until 11-25 09:00",
        }
        # Why someone is away is nobody's business.
        assert "sick" not in str(evidence)

    def test_says_that_nobody_can(self, case, chen, sliding_doors):
        evidence = availability_evidence(case.pk, NOW)
        assert (evidence["available"], evidence["first"], evidence["can"]) == (False, None, 0)
        assert [one["why"] for one in evidence["why_not"]] == ["lacks_skill"]

    def test_is_kept_with_the_assessment(self, case, wang, zhang):
        assessment = assess(case, wang)
        assert assessment.technician_available is True
        assert assessment.availability_grounds["first"]["technician"] == "张建国"

    def test_of_many_gives_a_dozen_reasons_and_a_number(self, yamu, case, sliding_doors):
        for number in range(15):
            hire(yamu, f"t{number}", f"师傅{number:02}", Role.TECHNICIAN)
        evidence = availability_evidence(case.pk, NOW)
        assert (len(evidence["why_not"]), evidence["more"]) == (12, 3)


def fill(yamu, technicians, days, skill):
    """A busy company: every technician booked half of each day."""
    crowd = [Person(organisation=yamu, username=f"t{n}", name=f"师傅{n:03}") for n in range(technicians)]
    Person.objects.bulk_create(crowd)
    RoleHolding.objects.bulk_create(
        RoleHolding(organisation=yamu, person=person, role=Role.TECHNICIAN) for person in crowd
    )
    PersonSkill.objects.bulk_create(
        PersonSkill(organisation=yamu, person=person, skill=skill, certificate="1") for person in crowd[::3]
    )
    Occupancy.objects.bulk_create(
        Occupancy(
            organisation=yamu,
            resource_kind="person",
            resource_id=person.pk,
            starts_at=NINE + timedelta(days=day, hours=hour),
            ends_at=NINE + timedelta(days=day, hours=hour + 2),
            holder_kind="visit",
            holder_id=uuid4(),
        )
        for person in crowd
        for day in range(days)
        for hour in (2, 4, 6)
    )


@pytest.mark.parametrize("technicians", [2, 200])
def test_three_statements_however_many_technicians(
    yamu, case, sliding_doors, technicians, django_assert_num_queries
):
    fill(yamu, technicians, days=14, skill=sliding_doors)
    wish = wish_of(Case.objects.get(pk=case.pk), NOW)
    with recall.remembering():
        calendar_of(yamu.pk)
        # Technicians with their skills; visits with their places; where everyone is bound.
        with django_assert_num_queries(3):
            opening = earliest(wish)
    assert opening.window.start == TOMORROW
    assert len(opening.slots) == len(range(0, technicians, 3))


def test_two_hundred_technicians_are_looked_through_while_the_customer_waits(yamu, case, sliding_doors):
    fill(yamu, 200, days=14, skill=sliding_doors)
    began = process_time()
    slots = free_slots(Case.objects.get(pk=case.pk), now=NOW, most=30)
    assert len(slots) == 9
    assert process_time() - began < 1
