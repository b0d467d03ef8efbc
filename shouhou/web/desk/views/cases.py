"""The list of cases and the page of one: the record, the drawing, what happened, and the next act first."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouhou.cases.models import Case
from shouhou.core import policy
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound
from shouhou.flows import queries as flows
from shouhou.web.desk import story
from shouhou.web.desk.acts import BY_FORM, ActForm
from shouhou.web.desk.lists import CaseList
from shouhou.web.desk.sentences import sentence
from shouhou.web.doors import door
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
        "customer", "contact", "site", "product", "installed__product", "agent", "organisation", "merged_into"
    )
    case: Case | None = rows.filter(pk=case_id).first()
    if case is None:
        raise NotFound(what=Case._meta.verbose_name)
    return case


@door("cases.see")
@require_GET
def page(request: PersonRequest, case_id: UUID) -> HttpResponse:
    """One case: what is next stands first, with its form when it is the reader's to do."""
    case = case_of(request, case_id)
    return render(request, "desk/case.html", story.tell(case, request))


@door("cases.see")
@require_http_methods(["GET", "POST"])
def act(request: PersonRequest, case_id: UUID, key: str) -> HttpResponse:
    """One verb's form on a case; sent back with its faults, or done and back to the case."""
    case = case_of(request, case_id)
    form = form_of(request, case, key)
    if request.method == "POST" and form.done():
        messages.success(request, _("Saved."))
        return redirect("case", case_id)
    status = 422 if form.is_bound else 200
    context = story.tell(case, request) | {"form": form, "act": form.act}
    return render(request, "desk/act.html", context, status=status)


def form_of(request: PersonRequest, case: Case, key: str) -> ActForm:
    """The form of an act on a case, filled with what was sent.

    Raises ``NotFound`` for an unknown key or when the act has nothing to be done on, ``NotAllowed``.
    """
    kind = BY_FORM.get(key)
    if kind is None:
        raise NotFound(what=_("act"))
    policy.require(request.actor, kind.act.verb)
    data = request.POST if request.method == "POST" else None
    return kind(data, request.FILES or None, case=case, actor=request.actor, now=request.now)


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
    deeds = [
        (deed, sentence(deed.event) if deed.event else None)
        for deed in flows.element_history(case.pk, element_id)
    ]
    return render(request, "desk/element.html", {"case": case, "element": known, "deeds": deeds})
