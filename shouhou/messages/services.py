"""The room's verbs: send again what nobody knows about, and read the inbox."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouhou.core.actor import Actor
from shouhou.core.events import record
from shouhou.core.policy import scope
from shouhou.core.refusals import Refusal
from shouhou.core.use_case import use_case
from shouhou.messages.models import InboxItem, Message
from shouhou.messages.telling import hand_to_delivery


class AlreadySent(Refusal):
    code = "messages.already_sent"
    message = _("This message was sent already.")
    next_step = _("If the customer has not read it, call them.")


@use_case("messages.send_again", on=Message)
def send_again(message: Message, *, actor: Actor, now: datetime) -> Message:
    """A person sends a message again that failed or nobody knows about; the provider's dedupe key is the same.

    Raises ``AlreadySent``.
    """
    if message.state in (Message.State.SENT, Message.State.WAITING):
        raise AlreadySent
    message.state = Message.State.WAITING
    message.save(update_fields=["state"])
    hand_to_delivery(message, now)
    record("messages.sent_again", message, actor=actor, now=now, kind_of_message=message.kind)
    return message


@use_case("messages.read_inbox")
def read_inbox(*, items: Sequence[UUID] | None = None, actor: Actor, now: datetime) -> int:
    """Mark these items, or all, as read; how many were new. Nothing others need to know, so no event."""
    rows = scope(actor, InboxItem).filter(read_at=None)
    if items is not None:
        rows = rows.filter(pk__in=items)
    return int(rows.update(read_at=now))
