"""What a customer may do through the link: each form is one verb's one service, one question a page."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouhou.cases import services as cases
from shouhou.cases.models import Assessment, Case
from shouhou.core.actor import Actor
from shouhou.core.policy import scope
from shouhou.core.refusals import Refusal, Unfit
from shouhou.dispatch.queries import free_slots
from shouhou.kernel.window import Window
from shouhou.web import wording
from shouhou.web.desk.acts.times import MOST, TimeField, show_times
from shouhou.web.ui.widgets import RadioCards
from shouhou.work import services as work
from shouhou.work.models import Answer, Offer, Visit


class PortalForm(forms.Form):
    """One thing the customer says. ``applies`` tells whether it can be said now."""

    key: ClassVar[str]
    title: ClassVar[str | Promise]
    button: ClassVar[str | Promise]
    thanks: ClassVar[str | Promise]

    def __init__(self, *args: Any, case: Case, actor: Actor, now: datetime, **kwargs: Any) -> None:
        self.case, self.actor, self.now = case, actor, now
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices this case offers."""

    @classmethod
    def applies(cls, case: Case, actor: Actor) -> bool:
        """Whether this can be said on the case now."""
        raise NotImplementedError

    def carry_out(self) -> object:
        """Call the service."""
        raise NotImplementedError

    def done(self) -> bool:
        """Say it; what stands in the way is shown at the form and what was entered is kept."""
        if not self.is_valid():
            return False
        try:
            self.carry_out()
        except Unfit as trouble:
            for name, sentence in trouble.problems.items():
                self.add_error(name if name in self.fields else None, sentence)
            return False
        except Refusal as trouble:
            self.add_error(None, str(trouble))
            return False
        return True


def open_visit(case: Case) -> Visit | None:
    """The visit that stands, if one does."""
    rows = Visit.objects.filter(case=case, state__in=[Visit.State.BOOKED, Visit.State.UNDER_WAY])
    return rows.select_related("technician").prefetch_related("promises").first()


def open_offer(case: Case, actor: Actor) -> Offer | None:
    """The question about another time that waits for the customer."""
    rows = scope(actor, Offer).filter(visit__case=case, state=Offer.State.OPEN)
    offer: Offer | None = rows.prefetch_related("slots").first()
    return offer


class TimeAnswerForm(PortalForm):
    """Agree to another time, or not (B3). Every answer is kept, whatever became of the slot."""

    key = "time"
    title = _("Which time suits you?")
    button = _("Send my answer")
    thanks = _("Thank you. We keep to the time shown below.")

    answer = forms.ChoiceField(
        label=_("Your answer"), widget=RadioCards(), error_messages={"required": _("Please choose one.")}
    )
    words = forms.CharField(label=_("Anything we should know"), max_length=300, required=False)

    @classmethod
    def applies(cls, case: Case, actor: Actor) -> bool:
        return open_offer(case, actor) is not None

    def prepare(self) -> None:
        self.offer = open_offer(self.case, self.actor)
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        slots = self.offer.slots.all() if self.offer else []
        field.choices = [
            *(
                (str(slot.pk), wording.window(Window(slot.starts_at, slot.ends_at), self.now))
                for slot in slots
            ),
            (Answer.Said.REFUSED.value, _("None suits me. Please send someone else at the first time")),
        ]

    def carry_out(self) -> object:
        answer, words = self.cleaned_data["answer"], self.cleaned_data["words"]
        refused = answer == Answer.Said.REFUSED
        given = work.answer_offer(
            self.offer.pk if self.offer else self.case.pk,
            said=Answer.Said.REFUSED if refused else Answer.Said.AGREED,
            slot_id=None if refused else answer,
            channel=Answer.Channel.LINK,
            words=words,
            actor=self.actor,
            now=self.now,
        )
        if not given.took_effect:
            raise SlotJustTaken
        return given


class SlotJustTaken(Refusal):
    """The yes is kept; only the slot is gone."""

    code = "portal.slot_just_taken"
    message = _("We are very sorry: this time was taken a moment ago. Your answer is kept.")
    next_step = _("Please choose another time, or call us.")


class EnquiryForm(PortalForm):
    key = "answer"
    title = _("We need to know one more thing")
    button = _("Send the answer")
    thanks = _("Thank you. We go on with it at once.")

    answer = forms.CharField(
        label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )

    @classmethod
    def applies(cls, case: Case, actor: Actor) -> bool:
        return case.state == Case.State.OPEN and case.enquiries.filter(answered_at=None).exists()

    def prepare(self) -> None:
        enquiry = self.case.enquiries.filter(answered_at=None).first()
        self.fields["answer"].label = enquiry.question if enquiry else self.fields["answer"].label

    def carry_out(self) -> object:
        return cases.answer_enquiry(
            self.case.pk, answer=self.cleaned_data["answer"], actor=self.actor, now=self.now
        )


class AppealForm(PortalForm):
    key = "appeal"
    title = _("You see it differently?")
    button = _("Send the appeal")
    thanks = _("Thank you. A superior will look at it and answer you.")

    words = forms.CharField(label=_("Tell us why"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000)

    @classmethod
    def applies(cls, case: Case, actor: Actor) -> bool:
        latest = case.assessments.order_by("-number").first()
        rejected = latest is not None and latest.outcome == Assessment.Outcome.REJECTED
        return case.state == Case.State.OPEN and rejected and not case.appeals.exists()

    def carry_out(self) -> object:
        return cases.appeal_rejection(
            self.case.pk, words=self.cleaned_data["words"], actor=self.actor, now=self.now
        )


class SurveyForm(PortalForm):
    key = "rate"
    title = _("How was our service?")
    button = _("Send the rating")
    thanks = _("Thank you for your rating.")

    score = forms.TypedChoiceField(
        label=_("Your rating"),
        coerce=int,
        choices=[
            (5, _("Very satisfied")),
            (4, _("Satisfied")),
            (3, _("So-so")),
            (2, _("Not satisfied")),
            (1, _("Very dissatisfied")),
        ],
        widget=RadioCards(),
        error_messages={"required": _("Please choose one.")},
    )
    comment = forms.CharField(
        label=_("In your words"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000, required=False
    )

    @classmethod
    def applies(cls, case: Case, actor: Actor) -> bool:
        return case.surveys.filter(answered_at=None).exists()

    def carry_out(self) -> object:
        return cases.answer_survey(self.case.pk, **self.cleaned_data, actor=self.actor, now=self.now)


class OtherTimeForm(PortalForm):
    """The customer moves the visit: choosing a free time is the consent; or they leave it to us."""

    key = "move"
    title = _("You need another time?")
    button = _("Send")
    thanks = _("Thank you. The time shown below holds now.")

    time = TimeField(label=_("Free times"), required=False)
    words = forms.CharField(
        label=_("None of these? Tell us when it suits you"), max_length=300, required=False
    )

    @classmethod
    def applies(cls, case: Case, actor: Actor) -> bool:
        visit = open_visit(case)
        return visit is not None and visit.state == Visit.State.BOOKED and open_offer(case, actor) is None

    def prepare(self) -> None:
        chosen = [self.data.get("time", "")] if self.is_bound else []
        slots = free_slots(self.case, now=self.now, most=MOST)
        show_times(self.fields["time"], slots, self.now, chosen=chosen, named=False)

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if not entered.get("time") and not entered.get("words"):
            self.add_error("time", _("Choose a time, or tell us when it suits you."))
        return entered

    def carry_out(self) -> object:
        visit, time, words = open_visit(self.case), self.cleaned_data["time"], self.cleaned_data["words"]
        subject = visit.pk if visit else self.case.pk
        if time is None:
            return work.request_other_time(subject, words=words, actor=self.actor, now=self.now)
        chosen = work.Time(time.starts_at, time.ends_at, time.technician_id, time.vehicle_id)
        return work.choose_time(subject, time=chosen, words=words, actor=self.actor, now=self.now)


class WithdrawForm(PortalForm):
    key = "withdraw"
    title = _("You no longer need us?")
    button = _("Take the report back")
    thanks = _("Your report was withdrawn. We are here when you need us.")

    reason = forms.CharField(label=_("Why?"), max_length=200)

    @classmethod
    def applies(cls, case: Case, actor: Actor) -> bool:
        visit = open_visit(case)
        return case.state == Case.State.OPEN and (visit is None or visit.state == Visit.State.BOOKED)

    def carry_out(self) -> object:
        return cases.withdraw_case(
            self.case.pk, reason=self.cleaned_data["reason"], actor=self.actor, now=self.now
        )


# What we ask stands first, what the customer may want comes after.
FORMS: tuple[type[PortalForm], ...] = (
    TimeAnswerForm,
    EnquiryForm,
    SurveyForm,
    AppealForm,
    OtherTimeForm,
    WithdrawForm,
)
ASKED = (TimeAnswerForm, EnquiryForm, SurveyForm)
BY_KEY = {form.key: form for form in FORMS}
