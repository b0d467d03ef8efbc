"""The administrator's verbs: the organisation's own particulars, jobs that lie dead, the record checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from django.db import connection, transaction
from django.utils.translation import gettext as _

from shouhou.core import audit, calendar, jobs, policy
from shouhou.core.actor import Actor
from shouhou.core.entries import amend, fit
from shouhou.core.events import record
from shouhou.core.models import Event, Job, Organisation
from shouhou.core.policy import Role, allow
from shouhou.core.refusals import Unfit
from shouhou.core.text import one_line
from shouhou.core.use_case import use_case

# Each section of the pages asks for its own right beside this one.
allow("core.set_up", Role.ADMINISTRATOR, Role.SUPERVISOR, Role.CLERK, Role.INSTALLATION_MANAGER)
allow("core.change_organisation", Role.ADMINISTRATOR)
allow("core.see_jobs", Role.ADMINISTRATOR)
allow("core.revive_job", Role.ADMINISTRATOR)
allow("core.check_record", Role.ADMINISTRATOR)

# So many broken places are named in the event of a check; what follows the first ones says little more.
MOST_NAMED = 50


def _zone(given: str) -> str:
    """A time zone's name. Raises ``Unfit``."""
    if given not in available_timezones():
        raise Unfit({"time_zone": _("Choose a time zone from the list, such as Asia/Shanghai.")})
    return ZoneInfo(given).key


CHECKS = {
    "name": lambda given: one_line(given, "name", most=100),
    "name_en": lambda given: one_line(given, "name_en", most=100, least=0),
    "hotline": lambda given: one_line(given, "hotline", most=30, least=0),
    "time_zone": _zone,
}


@use_case("core.change_organisation")
def change_organisation(
    *, name: str, name_en: str = "", hotline: str = "", time_zone: str, actor: Actor, now: datetime
) -> Organisation:
    """Change what the organisation is called, where it is called and the zone its days are counted in.

    The code stays: it heads the numbers given out and the address of reports. Raises ``Unfit``.
    """
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    values = fit(CHECKS, name=name, name_en=name_en, hotline=hotline, time_zone=time_zone)
    changes = amend(organisation, values)
    if changes:
        calendar.changed(organisation.pk)
        record("core.organisation_changed", organisation, actor=actor, now=now, changes=changes)
    return organisation


@use_case("core.revive_job", on=Job)
def revive_job(dead: Job, *, actor: Actor, now: datetime) -> Job:
    """Try a dead letter again, after what was in its way is mended."""
    if dead.state == Job.State.DEAD:
        jobs.revive(dead, now)
        record("core.job_revived", dead, actor=actor, now=now, kind_of_job=dead.kind)
    return dead


def check_record(*, actor: Actor, now: datetime) -> Event:
    """Verify the organisation's whole record (核验), and record what was found: ``events`` and ``broken``."""
    policy.require(actor, "core.check_record")
    with _standing_still():
        organisation = Organisation.objects.get(pk=actor.organisation_id)
        count = Event.objects.filter(organisation=organisation).count()
        broken = list(audit.verify(organisation))
    places = [[str(place.root_id), place.number, place.why] for place in broken[:MOST_NAMED]]
    # Asked again, it is another check, whatever the form's key.
    return _note_check(count=count, breaks=len(broken), places=places, actor=actor.by(""), now=now)


@use_case("core.check_record")
def _note_check(*, count: int, breaks: int, places: list[list[object]], actor: Actor, now: datetime) -> Event:
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    return record(
        "core.record_checked",
        organisation,
        actor=actor,
        now=now,
        events=count,
        breaks=breaks,
        places=places,
    )


@contextmanager
def _standing_still() -> Iterator[None]:
    """What is read within is one state of the database: an event recorded meanwhile is no broken chain."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
