"""The return-visit call (F5)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouhou.cases import services as cases
from shouhou.cases.models import ReturnCall
from shouhou.web.desk.acts.base import Act, ActForm, text_field
from shouhou.web.ui.widgets import RadioCards


class ReturnCallForm(ActForm):
    act = Act("return_call", "cases.record_return_call", _("Return-visit call"), _("Save the call"), "phone")
    template = "desk/acts/return_call.html"

    result = forms.ChoiceField(
        label=_("Result"), choices=ReturnCall.Result.choices, widget=RadioCards(row=True)
    )
    words = text_field(_("The customer's words"), rows=3, most=1000, required=False)
    cause = text_field(
        _("What it is about"),
        most=60,
        required=False,
        hint=_("Punctuality, quality, price, manners…: counted by cause."),
    )

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if entered.get("result") == ReturnCall.Result.UNSATISFIED and not entered.get("words"):
            self.add_error("words", _("Write what the customer is not satisfied with, in their words."))
        return entered

    def carry_out(self) -> object:
        return cases.record_return_call(self.case, **self.cleaned_data, **self.who)
