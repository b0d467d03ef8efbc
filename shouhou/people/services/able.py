"""Trades and skills, and who holds them."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from shouhou.core.actor import Actor
from shouhou.core.events import record
from shouhou.core.refusals import NotFound, Unfit
from shouhou.core.text import one_line
from shouhou.core.use_case import lock_root, use_case
from shouhou.people.models import Person, PersonSkill, Skill, Trade
from shouhou.people.refusals import AlreadyThere


@use_case("people.add_trade")
def add_trade(*, name: str, name_en: str = "", actor: Actor, now: datetime) -> Trade:
    """A new trade (工种).

    Raises ``AlreadyThere``.
    """
    trade = Trade(organisation_id=actor.organisation_id)
    _name(trade, name, name_en)
    trade.save(force_insert=True)
    record("people.trade_added", trade, actor=actor, now=now, name=trade.name)
    return trade


@use_case("people.rename_trade", on=Trade)
def rename_trade(trade: Trade, *, name: str, name_en: str = "", actor: Actor, now: datetime) -> Trade:
    """Another name for a trade.

    Raises ``AlreadyThere``.
    """
    before = trade.name
    _name(trade, name, name_en)
    trade.save(update_fields=["name", "name_en"])
    record("people.trade_renamed", trade, actor=actor, now=now, before=before, name=trade.name)
    return trade


@use_case("people.add_skill")
def add_skill(
    *,
    trade_id: UUID,
    name: str,
    name_en: str = "",
    needs_certificate: bool = False,
    actor: Actor,
    now: datetime,
) -> Skill:
    """A new skill (技能) of a trade.

    Raises ``AlreadyThere``, ``NotFound``.
    """
    trade = Trade.objects.filter(organisation_id=actor.organisation_id, pk=trade_id).first()
    if trade is None:
        raise NotFound(what=Trade._meta.verbose_name)
    skill = Skill(organisation_id=actor.organisation_id, trade=trade, needs_certificate=needs_certificate)
    _name(skill, name, name_en)
    skill.save(force_insert=True)
    record("people.skill_added", skill, actor=actor, now=now, name=skill.name, trade=trade.name)
    return skill


@use_case("people.change_skill", on=Skill)
def change_skill(
    skill: Skill, *, name: str, name_en: str = "", needs_certificate: bool, actor: Actor, now: datetime
) -> Skill:
    """Another name, or whether the law asks for a certificate.

    Raises ``AlreadyThere``.
    """
    before = skill.name
    _name(skill, name, name_en)
    skill.needs_certificate = needs_certificate
    skill.save(update_fields=["name", "name_en", "needs_certificate"])
    record(
        "people.skill_changed",
        skill,
        actor=actor,
        now=now,
        before=before,
        name=skill.name,
        needs_certificate=needs_certificate,
    )
    return skill


@use_case("people.grant_skill", on=Person)
def grant_skill(
    person: Person,
    *,
    skill_id: UUID,
    certificate: str = "",
    valid_until: date | None = None,
    actor: Actor,
    now: datetime,
) -> PersonSkill:
    """Someone can do it, and holds this certificate; granted again, the newer certificate counts.

    Raises ``NotFound``, and ``Unfit`` where a certificate is needed and none is named.
    """
    skill = Skill.objects.filter(organisation_id=actor.organisation_id, pk=skill_id).first()
    if skill is None:
        raise NotFound(what=Skill._meta.verbose_name)
    number = one_line(certificate, "certificate", most=60, least=0)
    if skill.needs_certificate and not number:
        raise Unfit({"certificate": _("This skill needs a certificate. Enter its number.")})
    held, _made = PersonSkill.objects.update_or_create(
        organisation_id=actor.organisation_id,
        person=person,
        skill=skill,
        defaults={"certificate": number, "valid_until": valid_until},
    )
    record("people.skill_granted", person, actor=actor, now=now, skill=skill.name, valid_until=valid_until)
    return held


@use_case("people.revoke_skill", on=Person)
def revoke_skill(person: Person, *, skill_id: UUID, actor: Actor, now: datetime) -> Person:
    """Someone is no longer sent for this. Visits already booked stay: whoever booked them decides."""
    held = person.skills.filter(skill_id=skill_id).select_related("skill").first()
    if held is not None:
        held.delete()
        record("people.skill_revoked", person, actor=actor, now=now, skill=held.skill.name)
    return person


def _name(row: Trade | Skill, name: str, name_en: str) -> None:
    """Name a trade, or a skill within its trade, as nothing else is named there."""
    # The organisation's lock, so that two who add the same at once do not meet the constraint.
    lock_root(row.organisation_id, row.organisation_id)
    row.name = one_line(name, "name", most=60)
    row.name_en = one_line(name_en, "name_en", most=60, least=0)
    of_trade = {"trade_id": row.trade_id} if isinstance(row, Skill) else {}
    same = type(row)._default_manager.filter(organisation_id=row.organisation_id, name=row.name, **of_trade)
    if same.exclude(pk=row.pk).exists():
        raise AlreadyThere(name=row.name)
