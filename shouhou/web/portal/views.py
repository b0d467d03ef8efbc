"""The customer's pages. A GET changes nothing: chat apps open links before people do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shouhou.cases.models import Case
from shouhou.core import links
from shouhou.core.actor import Actor
from shouhou.core.models import Organisation
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound
from shouhou.flows import queries as flows
from shouhou.kernel.window import Window
from shouhou.web.doors import open_to_all
from shouhou.web.middleware import KEY_FIELD
from shouhou.web.portal.acts import ASKED, BY_KEY, FORMS, PortalForm, open_offer, open_visit
from shouhou.web.portal.report import ReportForm, by_code, by_qr
from shouhou.work.models import Promise


def case_behind(token: str, request: HttpRequest) -> tuple[Case, Actor]:
    """The case a link opens, and the actor its holder is.

    Raises ``LinkUnknown``, ``LinkExpired``, ``NotFound``.
    """
    actor = links.open(token, timezone.now()).by(request.POST.get(KEY_FIELD, "")[:80])
    case: Case | None = scope(actor, Case).select_related("organisation", "customer", "product").first()
    if case is None:
        raise NotFound(what=Case._meta.verbose_name)
    return case, actor


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, token: str, key: str = "") -> HttpResponse:
    """Where it stands, and what we ask; or one form of what the customer may say."""
    case, actor = case_behind(token, request)
    now = timezone.now()
    form = _form(request, case, actor, key)
    if request.method == "POST" and form is not None and form.done():
        messages.success(request, str(form.thanks))
        return redirect("portal", token=token)
    visit = open_visit(case)
    promises = list(visit.promises.all()) if visit else []
    context = {
        "case": case,
        "organisation": case.organisation,
        "token": token,
        "form": form,
        "offer": open_offer(case, actor),
        "visit": visit,
        "promise": _window(promises),
        "stations": flows.stations(case.pk),
        "others": [kind for kind in FORMS if kind not in ASKED and kind.applies(case, actor)]
        if not key
        else [],
        "rejection": _rejection(case),
        "now": now,
    }
    return render(request, "portal/case.html", context, status=422 if form and form.is_bound else 200)


def _window(promises: list[Promise]) -> Window | None:
    """The window that holds now."""
    return Window(promises[-1].starts_at, promises[-1].ends_at) if promises else None


def _form(request: HttpRequest, case: Case, actor: Actor, key: str) -> PortalForm | None:
    """The form asked for, else the first thing we ask of the customer."""
    kind = BY_KEY.get(key) if key else next((kind for kind in ASKED if kind.applies(case, actor)), None)
    if key and (kind is None or not kind.applies(case, actor)):
        raise NotFound(what=key)
    if kind is None:
        return None
    data = request.POST if request.method == "POST" else None
    return kind(data, case=case, actor=actor, now=timezone.now())


def _rejection(case: Case) -> str:
    latest = case.assessments.order_by("-number").first()
    return latest.reason if latest is not None and latest.outcome == "rejected" else ""


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def report_piece(request: HttpRequest, qr: str) -> HttpResponse:
    """Report through the QR code on a piece: no login, whoever stands before it."""
    return _report(request, by_qr(qr, request))


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Report through the company's own address."""
    return _report(request, by_code(code, request))


def _report(request: HttpRequest, form: ReportForm) -> HttpResponse:
    if request.method == "POST" and (token := form.done()) is not None:
        return redirect("portal", token=token)
    organisation: Organisation = form.organisation
    context = {"form": form, "organisation": organisation, "piece": form.piece}
    return render(request, "portal/report.html", context, status=422 if form.is_bound else 200)
