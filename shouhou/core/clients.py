"""Partners' systems (合作方系统): a token each, with the rights it needs and no more, until it is withdrawn.

The token holds 192 random bits: guessing is hopeless, so a wrong one needs no counter.
"""

import hashlib
import re
import secrets
from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouhou.core.actor import Actor, Kind
from shouhou.core.events import record
from shouhou.core.models import ApiClient
from shouhou.core.policy import Right, Role, allow
from shouhou.core.refusals import Refusal, Unfit
from shouhou.core.text import one_line
from shouhou.core.use_case import use_case

MARK = "shk_"
RANDOM_BYTES = 24
TOKEN = re.compile(rf"{MARK}[\w-]{{32}}", re.ASCII)
TAIL = 4

allow("core.see_clients", Role.ADMINISTRATOR)
allow("core.admit_client", Role.ADMINISTRATOR)
allow("core.revoke_client", Role.ADMINISTRATOR)


class TokenUnknown(Refusal):
    """No token, one cut off when copied, or one that was withdrawn: from outside they look alike."""

    code = "core.token_unknown"
    message = gettext_lazy("This token opens nothing.")
    next_step = gettext_lazy(
        "Send the header “Authorization: Bearer shk_…”. The administrator can give a new token."
    )
    status = 401


@use_case("core.admit_client")
def admit_client(*, name: str, rights: Collection[str], token: str, actor: Actor, now: datetime) -> ApiClient:
    """Let a partner's system in, under a ``token`` from ``new_token``, of which only the hash is kept.

    Raises ``Unfit`` for a right there is not, a name that does not fit, or a token of another make.
    """
    unknown = sorted(set(rights) - set(Right))
    if unknown or not rights:
        offered = ", ".join(Right)
        raise Unfit({"rights": _("Choose one or more of: {offered}.").format(offered=offered)})
    if not TOKEN.fullmatch(token):
        raise Unfit({"token": _("A token is made by the program, never chosen.")})
    client = ApiClient.objects.create(
        organisation_id=actor.organisation_id,
        name=one_line(name, "name", most=60),
        token_hash=_hash(token),
        tail=token[-TAIL:],
        rights=sorted(set(rights)),
        made_at=now,
    )
    record("core.client_admitted", client, actor=actor, now=now, name=client.name, rights=client.rights)
    return client


@use_case("core.revoke_client", on=ApiClient)
def revoke_client(client: ApiClient, *, actor: Actor, now: datetime) -> ApiClient:
    """Withdraw a token: from this moment it opens nothing."""
    if client.revoked_at is None:
        client.revoked_at = now
        client.save(update_fields=["revoked_at"])
        record("core.client_revoked", client, actor=actor, now=now, name=client.name)
    return client


def new_token() -> str:
    """A fresh token. It is shown once, to whoever asked for it."""
    return MARK + secrets.token_urlsafe(RANDOM_BYTES)


def open(token: str) -> Actor:
    """The actor a token's holder is; one statement.

    Raises ``TokenUnknown``.
    """
    if not TOKEN.fullmatch(token):
        raise TokenUnknown
    client = ApiClient.objects.filter(token_hash=_hash(token), revoked_at=None).first()
    if client is None:
        raise TokenUnknown
    return Actor(Kind.CLIENT, client.organisation_id, client.pk, client.name, frozenset(client.rights))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
