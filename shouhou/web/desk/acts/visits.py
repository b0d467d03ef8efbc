"""Booking a visit, and what is done around it."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from shouhou.core.policy import Role, scope
from shouhou.core.refusals import Refusal
from shouhou.people.models import Person, Vehicle
from shouhou.web.desk.acts.base import Act, ActForm, text_field
from shouhou.web.desk.acts.times import TimeField, free_times, show_times
from shouhou.web.desk.acts.upkeep import colleagues
from shouhou.web.ui.widgets import CheckboxList, RadioCards
from shouhou.web.verbs import rows_field
from shouhou.work import services as work
from shouhou.work.models import Visit
from shouhou.work.refusals import VisitOver

GOERS = (Role.TECHNICIAN, Role.SPECIALIST)


class VisitForm(ActForm):
    """A verb on the case's visit that is booked or under way."""

    @cached_property
    def visit(self) -> Visit | None:
        """The visit it is done on; none any more once it is over."""
        rows = scope(self.actor, Visit).filter(
            case=self.case, state__in=[Visit.State.BOOKED, Visit.State.UNDER_WAY]
        )
        visit: Visit | None = rows.distinct().first()
        return visit

    def in_the_way(self) -> Refusal | None:
        return VisitOver() if self.visit is None else None

    @property
    def subject(self) -> Visit:
        """The visit, once nothing is in the way.

        Raises ``VisitOver``.
        """
        if self.visit is None:
            raise VisitOver
        return self.visit


class BookForm(ActForm):
    act = Act("book", "work.book_visit", _("Book the visit"), _("Book"), "calendar")
    template = "desk/acts/book.html"

    time = TimeField(label=_("When, and who comes"))
    vehicle = rows_field(_("Vehicle"), required=False, empty_label=_("None of ours"))
    crew: "forms.ModelMultipleChoiceField[Person]" = forms.ModelMultipleChoiceField(
        label=_("Goes along"), queryset=None, required=False, widget=CheckboxList(row=True)
    )

    def prepare(self) -> None:
        self.choose("vehicle", scope(self.actor, Vehicle).filter(is_active=True).order_by("plate"))
        self.choose("crew", colleagues(self, *GOERS, Role.DRIVER))
        chosen = [self.data.get("time", "")] if self.is_bound else []
        show_times(self.fields["time"], free_times(self), self.now, chosen=chosen)

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


class LeaveForm(VisitForm):
    act = Act("leave", "work.leave_for_visit", _("Set out"), _("I am on my way"), "car")

    def carry_out(self) -> object:
        return work.leave_for_visit(self.subject, **self.who)


class ArriveForm(VisitForm):
    act = Act("arrive", "work.arrive_at_visit", _("Arrived"), _("I am at the door"), "home")

    def carry_out(self) -> object:
        return work.arrive_at_visit(self.subject, **self.who)


class FinishForm(VisitForm):
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
        return work.finish_visit(self.subject, **self.cleaned_data, **self.who)


class HandOverForm(VisitForm):
    act = Act(
        "hand_over", "work.hand_over_visit", _("Give the visit to someone else"), _("Hand over"), "swap"
    )

    to = rows_field(_("To whom"))
    reason = text_field(_("Reason"), most=200)

    def prepare(self) -> None:
        others = colleagues(self, *GOERS)
        self.choose("to", others.exclude(pk=self.visit.technician_id) if self.visit else others)

    def carry_out(self) -> object:
        to, reason = self.cleaned_data["to"], self.cleaned_data["reason"]
        return work.hand_over_visit(self.subject, to_id=to.pk, reason=reason, **self.who)


class KeepPromiseForm(VisitForm):
    act = Act(
        "keep_promise", "work.keep_promise", _("Come as first promised"), _("We come as promised"), "check"
    )

    reason = text_field(_("How it is made possible"), most=200)

    def carry_out(self) -> object:
        return work.keep_promise(self.subject, reason=self.cleaned_data["reason"], **self.who)


class CancelVisitForm(VisitForm):
    act = Act(
        "cancel_visit", "work.cancel_visit", _("Call the visit off"), _("Call off"), "close", danger=True
    )

    reason = text_field(_("Reason"), most=200, hint=_("The customer reads this."))

    def carry_out(self) -> object:
        return work.cancel_visit(self.subject, reason=self.cleaned_data["reason"], **self.who)
