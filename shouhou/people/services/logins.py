"""Logins: given by an administrator, with a password for one time."""

import re
import secrets
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from shouhou.core.actor import Actor
from shouhou.core.events import record
from shouhou.core.refusals import Unfit
from shouhou.core.text import one_line
from shouhou.core.use_case import use_case
from shouhou.people.models import Person
from shouhou.people.refusals import NoLogin, UsernameTaken
from shouhou.people.services.staff import must_be_allowed, must_work_here

USERNAME = re.compile(r"[\w.@+-]{2,60}")
# Without the signs that look alike when read from a slip of paper.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 3, 4


def give_login(person: Person | UUID, *, username: str, actor: Actor, now: datetime) -> str:
    """Let someone log in; the answer is their password for the first time, shown once and kept nowhere.

    Raises ``UsernameTaken``, ``Unfit``, ``HasLeft``.
    """
    actor = _with_key(actor)
    given = _give_login(person, username=username, actor=actor, now=now)
    return _password(given, actor)


def reset_password(person: Person | UUID, *, actor: Actor, now: datetime) -> str:
    """A new password for one time, for someone who forgot theirs. Every session of theirs ends.

    Raises ``NoLogin``, ``HasLeft``.
    """
    actor = _with_key(actor)
    given = _reset_password(person, actor=actor, now=now)
    return _password(given, actor)


@use_case("people.give_login", on=Person)
def _give_login(person: Person, *, username: str, actor: Actor, now: datetime) -> Person:
    must_work_here(person)
    must_be_allowed(person, actor)
    person.username = one_line(username, "username", most=60).lower()
    if not USERNAME.fullmatch(person.username):
        raise Unfit({"username": _("Use 2 to 60 letters, digits, and . _ - @ +, without spaces.")})
    _set_password(person, actor, now)
    try:
        with transaction.atomic():
            person.save(update_fields=["username", "password", "password_given_at"])
    except IntegrityError:
        raise UsernameTaken(username=person.username) from None
    record("people.login_given", person, actor=actor, now=now)
    return person


@use_case("people.reset_password", on=Person)
def _reset_password(person: Person, *, actor: Actor, now: datetime) -> Person:
    must_work_here(person)
    must_be_allowed(person, actor)
    if person.username is None:
        raise NoLogin(name=person.name)
    _set_password(person, actor, now)
    person.save(update_fields=["password", "password_given_at"])
    record("people.password_reset", person, actor=actor, now=now)
    return person


def _set_password(person: Person, actor: Actor, now: datetime) -> None:
    person.set_password(_password(person, actor))
    person.password_given_at = now


def _with_key(actor: Actor) -> Actor:
    return actor if actor.key else actor.by(secrets.token_hex(16))


def _password(person: Person, actor: Actor) -> str:
    """The same for the same command, so that a second submit shows it again though it was stored nowhere."""
    digest = salted_hmac("people.password", f"{actor.key} {person.pk}", algorithm="sha256").digest()
    number, signs = int.from_bytes(digest, "big"), []
    for _place in range(GROUPS * GROUP):
        number, sign = divmod(number, len(SIGNS))
        signs.append(SIGNS[sign])
    return "-".join("".join(signs[at : at + GROUP]) for at in range(0, len(signs), GROUP))
