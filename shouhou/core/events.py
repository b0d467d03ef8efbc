"""Events (事件): what happened, recorded in the transaction in which it happened, never changed.

Each event carries the hash of the one before it under the same root; ``verify`` names the first
row that does not fit. Personal values stand apart (``personal``), so that erasing them keeps the chain.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from shouhou.core.actor import Actor
from shouhou.core.ids import new_id
from shouhou.core.models import Event, PersonalValue
from shouhou.core.use_case import current, lock_root, root_of


def record(
    kind: str,
    subject: Model,
    *,
    actor: Actor,
    now: datetime,
    happened_at: datetime | None = None,
    root_id: UUID | None = None,
    **payload: Any,
) -> Event:
    """Record that ``kind`` happened to ``subject``, and let it be heard before the command ends.

    ``kind`` is ``room.past_tense``; ``payload`` is JSON-able and holds what messages and readers need later.
    """
    found = root_id or root_of(subject)
    root = lock_root(found if found is not None else actor.organisation_id, actor.organisation_id)
    event = Event(
        id=new_id(),
        organisation_id=actor.organisation_id,
        root=root,
        number=root.length + 1,
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        happened_at=happened_at or now,
        recorded_at=now,
        payload=json.loads(json.dumps(payload, cls=DjangoJSONEncoder)),
    )
    event.hash = digest(event, bytes(root.head))
    event.save(force_insert=True)
    root.length, root.head = event.number, event.hash
    current().unheard.append((event, actor, now))
    return event


def digest(event: Event, before: bytes) -> bytes:
    """The hash of an event and of the chain before it."""
    words = [
        str(event.id),
        str(event.organisation_id),
        str(event.root_id),
        event.number,
        event.kind,
        event.subject_type,
        str(event.subject_id),
        event.actor_kind,
        str(event.actor_id),
        event.actor_name,
        int(event.happened_at.timestamp() * 1_000_000),
        int(event.recorded_at.timestamp() * 1_000_000),
        event.payload,
    ]
    text = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(before + text.encode()).digest()


def personal(organisation_id: UUID, value: str) -> dict[str, str]:
    """Keep a personal value apart; what is returned stands for it in an event's payload."""
    salt = secrets.token_bytes(16)
    kept = PersonalValue.objects.create(organisation_id=organisation_id, salt=salt, value=value)
    return {"personal": str(kept.id), "digest": hashlib.sha256(salt + value.encode()).hexdigest()}


def reveal(organisation_id: UUID, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload with its personal values back in place; erased ones are empty."""
    wanted = {part["personal"] for part in payload.values() if _stands_apart(part)}
    if not wanted:
        return dict(payload)
    rows = PersonalValue.objects.filter(organisation_id=organisation_id, pk__in=wanted)
    values = {str(row.pk): row.value for row in rows}
    return {
        name: values.get(part["personal"], "") if _stands_apart(part) else part
        for name, part in payload.items()
    }


def _stands_apart(part: object) -> bool:
    return isinstance(part, dict) and set(part) == {"personal", "digest"}


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain no longer fits."""

    root_id: UUID
    number: int
    why: str


def breaks(rows: Iterator[Event], heads: Mapping[UUID, tuple[int, bytes]]) -> Iterator[Break]:
    """Every chain that does not fit, each named at its first broken row.

    ``rows`` come ordered by root and number; ``heads`` are the roots' lengths and heads.
    """
    root_id: UUID | None = None
    number, head, broken = 0, bytes(32), False
    seen: set[UUID] = set()
    for event in rows:
        if event.root_id != root_id:
            if root_id is not None and not broken:
                yield from _cut(root_id, number, head, heads)
            root_id, number, head, broken = event.root_id, 0, bytes(32), False
            seen.add(event.root_id)
        if broken:
            continue
        if event.number != number + 1:
            broken = True
            yield Break(event.root_id, number + 1, "missing")
        elif digest(event, head) != bytes(event.hash):
            broken = True
            yield Break(event.root_id, event.number, "changed")
        else:
            number, head = event.number, bytes(event.hash)
    if root_id is not None and not broken:
        yield from _cut(root_id, number, head, heads)
    for missing in set(heads) - seen:
        if heads[missing][0]:
            yield Break(missing, 1, "missing")


def _cut(root_id: UUID, number: int, head: bytes, heads: Mapping[UUID, tuple[int, bytes]]) -> Iterator[Break]:
    length, kept = heads.get(root_id, (0, b""))
    if length != number or kept != head:
        yield Break(root_id, number + 1, "cut")
