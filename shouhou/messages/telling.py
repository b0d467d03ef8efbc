"""Telling (告知): from an event to rows for its recipients, within the event's own transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.functional import Promise

from shouhou.core import jobs
from shouhou.core.models import Event
from shouhou.messages.models import InboxItem, Message


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone outside, and how to reach them; an empty address is a channel not used."""

    id: UUID
    name: str
    phone: str = ""
    email: str = ""
    language: str = "zh-hans"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone inside, whose inbox it goes to."""

    id: UUID
    language: str = "zh-hans"


class Words(dict[str, object]):
    """A payload as a template reads it: what is missing is left empty rather than breaking a sentence."""

    def __missing__(self, key: str) -> str:
        return ""


def tell_customer(
    event: Event,
    recipient: Recipient,
    text: str | Promise,
    subject: str | Promise,
    values: Mapping[str, object],
    now: datetime,
) -> None:
    """Write the messages of one event to one customer, each channel they have once, and their delivery."""
    with translation.override(recipient.language):
        body, title = str(text).format_map(Words(values)), str(subject).format_map(Words(values))
    addresses = {Message.Channel.SMS: recipient.phone, Message.Channel.EMAIL: recipient.email}
    for channel, address in addresses.items():
        if not address:
            continue
        message = Message.objects.create(
            organisation_id=event.organisation_id,
            event_id=event.pk,
            recipient_id=recipient.id,
            channel=channel,
            root_id=event.root_id,
            kind=event.kind,
            recipient_name=recipient.name,
            address=address,
            subject=title,
            body=body,
            made_at=now,
        )
        hand_to_delivery(message, now)


def hand_to_delivery(message: Message, now: datetime) -> None:
    """Write the job that sends it."""
    jobs.enqueue(
        "messages.deliver", {"message": str(message.pk)}, now=now, organisation_id=message.organisation_id
    )


def tell_colleagues(
    event: Event,
    colleagues: Iterable[Colleague],
    text: str | Promise,
    values: Mapping[str, object],
    now: datetime,
) -> None:
    """Put one line into each colleague's inbox, each once."""
    items = []
    for colleague in {person.id: person for person in colleagues}.values():
        with translation.override(colleague.language):
            line = str(text).format_map(Words(values))[:300]
        items.append(
            InboxItem(
                organisation_id=event.organisation_id,
                person_id=colleague.id,
                root_id=event.root_id,
                event_id=event.pk,
                kind=event.kind,
                text=line,
                made_at=now,
            )
        )
    InboxItem.objects.bulk_create(items, ignore_conflicts=True)
