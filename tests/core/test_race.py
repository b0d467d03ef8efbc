"""Eight people at once on one root: the chain stays whole, and nobody meets a deadlock."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from shouhou.core import audit, policy
from shouhou.core.events import record
from shouhou.core.models import Event, Root
from shouhou.core.use_case import lock_root, use_case
from shouhou.people.models import Vehicle
from tests.conftest import NOW, as_actor

WRITERS, ROUNDS = 8, 10


@use_case("test.note")
def note(*, word, actor, now):
    car = Vehicle.objects.create(organisation_id=actor.organisation_id, plate=word)
    return record("test.noted", car, actor=actor, now=now, word=word).number


@use_case("test.note_on_both")
def note_on_both(*, first, second, meet, actor, now):
    """Takes two roots in the order it is given: two of these, turned round, block each other."""
    lock_root(first, actor.organisation_id)
    # On SQLite, and when tried again, nobody else is here: there is one writer at a time.
    with suppress(BrokenBarrierError):
        meet.wait(timeout=0.5)
    lock_root(second, actor.organisation_id)
    for root_id in (first, second):
        car = Vehicle.objects.get(pk=root_id)
        record("test.noted", car, actor=actor, now=now, root_id=root_id)


@pytest.fixture(autouse=True)
def rules():
    for verb in ("test.note", "test.note_on_both"):
        policy.allow(verb, policy.Role.AGENT)
    yield
    for verb in ("test.note", "test.note_on_both"):
        policy.RULES.pop(verb)


def all_at_once(work):
    """Eight threads, each with its own connection; whatever one of them raises is raised here."""

    def one(number):
        try:
            return [work(number, turn) for turn in range(ROUNDS)]
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return [answer for answers in pool.map(one, range(WRITERS)) for answer in answers]


@pytest.mark.django_db(transaction=True)
class TestOneRoot:
    def test_eight_writers_make_one_chain(self, wang):
        actor = as_actor(wang)

        numbers = all_at_once(lambda writer, turn: note(word=f"{writer}-{turn}", actor=actor, now=NOW))

        assert sorted(numbers) == list(range(1, WRITERS * ROUNDS + 1))
        assert Root.objects.get().length == WRITERS * ROUNDS
        assert list(audit.verify(wang.organisation)) == []

    def test_one_key_has_one_effect_however_many_send_it(self, wang):
        answers = all_at_once(
            lambda writer, turn: note(word=f"{turn}", actor=as_actor(wang, key=f"k{turn}"), now=NOW)
        )

        assert len(set(answers)) == ROUNDS
        assert Event.objects.count() == ROUNDS
        assert list(audit.verify(wang.organisation)) == []

    def test_a_deadlock_is_tried_again_and_reaches_nobody(self, wang):
        roots = [Vehicle.objects.create(organisation=wang.organisation, plate=plate).pk for plate in "AB"]
        meet = Barrier(2)

        def cross(first, second):
            try:
                note_on_both(first=first, second=second, meet=meet, actor=as_actor(wang), now=NOW)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(cross, roots, reversed(roots)))

        assert list(Root.objects.filter(pk__in=roots).values_list("length", flat=True)) == [2, 2]
        assert list(audit.verify(wang.organisation)) == []
