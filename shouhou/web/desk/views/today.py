"""My work: phone first for those who go out, a list of what waits for everyone else."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouhou.cases.policy import STORE
from shouhou.core.models import Attachment
from shouhou.core.policy import OFFICE, Role, scope
from shouhou.core.refusals import NotFound
from shouhou.web.desk.acts import BY_FORM, ActForm
from shouhou.web.desk.acts.consent import open_offer
from shouhou.web.desk.call import CallForm
from shouhou.web.desk.story import shown
from shouhou.web.desk.today.going import Stop, stop_of, tour
from shouhou.web.desk.today.owing import handed_in, owing
from shouhou.web.desk.today.report import ReportForm
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest

# What is done at the door with one tap, and what has a form of its own.
TAPS = ("leave", "arrive")
FORMS: dict[str, type[ActForm]] = {"finish": ReportForm}
AT_THE_DOOR = ("leave", "arrive", "finish", "answer_offer", "contact", "files")


@door("cases.see")
@require_GET
def today(request: PersonRequest) -> HttpResponse:
    """The visits of who goes out; for everyone else the steps that wait for their role."""
    if request.actor.has(Role.TECHNICIAN, Role.DRIVER) and not request.actor.has(*OFFICE):
        return render(request, "desk/today/tour.html", {"tour": tour(request)})
    mine, others = owing(request)
    context = {
        "mine": mine,
        "others": others,
        "handed_in": handed_in(request),
        "is_store": request.actor.has(*STORE),
        "intake": CallForm(actor=request.actor, now=request.now),
        "tour": tour(request) if request.actor.has(Role.SPECIALIST) else None,
    }
    return render(request, "desk/today/owing.html", context)


@door("work.see")
@require_GET
def visit(request: PersonRequest, visit_id: UUID) -> HttpResponse:
    """One visit: when, where, whose, what; the next thing to do under the thumb."""
    return _show(request, stop_of(request, visit_id))


@door("work.see")
@require_http_methods(["GET", "POST"])
def do(request: PersonRequest, visit_id: UUID, key: str) -> HttpResponse:
    """One thing done at the door."""
    stop = stop_of(request, visit_id)
    kind = FORMS.get(key) or BY_FORM.get(key)
    if kind is None or key not in AT_THE_DOOR:
        raise NotFound(what=_("act"))
    data = request.POST if request.method == "POST" else None
    form = kind(data, request.FILES or None, case=stop.visit.case, actor=request.actor, now=request.now)
    if data is not None and form.done():
        messages.success(request, _("Saved."))
        # A visit that is over leads to the next one; everything else back to the visit.
        return redirect("today") if key == "finish" else redirect("today-visit", visit_id)
    if key in TAPS:
        return _show(request, stop, form)
    context = {"stop": stop, "form": form, "photos": _photos(request, stop)}
    return render(request, "desk/today/form.html", context, status=422 if form.is_bound else 200)


def _show(request: PersonRequest, stop: Stop, form: ActForm | None = None) -> HttpResponse:
    """The visit's page; a tap that was refused says why above it."""
    context = {
        "stop": stop,
        "form": form,
        "offer": open_offer(request.actor, stop.visit.case),
        "photos": _photos(request, stop),
    }
    return render(request, "desk/today/visit.html", context, status=422 if form and form.is_bound else 200)


def _photos(request: PersonRequest, stop: Stop) -> list[dict[str, object]]:
    rows = scope(request.actor, Attachment).filter(root_id=stop.visit.case_id)
    return [item for item in shown(rows) if item["is_picture"]]
