"""Weighing a report: assess, the answer to a question, an appeal, a contact (A2, C6)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouhou.cases import services as cases
from shouhou.cases.models import Assessment
from shouhou.web.desk.acts.base import Act, ActForm, text_field
from shouhou.web.ui.widgets import RadioCards


class AssessForm(ActForm):
    """Three things weighed. Warranty and availability are shown beside the form; the first is a person's."""

    act = Act("assess", "cases.assess_case", _("Assess the report"), _("Save the assessment"), "clipboard")
    template = "desk/acts/assess.html"

    is_reasonable = forms.TypedChoiceField(
        label=_("Is the claim reasonable?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda word: word == "yes",
        widget=RadioCards(row=True),
        error_messages={"required": _("Say whether the claim is reasonable: nobody answers this for you.")},
    )
    reasonable_grounds = text_field(
        _("On what grounds"), hint=_("What you heard, saw on photos, or know of the piece.")
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=Assessment.Outcome.choices,
        widget=RadioCards(row=True),
        error_messages={"required": _("Choose the outcome.")},
    )
    way = forms.ChoiceField(
        label=_("How to go on"),
        required=False,
        choices=[
            ("home", _("Repair at the customer's")),
            ("centre", _("Repair centre")),
            ("replace", _("Replace")),
        ],
        widget=RadioCards(row=True),
    )
    reason = text_field(
        _("What the customer is told or asked"),
        required=False,
        hint=_("For a rejection the reason, for more information the question. The customer reads it."),
    )

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        outcome = entered.get("outcome")
        if outcome == Assessment.Outcome.ACCEPTED and not entered.get("way"):
            self.add_error("way", _("Choose how to go on with an accepted report."))
        if outcome in (Assessment.Outcome.REJECTED, Assessment.Outcome.MORE_INFO) and not entered.get(
            "reason"
        ):
            self.add_error("reason", _("Write what the customer is told or asked."))
        return entered

    def carry_out(self) -> object:
        entered = self.cleaned_data
        way = entered["way"]
        return cases.assess_case(
            self.case,
            is_reasonable=entered["is_reasonable"],
            reasonable_grounds=entered["reasonable_grounds"],
            outcome=entered["outcome"],
            reason=entered["reason"],
            remedy=Assessment.Remedy.REPLACE if way == "replace" else Assessment.Remedy.REPAIR if way else "",
            place="" if way == "replace" else way,
            **self.who,
        )


class EnquiryForm(ActForm):
    act = Act(
        "answer_enquiry", "cases.answer_enquiry", _("Take the answer down"), _("Save the answer"), "message"
    )

    answer = text_field(_("What the customer answered"), rows=4, most=4000)

    def carry_out(self) -> object:
        return cases.answer_enquiry(self.case, answer=self.cleaned_data["answer"], **self.who)


class AppealForm(ActForm):
    act = Act(
        "decide_appeal", "cases.decide_appeal", _("Decide the appeal"), _("Save the decision"), "shield"
    )

    is_upheld = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Upheld: weigh the report again")), ("no", _("The rejection stands"))],
        coerce=lambda word: word == "yes",
        widget=RadioCards(),
    )
    grounds = text_field(_("On what grounds"), hint=_("The customer reads this."))

    def carry_out(self) -> object:
        return cases.decide_appeal(self.case, **self.cleaned_data, **self.who)


class ContactForm(ActForm):
    act = Act("contact", "cases.record_contact", _("I spoke to the customer"), _("Save"), "phone")

    words = text_field(_("What was said"))

    def carry_out(self) -> object:
        return cases.record_contact(self.case, words=self.cleaned_data["words"], **self.who)
