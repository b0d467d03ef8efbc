"""The call desk: phone number first, the customer's file appears, and one page leads to a booked visit."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouhou.cases.models import Case
from shouhou.core.policy import scope
from shouhou.customers import queries as customers
from shouhou.customers.models import InstalledProduct
from shouhou.insight.models import CaseRow
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
    typed, chosen = request.GET.get("phone", "")[:40], request.GET.get("customer", "")
    found = customers.find_by_phone(request.actor, typed)
    hits = [hit for hit in found if str(hit.customer_id) == chosen] if chosen else found
    context: dict[str, object] = {"found": found, "typed": typed}
    if len(hits) == 1:
        file = customers.customer_file(request.actor, hits[0].customer, on=request.now.date())
        context |= {"file": file, "contact": hits[0].contact, "open_cases": _open_cases(request, file)}
    return render(request, "desk/call.html#caller", context)


def _open_cases(request: PersonRequest, file: customers.CustomerFile) -> list[CaseRow]:
    """What is open already: the caller may be asking about it, not reporting something new."""
    rows = scope(request.actor, CaseRow).filter(customer_id=file.customer.pk, state=Case.State.OPEN)
    return list(rows.order_by("-reported_at")[:5])


@door("work.take_call")
@require_GET
def times(request: PersonRequest) -> HttpResponse:
    """The fragment of free times for the piece chosen."""
    piece = scope(request.actor, InstalledProduct).filter(pk=request.GET.get("installed") or None).first()
    return render(request, "desk/call.html#times", {"times": times_for(request.actor, piece, request.now)})
