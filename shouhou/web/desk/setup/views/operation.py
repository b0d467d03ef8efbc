"""What stands still and a person must look at: incidents, messages, dead jobs; and the record checked."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from shouhou.cases import queries as cases
from shouhou.core import masking
from shouhou.core.models import Event, Job
from shouhou.core.policy import scope
from shouhou.flows.graphs import graph_of
from shouhou.flows.incidents import called
from shouhou.flows.models import Incident
from shouhou.messages.models import Message
from shouhou.web import wording
from shouhou.web.desk.setup.views.page import show
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest

MOST = 100
IN_TROUBLE = (Message.State.FAILED, Message.State.UNKNOWN)


@door("flows.see_incidents")
@require_GET
def incidents(request: PersonRequest) -> HttpResponse:
    """Where a case cannot go on by itself, the longest standing first."""
    rows = scope(request.actor, Incident).filter(state=Incident.State.OPEN).select_related("run__page")
    found = list(rows.order_by("raised_at")[:MOST])
    numbers = cases.numbers(request.actor.organisation_id, (row.root_id for row in found))
    lines = [(row, numbers.get(row.root_id), _step(row)) for row in found]
    return show(request, "desk/setup/incidents.html", {"lines": lines}, here="setup-incidents")


def _step(incident: Incident) -> str:
    spot = graph_of(incident.run.version_id).spots.get(incident.node)
    return called(spot) if spot else incident.node


@door("messages.see")
@require_GET
def messages(request: PersonRequest) -> HttpResponse:
    """What did not reach anyone, or nobody knows about; on asking what waits for a channel to be set up."""
    is_off = request.GET.get("state") == "off"
    rows = scope(request.actor, Message)
    chosen = rows.filter(state=Message.State.OFF) if is_off else rows.filter(state__in=IN_TROUBLE)
    found = list(chosen.order_by("-made_at")[:MOST])
    numbers = cases.numbers(request.actor.organisation_id, (row.root_id for row in found))
    context = {
        "lines": [(row, numbers.get(row.root_id), _masked(row)) for row in found],
        "is_off": is_off,
        "off": rows.filter(state=Message.State.OFF).count(),
    }
    return show(request, "desk/setup/messages.html", context, here="setup-messages")


def _masked(message: Message) -> str:
    """The address as far as one may read it who does not serve the customer."""
    if message.channel == Message.Channel.EMAIL:
        return masking.email(message.address)
    return wording.mask(message.address)


@door("core.see_jobs")
@require_GET
def jobs(request: PersonRequest) -> HttpResponse:
    """Background work given up after many tries."""
    rows = scope(request.actor, Job).filter(state=Job.State.DEAD).order_by("-ended_at")[:MOST]
    return show(request, "desk/setup/jobs.html", {"jobs": rows}, here="setup-jobs")


@door("core.check_record")
@require_GET
def record(request: PersonRequest) -> HttpResponse:
    """When the record was checked, and what was found."""
    checks = scope(request.actor, Event).filter(kind="core.record_checked").order_by("-recorded_at")[:10]
    latest: dict[str, Any] = checks[0].payload if checks else {}
    numbers = cases.numbers(
        request.actor.organisation_id, (UUID(place[0]) for place in latest.get("places", ()))
    )
    places = [(numbers.get(UUID(root)), root, number, why) for root, number, why in latest.get("places", ())]
    context = {"checks": list(checks), "places": places}
    return show(request, "desk/setup/record.html", context, here="setup-record")
