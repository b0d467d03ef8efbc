"""Refusals and faults, shown in the form the asker understands."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shouhou.core.refusals import NotAllowed, NotFound, Refusal


class FormExpired(Refusal):
    code = "web.form_expired"
    status = 403

    @property
    def sentence(self) -> str:
        return _("This page was open for too long, so the form could not be taken.")

    @property
    def advice(self) -> str:
        return _("Reload the page and send it again.")


class Broken(Refusal):
    """Something of ours broke; what it was stands in the server's log."""

    code = "web.broken"
    status = 500

    @property
    def sentence(self) -> str:
        return _("Something broke on our side. Nothing of this command was kept.")

    @property
    def advice(self) -> str:
        return _(
            "Send it again with the same Idempotency-Key. If it stays so, tell the administrator the time."
        )


def refusal(request: HttpRequest, trouble: Refusal) -> HttpResponse:
    """A refusal as problem+json for programs, a fragment for parts of a page, else a page."""
    if request.path.startswith("/api/"):
        return problem(trouble)
    htmx = request.headers.get("HX-Request") == "true"
    template = "refusal.html#panel" if htmx else "refusal.html"
    response = render(request, template, {"refusal": trouble}, status=trouble.status)
    response["X-Refusal"] = trouble.code
    return response


def problem(trouble: Refusal) -> JsonResponse:
    """RFC 9457: what is in the way and what to do next, with the values named."""
    body = {
        "type": f"urn:shouhou:refusal:{trouble.code}",
        "title": trouble.sentence,
        "detail": trouble.advice,
        "status": trouble.status,
        "code": trouble.code,
        "values": {
            name: value if isinstance(value, dict | list) else str(value)
            for name, value in trouble.values.items()
        },
    }
    return JsonResponse(body, status=trouble.status, content_type="application/problem+json")


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF check failed: mostly a page left open over a login."""
    return refusal(request, FormExpired())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(request, NotFound())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(request, NotAllowed())


def server(request: HttpRequest) -> HttpResponse:
    """Something broke: said plainly, with nothing of the inside."""
    if request.path.startswith("/api/"):
        return problem(Broken())
    return HttpResponse(render(request, "500.html"), status=500)
