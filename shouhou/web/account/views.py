"""Signing in, the demo's one-click logins, and the founding of the first organisation."""

from typing import Any
from uuid import UUID

from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shouhou.core.models import Organisation
from shouhou.core.refusals import NotFound
from shouhou.people.models import Person
from shouhou.people.queries import demo_logins
from shouhou.web.account.start import StartForm
from shouhou.web.doors import open_to_all


class Login(LoginView):  # type: ignore[misc]  # the library is untyped
    """The login page; where nobody lives yet it leads to the founding, in a demo it offers every role."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "GET" and not Organisation.objects.exists():
            return redirect("start")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "companies": demo_logins()}


login = open_to_all(Login.as_view())


@open_to_all
@require_POST
def demo_login(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Sign in as one of the invented people; nobody else's account opens this way."""
    offered = {offer.id for company in demo_logins() for offer in company.logins}
    person = Person.objects.filter(pk=person_id).first() if person_id in offered else None
    if person is None:
        raise NotFound(what=Person._meta.verbose_name)
    return perform_login(request, person, redirect_url="/")  # type: ignore[no-any-return]


@open_to_all
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Found the first organisation and go straight to its setup; there is no such page afterwards."""
    if Organisation.objects.exists():
        return redirect("account_login")
    form = StartForm(request.POST if request.method == "POST" else None, now=timezone.now())
    if request.method == "POST" and form.done():
        return perform_login(request, form.result, redirect_url="/setup/")  # type: ignore[no-any-return]
    return render(request, "account/start.html", {"form": form}, status=422 if form.is_bound else 200)
