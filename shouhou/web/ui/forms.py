"""The sample form of ``/ui/``: every kind of field once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shouhou.web.ui.fields import FilesField, PhoneField, WindowField
from shouhou.web.ui.widgets import CheckboxList, DayInput, RadioCards, SearchSelect, Tick


class SampleForm(forms.Form):
    """A report as an agent might take it."""

    phone = PhoneField(
        label=_("Phone"), help_text=_("The customer's file appears as soon as the number is known.")
    )
    name = forms.CharField(
        label=_("Customer's name"), error_messages={"required": _("Write the customer's name.")}
    )
    product = forms.CharField(
        label=_("Product"),
        required=False,
        widget=SearchSelect("/ui/seek"),
        help_text=_("Model, serial number or room."),
    )
    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=[
            ("phone", _("Telephone")),
            ("web", _("Internet")),
            ("letter", _("Letter")),
            ("store", _("Store")),
        ],
    )
    symptom = forms.CharField(
        label=_("Symptom"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what the customer observed, in the customer's words.")},
    )
    outcome = forms.ChoiceField(
        label=_("Repair or replace"),
        choices=[
            ("repair", _("Repair at the door")),
            ("bench", _("Repair in the workshop")),
            ("replace", _("Replace")),
        ],
        widget=RadioCards(
            hints={
                "repair": _("A technician comes; parts are on the car."),
                "bench": _("We fetch the product, repair it and bring it back."),
                "replace": _("The storekeeper confirms with a reference."),
            }
        ),
        error_messages={"required": _("Choose what is to be done.")},
    )
    proofs = forms.MultipleChoiceField(
        label=_("Seen by the agent"),
        required=False,
        choices=[("invoice", _("Invoice")), ("card", _("Warranty card")), ("photo", _("Photo of the fault"))],
        widget=CheckboxList(row=True),
    )
    since = forms.DateField(label=_("Fault since"), required=False, widget=DayInput())
    window = WindowField(label=_("Visit"), help_text=_("The window told to the customer."))
    photos = FilesField(label=_("Photos"), required=False)
    told = forms.BooleanField(
        label=_("Consent"),
        widget=Tick(_("The customer was told the price before work.")),
        error_messages={"required": _("Tell the customer the price first, then tick this.")},
    )
