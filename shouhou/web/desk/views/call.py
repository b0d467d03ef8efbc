"""The call desk: phone number first, the customer's file appears, and one page leads to a booked visit."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouhou.core.policy import scope
from shouhou.customers import queries as customers
from shouhou.customers.models import Customer, InstalledProduct
from shouhou.web.desk.call import CallForm, times_for
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest


@door("work.take_call")
@require_http_methods(["GET", "POST"])
def call(request: PersonRequest) -> HttpResponse:
    """The call form; done, it leads to the new case."""
    form = CallForm(request.POST or None, actor=request.actor, now=request.now)
    if request.method == "POST" and (case := form.done()) is not None:
        messages.success(request, _("Case {number} is registered.").format(number=case.number))
        return redirect("case", case.pk)
    return render(request, "desk/call.html", {"form": form}, status=422 if form.is_bound else 200)


@door("work.take_call")
@require_GET
def caller(request: PersonRequest) -> HttpResponse:
    """The fragment under the phone number: whose number it is, what they own, what is open."""
    typed = request.GET.get("phone", "")[:40]
    found = customers.find_by_phone(request.actor, typed)
    chosen = request.GET.get("customer")
    file = None
    if chosen or len(found) == 1:
        file = _file(request, UUID(chosen) if chosen else found[0].customer_id)
    return render(request, "desk/call.html#caller", {"found": found, "file": file, "typed": typed})


@door("work.take_call")
@require_GET
def times(request: PersonRequest) -> HttpResponse:
    """The fragment of free times for the piece chosen."""
    piece = scope(request.actor, InstalledProduct).filter(pk=request.GET.get("installed") or None).first()
    return render(request, "desk/call.html#times", {"times": times_for(request.actor, piece, request.now)})


def _file(request: PersonRequest, customer_id: UUID) -> customers.CustomerFile:
    customer = scope(request.actor, Customer).get(pk=customer_id)
    return customers.customer_file(request.actor, customer, on=request.now.date())
