"""The inbox, and the one search of the palette."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from shouhou.core import search
from shouhou.core.policy import can, scope
from shouhou.customers.models import Customer
from shouhou.insight.models import CaseRow
from shouhou.messages.models import InboxItem
from shouhou.messages.services import read_inbox
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest

MOST = 100
FOUND = 12


@door("messages.read_inbox")
@require_http_methods(["GET", "POST"])
def inbox(request: PersonRequest) -> HttpResponse:
    """What a colleague should know, newest first; read when they say so."""
    if request.method == "POST":
        read_inbox(actor=request.actor, now=request.now)
        return redirect("inbox")
    items = scope(request.actor, InboxItem).order_by("-made_at", "-id")[:MOST]
    return render(request, "desk/inbox.html", {"items": items})


@door("messages.read_inbox")
@require_GET
def find(request: PersonRequest) -> HttpResponse:
    """What the palette finds: cases and customers the asker may see."""
    words = request.GET.get("q", "").strip()[:200]
    hits = (
        search.find(request.actor.organisation_id, words, ["case", "customer"], limit=FOUND) if words else []
    )
    keys = {kind: [key for sort, key in hits if sort == kind] for kind in ("case", "customer")}
    cases = scope(request.actor, CaseRow).filter(pk__in=keys["case"]).order_by("-reported_at")
    customers = (
        scope(request.actor, Customer).filter(pk__in=keys["customer"]).prefetch_related("contacts")
        if can(request.actor, "customers.see")
        else ()
    )
    return render(request, "desk/found.html", {"cases": cases, "customers": customers, "words": words})
