"""Every address declares who may open it (一个地址一条权限); an undeclared one fails the suite.

@door("cases.see")            staff whose roles may do the verb
@open_to_all                  login, health, portal pages that check their link themselves
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from shouhou.core import policy
from shouhou.web.requests import PersonRequest, of

P = ParamSpec("P")


def door(
    verb: str,
) -> Callable[
    [Callable[Concatenate[PersonRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Let in staff whose roles may do ``verb``; others are asked to log in, or refused."""

    def decorate(
        view: Callable[Concatenate[PersonRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            known = of(request)
            if known.actor is None:
                return _to_login(request)
            policy.require(known.actor, verb)
            return view(known, *args, **kwargs)

        guarded.door = verb  # type: ignore[attr-defined]  # read by the test of all addresses
        return guarded

    return decorate


def open_to_all(view: Callable[..., Any]) -> Callable[..., Any]:
    """Declare that a view needs no login: it checks its link itself, or shows nothing of anyone."""
    view.door = "everyone"  # type: ignore[attr-defined]  # read by the test of all addresses
    return view


def _to_login(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request") == "true":
        # A fragment cannot hold the login page: the whole window goes there.
        return HttpResponse(status=204, headers={"HX-Redirect": redirect_to_login("/").url})
    return redirect_to_login(request.get_full_path())
