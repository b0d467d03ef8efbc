"""``/ui/``: every component in every state, and whole sample pages; and the switch of language and theme."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from shouhou.core.refusals import NotAllowed, NotFound
from shouhou.web.doors import open_to_all
from shouhou.web.requests import of
from shouhou.web.ui import drawing
from shouhou.web.ui.samples import TechnicianBusySample, samples
from shouhou.web.ui.widgets import asked

YEAR = 365 * 24 * 60 * 60
CHOICES = {"language": {"zh-hans", "en"}, "theme": {"", "light", "dark"}}
PAGES = {
    "case": "ui/pages/case.html",
    "visit": "ui/pages/visit.html",
    "portal": "ui/pages/portal.html",
    "lost": "refusal.html",
    "locked": "refusal.html",
    "refused": "refusal.html",
    "broken": "500.html",
    "offline": "offline.html",
}
REFUSALS = {"lost": NotFound, "locked": NotAllowed, "refused": TechnicianBusySample}
CUSTOMERS = (
    "李秀兰 138****5678",
    "李卫国 139****0012",
    "周岚 136****7781",
    "上海恒达电气有限公司 021-****1234",
)


@open_to_all
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All components on one page."""
    return render(request, "ui/index.html", samples(of(request).now))


@open_to_all
@require_GET
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One whole sample page."""
    if name not in PAGES:
        raise Http404
    context = samples(of(request).now)
    if name in REFUSALS:
        context["refusal"] = REFUSALS[name]()
    return render(request, PAGES[name], context)


@open_to_all
@require_GET
def seek(request: HttpRequest) -> HttpResponse:
    """What the sample search-select finds."""
    words = asked(request)
    found = [line for line in CUSTOMERS if words and words in line]
    return render(request, "ui/seek.html", {"found": found, "words": words})


@open_to_all
@require_GET
def flow_xml(request: HttpRequest) -> HttpResponse:
    """The sample drawing."""
    text = (Path(__file__).parent / "visit.bpmn").read_text(encoding="utf-8")
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


@open_to_all
@require_GET
def flow_state(request: HttpRequest) -> HttpResponse:
    """Where the sample case stands on it."""
    return JsonResponse(drawing.state(of(request).now))


@open_to_all
@require_GET
def flow_element(request: HttpRequest, element: str) -> HttpResponse:
    """Who did one step of the sample, when, on what evidence."""
    step = drawing.steps(of(request).now).get(element)
    return render(request, "ui/element.html", {"step": step, **samples(of(request).now)})


@open_to_all
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Remember the language or the theme on this device, and go back to where the switch was."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe else "/")
    for name, allowed in CHOICES.items():
        chosen = request.POST.get(name)
        if chosen in allowed:
            response.set_cookie(name, str(chosen), max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response
