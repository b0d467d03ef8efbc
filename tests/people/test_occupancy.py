"""Nobody and no vehicle is in two places (design §3), on both databases."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.migrations.state import ProjectState
from django.utils import translation

from shouhou.core.no_overlap import NoOverlap
from shouhou.core.refusals import NotFound
from shouhou.people import occupancy
from shouhou.people.models import Occupancy
from shouhou.people.occupancy import Booking, crew
from shouhou.people.refusals import Gone, Lapsed, Taken
from tests.conftest import NOW, hire
from tests.people.conftest import FOUR, HOUR, THREE, TWO, take

pytestmark = pytest.mark.django_db


def stretches_of(person):
    return list(
        Occupancy.objects.filter(resource_id=person.pk)
        .order_by("starts_at")
        .values_list("starts_at", "ends_at")
    )


class TestTheDatabase:
    """The promise holds for whoever writes, past the services too."""

    def row(self, person, start, end):
        return Occupancy(
            organisation=person.organisation,
            resource_kind="person",
            resource_id=person.pk,
            starts_at=start,
            ends_at=end,
            holder_kind="visit",
            holder_id=uuid4(),
        )

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            (TWO, THREE),
            (TWO - HOUR, FOUR),
            (TWO + HOUR / 4, THREE - HOUR / 4),
            (TWO - HOUR, TWO + timedelta(microseconds=1)),
            (THREE - timedelta(microseconds=1), FOUR),
        ],
    )
    def test_refuses_what_overlaps(self, zhang, start, end):
        self.row(zhang, TWO, THREE).save()
        with pytest.raises(IntegrityError, match="nobody_is_in_two_places"), transaction.atomic():
            self.row(zhang, start, end).save()

    def test_lets_one_start_when_the_other_ends_and_others_at_the_same_time(self, zhang, chen):
        self.row(zhang, TWO, THREE).save()
        self.row(zhang, THREE, FOUR).save()
        self.row(zhang, TWO - HOUR, TWO).save()
        self.row(chen, TWO, FOUR).save()

    def test_refuses_a_change_that_makes_an_overlap(self, zhang):
        self.row(zhang, TWO, THREE).save()
        later = self.row(zhang, THREE, FOUR)
        later.save()
        with pytest.raises(IntegrityError), transaction.atomic():
            Occupancy.objects.filter(pk=later.pk).update(starts_at=THREE - HOUR / 2)
        # A row is not in its own way.
        Occupancy.objects.filter(pk=later.pk).update(ends_at=FOUR + HOUR, starts_at=THREE + HOUR / 2)

    def test_finds_the_clash_however_long_the_history(self, zhang):
        for day in range(1, 30):
            self.row(zhang, TWO - timedelta(days=day), THREE - timedelta(days=day)).save()
        with pytest.raises(IntegrityError), transaction.atomic():
            self.row(zhang, TWO - timedelta(days=20), TWO - timedelta(days=20) + HOUR / 2).save()


class TestTake:
    def test_binds_a_crew_and_its_vehicle_for_the_holder(self, desk, zhang, chen, van):
        visit = take(desk, [zhang, chen], TWO, THREE, van=van)

        rows = Occupancy.objects.filter(holder_kind="visit", holder_id=visit)
        assert {row.resource_id for row in rows} == {zhang.pk, chen.pk, van.pk}
        assert {row.expires_at for row in rows} == {None}

    def test_is_refused_with_who_and_when(self, desk, zhang, chen):
        take(desk, [zhang], TWO, THREE)
        with pytest.raises(Taken) as refused:
            take(desk, [chen, zhang], TWO + HOUR / 2, FOUR)

        with translation.override("en"):
            assert str(refused.value) == (
                "张建国 is already bound 2026-11-24 14:00–15:00. "
                "Pick another time, or someone else who is free."
            )
        assert refused.value.values["held_as"] == "visit"
        assert not stretches_of(chen)

    def test_names_the_vehicle_in_the_way(self, desk, zhang, chen, van):
        take(desk, [zhang], TWO, THREE, van=van)
        with pytest.raises(Taken, match="沪A·D2381"):
            take(desk, [chen], TWO, THREE, van=van)

    def test_is_refused_when_the_same_call_asks_twice(self, desk, zhang):
        both = [*crew([zhang.pk], TWO, THREE), *crew([zhang.pk], TWO + HOUR / 2, FOUR)]
        with pytest.raises(Taken, match="张建国"):
            desk(lambda org: occupancy.take(org, both, "visit", uuid4(), NOW))

    def test_takes_seven_statements_for_any_crew(self, desk, zhang, chen, van, django_assert_num_queries):
        stretches = crew([zhang.pk, chen.pk], TWO, THREE, vehicle_id=van.pk)

        def act(org):
            # Find lapsed holds, lock people, lock vehicles; between savepoint and release: clear, insert.
            with django_assert_num_queries(7):
                occupancy.take(org, stretches, "visit", uuid4(), NOW)

        desk(act)

    def test_does_not_find_people_of_another_organisation(self, desk, hengda):
        stranger = hire(hengda, "stranger", "钱外人")
        with pytest.raises(NotFound):
            take(desk, [stranger], TWO, THREE)

    def test_does_not_send_someone_who_left(self, desk, zhang):
        zhang.is_active = False
        zhang.save()
        with pytest.raises(Gone, match="张建国"):
            take(desk, [zhang], TWO, THREE)

    def test_needs_a_use_case(self, zhang):
        with pytest.raises(RuntimeError):
            occupancy.take(zhang.organisation_id, crew([zhang.pk], TWO, THREE), "visit", uuid4(), NOW)

    def test_does_not_take_a_stretch_that_ends_before_it_starts(self, desk, zhang):
        with pytest.raises(ValueError, match="must end after it starts"):
            take(desk, [zhang], THREE, TWO)


class TestHold:
    """An offered slot is a hold with an expiry."""

    def test_binds_until_it_runs_out(self, desk, zhang):
        take(desk, [zhang], TWO, THREE, expires_at=NOW + HOUR)
        with pytest.raises(Taken):
            take(desk, [zhang], TWO, THREE, now=NOW + HOUR - timedelta(seconds=1))

        take(desk, [zhang], TWO, THREE, now=NOW + HOUR)
        assert stretches_of(zhang) == [(TWO, THREE)]

    def test_goes_with_its_whole_crew_when_it_ran_out(self, desk, zhang, chen):
        take(desk, [zhang, chen], TWO, THREE, expires_at=NOW)
        take(desk, [zhang], TWO, THREE)
        assert not stretches_of(chen)

    def test_becomes_a_booking(self, desk, zhang):
        slot = take(desk, [zhang], TWO, THREE, expires_at=NOW + HOUR)
        desk(lambda org: occupancy.confirm(org, "visit", slot))
        with pytest.raises(Taken):
            take(desk, [zhang], TWO, THREE, now=NOW + 2 * HOUR)

    def test_becomes_the_time_of_the_visit_which_gives_up_its_old_one(self, desk, zhang, chen):
        visit = take(desk, [zhang], TWO, THREE)
        slot = take(desk, [chen], THREE, FOUR, expires_at=NOW + HOUR)
        desk(lambda org: occupancy.confirm(org, "visit", slot, to=("visit", visit)))

        assert not stretches_of(zhang)
        row = Occupancy.objects.get()
        assert (row.holder_id, row.resource_id, row.expires_at) == (visit, chen.pk, None)

    def test_still_counts_after_its_time_while_nobody_took_it(self, desk, zhang):
        slot = take(desk, [zhang], TWO, THREE, expires_at=NOW - HOUR)
        desk(lambda org: occupancy.confirm(org, "visit", slot))
        assert Occupancy.objects.get().expires_at is None

    def test_is_refused_when_somebody_took_it_and_the_visit_keeps_what_it_had(self, desk, zhang, chen):
        visit = take(desk, [chen], TWO, THREE)
        slot = take(desk, [zhang], TWO, THREE, expires_at=NOW - HOUR)
        take(desk, [zhang], TWO, THREE)
        with pytest.raises(Lapsed):
            desk(lambda org: occupancy.confirm(org, "visit", slot, to=("visit", visit)))
        assert stretches_of(chen) == [(TWO, THREE)]


class TestRebook:
    """A swap or a re-plan releases all moved stretches, then takes them."""

    def test_swaps_the_technicians_of_two_visits(self, desk, zhang, chen):
        first, second = take(desk, [zhang], TWO, THREE), take(desk, [chen], TWO, THREE)
        moves = [
            Booking("visit", first, crew([chen.pk], TWO, THREE)),
            Booking("visit", second, crew([zhang.pk], TWO, THREE)),
        ]
        desk(lambda org: occupancy.rebook(org, moves, NOW))
        assert Occupancy.objects.get(holder_id=first).resource_id == chen.pk
        assert Occupancy.objects.get(holder_id=second).resource_id == zhang.pk

    def test_moves_a_visit_by_half_its_length(self, desk, zhang):
        visit = take(desk, [zhang], TWO, FOUR)
        desk(
            lambda org: occupancy.rebook(
                org, [Booking("visit", visit, crew([zhang.pk], THREE, FOUR + HOUR))], NOW
            )
        )
        assert stretches_of(zhang) == [(THREE, FOUR + HOUR)]

    def test_gives_everything_back_when_it_is_refused(self, desk, zhang, chen):
        first = take(desk, [zhang], TWO, THREE)
        take(desk, [chen], TWO, THREE)

        def act(org):
            with pytest.raises(Taken, match="陈刚"):
                occupancy.rebook(org, [Booking("visit", first, crew([chen.pk], TWO, FOUR))], NOW)

        desk(act)
        assert stretches_of(zhang) == [(TWO, THREE)]


class TestRelease:
    def test_frees_all_the_holder_has_and_no_more(self, desk, zhang, chen):
        visit = take(desk, [zhang, chen], TWO, THREE)
        take(desk, [zhang], THREE, FOUR)
        desk(lambda org: occupancy.release(org, "visit", visit))
        assert stretches_of(zhang) == [(THREE, FOUR)]
        assert not stretches_of(chen)

    def test_cuts_what_is_left_when_a_visit_is_done_early(self, desk, zhang):
        visit = take(desk, [zhang], TWO, FOUR)
        desk(lambda org: occupancy.cut(org, "visit", visit, THREE))
        assert stretches_of(zhang) == [(TWO, THREE)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps the same promise with triggers")
def test_the_promise_stands_as_an_exclusion_constraint(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT contype FROM pg_constraint WHERE conname = 'nobody_is_in_two_places'")
        assert cursor.fetchall() == [("x",)]


@pytest.mark.django_db(transaction=True)
def test_the_promise_can_be_taken_down_and_put_up_again(zhang):
    promise = NoOverlap("occupancy", name="nobody_is_in_two_places", of=("organisation", "resource_id"))
    state = ProjectState.from_apps(apps)
    with connection.schema_editor() as editor:
        promise.database_backwards("people", editor, state, state)
    TestTheDatabase().row(zhang, TWO, THREE).save()
    TestTheDatabase().row(zhang, TWO, THREE).save()

    Occupancy.objects.all().delete()
    with connection.schema_editor() as editor:
        promise.database_forwards("people", editor, state, state)
    TestTheDatabase().row(zhang, TWO, THREE).save()
    with pytest.raises(IntegrityError):
        TestTheDatabase().row(zhang, TWO, THREE).save()
