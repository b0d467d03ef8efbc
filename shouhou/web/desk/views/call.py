"""The call desk: phone number first, the customer's file appears, and one page leads to a booked visit."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouhou.cases.models import Case
from shouhou.kernel.window import Window
from shouhou.web import wording
from shouhou.web.desk.acts.times import show_times
from shouhou.web.desk.call import CallForm
from shouhou.web.desk.caller import Caller, Chosen, look_up, times_for
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest


@door("work.take_call")
@require_http_methods(["GET", "POST"])
def call(request: PersonRequest) -> HttpResponse:
    """The call form; done, it leads to the new case."""
    form = CallForm(request.POST or None, actor=request.actor, now=request.now)
    if request.method == "POST" and form.done():
        messages.success(request, _done(form, request))
        return redirect("case", form.result.pk)
    caller = _caller(request, form)
    context: dict[str, Any] = {"form": form, "caller": caller}
    if form.is_bound and form.weighs:
        context |= _times(request, form, request.POST)
    return render(request, "desk/call.html", context, status=422 if form.is_bound else 200)


def _done(form: CallForm, request: PersonRequest) -> str:
    """What was done, in one sentence."""
    case: Case = form.result
    time = form.cleaned_data.get("time")
    if time is None or not case.visits.exists():
        return _("{number} is registered.").format(number=case.number)
    when = wording.window(Window(time.starts_at, time.ends_at), request.now)
    return _("{number} is registered, the visit is booked: {when}.").format(number=case.number, when=when)


def _caller(request: PersonRequest, form: CallForm) -> Caller:
    """Who is calling, as far as the form or the address says."""
    if form.is_bound:
        return look_up(request, request.POST.get("phone", "")[:40], form.chosen)
    customer = request.GET.get("customer", "")[:40]
    return look_up(request, "", Chosen(customer=customer)) if customer else Caller()


@door("work.take_call")
@require_GET
def caller(request: PersonRequest) -> HttpResponse:
    """The fragment under the phone number: whose number it is, what they own, what is open."""
    chosen = Chosen(customer=request.GET.get("customer", "")[:40])
    found = look_up(request, request.GET.get("phone", "")[:40], chosen)
    form = CallForm(actor=request.actor, now=request.now)
    return render(request, "desk/call/caller.html", {"caller": found, "form": form})


@door("cases.assess_case")
@require_GET
def times(request: PersonRequest) -> HttpResponse:
    """The fragment of free times for the piece, the place or the product chosen."""
    form = CallForm(actor=request.actor, now=request.now)
    return render(request, "desk/call/times.html", {"form": form} | _times(request, form, request.GET))


def _times(request: PersonRequest, form: CallForm, said: Any) -> dict[str, Any]:
    """The free times in the form's chooser, and the grounds that go with them."""
    found = times_for(request, *(said.get(name, "")[:40] for name in ("installed", "site", "product")))
    chosen = [said["time"]] if said.get("time") else []
    show_times(form.fields["time"], found.slots, request.now, chosen=chosen)
    return {"times": found}
