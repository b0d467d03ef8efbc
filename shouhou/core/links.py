"""Links for people without a login (客户链接): one purpose, unguessable, expiring; only the hash is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouhou.core.actor import Actor, Kind
from shouhou.core.models import Link
from shouhou.core.refusals import Refusal

# 192 bits: guessing needs no rate limit to be hopeless.
BYTES = 24
LIFE = timedelta(days=90)


class LinkUnknown(Refusal):
    """Never given, revoked, or garbled on the way: from outside all look the same."""

    code = "core.link_unknown"
    message = _("Sorry, this link does not work.")
    next_step = _("Open it from the newest message we sent you, or call us.")
    status = 404


class LinkExpired(Refusal):
    code = "core.link_expired"
    message = _("Sorry, this link has run out.")
    next_step = _("Call us and we send you a new one.")
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
    """Make a link and return its token, which is told once and kept by nobody."""
    token = secrets.token_urlsafe(BYTES)
    Link.objects.create(
        organisation_id=organisation_id,
        token_hash=_hash(token),
        purpose=purpose,
        subject_id=subject_id,
        root_id=root_id,
        given_to=given_to,
        made_at=now,
        expires_at=expires_at or now + LIFE,
    )
    return token


def follow(token: str, now: datetime) -> Actor:
    """The actor a link makes of whoever follows it.

    Raises ``LinkUnknown``, ``LinkExpired``.
    """
    link = Link.objects.filter(token_hash=_hash(token[:200]), revoked_at=None).first()
    if link is None:
        raise LinkUnknown
    if link.expires_at is not None and link.expires_at <= now:
        raise LinkExpired
    return Actor(
        Kind.LINK,
        link.organisation_id,
        link.pk,
        link.given_to or str(_("Customer")),
        purpose=link.purpose,
        subject_id=link.subject_id,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
