"""Command keys: a command repeated gets the answer it got, and has its effect once.

Forms, devices, links and API clients send a key with each command. The answer is stored in the
command's own transaction; a second command under the same key waits for the first to commit.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import Model

from shouhou.core.actor import Actor
from shouhou.core.models import Command
from shouhou.core.refusals import KeyReused

R = TypeVar("R")


def once(
    verb: str,
    subject: tuple[Any, ...],
    arguments: dict[str, Any],
    actor: Actor,
    now: datetime,
    carry_out: Callable[[], R],
) -> R:
    """Carry out a command unless its key was answered before; then give that answer again.

    Raises ``KeyReused`` when the key came with another command.
    """
    if not actor.key:
        return carry_out()
    digest = _digest(verb, subject, arguments)
    command = Command(
        organisation_id=actor.organisation_id,
        actor_kind=actor.kind,
        actor_id=actor.id,
        key=actor.key,
        verb=verb,
        digest=digest,
        given_at=now,
    )
    try:
        with transaction.atomic():
            command.save(force_insert=True)
    except IntegrityError:
        known = Command.objects.get(organisation_id=actor.organisation_id, actor_id=actor.id, key=actor.key)
        if known.digest != digest:
            raise KeyReused(key=actor.key) from None
        return _revive(known.answer)  # type: ignore[no-any-return]  # what the same verb answered
    result = carry_out()
    command.answer = _preserve(result)
    command.save(update_fields=["answer"])
    return result


def _digest(verb: str, subject: tuple[Any, ...], arguments: dict[str, Any]) -> str:
    words = [
        verb,
        [_plain(part) for part in subject],
        {name: _plain(part) for name, part in arguments.items()},
    ]
    text = json.dumps(words, sort_keys=True, cls=DjangoJSONEncoder, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return str(value.pk) if isinstance(value, Model) else repr(value)


def _preserve(value: Any) -> Any:
    if isinstance(value, Model):
        return {"model": value._meta.label_lower, "id": str(value.pk)}
    if isinstance(value, list | tuple):
        return {"list": [_preserve(part) for part in value]}
    return {"value": value}


def _revive(answer: Any) -> Any:
    if "model" in answer:
        return apps.get_model(answer["model"])._default_manager.get(pk=answer["id"])
    if "list" in answer:
        return [_revive(part) for part in answer["list"]]
    return answer["value"]
