"""Asking for another time, and the customer's answer (B3)."""

from typing import Any

from django import forms
from django.db.models import Prefetch
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from shouhou.cases.models import Case
from shouhou.core.actor import Actor
from shouhou.core.policy import OFFICE, scope
from shouhou.core.refusals import Refusal
from shouhou.kernel.window import Window
from shouhou.web import wording
from shouhou.web.desk.acts.base import Act, ActForm, text_field
from shouhou.web.desk.acts.times import TimesField, free_times, show_times
from shouhou.web.desk.acts.visits import VisitForm
from shouhou.web.ui.widgets import CheckboxList, RadioCards
from shouhou.work import services as work
from shouhou.work.models import Answer, Offer, Slot
from shouhou.work.refusals import OfferOver
from shouhou.work.services.consent import Time


def open_offer(actor: Actor, case: Case) -> Offer | None:
    """The question the customer has not answered yet."""
    slots = Prefetch("slots", Slot.objects.select_related("technician").order_by("starts_at"))
    rows = scope(actor, Offer).filter(visit__case=case, state=Offer.State.OPEN)
    offer: Offer | None = rows.prefetch_related(slots).distinct().first()
    return offer


class OnOffer(ActForm):
    """A verb on the question that waits for the customer."""

    @cached_property
    def offer(self) -> Offer | None:
        """The question; none any more once it is answered."""
        return open_offer(self.actor, self.case)

    def in_the_way(self) -> Refusal | None:
        return OfferOver() if self.offer is None else None

    @property
    def subject(self) -> Offer:
        """The question, once nothing is in the way.

        Raises ``OfferOver``.
        """
        if self.offer is None:
            raise OfferOver
        return self.offer


class OfferForm(VisitForm):
    act = Act("offer", "work.offer_times", _("Ask for another time"), _("Send the offer"), "calendar")
    template = "desk/acts/offer.html"

    asked_by = forms.ChoiceField(
        label=_("Whose wish is it?"),
        choices=Offer.AskedBy.choices,
        widget=RadioCards(row=True),
        error_messages={"required": _("Say whose wish it is: the two are counted apart.")},
    )
    apology = text_field(
        _("Apology"), required=False, hint=_("Comes first in the customer's message when we ask.")
    )
    reason = text_field(_("Reason"), most=200)
    times = TimesField(
        label=_("Times to offer"),
        widget=CheckboxList(row=True),
        help_text=_(
            "Held for the customer until the offer lapses. The promise moves only on the customer's yes."
        ),
    )

    def prepare(self) -> None:
        chosen = [str(text) for text in self["times"].data or ()] if self.is_bound else []
        show_times(self.fields["times"], free_times(self), self.now, chosen=chosen)
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
            self.subject,
            times=times,
            asked_by=entered["asked_by"],
            reason=entered["reason"],
            apology=apology,
            **self.who,
        )


class AnswerForm(OnOffer):
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
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        yes = [
            (
                str(slot.pk),
                _("Yes, {time}").format(time=wording.window(Window(slot.starts_at, slot.ends_at), self.now)),
            )
            for slot in (self.offer.slots.all() if self.offer else ())
        ]
        field.choices = [
            *yes,
            (Answer.Said.REFUSED.value, _("No, none of them")),
            (Answer.Said.NONE.value, _("Nobody answered")),
        ]
        if not self.actor.has(*OFFICE):
            self.fields["channel"].initial = Answer.Channel.DOOR.value

    def carry_out(self) -> object:
        answer = self.cleaned_data["answer"]
        plain = answer in (Answer.Said.REFUSED, Answer.Said.NONE)
        return work.answer_offer(
            self.subject,
            said=answer if plain else Answer.Said.AGREED,
            slot_id=None if plain else answer,
            channel=self.cleaned_data["channel"],
            words=self.cleaned_data["words"],
            said_by=self.case.customer.name,
            **self.who,
        )


class WithdrawOfferForm(OnOffer):
    act = Act("withdraw_offer", "work.withdraw_offer", _("Take the offer back"), _("Take back"), "undo")

    reason = text_field(_("Reason"), most=200)

    def carry_out(self) -> object:
        return work.withdraw_offer(self.subject, reason=self.cleaned_data["reason"], **self.who)


class RequestForm(VisitForm):
    act = Act(
        "request_time",
        "work.request_other_time",
        _("The customer asks for another time"),
        _("Save the request"),
        "calendar",
    )

    words = text_field(_("What the customer said"))

    def carry_out(self) -> object:
        return work.request_other_time(self.subject, words=self.cleaned_data["words"], **self.who)
