"""The organisation's particulars, and days of its calendar."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouhou.core import administration, services
from shouhou.core.models import CalendarDay, Organisation
from shouhou.core.policy import scope
from shouhou.web.desk.acts.base import Act, text_field
from shouhou.web.desk.setup.forms.base import SetupForm
from shouhou.web.ui.widgets import DayInput, RadioCards

WORKED, OFF, AS_THE_WEEK = "worked", "off", ""
MEANING = {WORKED: True, OFF: False, AS_THE_WEEK: None}


def zones() -> list[tuple[str, str]]:
    """Time zones named after places."""
    return [
        (zone, zone) for zone in sorted(available_timezones()) if "/" in zone and not zone.startswith("Etc")
    ]


class OrganisationForm(SetupForm):
    act = Act(
        "change-organisation", "core.change_organisation", _("Change the organisation"), _("Save"), "edit"
    )
    section = "setup-organisation"
    why = _("Customers read the name and the hotline on their pages and in messages.")

    name = text_field(pgettext_lazy("of a thing", "Name"), most=100)
    name_en = text_field(_("Name in English"), most=100, required=False)
    hotline = text_field(
        _("Hotline"), most=30, required=False, hint=_("As customers dial it, such as 400-820-1234.")
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones)

    def prepare(self) -> None:
        row = Organisation.objects.get(pk=self.actor.organisation_id)
        self.start_with(**{name: getattr(row, name) for name in self.fields})

    def carry_out(self) -> object:
        return administration.change_organisation(**self.cleaned_data, **self.who)


class CalendarForm(SetupForm):
    """What is done on the calendar leads back to its year."""

    section = "setup-calendar"

    @property
    def year(self) -> int:
        return self.now.year

    @property
    def after(self) -> str:
        return f"{reverse(self.section)}?year={self.year}"


class DayForm(CalendarForm):
    act = Act("set-day", "core.set_calendar_day", _("Set a day"), _("Save the day"), "calendar")
    why = _(
        "A holiday, a make-up day on a weekend, or a day the company is closed. Deadlines are counted anew."
    )

    day = forms.DateField(label=_("Day"), widget=DayInput())
    name = text_field(_("What it is called"), most=60, required=False, hint=_("Such as Spring Festival."))
    is_working = forms.TypedChoiceField(
        label=_("It is"),
        required=False,
        choices=[
            (OFF, _("A day off")),
            (WORKED, _("Worked")),
            (AS_THE_WEEK, _("As the week says")),
        ],
        coerce=MEANING.__getitem__,
        empty_value=None,
        widget=RadioCards(row=True),
    )

    def prepare(self) -> None:
        day = parse_date(self.asked.get("day", "")) if self.asked.get("day") else None
        known = scope(self.actor, CalendarDay).filter(day=day).first() if day else None
        kind = {True: WORKED, False: OFF, None: AS_THE_WEEK}[known.is_working if known else None]
        self.start_with(day=day, name=known.name if known else "", is_working=kind if known else OFF)

    @property
    def year(self) -> int:
        entered: dict[str, Any] = getattr(self, "cleaned_data", {})
        day = entered.get("day") or self.fields["day"].initial
        return int(day.year) if day else super().year

    def carry_out(self) -> object:
        return services.set_calendar_day(**self.cleaned_data, **self.who)


class SeedForm(CalendarForm):
    act = Act(
        "seed-calendar", "core.seed_calendar", _("Enter the published holidays"), _("Enter them"), "download"
    )
    why = _(
        "Holidays and make-up days as the State Council published them. Days you entered stay as they are."
    )
    said = _("The published holidays are entered.")

    def carry_out(self) -> object:
        return services.seed_calendar(**self.who)
