"""The first page of setup: the guide while there is something to do, what is in trouble, and every section."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from shouhou.core.models import Job
from shouhou.core.policy import can, scope
from shouhou.flows.models import Incident
from shouhou.messages.models import Message
from shouhou.web.desk.setup.guide import guide
from shouhou.web.desk.setup.views.operation import IN_TROUBLE
from shouhou.web.desk.setup.views.page import show
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest


@dataclass(frozen=True, slots=True)
class Trouble:
    """How much stands still in one section of operation."""

    section: str
    count: int


@door("core.set_up")
@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """What is next, what stands still, and the way to everything."""
    troubles = {trouble.section: trouble.count for trouble in _troubles(request) if trouble.count}
    context = {"guide": guide(request.actor, request.now), "troubles": troubles}
    return show(request, "desk/setup/index.html", context)


def _troubles(request: PersonRequest) -> list[Trouble]:
    counted = []
    if can(request.actor, "flows.see_incidents"):
        rows = scope(request.actor, Incident).filter(state=Incident.State.OPEN)
        counted.append(Trouble("setup-incidents", rows.count()))
    if can(request.actor, "messages.see"):
        counted.append(
            Trouble("setup-messages", scope(request.actor, Message).filter(state__in=IN_TROUBLE).count())
        )
    if can(request.actor, "core.see_jobs"):
        rows = scope(request.actor, Job).filter(state=Job.State.DEAD)
        counted.append(Trouble("setup-jobs", rows.count()))
    return counted
