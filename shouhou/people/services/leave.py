"""Leave and training: time in which someone is not sent."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from shouhou.core.actor import Actor, Kind
from shouhou.core.events import record
from shouhou.core.refusals import Unfit
from shouhou.core.text import one_line
from shouhou.core.use_case import use_case
from shouhou.people import occupancy
from shouhou.people.models import Leave, Person
from shouhou.people.refusals import LeaveOver
from shouhou.people.services.staff import must_work_here

LONGEST = timedelta(days=366)


@use_case("people.grant_leave", on=Person)
def grant_leave(
    person: Person,
    *,
    sort: str,
    starts_at: datetime,
    ends_at: datetime,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Leave:
    """Someone is away (休假、培训). The reason stays out of the record everyone reads.

    Raises ``Taken`` when they are promised to a customer then, ``Unfit``, ``HasLeft``.
    """
    must_work_here(person)
    if sort not in Leave.Sort.values:
        raise Unfit({"sort": _("Choose a kind of leave from the list.")})
    if not timedelta() < ends_at - starts_at <= LONGEST:
        raise Unfit({"ends_at": _("Leave ends after it starts, and within a year.")})
    leave = Leave(
        organisation_id=person.organisation_id,
        person=person,
        sort=sort,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=one_line(reason, "reason", most=200, least=0),
        granted_by_id=actor.id if actor.kind is Kind.STAFF else None,
    )
    stretch = occupancy.Stretch(occupancy.PERSON, person.pk, starts_at, ends_at)
    occupancy.take(person.organisation_id, [stretch], occupancy.LEAVE, leave.pk, now)
    leave.save(force_insert=True)
    record(
        "people.leave_granted",
        leave,
        actor=actor,
        now=now,
        person=person.pk,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    return leave


@use_case("people.cancel_leave", on=Leave)
def cancel_leave(leave: Leave, *, actor: Actor, now: datetime) -> Leave:
    """Someone comes after all, or is back early: from now on they can be sent again.

    Raises ``LeaveOver``.
    """
    if leave.cancelled_at is not None or leave.ends_at <= now:
        raise LeaveOver(day=timezone.localdate(leave.ends_at))
    leave.cancelled_at = now
    leave.save(update_fields=["cancelled_at"])
    occupancy.cut(leave.organisation_id, occupancy.LEAVE, leave.pk, now)
    record("people.leave_cancelled", leave, actor=actor, now=now, person=leave.person_id)
    return leave
