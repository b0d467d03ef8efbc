"""Jobs (后台任务): work for later, written in the transaction that makes it needed.

The table is the truth. A worker takes a lease with a growing fence, works, and writes its answer
only under the same fence; a worker that died leaves a lease that runs out, and the job is taken again.
What fails keeps its trouble, is tried again later, and in the end lies among the dead letters
where a person sees it.

    @job("messages.deliver")
    def deliver(payload: dict[str, str], now: datetime) -> None: ...

A handler's database effects and the job's end commit together. Handlers that talk to the world
(``outside=True``) run without a surrounding transaction and must bear being run twice.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from shouhou.core.models import Job, Lease

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 8
CLOCK = "clock"

Handler = Callable[[dict[str, Any], datetime], None]
Errand = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Kind:
    handler: Handler
    outside: bool


KINDS: dict[str, Kind] = {}
ERRANDS: list[tuple[timedelta, Errand]] = []


def job(kind: str, *, outside: bool = False) -> Callable[[Handler], Handler]:
    """Name the handler of a kind of job."""

    def name(handler: Handler) -> Handler:
        KINDS[kind] = Kind(handler, outside)
        return handler

    return name


def every(*, seconds: int = 0, minutes: int = 0) -> Callable[[Errand], Errand]:
    """Name an errand of the clock: what its single holder does again and again."""

    def name(errand: Errand) -> Errand:
        ERRANDS.append((timedelta(seconds=seconds, minutes=minutes), errand))
        return errand

    return name


def enqueue(
    kind: str,
    payload: dict[str, Any],
    *,
    now: datetime,
    organisation_id: UUID | None = None,
    due_at: datetime | None = None,
    dedupe_key: str | None = None,
) -> None:
    """Write a job into the transaction under way. A second one under the same dedupe key is not written."""
    if kind not in KINDS:
        raise ValueError(f"No handler for jobs of the kind {kind!r}")
    row = Job(
        organisation_id=organisation_id,
        kind=kind,
        payload=payload,
        dedupe_key=dedupe_key,
        due_at=due_at or now,
        made_at=now,
    )
    if dedupe_key is None:
        row.save(force_insert=True)
        return
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        log.debug("job %s is known already", dedupe_key)


def take(now: datetime) -> Job | None:
    """Lease the oldest due job to this worker."""
    with transaction.atomic():
        rows = Job.objects.filter(state=Job.State.WAITING, due_at__lte=now)
        rows = rows.filter(Q(lease_until=None) | Q(lease_until__lte=now)).order_by("due_at")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        taken = rows.first()
        if taken is not None:
            taken.lease_until, taken.fence, taken.attempts = now + LEASE, taken.fence + 1, taken.attempts + 1
            taken.save(update_fields=["lease_until", "fence", "attempts"])
        return taken


def work_off(taken: Job, now: datetime) -> None:
    """Do a leased job and write its end, or its trouble."""
    kind = KINDS.get(taken.kind)
    try:
        if kind is None:
            raise LookupError(f"No handler for jobs of the kind {taken.kind!r}")
        if kind.outside:
            kind.handler(taken.payload, now)
            _end(taken, now)
        else:
            with transaction.atomic():
                kind.handler(taken.payload, now)
                _end(taken, now)
    except Stale:
        log.warning("job %s was taken over by another worker", taken.pk)
    except Exception as trouble:  # a job's trouble is kept on its row, whatever it is
        log.exception("job %s %s", taken.kind, taken.pk)
        _put_back(taken, now, f"{type(trouble).__name__}: {trouble}")


class Stale(Exception):
    """The lease ran out and another worker has the job: this answer is not taken."""


def _mine(taken: Job) -> Any:
    return Job.objects.filter(pk=taken.pk, fence=taken.fence, state=Job.State.WAITING)


def _end(taken: Job, now: datetime) -> None:
    if not _mine(taken).update(state=Job.State.DONE, ended_at=now, lease_until=None, trouble=""):
        raise Stale


def _put_back(taken: Job, now: datetime, trouble: str) -> None:
    if taken.attempts >= MOST_ATTEMPTS:
        _mine(taken).update(state=Job.State.DEAD, ended_at=now, lease_until=None, trouble=trouble[:2000])
    else:
        later = now + timedelta(seconds=10 * 2**taken.attempts)
        _mine(taken).update(due_at=later, lease_until=None, trouble=trouble[:2000])


def revive(dead: Job, now: datetime) -> None:
    """Try a dead letter again."""
    Job.objects.filter(pk=dead.pk, state=Job.State.DEAD).update(
        state=Job.State.WAITING, due_at=now, attempts=0, ended_at=None
    )


def run_due(now: datetime, most: int = 1_000) -> int:
    """Work off what is due; the number of jobs done. Tests and commands call this directly."""
    done = 0
    while done < most and (taken := take(now)):
        work_off(taken, now)
        done += 1
    return done


def hold(name: str, holder: str, now: datetime, stretch: timedelta) -> bool:
    """Take or keep a lease by name; whether it is ours now."""
    with transaction.atomic():
        _, made = Lease.objects.get_or_create(name=name, defaults={"holder": holder, "until": now + stretch})
        if made:
            return True
        rows = Lease.objects.filter(Q(holder=holder) | Q(until__lte=now), name=name)
        return bool(rows.update(holder=holder, until=now + stretch))


class Worker(threading.Thread):
    """A worker: works off jobs and, while it holds the clock's lease, runs the clock's errands."""

    def __init__(self, clock: Callable[[], datetime], rest: float = 1.0) -> None:
        super().__init__(name="shouhou-worker", daemon=True)
        self.clock, self.rest = clock, rest
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{id(self)}"
        self.stopping = threading.Event()
        self.last: dict[Errand, datetime] = {}

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                busy = run_due(self.clock(), most=50)
                self.errands()
            except Exception:  # the worker outlives a lost connection
                log.exception("worker")
                connection.close()
                busy = 0
            if not busy:
                self.stopping.wait(self.rest)
        connection.close()

    def errands(self) -> None:
        """Run the errands that are due, if the clock is ours."""
        now = self.clock()
        if not hold(CLOCK, self.holder, now, timedelta(seconds=30)):
            return
        for pause, errand in ERRANDS:
            if errand not in self.last or now - self.last[errand] >= pause:
                self.last[errand] = now
                try:
                    errand(now)
                except Exception:  # one errand's trouble does not stop the clock
                    log.exception("errand %s", errand.__name__)

    def stop(self) -> None:
        """Finish the job in hand, then end."""
        self.stopping.set()


def waiting(now: datetime) -> dict[str, int]:
    """How many jobs wait, are late, or are dead: for ``/readyz`` and ``doctor``."""
    rows = Job.objects
    return {
        "waiting": rows.filter(state=Job.State.WAITING, due_at__gt=now).count(),
        "due": rows.filter(state=Job.State.WAITING, due_at__lte=now).count(),
        "dead": rows.filter(state=Job.State.DEAD).count(),
    }
