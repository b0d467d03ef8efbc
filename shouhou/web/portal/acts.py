"""What a customer may do through the link: each form is one verb's one service, one question a page."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouhou.cases import services as cases
from shouhou.cases.models import Assessment, Case
from shouhou.core import files
from shouhou.core.actor import Actor
from shouhou.core.policy import scope
from shouhou.core.refusals import Refusal
from shouhou.dispatch.queries import free_slots
from shouhou.kernel.window import Window
from shouhou.web import wording
from shouhou.web.desk.acts.times import MOST, TimeField, show_times
from shouhou.web.ui.fields import FilesField
from shouhou.web.ui.widgets import RadioCards
from shouhou.web.verbs import VerbForm
from shouhou.work import services as work
from shouhou.work.models import Answer, Offer, Slot, Visit
from shouhou.work.refusals import OfferOver

MOST_PHOTOS = 6


class PortalForm(VerbForm):
    """One thing the customer says. ``applies`` tells whether it can be said now."""

    key: ClassVar[str]
    title: ClassVar[str | Promise]
    button: ClassVar[str | Promise]
    thanks: ClassVar[str | Promise]
    icon: ClassVar[str] = "message"
    template: ClassVar[str] = "portal/acts/form.html"

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)

    @classmethod
    def applies(cls, case: Case, actor: Actor) -> bool:
        """Whether this can be said on the case now."""
        raise NotImplementedError

    def keep_photos(self, purpose: str) -> None:
        """Put the photos sent on the case, under a key of their own.

        Raises ``Refusal`` for a file that is not what it says.
        """
        chosen = self.cleaned_data.pop("photos", [])
        if not chosen:
            return
        actor = self.actor.by(f"{self.actor.key}:photos"[:80] if self.actor.key else "")
        received = [
            files.receive(
                self.case.organisation_id, photo, name=photo.name or "", claimed=photo.content_type or ""
            )
            for photo in chosen
        ]
        cases.attach_files(self.case.pk, files=received, purpose=purpose, actor=actor, now=self.now)


def open_visit(case: Case) -> Visit | None:
    """The visit that stands, if one does."""
    rows = Visit.objects.filter(case=case, state__in=[Visit.State.BOOKED, Visit.State.UNDER_WAY])
    return rows.select_related("technician").first()


def open_offer(case: Case, actor: Actor) -> Offer | None:
    """The question about another time that waits for the customer."""
    rows = scope(actor, Offer).filter(visit__case=case, state=Offer.State.OPEN)
    offer: Offer | None = rows.prefetch_related("slots").first()
    return offer


class TimeAnswerForm(PortalForm):
    """Agree to another time, or not (B3): each answer is a button. Whatever is said is kept."""

    key = "time"
    title = _("Which time suits you?")
    button = _("Send my answer")
    thanks = _("Thank you. We keep to the time shown below.")
    template = "portal/acts/time.html"

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
        slots = self.offer.slots.exclude(answers__took_effect=False) if self.offer else Slot.objects.none()
        self.times = [
            (str(slot.pk), wording.window(Window(slot.starts_at, slot.ends_at), self.now))
            for slot in slots.order_by("starts_at")
        ]
        field.choices = [*self.times, (Answer.Said.REFUSED.value, _("None of these suits me"))]

    def carry_out(self) -> object:
        answer, words = self.cleaned_data["answer"], self.cleaned_data["words"]
        refused = answer == Answer.Said.REFUSED
        if self.offer is None:
            raise OfferOver
        given = work.answer_offer(
            self.offer.pk,
            said=Answer.Said.REFUSED if refused else Answer.Said.AGREED,
            slot_id=None if refused else answer,
            channel=Answer.Channel.LINK,
            words=words,
            **self.who,
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
    template = "portal/acts/enquiry.html"

    answer = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Write a few words, even when a photo says it all.")},
    )
    photos = FilesField(label=_("Photos"), required=False, most=MOST_PHOTOS)

    @classmethod
    def applies(cls, case: Case, actor: Actor) -> bool:
        return case.state == Case.State.OPEN and case.enquiries.filter(answered_at=None).exists()

    def prepare(self) -> None:
        enquiry = self.case.enquiries.filter(answered_at=None).first()
        self.question = enquiry.question if enquiry else ""

    def carry_out(self) -> object:
        self.keep_photos("enquiry")
        return cases.answer_enquiry(self.case.pk, answer=self.cleaned_data["answer"], **self.who)


class PhotosForm(PortalForm):
    key = "photos"
    title = _("Send us photos")
    button = _("Send the photos")
    thanks = _("Thank you. The photos are with your report.")
    icon = "camera"

    photos = FilesField(
        label=_("Photos"), most=MOST_PHOTOS, error_messages={"required": _("Choose at least one photo.")}
    )

    @classmethod
    def applies(cls, case: Case, actor: Actor) -> bool:
        return case.state == Case.State.OPEN

    def carry_out(self) -> None:
        self.keep_photos("customer")


class AppealForm(PortalForm):
    key = "appeal"
    icon = "hand"
    title = _("You see it differently? Appeal")
    button = _("Send the appeal")
    thanks = _("Thank you. A superior will look at it and answer you.")

    words = forms.CharField(label=_("Tell us why"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000)

    @classmethod
    def applies(cls, case: Case, actor: Actor) -> bool:
        latest = case.assessments.order_by("-number").first()
        rejected = latest is not None and latest.outcome == Assessment.Outcome.REJECTED
        return case.state == Case.State.OPEN and rejected and not case.appeals.exists()

    def carry_out(self) -> object:
        return cases.appeal_rejection(self.case.pk, words=self.cleaned_data["words"], **self.who)


class SurveyForm(PortalForm):
    key = "rate"
    template = "portal/acts/rate.html"
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
        return cases.answer_survey(self.case.pk, **self.cleaned_data, **self.who)


class OtherTimeForm(PortalForm):
    """The customer moves the visit: choosing a free time is the consent; or they leave it to us."""

    key = "move"
    icon = "calendar"
    title = _("I need another time")
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
            return work.request_other_time(subject, words=words, **self.who)
        chosen = work.Time(time.starts_at, time.ends_at, time.technician_id, time.vehicle_id)
        return work.choose_time(subject, time=chosen, words=words, **self.who)


class WithdrawForm(PortalForm):
    key = "withdraw"
    icon = "close"
    title = _("Take the report back")
    button = _("Take the report back")
    thanks = _("Your report was withdrawn. We are here when you need us.")

    reason = forms.CharField(label=_("Why?"), max_length=200)

    @classmethod
    def applies(cls, case: Case, actor: Actor) -> bool:
        begun = case.visits.filter(state__in=[Visit.State.UNDER_WAY, Visit.State.DONE]).exists()
        on_bench = case.bench_jobs.filter(returned_at=None).exists()
        return case.state == Case.State.OPEN and not begun and not on_bench

    def carry_out(self) -> object:
        return cases.withdraw_case(self.case.pk, reason=self.cleaned_data["reason"], **self.who)


# What we ask stands first, what the customer may want comes after.
FORMS: tuple[type[PortalForm], ...] = (
    TimeAnswerForm,
    EnquiryForm,
    SurveyForm,
    AppealForm,
    OtherTimeForm,
    PhotosForm,
    WithdrawForm,
)
ASKED = (TimeAnswerForm, EnquiryForm, SurveyForm)
BY_KEY = {form.key: form for form in FORMS}
