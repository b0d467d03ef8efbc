"""Binding people and vehicles (占用): called inside other rooms' use cases, never from a face.

What holds a stretch is opaque here: a kind and an id (a visit, an offered slot, leave). The database
decides (migration 0002): two dispatchers who save at the same moment cannot both win; the one who
comes second is refused with ``Taken`` and nothing of the call is kept.

Every call first locks the people, then the vehicles it touches, each by id, so that crews taken in any
order wait for each other instead of deadlocking. What belongs together goes into one call (``rebook``
takes many holders); several calls in one use case may still deadlock, and are then tried again.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from shouhou.core.refusals import NotFound
from shouhou.core.use_case import current
from shouhou.kernel.window import Window
from shouhou.people.models import Occupancy, Person, Vehicle
from shouhou.people.refusals import Gone, Lapsed, Taken

PERSON, VEHICLE = Occupancy.Resource.PERSON, Occupancy.Resource.VEHICLE
# The holder this room itself knows.
LEAVE = "leave"
Resource = Person | Vehicle
MODELS: dict[str, type[Person] | type[Vehicle]] = {PERSON: Person, VEHICLE: Vehicle}


class Stretch(NamedTuple):
    """A person or vehicle from one moment until just before another."""

    resource_kind: str
    resource_id: UUID
    starts_at: datetime
    ends_at: datetime


class Booking(NamedTuple):
    """What one holder is to have: all its stretches, and until when if it is only a hold."""

    holder_kind: str
    holder_id: UUID
    stretches: Sequence[Stretch]
    expires_at: datetime | None = None


def crew(
    people: Iterable[UUID], starts_at: datetime, ends_at: datetime, *, vehicle_id: UUID | None = None
) -> list[Stretch]:
    """The stretches of a crew, each person once, and of the vehicle they go in."""
    stretches = [Stretch(PERSON, person_id, starts_at, ends_at) for person_id in dict.fromkeys(people)]
    if vehicle_id is not None:
        stretches.append(Stretch(VEHICLE, vehicle_id, starts_at, ends_at))
    return stretches


def take(
    organisation_id: UUID,
    stretches: Sequence[Stretch],
    holder_kind: str,
    holder_id: UUID,
    now: datetime,
    expires_at: datetime | None = None,
) -> None:
    """Bind these stretches for the holder, beside what it has already; with ``expires_at`` as a hold.

    Holds of others that ran out give way. Raises ``Taken``, ``Gone``, ``NotFound``.
    """
    _bind(organisation_id, [Booking(holder_kind, holder_id, stretches, expires_at)], now, released=())


def rebook(organisation_id: UUID, bookings: Sequence[Booking], now: datetime) -> None:
    """Give every holder exactly the stretches named: all they had is released first, then all is taken.

    So two visits may swap their technicians, and a visit may move by half its length; a booking
    without stretches is a release. Refused as a whole: every holder then has what it had.
    Raises ``Taken``, ``Gone``, ``NotFound``.
    """
    _bind(organisation_id, bookings, now, released=bookings)


def release(organisation_id: UUID, holder_kind: str, holder_id: UUID) -> None:
    """Free all the holder has."""
    current()
    _locked(organisation_id, held_by(organisation_id, holder_kind, holder_id)).delete()


def cut(organisation_id: UUID, holder_kind: str, holder_id: UUID, at: datetime) -> None:
    """Free what the holder has from a moment on: a visit done early, someone back from leave early."""
    current()
    rows = _locked(organisation_id, held_by(organisation_id, holder_kind, holder_id))
    rows.filter(starts_at__gte=at).delete()
    rows.filter(ends_at__gt=at).update(ends_at=at)


def confirm(
    organisation_id: UUID, holder_kind: str, holder_id: UUID, *, to: tuple[str, UUID] | None = None
) -> None:
    """Turn a hold into a booking, its own or that of ``to`` (the slot chosen becomes the visit's time).

    What ``to`` had before is released. A hold that ran out counts as long as nobody took its time.
    Raises ``Lapsed`` when somebody did; nothing is changed then.
    """
    current()
    kind, key = to or (holder_kind, holder_id)
    held, before = held_by(organisation_id, holder_kind, holder_id), held_by(organisation_id, kind, key)
    with transaction.atomic():
        _locked(organisation_id, held | before)
        before.exclude(pk__in=held.values("pk")).delete()
        if not held.update(holder_kind=kind, holder_id=key, expires_at=None):
            raise Lapsed


def held_by(organisation_id: UUID, holder_kind: str, holder_id: UUID) -> QuerySet[Occupancy]:
    """The rows a holder has."""
    return Occupancy.objects.filter(
        organisation_id=organisation_id, holder_kind=holder_kind, holder_id=holder_id
    )


def standing(organisation_id: UUID, start: datetime, end: datetime, now: datetime) -> QuerySet[Occupancy]:
    """What binds anyone in a stretch: every row that reaches into it but the holds that ran out."""
    unexpired = Q(expires_at=None) | Q(expires_at__gt=now)
    return Occupancy.objects.filter(
        unexpired, organisation_id=organisation_id, starts_at__lt=end, ends_at__gt=start
    )


def to_come(organisation_id: UUID, now: datetime) -> QuerySet[Occupancy]:
    """What binds anyone now or later: every row but those over and the holds that ran out."""
    unexpired = Q(expires_at=None) | Q(expires_at__gt=now)
    return Occupancy.objects.filter(unexpired, organisation_id=organisation_id, ends_at__gt=now)


def lock(organisation_id: UUID, resources: Collection[tuple[str, UUID]]) -> dict[UUID, Resource]:
    """Lock people, then vehicles, each by id, until the transaction ends; the rows that were found."""
    locked: dict[UUID, Resource] = {}
    for kind, model in MODELS.items():
        keys = {key for of_kind, key in resources if of_kind == kind}
        if keys:
            # Not a full lock: a row elsewhere that names the person by a foreign key need not wait.
            rows = model._default_manager.filter(organisation_id=organisation_id, pk__in=keys)
            locked |= {row.pk: row for row in rows.order_by("pk").select_for_update(no_key=True)}
    return locked


def _locked(organisation_id: UUID, rows: QuerySet[Occupancy]) -> QuerySet[Occupancy]:
    """The same rows, whom they bind locked: who wants the time of a row that goes waits in the one order."""
    lock(organisation_id, set(rows.values_list("resource_kind", "resource_id")))
    return rows


def _bind(
    organisation_id: UUID, bookings: Sequence[Booking], now: datetime, *, released: Sequence[Booking]
) -> None:
    current()
    wanted = [stretch for booking in bookings for stretch in booking.stretches]
    if any(stretch.ends_at <= stretch.starts_at for stretch in wanted):
        raise ValueError(f"A stretch must end after it starts: {wanted}")
    leaving = _leaving(organisation_id, wanted, released, now)
    names = _lock_in_service(organisation_id, wanted, leaving)
    try:
        # The savepoint gives back what was released when the whole is refused.
        with transaction.atomic():
            leaving.delete()
            Occupancy.objects.bulk_create(_rows(organisation_id, bookings))
    except IntegrityError as trouble:
        kept = [booking.holder_id for booking in released]
        raise _taken(organisation_id, wanted, names, now, kept) from trouble


def _lock_in_service(
    organisation_id: UUID, wanted: Iterable[Stretch], leaving: QuerySet[Occupancy]
) -> dict[UUID, str]:
    """Lock whom rows bind that come or go; the names. One of another organisation is not found."""
    coming = {(stretch.resource_kind, stretch.resource_id) for stretch in wanted}
    rows = lock(organisation_id, coming.union(leaving.values_list("resource_kind", "resource_id")))
    for kind, key in coming:
        if key not in rows:
            raise NotFound(what=MODELS[kind]._meta.verbose_name)
        if not rows[key].is_active:
            raise Gone(resource=str(rows[key]), resource_id=key)
    return {key: str(row) for key, row in rows.items()}


def _leaving(
    organisation_id: UUID, wanted: Sequence[Stretch], released: Iterable[Booking], now: datetime
) -> QuerySet[Occupancy]:
    """The rows that give way: those released, and holds in the way that ran out.

    A hold goes with all its crew: half a hold is none.
    """
    rows = Occupancy.objects.filter(organisation_id=organisation_id)
    lapsed = rows.filter(_reach(wanted), expires_at__lte=now)
    return rows.filter(
        reduce(
            or_,
            (Q(holder_kind=holder.holder_kind, holder_id=holder.holder_id) for holder in released),
            Q(expires_at__lte=now, holder_id__in=lapsed.values("holder_id")),
        )
    )


def _rows(organisation_id: UUID, bookings: Iterable[Booking]) -> list[Occupancy]:
    return [
        Occupancy(
            organisation_id=organisation_id,
            holder_kind=booking.holder_kind,
            holder_id=booking.holder_id,
            expires_at=booking.expires_at,
            **stretch._asdict(),
        )
        for booking in bookings
        for stretch in booking.stretches
    ]


def _reach(wanted: Iterable[Stretch]) -> Q:
    return reduce(
        or_,
        (
            Q(resource_id=stretch.resource_id, starts_at__lt=stretch.ends_at, ends_at__gt=stretch.starts_at)
            for stretch in wanted
        ),
        Q(pk__in=[]),
    )


def _taken(
    organisation_id: UUID,
    wanted: Sequence[Stretch],
    names: dict[UUID, str],
    now: datetime,
    but: Sequence[UUID],
) -> Taken:
    """The refusal that names the first stretch in the way: another's, else one asked for twice at once."""
    rows = Occupancy.objects.filter(_reach(wanted), organisation_id=organisation_id).exclude(
        holder_id__in=but
    )
    row = rows.filter(Q(expires_at=None) | Q(expires_at__gt=now)).order_by("starts_at").first()
    found = row or _twice(wanted)
    return Taken(
        resource=names[found.resource_id],
        window=Window(timezone.localtime(found.starts_at), timezone.localtime(found.ends_at)),
        resource_id=found.resource_id,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        held_as=row.holder_kind if row else "",
    )


def _twice(wanted: Sequence[Stretch]) -> Stretch:
    ordered = sorted(wanted, key=lambda stretch: (stretch.resource_id, stretch.starts_at))
    return next(
        later
        for earlier, later in pairwise(ordered)
        if earlier.resource_id == later.resource_id and later.starts_at < earlier.ends_at
    )
