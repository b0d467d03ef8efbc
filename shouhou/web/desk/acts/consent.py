"""Asking for another time, and the customer's answer (B3)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouhou.core.policy import scope
from shouhou.kernel.window import Window
from shouhou.web import wording
from shouhou.web.desk.acts.base import Act, ActForm, text_field
from shouhou.web.desk.acts.times import TimesField, offered
from shouhou.web.desk.acts.visits import open_visit
from shouhou.web.ui.widgets import CheckboxList, RadioCards
from shouhou.work import services as work
from shouhou.work.models import Answer, Offer
from shouhou.work.services.booking import current_promise
from shouhou.work.services.consent import Time


def open_offer(form: ActForm) -> Offer:
    """The question the customer has not answered; the act is only offered while there is one."""
    offer: Offer = (
        scope(form.actor, Offer).filter(visit__case=form.case, state=Offer.State.OPEN).latest("made_at")
    )
    return offer


class OfferForm(ActForm):
    act = Act("offer", "work.offer_times", _("Ask for another time"), _("Send the offer"), "calendar")

    asked_by = forms.ChoiceField(
        label=_("Whose wish is it?"), choices=Offer.AskedBy.choices, widget=RadioCards(row=True)
    )
    apology = text_field(
        _("Apology"), required=False, hint=_("Comes first in the customer's message when we ask.")
    )
    reason = text_field(_("Reason"), most=200)
    times = TimesField(
        label=_("Times to offer"),
        widget=CheckboxList(),
        help_text=_(
            "Held for the customer until the offer lapses. The promise moves only on the customer's yes."
        ),
    )

    def prepare(self) -> None:
        field = self.fields["times"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = offered(self)
        self.fields["apology"].initial = _("We are very sorry that we cannot come as promised.")

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if entered.get("asked_by") == Offer.AskedBy.US and not entered.get("apology"):
            self.add_error("apology", _("It is we who ask: begin with an apology."))
        return entered

    def carry_out(self) -> object:
        entered = self.cleaned_data
        times = [
            Time(choice.starts_at, choice.ends_at, choice.technician_id, choice.vehicle_id)
            for choice in entered["times"]
        ]
        apology = entered["apology"] if entered["asked_by"] == Offer.AskedBy.US else ""
        return work.offer_times(
            open_visit(self),
            times=times,
            asked_by=entered["asked_by"],
            reason=entered["reason"],
            apology=apology,
            **self.who,
        )


class AnswerForm(ActForm):
    act = Act(
        "answer_offer",
        "work.answer_offer",
        _("Take the customer's answer down"),
        _("Save the answer"),
        "phone",
    )
    template = "desk/acts/answer.html"

    answer = forms.ChoiceField(
        label=_("The customer said"),
        widget=RadioCards(),
        error_messages={"required": _("Choose what the customer said.")},
    )
    channel = forms.ChoiceField(
        label=_("How we know"),
        choices=[
            (Answer.Channel.PHONE.value, Answer.Channel.PHONE.label),
            (Answer.Channel.DOOR.value, Answer.Channel.DOOR.label),
        ],
        widget=RadioCards(row=True),
        initial=Answer.Channel.PHONE,
    )
    words = text_field(_("In the customer's words"), required=False)

    def prepare(self) -> None:
        offer, field = open_offer(self), self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        yes = [
            (
                str(slot.pk),
                _("Yes, {time}").format(time=wording.window(Window(slot.starts_at, slot.ends_at), self.now)),
            )
            for slot in offer.slots.order_by("starts_at")
        ]
        field.choices = [
            *yes,
            (Answer.Said.REFUSED.value, _("No, none of them")),
            (Answer.Said.NONE.value, _("Nobody answered")),
        ]
        self.promise = current_promise(offer.visit)

    def carry_out(self) -> object:
        answer = self.cleaned_data["answer"]
        plain = answer in (Answer.Said.REFUSED, Answer.Said.NONE)
        return work.answer_offer(
            open_offer(self),
            said=answer if plain else Answer.Said.AGREED,
            slot_id=None if plain else answer,
            channel=self.cleaned_data["channel"],
            words=self.cleaned_data["words"],
            said_by=self.case.customer.name,
            **self.who,
        )


class WithdrawOfferForm(ActForm):
    act = Act("withdraw_offer", "work.withdraw_offer", _("Take the offer back"), _("Take back"), "undo")

    reason = text_field(_("Reason"), most=200)

    def carry_out(self) -> object:
        return work.withdraw_offer(open_offer(self), reason=self.cleaned_data["reason"], **self.who)


class RequestForm(ActForm):
    act = Act(
        "request_time",
        "work.request_other_time",
        _("The customer asks for another time"),
        _("Save the request"),
        "calendar",
    )

    words = text_field(_("What the customer said"))

    def carry_out(self) -> object:
        return work.request_other_time(open_visit(self), words=self.cleaned_data["words"], **self.who)
