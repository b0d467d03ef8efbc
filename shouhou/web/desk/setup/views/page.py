"""The frame of every page of setup, and the one address of its forms."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shouhou.core import policy
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound
from shouhou.web.desk.setup import sections
from shouhou.web.desk.setup.forms import BY_KEY, SetupForm
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest


def frame(request: PersonRequest, here: str = "") -> dict[str, Any]:
    """What the frame of a page needs; ``here`` is the address name of its section."""
    return {
        "groups": list(sections.open_to(request.actor)),
        "section": sections.BY_NAME.get(here),
        "may": May(request),
    }


def show(
    request: PersonRequest, template: str, context: dict[str, Any], *, here: str = "", status: int = 200
) -> HttpResponse:
    """A page of setup beside its menu."""
    return render(request, template, frame(request, here) | context, status=status)


class May:
    """What the reader may do, asked by the key of a form: ``{% if may.hire %}``, with ``_`` for ``-``."""

    def __init__(self, request: PersonRequest) -> None:
        self._actor = request.actor

    def __getitem__(self, key: str) -> bool:
        return policy.can(self._actor, BY_KEY[key.replace("_", "-")].act.verb)


@door("core.set_up")
@never_cache
@require_http_methods(["GET", "POST"])
def act(request: PersonRequest, key: str, subject_id: UUID | None = None) -> HttpResponse:
    """One verb's form: sent back with its faults, or done and back to where it belongs."""
    form = form_of(request, key, subject_id)
    if request.method == "POST" and form.done():
        if form.shows:
            return show(request, form.shows, {"form": form}, here=form.section)
        messages.success(request, str(form.said))
        return redirect(form.after)
    status = 422 if form.is_bound else 200
    return show(request, "desk/setup/act.html", {"form": form}, here=form.section, status=status)


def form_of(request: PersonRequest, key: str, subject_id: UUID | None) -> SetupForm:
    """The form of a key, filled with what was sent.

    Raises ``NotFound`` for an unknown key or a row the actor does not see, ``NotAllowed``.
    """
    kind = BY_KEY.get(key)
    if kind is None or (kind.on is None) != (subject_id is None):
        raise NotFound(what=_("act"))
    policy.require(request.actor, kind.act.verb)
    subject = None
    if kind.on is not None:
        subject = scope(request.actor, kind.on).filter(pk=subject_id).first()
        if subject is None:
            raise NotFound(what=kind.on._meta.verbose_name)
    data = request.POST if request.method == "POST" else None
    return kind(
        data, request.FILES or None, subject=subject, asked=request.GET, actor=request.actor, now=request.now
    )
