"""Booking a visit, and what is done around it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouhou.core.policy import Role, scope
from shouhou.people.models import Vehicle
from shouhou.web.desk.acts.base import Act, ActForm, text_field
from shouhou.web.desk.acts.times import TimeField, offered
from shouhou.web.desk.acts.upkeep import colleagues
from shouhou.web.ui.widgets import CheckboxList, RadioCards
from shouhou.work import services as work
from shouhou.work.models import Visit

GOERS = (Role.TECHNICIAN, Role.SPECIALIST)


def open_visit(form: ActForm) -> Visit:
    """The case's visit that is booked or under way; the act is only offered while there is one."""
    visit: Visit = (
        scope(form.actor, Visit)
        .filter(case=form.case, state__in=[Visit.State.BOOKED, Visit.State.UNDER_WAY])
        .latest("number")
    )
    return visit


class BookForm(ActForm):
    act = Act("book", "work.book_visit", _("Book the visit"), _("Book"), "calendar")
    template = "desk/acts/book.html"

    time = TimeField(label=_("When, and who comes"))
    vehicle = forms.ModelChoiceField(label=_("Vehicle"), queryset=None, required=False)
    crew = forms.ModelMultipleChoiceField(
        label=_("Goes along"), queryset=None, required=False, widget=CheckboxList(row=True)
    )

    def prepare(self) -> None:
        time, vehicle, crew = self.fields["time"], self.fields["vehicle"], self.fields["crew"]
        time.widget.choices = offered(self)  # type: ignore[attr-defined]  # a choice widget on a text field
        assert isinstance(vehicle, forms.ModelChoiceField)
        assert isinstance(crew, forms.ModelMultipleChoiceField)
        vehicle.queryset = scope(self.actor, Vehicle).filter(is_active=True).order_by("plate")
        crew.queryset = colleagues(self, *GOERS, Role.DRIVER)

    def carry_out(self) -> object:
        time, vehicle = self.cleaned_data["time"], self.cleaned_data["vehicle"]
        return work.book_visit(
            self.case,
            technician_id=time.technician_id,
            starts_at=time.starts_at,
            ends_at=time.ends_at,
            vehicle_id=vehicle.pk if vehicle else time.vehicle_id,
            crew_ids=[person.pk for person in self.cleaned_data["crew"] if person.pk != time.technician_id],
            **self.who,
        )


class LeaveForm(ActForm):
    act = Act("leave", "work.leave_for_visit", _("Set out"), _("I am on my way"), "truck")

    def carry_out(self) -> object:
        return work.leave_for_visit(open_visit(self), **self.who)


class ArriveForm(ActForm):
    act = Act("arrive", "work.arrive_at_visit", _("Arrived"), _("I am at the door"), "home")

    def carry_out(self) -> object:
        return work.arrive_at_visit(open_visit(self), **self.who)


class FinishForm(ActForm):
    act = Act("finish", "work.finish_visit", _("Report the visit"), _("Save the report"), "check")

    result = forms.ChoiceField(
        label=_("Result"),
        choices=Visit.Result.choices,
        widget=RadioCards(),
        error_messages={"required": _("Choose what came of the visit.")},
    )
    cause = text_field(_("Cause"), most=100, required=False, hint=_("What was broken, in a few words."))
    work_done = text_field(_("What was found and done"), rows=4, most=2000, required=False)
    signed_by = text_field(_("Signed by"), most=60, required=False)

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if entered.get("result") not in (None, Visit.Result.NOBODY_HOME) and not entered.get("work_done"):
            self.add_error("work_done", _("Write what was found and done."))
        return entered

    def carry_out(self) -> object:
        return work.finish_visit(open_visit(self), **self.cleaned_data, **self.who)


class HandOverForm(ActForm):
    act = Act(
        "hand_over", "work.hand_over_visit", _("Give the visit to someone else"), _("Hand over"), "swap"
    )

    to = forms.ModelChoiceField(label=_("To"), queryset=None)
    reason = text_field(_("Reason"), most=200)

    def prepare(self) -> None:
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues(self, *GOERS)

    def carry_out(self) -> object:
        to, reason = self.cleaned_data["to"], self.cleaned_data["reason"]
        return work.hand_over_visit(open_visit(self), to_id=to.pk, reason=reason, **self.who)


class KeepPromiseForm(ActForm):
    act = Act(
        "keep_promise", "work.keep_promise", _("Come as first promised"), _("We come as promised"), "check"
    )

    reason = text_field(_("How it is made possible"), most=200)

    def carry_out(self) -> object:
        return work.keep_promise(open_visit(self), reason=self.cleaned_data["reason"], **self.who)


class CancelVisitForm(ActForm):
    act = Act(
        "cancel_visit", "work.cancel_visit", _("Call the visit off"), _("Call off"), "close", danger=True
    )

    reason = text_field(_("Reason"), most=200, hint=_("The customer reads this."))

    def carry_out(self) -> object:
        return work.cancel_visit(open_visit(self), reason=self.cleaned_data["reason"], **self.who)
