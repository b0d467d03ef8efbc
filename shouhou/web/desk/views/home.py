"""The first page: each role lands where its work is."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from shouhou.core.policy import OFFICE, can
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest


@door("messages.read_inbox")
@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """Lists for the office, what waits for those who do it, setup for the administrator."""
    if request.actor.has(*OFFICE):
        return redirect("cases")
    if can(request.actor, "cases.see"):
        return redirect("today")
    if can(request.actor, "core.set_up"):
        return redirect("setup")
    return redirect("inbox")
