"""The file itself: opened, corrected, removed when it was a mistake."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shouhou.customers import services
from shouhou.customers.models import Customer
from shouhou.web.desk.acts.base import Act, text_field
from shouhou.web.desk.customers.acts.base import FileForm
from shouhou.web.ui.widgets import PhoneInput, RadioCards
from shouhou.web.verbs import VerbForm


def sort_field() -> forms.ChoiceField:
    """A person or a company."""
    return forms.ChoiceField(
        label=_("Type"),
        choices=Customer.Sort.choices,
        initial=Customer.Sort.PERSON,
        widget=RadioCards(row=True),
    )


class OpenForm(VerbForm):
    """A new file. A name or a number is enough; the rest may follow."""

    phone = forms.CharField(label=_("Phone"), max_length=40, required=False, widget=PhoneInput())
    name = text_field(_("Customer's name"), most=100, required=False)
    salutation = text_field(_("Salutation"), most=20, required=False)
    sort = sort_field()
    district = text_field(_("District"), most=60, required=False)
    address = text_field(_("Address"), most=200, required=False)
    note = text_field(_("Note"), most=2_000, rows=2, required=False)

    def carry_out(self) -> Customer:
        entered = dict(self.cleaned_data)
        phone = entered.pop("phone")
        return services.open_customer(phones=[phone] if phone else [], **entered, **self.who)


class CorrectForm(FileForm):
    act = Act("correct", "customers.correct_customer", _("Correct the file"), _("Save"), "edit")

    name = text_field(_("Customer's name"), most=100, required=False)
    salutation = text_field(_("Salutation"), most=20, required=False)
    sort = sort_field()
    note = text_field(_("Note"), most=2_000, rows=3, required=False)

    def prepare(self) -> None:
        self.fill(self.customer)

    def carry_out(self) -> object:
        return services.correct_customer(self.customer.pk, **self.cleaned_data, **self.who)


class RemoveForm(FileForm):
    act = Act("remove", "customers.remove_customer", _("Remove the file"), _("Remove"), "trash", danger=True)
    hint = _("For files opened by mistake. A file with pieces or cases stays; merge it if it is a double.")

    def carry_out(self) -> object:
        return services.remove_customer(self.customer.pk, **self.who)
