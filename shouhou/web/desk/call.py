"""The call form: what the agent types while the customer speaks, and what stands chosen already."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouhou.cases.models import Assessment, Case
from shouhou.cases.policy import STORE
from shouhou.core.policy import OFFICE, can, scope
from shouhou.customers.models import Product
from shouhou.web.desk.acts.base import text_field
from shouhou.web.desk.acts.times import Choice, TimeField
from shouhou.web.desk.caller import Chosen
from shouhou.web.ui.fields import PhoneField
from shouhou.web.ui.widgets import RadioCards
from shouhou.web.verbs import VerbForm, rows_field
from shouhou.work import services as work

WEIGHING = ("is_reasonable", "grounds", "place", "time")


class CallForm(VerbForm):
    """From the ringing phone to a booked visit. Nothing but phone and symptom must be filled now.

    Who may not weigh a report (a store's staff) sees no more than the report.
    """

    phone = PhoneField(label=_("Phone"), required=False)
    customer = forms.UUIDField(required=False, widget=forms.HiddenInput)
    contact = forms.UUIDField(required=False, widget=forms.HiddenInput)
    site = forms.UUIDField(required=False)
    installed = forms.UUIDField(required=False)
    product = rows_field(_("Product"), required=False, empty_label=_("Not known yet"))
    name = text_field(_("Customer's name"), most=100, required=False)
    district = text_field(_("District"), most=60, required=False)
    address = text_field(_("Address"), most=200, required=False)
    symptom = text_field(_("Symptom"), most=200)
    details = text_field(_("Details"), most=4000, rows=2, required=False)
    wish = text_field(_("What the customer asks for"), most=200, required=False)
    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=[choice for choice in Case.Channel.choices if choice[0] != Case.Channel.API],
        initial=Case.Channel.PHONE,
        widget=RadioCards(row=True),
    )
    store = text_field(_("Store"), most=60, required=False)
    passed_on_by = text_field(_("Passed on by"), most=60, required=False)
    reported_at = forms.DateTimeField(
        label=_("Reported at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("When the letter or fax came in. Empty means now."),
    )
    is_reasonable = forms.TypedChoiceField(
        label=_("Is the claim reasonable?"),
        required=False,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda word: word == "yes",
        empty_value=None,
        widget=RadioCards(row=True),
    )
    grounds = text_field(_("On what grounds"), required=False)
    place = forms.ChoiceField(
        label=_("Where"),
        required=False,
        choices=Assessment.Place.choices,
        initial=Assessment.Place.HOME,
        widget=RadioCards(row=True),
    )
    time = TimeField(label=_("When, and who comes"), required=False)

    def prepare(self) -> None:
        self.choose("product", scope(self.actor, Product).filter(is_active=True).order_by("name"))
        self.weighs = can(self.actor, "cases.assess_case")
        if not self.weighs:
            for name in WEIGHING:
                del self.fields[name]
        if self.actor.has(*STORE) and not self.actor.has(*OFFICE):
            # Whoever stands in a store hands in what was said there.
            self.fields["channel"].initial = Case.Channel.STORE
            self.fields["passed_on_by"].initial = self.actor.name

    @property
    def chosen(self) -> Chosen:
        """What was chosen of the known caller, as it was sent."""
        names = ("customer", "contact", "site", "installed")
        return Chosen(**{name: str(self.data.get(name, ""))[:40] for name in names})

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if not entered.get("customer") and not entered.get("name") and not entered.get("phone"):
            self.add_error("phone", _("Enter the phone number, or at least a name."))
        if entered.get("is_reasonable") is False:
            self.add_error(
                "is_reasonable",
                _(
                    "A rejection needs words for the customer. Leave this open and reject it on the case's page."
                ),
            )
        if entered.get("is_reasonable") and not entered.get("grounds"):
            self.add_error("grounds", _("Write on what grounds: heard on the phone, seen on a photo…"))
        if entered.get("time") and entered.get("is_reasonable") is not True:
            self.add_error(
                "is_reasonable", _("A visit is booked only for a claim somebody found reasonable.")
            )
        return entered

    def carry_out(self) -> Case:
        """Take the call: registered, and weighed and booked as far as that was said."""
        return work.take_call(
            caller=self._caller(),
            report=self._report(),
            weighing=self._weighing(),
            time=self._time(),
            **self.who,
        )

    def _caller(self) -> work.Caller:
        entered = self.cleaned_data
        return work.Caller(
            customer_id=entered["customer"],
            contact_id=entered["contact"] if entered["customer"] else None,
            site_id=entered["site"] if entered["customer"] else None,
            installed_id=entered["installed"] if entered["customer"] else None,
            product_id=entered["product"].pk if entered["product"] else None,
            **{name: entered[name] for name in ("name", "phone", "district", "address")},
        )

    def _report(self) -> work.Report:
        names = ("symptom", "channel", "details", "wish", "store", "passed_on_by", "reported_at")
        return work.Report(**{name: self.cleaned_data[name] for name in names})

    def _weighing(self) -> work.Weighing | None:
        entered = self.cleaned_data
        if entered.get("is_reasonable") is not True:
            # "No" is a rejection with its own words: it is done on the case's page.
            return None
        return work.Weighing(True, entered["grounds"], entered["place"] or Assessment.Place.HOME)

    def _time(self) -> work.Time | None:
        time: Choice | None = self.cleaned_data.get("time")
        if time is None or self.cleaned_data["place"] == Assessment.Place.CENTRE:
            return None
        return work.Time(time.starts_at, time.ends_at, time.technician_id, time.vehicle_id)
