"""One verb, one door."""

from datetime import timedelta

import pytest

from shouhou.core import audit, events, gates, jobs, policy, use_case
from shouhou.core.models import Command, Event, Job, Root
from shouhou.core.refusals import KeyReused, NotAllowed, NotFound
from shouhou.people.models import Vehicle
from tests.conftest import NOW, as_actor

pytestmark = pytest.mark.django_db


@use_case.use_case("test.buy_vehicle")
def buy_vehicle(*, plate, actor, now):
    car = Vehicle.objects.create(organisation_id=actor.organisation_id, plate=plate)
    events.record("test.vehicle_bought", car, actor=actor, now=now, plate=plate)
    return car


@use_case.use_case("test.paint_vehicle", on=Vehicle)
def paint_vehicle(car, *, colour, actor, now):
    car.name = colour
    car.save(update_fields=["name"])
    events.record("test.vehicle_painted", car, actor=actor, now=now, colour=colour)
    return car


@use_case.use_case("test.buy_and_paint", composite=True)
def buy_and_paint(*, plate, colour, actor, now):
    car = buy_vehicle(plate=plate, actor=actor, now=now)
    return paint_vehicle(car, colour=colour, actor=actor, now=now)


@pytest.fixture(autouse=True)
def rules():
    for verb in ("test.buy_vehicle", "test.paint_vehicle", "test.buy_and_paint"):
        policy.allow(verb, policy.Role.AGENT)
    yield
    for verb in ("test.buy_vehicle", "test.paint_vehicle", "test.buy_and_paint"):
        policy.RULES.pop(verb)


class TestDoor:
    def test_changes_and_records_in_one_go(self, wang):
        car = buy_vehicle(plate="沪A·D2381", actor=as_actor(wang), now=NOW)

        event = Event.objects.get()
        assert event.subject_id == car.pk
        assert (event.kind, event.actor_name, event.payload) == (
            "test.vehicle_bought",
            "王敏",
            {"plate": "沪A·D2381"},
        )

    def test_refuses_a_role_without_the_right_and_changes_nothing(self, zhang):
        with pytest.raises(NotAllowed):
            buy_vehicle(plate="沪A·D2381", actor=as_actor(zhang), now=NOW)
        assert not Vehicle.objects.exists()

    def test_does_not_find_what_belongs_to_another_organisation(self, wang, hengda):
        theirs = Vehicle.objects.create(organisation=hengda, plate="苏B·1")
        with pytest.raises(NotFound):
            paint_vehicle(theirs.pk, colour="红", actor=as_actor(wang), now=NOW)
        theirs.refresh_from_db()
        assert theirs.name == ""

    def test_asks_the_gates_before_it_changes(self, wang):
        class Closed(NotAllowed):
            code = "test.closed"

        def gate(attempt):
            raise Closed

        before = list(gates._always), dict(gates._gates)
        gates.install((), {"test.buy_vehicle": (gate,)})
        try:
            with pytest.raises(Closed):
                buy_and_paint(plate="沪A·D2381", colour="红", actor=as_actor(wang), now=NOW)
        finally:
            gates.install(tuple(before[0]), before[1])
        assert not Vehicle.objects.exists()
        assert not Event.objects.exists()

    def test_a_composite_is_one_transaction_and_one_chain(self, wang):
        car = buy_and_paint(plate="沪A·D2381", colour="红", actor=as_actor(wang), now=NOW)

        assert car.name == "红"
        assert list(Event.objects.order_by("number").values_list("number", "kind")) == [
            (1, "test.vehicle_bought"),
            (2, "test.vehicle_painted"),
        ]
        assert Root.objects.get().length == 2


class TestCommandKey:
    """The same key with the same command gets the stored answer."""

    def test_has_one_effect(self, wang):
        first = buy_vehicle(plate="沪A·D2381", actor=as_actor(wang, key="k1"), now=NOW)
        again = buy_vehicle(plate="沪A·D2381", actor=as_actor(wang, key="k1"), now=NOW + timedelta(minutes=1))

        assert again == first
        assert Vehicle.objects.count() == 1
        assert Command.objects.count() == 1

    def test_is_refused_for_another_command(self, wang):
        buy_vehicle(plate="沪A·D2381", actor=as_actor(wang, key="k1"), now=NOW)
        with pytest.raises(KeyReused):
            buy_vehicle(plate="沪A·D9999", actor=as_actor(wang, key="k1"), now=NOW)

    def test_is_free_again_when_the_command_was_refused(self, wang, zhang):
        with pytest.raises(NotAllowed):
            buy_vehicle(plate="沪A·D2381", actor=as_actor(zhang, key="k1"), now=NOW)
        assert not Command.objects.exists()


def buy_and_lose(actor, now):
    with use_case.attempt():
        lost = Vehicle.objects.create(organisation_id=actor.organisation_id, plate="2")
        events.record("test.vehicle_bought", lost, actor=actor, now=now)
        raise NotFound


class TestAttempt:
    def test_undoes_its_own_rows_and_events_alone(self, wang):
        @use_case.use_case("test.buy_vehicle")
        def buy_two(*, actor, now):
            kept = Vehicle.objects.create(organisation_id=actor.organisation_id, plate="1")
            events.record("test.vehicle_bought", kept, actor=actor, now=now)
            with pytest.raises(NotFound):
                buy_and_lose(actor, now)
            events.record("test.vehicle_painted", kept, actor=actor, now=now)

        buy_two(actor=as_actor(wang), now=NOW)

        assert Vehicle.objects.get().plate == "1"
        assert list(Event.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
        assert list(audit.verify(wang.organisation)) == []


class TestAudit:
    """verify-audit names the first broken row."""

    def test_a_whole_chain_fits(self, wang):
        for plate in "ABC":
            buy_vehicle(plate=plate, actor=as_actor(wang), now=NOW)
        audit.seal_finished_hours(NOW + timedelta(hours=2))
        assert list(audit.verify(wang.organisation)) == []

    def test_a_changed_row_shows(self, wang):
        for plate in "ABC":
            buy_vehicle(plate=plate, actor=as_actor(wang), now=NOW)
        Event.objects.filter(number=2).update(payload={"plate": "X"})
        (broken,) = audit.verify(wang.organisation)
        assert (broken.number, broken.why) == (2, "changed")

    def test_a_cut_tail_shows_although_the_head_was_mended(self, wang):
        for plate in "ABC":
            buy_vehicle(plate=plate, actor=as_actor(wang), now=NOW)
        audit.seal_finished_hours(NOW + timedelta(hours=2))
        Event.objects.filter(number=3).delete()
        kept = Event.objects.get(number=2)
        Root.objects.update(length=2, head=kept.hash)
        (broken,) = audit.verify(wang.organisation)
        assert broken.why.startswith("seal")


class TestJobs:
    @pytest.fixture(autouse=True)
    def kinds(self):
        known = dict(jobs.KINDS)
        self.done = []

        @jobs.job("test.note")
        def note(payload, now):
            self.done.append(payload["word"])

        @jobs.job("test.break")
        def break_down(payload, now):
            raise ValueError("broken")

        yield
        jobs.KINDS.clear()
        jobs.KINDS.update(known)

    def test_is_done_once_under_its_dedupe_key(self, db):
        for _ in range(3):
            jobs.enqueue("test.note", {"word": "a"}, now=NOW, dedupe_key="a")
        assert jobs.run_due(NOW) == 1
        assert self.done == ["a"]

    def test_is_taken_again_when_the_lease_ran_out(self, db):
        jobs.enqueue("test.note", {"word": "a"}, now=NOW)
        dead_worker = jobs.take(NOW)
        assert jobs.take(NOW) is None
        assert jobs.run_due(NOW + jobs.LEASE) == 1
        # The worker thought dead comes back: its answer under the old fence is not taken.
        jobs.work_off(dead_worker, NOW)
        assert Job.objects.get().fence == 2

    def test_lies_among_the_dead_letters_after_the_last_try(self, db):
        jobs.enqueue("test.break", {}, now=NOW)
        moment = NOW
        for _ in range(jobs.MOST_ATTEMPTS):
            moment += timedelta(hours=1)
            jobs.run_due(moment)
        dead = Job.objects.get()
        assert dead.state == Job.State.DEAD
        assert "broken" in dead.trouble

    def test_only_one_holds_the_clock(self, db):
        stretch = timedelta(seconds=30)
        assert jobs.hold("clock", "one", NOW, stretch)
        assert not jobs.hold("clock", "two", NOW, stretch)
        assert jobs.hold("clock", "one", NOW, stretch)
        assert jobs.hold("clock", "two", NOW + stretch, stretch)
