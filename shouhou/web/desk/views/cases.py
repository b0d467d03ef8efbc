"""The list of cases and the page of one: the record, the drawing, what happened, and the next act first."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouhou.cases.models import Case
from shouhou.core import policy
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound
from shouhou.flows import queries as flows
from shouhou.insight.models import CaseRow
from shouhou.messages.services import send_again
from shouhou.web.desk import story
from shouhou.web.desk.acts import BY_FORM, ActForm
from shouhou.web.desk.acts.papers import LinkForm
from shouhou.web.desk.lists import CaseList
from shouhou.web.desk.sentences import sentence
from shouhou.web.desk.weighing import grounds_of, past_of
from shouhou.web.doors import door
from shouhou.web.links import address_of, drawn
from shouhou.web.requests import PersonRequest


@door("cases.list")
@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """Cases by state, step, person and day; everything of the list stands in its address."""
    found = CaseList.read(request)
    template = "desk/cases.html#rows" if request.htmx else "desk/cases.html"
    return render(request, template, {"list": found})


def case_of(request: PersonRequest, case_id: UUID) -> Case:
    """The case, if the asker may see it.

    Raises ``NotFound``.
    """
    rows = scope(request.actor, Case).select_related(
        "customer",
        "contact",
        "site",
        "product",
        "installed__product",
        "agent",
        "organisation",
        "merged_into",
        "row",
    )
    # Someone who went twice sees the case once.
    case: Case | None = rows.filter(pk=case_id).distinct().first()
    if case is None:
        raise NotFound(what=Case._meta.verbose_name)
    return case


@door("cases.see")
@require_GET
def page(request: PersonRequest, case_id: UUID) -> HttpResponse:
    """One case: what is next stands first, with its form when it is the reader's to do."""
    case, tab = case_of(request, case_id), request.GET.get("tab", "")
    if tab and request.htmx:
        return render(request, "desk/parts/tab.html", {"case": case} | story.tab_of(case, request, tab))
    context = story.tell(case, request)
    if tab:
        context |= story.tab_of(case, request, tab)
    return render(request, "desk/case.html", context)


@door("cases.see")
@require_GET
def version(request: PersonRequest, case_id: UUID) -> HttpResponse:
    """How often the case has changed, as text: cheap to ask for every few seconds."""
    found = scope(request.actor, CaseRow).filter(pk=case_id).values_list("version", flat=True).first()
    return HttpResponse(str(found or 0), content_type="text/plain")


@door("cases.see")
@require_http_methods(["GET", "POST"])
def act(request: PersonRequest, case_id: UUID, key: str) -> HttpResponse:
    """One verb's form on a case; sent back with its faults, or done and back to the case."""
    case = case_of(request, case_id)
    form = form_of(request, case, key)
    if request.method == "POST" and form.done():
        if isinstance(form, LinkForm):
            return _show_link(request, case, form.result)
        messages.success(request, _("Saved."))
        return redirect("case", case_id)
    # Read again: what was refused may have been refused because the case has moved on.
    case = case_of(request, case_id)
    context = story.tell(case, request) | {"form": form, "act": form.act} | _beside(form, case, request)
    return render(request, "desk/act.html", context, status=422 if form.is_bound else 200)


def form_of(request: PersonRequest, case: Case, key: str) -> ActForm:
    """The form of an act on a case, filled with what was sent.

    Raises ``NotFound`` for an unknown key, ``NotAllowed``, and why there is nothing to do it on.
    """
    kind = BY_FORM.get(key)
    if kind is None:
        raise NotFound(what=_("act"))
    policy.require(request.actor, kind.act.verb)
    data = request.POST if request.method == "POST" else None
    form = kind(data, request.FILES or None, case=case, actor=request.actor, now=request.now)
    trouble = form.in_the_way() if data is None else None
    if trouble is not None:
        raise trouble
    return form


def _beside(form: ActForm, case: Case, request: PersonRequest) -> dict[str, Any]:
    """What is shown beside a form: for the assessment what it is weighed by."""
    if form.act.key != "assess":
        return {}
    return {"grounds": grounds_of(case, request.now), "past": past_of(case.installed, request, case)}


def _show_link(request: PersonRequest, case: Case, token: str) -> HttpResponse:
    """The customer's link, this once: as words to copy and as a picture to scan."""
    address = address_of(token)
    return render(request, "desk/link.html", {"case": case, "address": address, "picture": drawn(address)})


@door("cases.see")
@require_GET
def grounds(request: PersonRequest, case_id: UUID) -> HttpResponse:
    """The fragment beside the assessment: warranty, availability, and the past of the piece."""
    case = case_of(request, case_id)
    context = {"grounds": grounds_of(case, request.now), "past": past_of(case.installed, request, case)}
    return render(request, "desk/parts/grounds.html", context)


@door("cases.see")
@require_GET
def times(request: PersonRequest, case_id: UUID, key: str) -> HttpResponse:
    """The fragment of free times in an act's form."""
    form = form_of(request, case_of(request, case_id), key)
    field = next((form[name] for name in ("time", "times") if name in form.fields), None)
    if field is None:
        raise NotFound(what=key)
    return render(request, "desk/parts/times.html", {"field": field})


@door("messages.send_again")
@require_POST
def resend(request: PersonRequest, case_id: UUID, message_id: UUID) -> HttpResponse:
    """Send a message again that did not arrive, or of which nobody knows."""
    send_again(message_id, actor=request.actor, now=request.now)
    messages.success(request, _("The message is on its way again."))
    return redirect("case", case_id)


@door("cases.see")
@require_GET
def drawing(request: PersonRequest, case_id: UUID) -> HttpResponse:
    """The drawing the case runs on, as BPMN."""
    return HttpResponse(flows.drawing(case_of(request, case_id).pk), content_type="application/xml")


@door("cases.see")
@require_GET
def position(request: PersonRequest, case_id: UUID) -> JsonResponse:
    """Where the case stands on its drawing."""
    return JsonResponse(flows.state_json(flows.position(case_of(request, case_id).pk)))


@door("cases.see")
@require_GET
def element(request: PersonRequest, case_id: UUID, element_id: str) -> HttpResponse:
    """Who did this step, when, on what evidence."""
    case = case_of(request, case_id)
    known = flows.position(case.pk).elements.get(element_id)
    history = flows.element_history(case.pk, element_id)
    names = story.people_named([deed.event for deed in history if deed.event], request)
    deeds = [(deed, sentence(deed.event, request.now, names) if deed.event else None) for deed in history]
    return render(request, "desk/element.html", {"case": case, "element": known, "deeds": deeds})
