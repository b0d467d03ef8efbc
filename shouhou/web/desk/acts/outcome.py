"""How to go on, and confirming goods and money (A3, A4)."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from shouhou.cases import services as cases
from shouhou.cases.models import Outcome
from shouhou.web.desk.acts.base import Act, ActForm, text_field
from shouhou.web.ui.widgets import RadioCards


class DecideForm(ActForm):
    act = Act("decide", "cases.decide_outcome", _("Decide the next step"), _("Save the decision"), "flow")

    sort = forms.ChoiceField(label=_("Next step"), choices=Outcome.Sort.choices, widget=RadioCards(row=True))
    grounds = text_field(_("On what grounds"))

    def carry_out(self) -> object:
        return cases.decide_outcome(self.case, **self.cleaned_data, **self.who)


class ReplacementForm(ActForm):
    act = Act(
        "confirm_replacement", "cases.confirm_replacement", _("Confirm the replacement"), _("Confirm"), "box"
    )

    reference = text_field(_("Delivery note number"), most=60)

    def carry_out(self) -> object:
        return cases.confirm_replacement(self.case, reference=self.cleaned_data["reference"], **self.who)


class RefundForm(ActForm):
    act = Act("confirm_refund", "cases.confirm_refund", _("Confirm the refund"), _("Confirm"), "money")

    amount = forms.DecimalField(
        label=_("Amount paid back"),
        min_value=Decimal("0.01"),
        max_value=Decimal("99999999"),
        decimal_places=2,
    )
    reference = text_field(_("Payment reference"), most=60)

    def carry_out(self) -> object:
        cents = int(self.cleaned_data["amount"] * 100)
        return cases.confirm_refund(
            self.case, reference=self.cleaned_data["reference"], amount=cents, **self.who
        )
