"""What one room's event brings about in another, at once and in the same transaction."""

from datetime import datetime

from django.utils.translation import gettext as _

from shouhou.core import actor as actors
from shouhou.core.actor import Actor
from shouhou.core.models import Event
from shouhou.work import services as work
from shouhou.work.models import Visit

OVER = ("cases.withdrawn", "cases.merged")


def follow(event: Event, actor: Actor, now: datetime) -> None:
    """A case that ends before its visit calls the visit off: nobody drives to a door in vain."""
    if event.kind not in OVER:
        return
    for visit in Visit.objects.filter(
        case=event.root_id, state__in=[Visit.State.BOOKED, Visit.State.UNDER_WAY]
    ):
        work.cancel_visit(
            visit, reason=_("The case has ended"), actor=actors.engine(event.organisation_id), now=now
        )
