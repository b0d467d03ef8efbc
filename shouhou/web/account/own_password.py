"""A password given by someone else is for one sign-in: with it another one is chosen, and nothing else done."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from shouhou.people.models import Person

View = Callable[[HttpRequest], HttpResponse]
# What can be opened meanwhile, by address name, and whatever begins with these.
OPEN_NAMES = ("account_change_password", "account_logout", "appearance")
OPEN_PATHS = ("/static/", "/healthz", "/readyz")


def own_password(respond: View) -> View:
    """Lead to the choice of a password whoever has not chosen theirs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        member = request.user
        if not isinstance(member, Person) or member.password_given_at is None or _is_open(request):
            return respond(request)
        to = reverse("account_change_password")
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=204, headers={"HX-Redirect": to})
        messages.info(request, _("Choose your own password first; then go on."))
        return redirect(to)

    return middleware


def _is_open(request: HttpRequest) -> bool:
    return request.path in map(reverse, OPEN_NAMES) or request.path.startswith(OPEN_PATHS)
