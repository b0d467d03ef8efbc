"""Eight writers at the same moment: crews, vehicles, swaps, holds, leave. Nobody is ever in two places.

What may come out of it is a booking or a refusal with a sentence; a deadlock or a traceback is neither.
"""

import random
import threading
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from shouhou.core import policy
from shouhou.core.policy import Role
from shouhou.core.refusals import Refusal
from shouhou.core.use_case import use_case
from shouhou.people import occupancy
from shouhou.people.models import Occupancy, Vehicle
from shouhou.people.occupancy import Booking, crew
from shouhou.people.refusals import Gone, Lapsed, StillBound, Taken
from shouhou.people.services import cancel_leave, grant_leave, let_person_go
from tests.conftest import NOW, as_actor, hire

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

WRITERS, ROUNDS = 8, 30
# A day short enough that half of what is asked for is taken.
PLACES = 24
HALF_HOUR = timedelta(minutes=30)
MORNING = NOW.replace(hour=9, minute=0) + timedelta(days=1)


@use_case("test.race")
def book(*, bookings, actor, now):
    for kind, holder, stretches, expires_at in bookings:
        occupancy.take(actor.organisation_id, stretches, kind, holder, now, expires_at)


@use_case("test.race")
def rebook(*, bookings, actor, now):
    occupancy.rebook(actor.organisation_id, bookings, now)


@use_case("test.race")
def confirm(*, slot, actor, now):
    occupancy.confirm(actor.organisation_id, "visit", slot, to=("visit", uuid4()))


@pytest.fixture(autouse=True)
def rule():
    policy.allow("test.race", Role.SUPERVISOR)
    yield
    policy.RULES.pop("test.race")


class Dispatcher(threading.Thread):
    """One of eight who plan the same short day with the same few people."""

    def __init__(
        self, seed: int, actor, people: list[UUID], vans: list[UUID], start: threading.Barrier
    ) -> None:
        super().__init__(name=f"dispatcher {seed}")
        self.random = random.Random(seed)
        self.actor, self.people, self.vans, self.barrier = actor, people, vans, start
        self.mine: list[Booking] = []
        self.outcomes: Counter[str] = Counter()
        self.broken: list[BaseException] = []

    def run(self) -> None:
        acts = [*[self.book] * 4, *[self.swap] * 3, *[self.cancel] * 2, *[self.hold] * 3, *[self.leave] * 2]
        self.barrier.wait()
        try:
            for _round in range(ROUNDS):
                act = self.random.choice(acts)
                try:
                    act()
                    self.outcomes[act.__name__] += 1
                except Refusal as refusal:
                    self.outcomes[refusal.code] += 1
        except BaseException as trouble:
            self.broken.append(trouble)
        finally:
            connection.close()

    def stretches(self, people=(2, 3), halves=3):
        start = MORNING + self.random.randrange(PLACES) * HALF_HOUR
        chosen = self.random.sample(self.people, self.random.choice(people))
        end = start + self.random.randint(1, halves) * HALF_HOUR
        return crew(chosen, start, end, vehicle_id=self.random.choice(self.vans))

    def book(self) -> None:
        booking = Booking("visit", uuid4(), self.stretches())
        book(bookings=[booking], actor=self.actor, now=NOW)
        self.mine.append(booking)

    def hold(self) -> None:
        """Two times are offered at once; one hold has run out already, the other is chosen."""
        lapsed = Booking("visit", uuid4(), self.stretches([1], 1), NOW)
        standing = Booking("visit", uuid4(), self.stretches([1, 2], 1), NOW + HALF_HOUR)
        rebook(bookings=[lapsed, standing], actor=self.actor, now=NOW)
        confirm(slot=standing.holder_id, actor=self.actor, now=NOW)

    def swap(self) -> None:
        """Two visits change crews and times with each other."""
        if len(self.mine) < 2:
            return self.book()
        one, other = self.random.sample(self.mine, 2)
        moved = [one._replace(stretches=other.stretches), other._replace(stretches=one.stretches)]
        rebook(bookings=moved, actor=self.actor, now=NOW)
        self.mine = [booking for booking in self.mine if booking not in (one, other)] + moved
        return None

    def cancel(self) -> None:
        if self.mine:
            rebook(bookings=[self.mine[-1]._replace(stretches=[])], actor=self.actor, now=NOW)
            self.mine.pop()

    def leave(self) -> None:
        start = MORNING + self.random.randrange(PLACES) * HALF_HOUR
        person = self.random.choice(self.people)
        taken = grant_leave(
            person, sort="training", starts_at=start, ends_at=start + HALF_HOUR, actor=self.actor, now=NOW
        )
        if self.random.random() < 0.5:
            cancel_leave(taken, actor=self.actor, now=NOW)


def overlaps() -> list[tuple[Occupancy, Occupancy]]:
    rows = Occupancy.objects.order_by("resource_id", "starts_at")
    return [
        (one, other)
        for one, other in pairwise(rows)
        if one.resource_id == other.resource_id and other.starts_at < one.ends_at
    ]


def test_eight_writers_never_put_anyone_in_two_places(yamu):
    head = as_actor(hire(yamu, "zhou", "周岚", Role.SUPERVISOR))
    people = [hire(yamu, f"t{number}", f"师傅{number}", Role.TECHNICIAN).pk for number in range(9)]
    vans = [Vehicle.objects.create(organisation=yamu, plate=f"沪A·{number}").pk for number in range(5)]
    start = threading.Barrier(WRITERS)
    dispatchers = [Dispatcher(seed, head, people, vans, start) for seed in range(WRITERS)]

    for dispatcher in dispatchers:
        dispatcher.start()
    for dispatcher in dispatchers:
        dispatcher.join(timeout=120)

    assert not any(dispatcher.is_alive() for dispatcher in dispatchers)
    assert [trouble for dispatcher in dispatchers for trouble in dispatcher.broken] == []
    assert overlaps() == []
    outcomes = sum((dispatcher.outcomes for dispatcher in dispatchers), Counter())
    assert outcomes.total() == WRITERS * ROUNDS
    # The race was one: some won, and those who came second were told so.
    assert min(outcomes[name] for name in ("book", "swap", "hold", "leave", "cancel", Taken.code)) > 0
    assert set(outcomes) <= {"book", "swap", "hold", "leave", "cancel", Taken.code, Lapsed.code}
    bound = {
        booking.holder_id: len(booking.stretches) for dispatcher in dispatchers for booking in dispatcher.mine
    }
    kept = Counter(Occupancy.objects.filter(holder_id__in=bound).values_list("holder_id", flat=True))
    assert kept == bound, "every accepted booking stands whole"


def test_of_eight_who_want_the_same_hour_one_wins(yamu):
    head = as_actor(hire(yamu, "zhou", "周岚", Role.SUPERVISOR))
    zhang = hire(yamu, "zhang", "张建国", Role.TECHNICIAN)
    start, outcomes = threading.Barrier(WRITERS), Counter()

    def want() -> None:
        start.wait()
        try:
            booking = Booking("visit", uuid4(), crew([zhang.pk], MORNING, MORNING + HALF_HOUR))
            book(bookings=[booking], actor=head, now=timezone.now())
            outcomes["won"] += 1
        except Taken:
            outcomes["told"] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=want) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert outcomes == {"won": 1, "told": WRITERS - 1}


@pytest.mark.parametrize("_round", range(5))
def test_nobody_is_let_go_and_booked_at_the_same_moment(yamu, _round):
    head = as_actor(hire(yamu, "zhou", "周岚", Role.SUPERVISOR))
    zhang = hire(yamu, "zhang", "张建国", Role.TECHNICIAN)
    start, outcomes = threading.Barrier(2), []

    def attempt(act) -> None:
        start.wait()
        try:
            act()
        except (StillBound, Gone) as refused:
            outcomes.append(refused.code)
        else:
            outcomes.append("done")
        finally:
            connection.close()

    booking = Booking("visit", uuid4(), crew([zhang.pk], MORNING, MORNING + HALF_HOUR))
    acts = [
        lambda: book(bookings=[booking], actor=head, now=NOW),
        lambda: let_person_go(zhang.pk, actor=head, now=NOW),
    ]
    threads = [threading.Thread(target=attempt, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    zhang.refresh_from_db()
    assert sorted(outcomes) in (["done", Gone.code], ["done", StillBound.code])
    assert zhang.is_active == Occupancy.objects.exists()
