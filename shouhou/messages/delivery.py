"""Delivering what waits: a job that talks to the world and writes down what became of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from shouhou.core import jobs, links
from shouhou.messages.channels import Fate, email, sms
from shouhou.messages.models import Message


@jobs.job("messages.deliver", outside=True)
def deliver(payload: dict[str, Any], now: datetime) -> None:
    """Send one message, unless it was sent already.

    Before the provider is asked the row says *unknown*: should this process die while waiting for
    the answer, a person sees a message nobody knows about, instead of one told twice.
    """
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=payload["message"])
        if message.state not in (Message.State.WAITING, Message.State.OFF):
            return
        message.state, message.trouble = Message.State.UNKNOWN, "no answer"
        message.save(update_fields=["state", "trouble"])
        body = _with_link(message, now)
    fate, word = _send(message, body, now)
    message.state = Message.State(fate.value)
    message.sent_at = now if fate is Fate.SENT else None
    message.provider_reference, message.trouble = (word, "") if fate is Fate.SENT else ("", word)
    message.save(update_fields=["state", "sent_at", "provider_reference", "trouble"])


def _with_link(message: Message, now: datetime) -> str:
    """The body with the customer's own link, made now: only its hash stays with us."""
    if "{link}" not in message.body:
        return message.body
    token = links.give(
        "case",
        message.root_id,
        organisation_id=message.organisation_id,
        root_id=message.root_id,
        now=now,
        given_to=message.recipient_name,
    )
    return message.body.replace("{link}", f"{settings.ADDRESS}/c/{token}")


def _send(message: Message, body: str, now: datetime) -> tuple[Fate, str]:
    if message.channel == Message.Channel.EMAIL:
        return email.send(str(message.pk), message.address, message.subject, body)
    gateway = sms.Gateway(settings.SMS_URL, settings.SMS_KEY, settings.SMS_SECRET)
    return sms.send(gateway, str(message.pk), message.address, body, now)
