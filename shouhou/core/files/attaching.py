"""Attaching a received file to what it proves, and who may look at it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Model, Q

from shouhou.core.actor import Actor, Kind
from shouhou.core.events import record
from shouhou.core.files.receiving import Received
from shouhou.core.models import Attachment, StoredFile
from shouhou.core.policy import scope, see

_ROOTS: list[type[Model]] = []


def read_through(model: type[Model]) -> None:
    """Whoever sees a row of ``model`` may look at what is attached under it; said in a room's ``policy``."""
    if model not in _ROOTS:
        _ROOTS.append(model)


def attach(
    received: Received,
    *,
    root_id: UUID,
    holder_id: UUID,
    purpose: str,
    actor: Actor,
    now: datetime,
    happened_at: datetime | None = None,
    shown_to_customer: bool = False,
) -> Attachment:
    """Attach a file to ``holder_id`` under a root; called inside a service, which has the root locked.

    What a customer sends through a link, the customer may see again.
    """
    stored, _made = StoredFile.objects.get_or_create(
        organisation_id=actor.organisation_id,
        sha256=received.sha256,
        defaults={
            "media_type": received.media_type,
            "size": received.size,
            "width": received.width,
            "height": received.height,
            "kept_at": now,
        },
    )
    attachment = Attachment.objects.create(
        organisation_id=actor.organisation_id,
        file=stored,
        root_id=root_id,
        holder_id=holder_id,
        purpose=purpose,
        name=received.name,
        shown_to_customer=shown_to_customer or actor.kind is Kind.LINK,
        happened_at=happened_at or now,
        attached_at=now,
        attached_by=actor.name,
    )
    record(
        "core.file_attached",
        attachment,
        actor=actor,
        now=now,
        happened_at=happened_at,
        holder=holder_id,
        purpose=purpose,
        media_type=received.media_type,
        sha256=received.sha256,
    )
    return attachment


def may_reach(actor: Actor, root_id: UUID) -> bool:
    """Whether the actor sees what hangs on this root: the house itself, or a row of some room."""
    if root_id == actor.organisation_id:
        return actor.kind is not Kind.LINK
    return any(scope(actor, model).filter(pk=root_id).exists() for model in _ROOTS)


def _seen_by(actor: Actor) -> Q:
    seen = Q(pk=None) if actor.kind is Kind.LINK else Q(root_id=actor.organisation_id)
    for model in _ROOTS:
        seen |= Q(root_id__in=scope(actor, model).values("pk"))
    return seen & Q(shown_to_customer=True) if actor.kind is Kind.LINK else seen


see(Attachment, _seen_by)
