"""Sealing and checking the record (核验).

Every hour the events an organisation recorded are sealed: their hashes, in order, under the seal before.
A chain cut together with its root's head still shows, because the seal no longer fits.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from shouhou.core.events import Break, breaks
from shouhou.core.jobs import every
from shouhou.core.models import Event, Organisation, Root, Seal

HOUR = timedelta(hours=1)


@every(minutes=5)
def seal_finished_hours(now: datetime) -> None:
    """Seal each organisation's hours that are over and hold events."""
    # Five minutes of grace: a long transaction may still commit an event of the hour before.
    end = (now - timedelta(minutes=5)).replace(minute=0, second=0, microsecond=0)
    for organisation_id in Organisation.objects.values_list("pk", flat=True):
        last = Seal.objects.filter(organisation_id=organisation_id).order_by("-hour").first()
        events = Event.objects.filter(organisation_id=organisation_id, recorded_at__lt=end)
        if last:
            events = events.filter(recorded_at__gte=last.hour + HOUR)
        first = events.order_by("recorded_at").values_list("recorded_at", flat=True).first()
        if first is not None:
            _seal_until(organisation_id, first.replace(minute=0, second=0, microsecond=0), end, last)


def _seal_until(organisation_id: UUID, start: datetime, end: datetime, last: Seal | None) -> None:
    hour = start
    while hour < end:
        with transaction.atomic():
            count, digest = _digest(organisation_id, hour, bytes(last.digest) if last else bytes(32))
            if count:
                last, _ = Seal.objects.get_or_create(
                    organisation_id=organisation_id, hour=hour, defaults={"events": count, "digest": digest}
                )
        hour += HOUR


def _digest(organisation_id: UUID, hour: datetime, before: bytes) -> tuple[int, bytes]:
    hashes = (
        Event.objects.filter(
            organisation_id=organisation_id, recorded_at__gte=hour, recorded_at__lt=hour + HOUR
        )
        .order_by("root_id", "number")
        .values_list("hash", flat=True)
    )
    total, mill = 0, hashlib.sha256(before)
    for part in hashes.iterator():
        total += 1
        mill.update(bytes(part))
    return total, mill.digest()


def verify(organisation: Organisation) -> Iterator[Break]:
    """Everything in an organisation's record that no longer fits, first broken row first."""
    heads = {
        key: (length, bytes(head))
        for key, length, head in Root.objects.filter(organisation=organisation).values_list(
            "pk", "length", "head"
        )
    }
    rows = Event.objects.filter(organisation=organisation).order_by("root_id", "number").iterator()
    yield from breaks(rows, heads)
    before = bytes(32)
    for seal in Seal.objects.filter(organisation=organisation).order_by("hour"):
        count, digest = _digest(organisation.pk, seal.hour, before)
        if count != seal.events or digest != bytes(seal.digest):
            yield Break(organisation.pk, 0, f"seal {seal.hour:%Y-%m-%d %H:00}")
            return
        before = bytes(seal.digest)
