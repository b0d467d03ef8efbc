"""Vehicles and leave: what and who can be sent, and when not."""

from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouhou.core.policy import scope
from shouhou.people import services as people
from shouhou.people.models import Leave, Person, Vehicle
from shouhou.web.desk.acts.base import Act, text_field
from shouhou.web.desk.setup.forms.base import SetupForm
from shouhou.web.ui.widgets import DayInput, RadioCards, TimeInput
from shouhou.web.verbs import rows_field

DAY = timedelta(days=1)
MIDNIGHT = time()


class AddVehicleForm(SetupForm):
    act = Act("add-vehicle", "people.add_vehicle", _("Add a vehicle"), _("Add the vehicle"), "plus")
    section = "setup-vehicles"
    why = _("Booked together with a visit, so that no two crews count on the same one.")

    plate = text_field(_("Number plate"), most=20)
    name = text_field(
        pgettext_lazy("of a thing", "Name"),
        most=60,
        required=False,
        hint=_("What people call it: the white van."),
    )
    seats = forms.IntegerField(
        label=_("Seats"), initial=3, min_value=1, max_value=60, help_text=_("With the driver's.")
    )

    def carry_out(self) -> object:
        return people.add_vehicle(**self.cleaned_data, **self.who)


class ChangeVehicleForm(AddVehicleForm):
    act = Act("change-vehicle", "people.change_vehicle", _("Change the vehicle"), _("Save"), "edit")
    on: ClassVar[type[Model] | None] = Vehicle

    def prepare(self) -> None:
        self.start_with_subject()

    def carry_out(self) -> object:
        return people.change_vehicle(self.subject, **self.cleaned_data, **self.who)


class RetireVehicleForm(SetupForm):
    act = Act(
        "retire-vehicle",
        "people.retire_vehicle",
        _("Take it out of service"),
        _("Take out"),
        "car",
        danger=True,
    )
    section = "setup-vehicles"
    on = Vehicle
    why = _("It is offered no longer. With visits to come it stays until they have another one.")
    said = _("Out of service.")

    def carry_out(self) -> object:
        return people.retire_vehicle(self.subject, **self.who)


class GrantLeaveForm(SetupForm):
    act = Act("grant-leave", "people.grant_leave", _("Enter leave"), _("Enter the leave"), "plus")
    section = "setup-leave"
    why = _("Whole days when no time is given. Who has visits then is not let go before they are moved.")
    said = _("Entered.")

    person = rows_field(_("Who"), empty_label=_("Please choose"))
    sort = forms.ChoiceField(label=_("Kind"), choices=Leave.Sort.choices, widget=RadioCards(row=True))
    first_day = forms.DateField(label=_("First day"), widget=DayInput())
    from_time = forms.TimeField(label=_("From"), required=False, widget=TimeInput())
    last_day = forms.DateField(label=_("Last day"), widget=DayInput())
    until_time = forms.TimeField(label=_("Until"), required=False, widget=TimeInput())
    reason = text_field(
        _("Reason"), most=200, required=False, hint=_("Seen by heads and by themselves alone.")
    )

    def prepare(self) -> None:
        self.choose("person", scope(self.actor, Person).filter(is_active=True).order_by("name"))
        today = timezone.localdate(self.now)
        self.start_with(
            person=self.asked.get("person"),
            sort=Leave.Sort.ANNUAL,
            first_day=today + DAY,
            last_day=today + DAY,
        )

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        first, last = entered.get("first_day"), entered.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Leave ends after it starts. Choose a later last day."))
        return entered

    def carry_out(self) -> object:
        entered = self.cleaned_data
        until = entered["until_time"]
        return people.grant_leave(
            entered["person"],
            sort=entered["sort"],
            starts_at=_moment(entered["first_day"], entered["from_time"] or MIDNIGHT),
            ends_at=_moment(entered["last_day"] if until else entered["last_day"] + DAY, until or MIDNIGHT),
            reason=entered["reason"],
            **self.who,
        )


class CancelLeaveForm(SetupForm):
    act = Act(
        "cancel-leave", "people.cancel_leave", _("Cancel the leave"), _("Cancel it"), "undo", danger=True
    )
    section = "setup-leave"
    on = Leave
    why = _("From now on they can be booked again.")
    said = _("Cancelled.")

    @property
    def about(self) -> str:
        return str(self.subject.person)

    def carry_out(self) -> object:
        return people.cancel_leave(self.subject, **self.who)


def _moment(day: Any, at: time) -> datetime:
    return datetime.combine(day, at, timezone.get_current_timezone())
