"""How and where to reach a customer: contacts and addresses, added, corrected, removed, made the main one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouhou.core.entries import KEEP
from shouhou.customers import services
from shouhou.customers.models import Contact, Site
from shouhou.web.desk.acts.base import Act, text_field
from shouhou.web.desk.customers.acts.base import FileForm
from shouhou.web.ui.widgets import RadioCards


class AddContactForm(FileForm):
    act = Act("add-contact", "customers.add_contact", _("Add a contact"), _("Add"), "plus")

    sort = forms.ChoiceField(
        label=_("Type"),
        choices=Contact.Sort.choices,
        initial=Contact.Sort.PHONE,
        widget=RadioCards(row=True),
    )
    value = text_field(_("Number or address"), most=120)
    name = text_field(
        _("Whose it is"), most=60, required=False, hint=_("Only when it is not the customer's.")
    )

    def carry_out(self) -> object:
        return services.add_contact(self.customer.pk, **self.cleaned_data, **self.who)


class CorrectContactForm(FileForm):
    act = Act("correct-contact", "customers.correct_contact", _("Correct a contact"), _("Save"), "edit")
    of = Contact
    hint = _("What refers to it stays with it.")

    value = text_field(_("New number or address"), most=120, required=False)
    name = text_field(_("Whose it is"), most=60, required=False)

    def prepare(self) -> None:
        self.fields["name"].initial = self.row.name
        # Opening a form is no reason to show a number whole.
        self.fields["value"].help_text = _("Leave it empty to keep {contact}.").format(contact=self.about)

    def carry_out(self) -> object:
        value = self.cleaned_data["value"] or KEEP
        return services.correct_contact(self.key, value=value, name=self.cleaned_data["name"], **self.who)


class RemoveContactForm(FileForm):
    act = Act(
        "remove-contact", "customers.remove_contact", _("Remove a contact"), _("Remove"), "trash", danger=True
    )
    of = Contact
    hint = _("Cases that were reported by it keep their story, but no longer name it.")

    def carry_out(self) -> object:
        return services.remove_contact(self.key, **self.who)


class MainContactForm(FileForm):
    act = Act("main-contact", "customers.set_main_contact", _("Try this one first"), _("Save"), "star")
    of = Contact

    def carry_out(self) -> object:
        return services.set_main_contact(self.key, **self.who)


class AddSiteForm(FileForm):
    act = Act("add-address", "customers.add_site", _("Add an address"), _("Add"), "plus")

    district = text_field(_("District"), most=60, required=False)
    address = text_field(_("Address"), most=200)
    contact_name = text_field(_("Who is there"), most=60, required=False)
    access_note = text_field(
        _("How to get in"), most=200, required=False, hint=_("Gate, code, parking, dog.")
    )

    def carry_out(self) -> object:
        return services.add_site(self.customer.pk, **self.cleaned_data, **self.who)


class CorrectSiteForm(AddSiteForm):
    act = Act("correct-address", "customers.correct_site", _("Correct an address"), _("Save"), "edit")
    of = Site

    def prepare(self) -> None:
        self.fill(self.row)

    def carry_out(self) -> Any:
        return services.correct_site(self.key, **self.cleaned_data, **self.who)


class RemoveSiteForm(FileForm):
    act = Act(
        "remove-address", "customers.remove_site", _("Remove an address"), _("Remove"), "trash", danger=True
    )
    of = Site
    hint = _("Only an address nothing was ever done at can be removed.")

    def carry_out(self) -> object:
        return services.remove_site(self.key, **self.who)


class MainSiteForm(FileForm):
    act = Act("main-address", "customers.set_main_site", _("This is the main address"), _("Save"), "star")
    of = Site

    def carry_out(self) -> object:
        return services.set_main_site(self.key, **self.who)
