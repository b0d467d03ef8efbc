"""The ground's own verbs: what an organisation sets for itself."""

import re
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouhou.core import calendar, files, policies
from shouhou.core.actor import Actor
from shouhou.core.events import record
from shouhou.core.files.attaching import may_reach
from shouhou.core.models import Attachment, CalendarDay, Organisation, PolicyValue
from shouhou.core.policy import Role, allow
from shouhou.core.refusals import NotFound, Unfit
from shouhou.core.text import one_line
from shouhou.core.use_case import lock_root, use_case

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,19}")

# Carried out from the shell alone, before anyone is there to have a role.
allow("core.found_organisation")
allow("core.see_settings", Role.ADMINISTRATOR, Role.SUPERVISOR)
allow("core.set_policy", Role.ADMINISTRATOR)
allow("core.set_calendar_day", Role.ADMINISTRATOR)
allow("core.seed_calendar", Role.ADMINISTRATOR)
allow("core.attach_file", *Role, links=("case", "report"))


@use_case("core.found_organisation")
def found_organisation(
    *,
    code: str,
    name: str,
    name_en: str = "",
    trade: str = "",
    hotline: str = "",
    is_demo: bool = False,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Open the books of a new organisation, with the published holidays in its calendar.

    The actor comes from ``actor.job`` and brings the organisation's new key. Raises ``Unfit``.
    """
    if not CODE.fullmatch(code):
        raise Unfit({"code": str(_("Use 2 to 20 small letters, digits and hyphens, such as yamu."))})
    if Organisation.objects.filter(code=code).exists():
        raise Unfit({"code": str(_("Another organisation has this code. Choose another one."))})
    organisation = Organisation.objects.create(
        id=actor.organisation_id,
        code=code,
        name=one_line(name, "name", most=100),
        name_en=one_line(name_en, "name_en", most=100, least=0),
        trade=trade,
        hotline=one_line(hotline, "hotline", most=30, least=0),
        is_demo=is_demo,
        created_at=now,
    )
    record("core.organisation_founded", organisation, actor=actor, now=now, code=code, is_demo=is_demo)
    seed_calendar(actor=actor, now=now)
    return organisation


@use_case("core.set_policy")
def set_policy(*, key: str, value: object, actor: Actor, now: datetime) -> PolicyValue:
    """Set a rule of the house, such as the three months of F1.

    Raises ``NotFound`` for a rule no room declared, ``Unfit`` for a value outside its limits.
    """
    if key not in policies.DECLARED:
        raise NotFound(what=_("rule of the house"))
    lock_root(actor.organisation_id, actor.organisation_id)
    before = policies.kept(actor.organisation_id, key)
    row = policies.keep(actor.organisation_id, key, value, now)
    calendar.changed(actor.organisation_id)
    record("core.policy_set", row, actor=actor, now=now, key=key, before=before, value=row.value)
    return row


@use_case("core.set_calendar_day")
def set_calendar_day(
    *, day: date, is_working: bool | None, name: str = "", actor: Actor, now: datetime
) -> None:
    """Say of one day that it is worked or off; ``None`` lets the week decide again."""
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    if is_working is None:
        CalendarDay.objects.filter(organisation=organisation, day=day).delete()
    else:
        CalendarDay.objects.update_or_create(
            organisation=organisation, day=day, defaults={"is_working": is_working, "name": name.strip()[:60]}
        )
    calendar.changed(organisation.pk)
    record(
        "core.calendar_day_set", organisation, actor=actor, now=now, day=day, is_working=is_working, name=name
    )


@use_case("core.seed_calendar")
def seed_calendar(*, actor: Actor, now: datetime) -> list[int]:
    """Enter the published holidays from this year on, and answer the years now complete.

    Days that people entered stay as they are.
    """
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    years = list(range(now.year, calendar.last_published_year() + 1))
    days = [day for year in years for day in calendar.published_days(year)]
    CalendarDay.objects.bulk_create(
        [
            CalendarDay(organisation=organisation, day=day.day, is_working=day.is_working, name=day.name)
            for day in days
        ],
        ignore_conflicts=True,
    )
    known = policies.value(organisation.pk, "core.calendar_until")
    policies.keep(organisation.pk, "core.calendar_until", max([known, *years]), now)
    calendar.changed(organisation.pk)
    record("core.calendar_seeded", organisation, actor=actor, now=now, years=years, days=len(days))
    return years


@use_case("core.attach_file")
def attach_file(
    received: files.Received,
    *,
    root_id: UUID,
    holder_id: UUID,
    purpose: str,
    shown_to_customer: bool = False,
    happened_at: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> Attachment:
    """Attach a received file to something under a case, by someone who sees that case.

    Raises ``NotFound``.
    """
    if not may_reach(actor, root_id):
        raise NotFound(what=_("record"))
    lock_root(root_id, actor.organisation_id)
    return files.attach(
        received,
        root_id=root_id,
        holder_id=holder_id,
        purpose=purpose,
        actor=actor,
        now=now,
        happened_at=happened_at,
        shown_to_customer=shown_to_customer,
    )
