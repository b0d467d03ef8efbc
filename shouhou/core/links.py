"""Customers' links (客户链接): no login, one purpose, until they expire.

The token is told once and only its hash is kept. It holds 128 random bits: guessing is hopeless, so a
wrong one needs no counter. Opening a link changes nothing, for chat apps open links before people do.
"""

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouhou.core import policies
from shouhou.core.actor import Actor, Kind
from shouhou.core.models import Link
from shouhou.core.refusals import Refusal

RANDOM_BYTES = 16
TOKEN = re.compile(r"[\w-]{22}", re.ASCII)

policies.declare(
    "core.link_days",
    int,
    default=180,
    least=1,
    most=3650,
    label=_("Days a customer's link stays open"),
    help=_("Counted from the day it is sent. Each message carries a fresh link."),
)


class LinkUnknown(Refusal):
    """No such link: garbled, cut off when copied, or another server's."""

    code = "core.link_unknown"
    message = _("We are sorry, this link does not lead anywhere. A part of it may be missing.")
    next_step = _("Please open it again from our message, or call the service hotline.")
    status = 404


class LinkExpired(Refusal):
    """The link was ours, and its time is over or it was withdrawn."""

    code = "core.link_expired"
    message = _("We are sorry, this link has expired.")
    next_step = _("Please open the newest message from us, or call {hotline}: we will send you a new one.")
    status = 410


def give(
    purpose: str,
    subject_id: UUID,
    *,
    organisation_id: UUID,
    root_id: UUID,
    now: datetime,
    given_to: str = "",
    expires_at: datetime | None = None,
) -> str:
    """Make a link that opens ``subject_id`` for one purpose; the answer is its token, told only here."""
    token = secrets.token_urlsafe(RANDOM_BYTES)
    days = policies.value(organisation_id, "core.link_days")
    Link.objects.create(
        organisation_id=organisation_id,
        token_hash=_hash(token),
        purpose=purpose,
        subject_id=subject_id,
        root_id=root_id,
        given_to=given_to[:100],
        made_at=now,
        expires_at=expires_at or now + timedelta(days=days),
    )
    return token


def open(token: str, now: datetime) -> Actor:
    """The actor a link's holder is.

    Raises ``LinkUnknown``, or ``LinkExpired`` naming the hotline to call.
    """
    if not TOKEN.fullmatch(token):
        raise LinkUnknown
    link = Link.objects.select_related("organisation").filter(token_hash=_hash(token)).first()
    if link is None:
        raise LinkUnknown
    if link.revoked_at or (link.expires_at and link.expires_at <= now):
        raise LinkExpired(hotline=link.organisation.hotline or _("the service hotline"))
    return Actor(
        Kind.LINK,
        link.organisation_id,
        link.pk,
        link.given_to,
        purpose=link.purpose,
        subject_id=link.subject_id,
    )


def revoke(subject_id: UUID, *, organisation_id: UUID, now: datetime, purpose: str = "") -> int:
    """Withdraw the open links to a subject, of one purpose or of all; the number withdrawn."""
    rows = Link.objects.filter(organisation_id=organisation_id, subject_id=subject_id, revoked_at=None)
    if purpose:
        rows = rows.filter(purpose=purpose)
    return rows.filter(Q(expires_at=None) | Q(expires_at__gt=now)).update(revoked_at=now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
