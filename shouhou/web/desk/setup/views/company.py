"""The company's own particulars, its calendar, its rules, and the partners it lets in."""

import io
from dataclasses import dataclass
from datetime import date, timedelta

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouhou.core import calendar, policies
from shouhou.core.models import ApiClient, CalendarDay, Organisation, PolicyValue
from shouhou.core.policy import can, scope
from shouhou.core.refusals import NotFound
from shouhou.kernel.workday import Calendar
from shouhou.web.desk.setup.forms import PolicyForm, policy_forms
from shouhou.web.desk.setup.forms.partners import RIGHTS
from shouhou.web.desk.setup.forms.policies import policy_form
from shouhou.web.desk.setup.views.page import show
from shouhou.web.doors import door
from shouhou.web.requests import PersonRequest
from shouhou.web.wording import month, weekday

DAY = timedelta(days=1)
EARLIEST, LATEST = 2000, 2100


@door("core.see_settings")
@require_GET
def organisation(request: PersonRequest) -> HttpResponse:
    """Its particulars, and the address where customers report, with its QR code."""
    row = _organisation(request)
    context = {"organisation": row, "address": _report_address(row)}
    return show(request, "desk/setup/organisation.html", context, here="setup-organisation")


@door("core.see_settings")
@require_GET
def report_qr(request: PersonRequest) -> HttpResponse:
    """The QR code of the report address, to be printed."""
    row, drawn = _organisation(request), io.BytesIO()
    segno.make(_report_address(row), error="m").save(drawn, kind="svg", scale=8, border=4, light="#fff")
    response = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    response["Content-Disposition"] = f'inline; filename="{row.code}-report.svg"'
    return response


def _organisation(request: PersonRequest) -> Organisation:
    return Organisation.objects.get(pk=request.actor.organisation_id)


def _report_address(row: Organisation) -> str:
    return f"{settings.ADDRESS}{reverse('report', args=[row.code])}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the year's sheet: worked or not, and whether it differs from the week."""

    day: date
    works: bool
    differs: bool
    name: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month as weeks of seven; days of other months are empty."""

    name: str
    weeks: list[list[Cell | None]]


@door("core.see_settings")
@require_GET
def year(request: PersonRequest) -> HttpResponse:
    """A year's days: what the week says, holidays and make-up days, and whether the year is published."""
    today = timezone.localdate(request.now)
    asked = request.GET.get("year", "")
    shown = int(asked) if asked.isdecimal() and EARLIEST <= int(asked) <= LATEST else today.year
    rows = list(scope(request.actor, CalendarDay).filter(day__year=shown).order_by("day"))
    until = calendar.published_until(request.actor.organisation_id)
    context = {
        "year": shown,
        "months": _months(shown, calendar.calendar_of(request.actor.organisation_id), rows, today),
        "weekdays": [weekday(date(2024, 1, number)) for number in range(1, 8)],
        "days": rows,
        "is_published": until is not None and shown <= until.year,
        "can_be_entered": shown <= calendar.last_published_year(),
    }
    return show(request, "desk/setup/calendar.html", context, here="setup-calendar")


def _months(year: int, week: Calendar, rows: list[CalendarDay], today: date) -> list[Month]:
    names = {row.day: row.name for row in rows}
    months: list[Month] = []
    for number in range(1, 13):
        first = date(year, number, 1)
        cells: list[Cell | None] = [None] * first.weekday()
        day = first
        while day.month == number:
            cells.append(Cell(day, week.works_on(day), day in names, names.get(day, ""), day == today))
            day += DAY
        cells += [None] * (-len(cells) % 7)
        months.append(Month(month(first), [cells[at : at + 7] for at in range(0, len(cells), 7)]))
    return months


@door("core.see_settings")
@require_GET
def rules(request: PersonRequest) -> HttpResponse:
    """Every rule of the house by room, each saved by itself."""
    return _rules(request)


@door("core.set_policy")
@require_POST
def set_rule(request: PersonRequest, key: str) -> HttpResponse:
    """Save one rule, and back to where it stands; what cannot be taken is said at it."""
    rule = policies.DECLARED.get(key)
    if rule is None:
        raise NotFound(what=_("rule of the house"))
    kept = scope(request.actor, PolicyValue).filter(key=key).first()
    value = policies.value(request.actor.organisation_id, key)
    form = policy_form(request.actor, request, rule, value, kept, request.POST)
    if not form.done():
        return _rules(request, form, status=422)
    messages.success(request, _("Saved: {rule}").format(rule=rule.label))
    return redirect(f"{reverse('setup-policies')}#{key}")


def _rules(request: PersonRequest, sent: PolicyForm | None = None, status: int = 200) -> HttpResponse:
    context = {"rooms": list(policy_forms(request, sent)), "may_set": can(request.actor, "core.set_policy")}
    return show(request, "desk/setup/policies.html", context, here="setup-policies", status=status)


@door("core.see_clients")
@require_GET
def partners(request: PersonRequest) -> HttpResponse:
    """Which partners' systems were let in, what each may do, which tokens were withdrawn."""
    labels = {str(right): label for right, label, _hint in RIGHTS}
    rows = scope(request.actor, ApiClient).order_by("revoked_at", "-made_at")
    lines = [(row, [labels[right] for right in row.rights]) for row in rows]
    return show(request, "desk/setup/partners.html", {"lines": lines}, here="setup-partners")
