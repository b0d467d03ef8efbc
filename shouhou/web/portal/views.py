"""The customer's pages. A GET changes nothing: chat apps open links before people do."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shouhou.cases.models import Case
from shouhou.core import links
from shouhou.core.actor import Actor
from shouhou.core.models import Attachment, Organisation
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound, Refusal
from shouhou.web.desk.views.files import attached, send, send_small
from shouhou.web.doors import open_to_all
from shouhou.web.middleware import KEY_FIELD
from shouhou.web.portal.acts import ASKED, BY_KEY, FORMS, PortalForm
from shouhou.web.portal.report import ReportForm, by_code, by_qr
from shouhou.web.portal.standing import standing


class NoLonger(Refusal):
    """What was opened a while ago cannot be said any more."""

    code = "portal.no_longer"
    message = gettext_lazy("This has been settled meanwhile.")
    next_step = gettext_lazy("Open your link again: it shows how things stand now.")
    status = 410


def case_behind(token: str, request: HttpRequest) -> tuple[Case, Actor]:
    """The case a link opens, and the actor its holder is.

    Raises ``LinkUnknown``, ``LinkExpired``, ``NotFound``.
    """
    actor = links.open(token, timezone.now()).by(request.POST.get(KEY_FIELD, "")[:80])
    rows = scope(actor, Case).select_related(
        "organisation", "customer", "product", "installed", "merged_into"
    )
    case: Case | None = rows.first()
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
    if request.method == "POST" and form is not None:
        if form.done():
            messages.success(request, str(form.thanks))
            return redirect("portal", token=token)
        # A yes to a time just taken is kept; what is left to choose from is read again.
        form.prepare()
    context = {
        "case": case,
        "organisation": case.organisation,
        "token": token,
        "key": key,
        "form": form,
        "standing": standing(case, actor, now),
        "photos": _photos(case, actor, token),
        "others": _others(case, actor) if not key else [],
        "now": now,
    }
    template = "portal/form.html" if key else "portal/case.html"
    return render(request, template, context, status=422 if form and form.errors else 200)


def _form(request: HttpRequest, case: Case, actor: Actor, key: str) -> PortalForm | None:
    """The form asked for, else the first thing we ask of the customer."""
    kind = BY_KEY.get(key) if key else next((kind for kind in ASKED if kind.applies(case, actor)), None)
    if kind is None or (key and not kind.applies(case, actor)):
        if key:
            raise NoLonger
        return None
    data = request.POST if request.method == "POST" else None
    return kind(data, request.FILES or None, case=case, actor=actor, now=timezone.now())


def _others(case: Case, actor: Actor) -> list[dict[str, object]]:
    """What the customer may want to say beside what we ask; a template would call the classes themselves."""
    kinds = [kind for kind in FORMS if kind not in ASKED and kind.applies(case, actor)]
    return [{"key": kind.key, "title": kind.title, "icon": kind.icon} for kind in kinds]


def _photos(case: Case, actor: Actor, token: str) -> list[dict[str, str]]:
    rows = scope(actor, Attachment).filter(root_id=case.pk, file__media_type__startswith="image/")
    return [
        {
            "url": reverse("portal-file", args=[token, row.pk]),
            "thumbnail": reverse("portal-thumbnail", args=[token, row.pk]),
            "words": row.name,
        }
        for row in rows.order_by("attached_at")
    ]


@open_to_all
@require_GET
def photo(request: HttpRequest, token: str, attachment_id: UUID) -> HttpResponseBase:
    """A photo on the case that its customer may see."""
    _case, actor = case_behind(token, request)
    return send(attached(actor, attachment_id))


@open_to_all
@require_GET
def thumbnail(request: HttpRequest, token: str, attachment_id: UUID) -> HttpResponseBase:
    """Its thumbnail."""
    _case, actor = case_behind(token, request)
    return send_small(attached(actor, attachment_id))


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
    if request.method == "POST" and form.done():
        messages.success(request, _("Thank you. Keep this page's address: it shows you how it goes on."))
        return redirect("portal", token=form.result)
    organisation: Organisation = form.organisation
    context = {"form": form, "organisation": organisation, "piece": form.piece, "now": timezone.now()}
    return render(request, "portal/report.html", context, status=422 if form.is_bound else 200)
