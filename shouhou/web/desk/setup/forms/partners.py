"""Partners' systems: let in with a token shown once, withdrawn again."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouhou.core import clients
from shouhou.core.models import ApiClient
from shouhou.core.policy import Right
from shouhou.web.desk.acts.base import Act, text_field
from shouhou.web.desk.setup.forms.base import SetupForm
from shouhou.web.ui.widgets import CheckboxList

RIGHTS = (
    (Right.READ, pgettext_lazy("right", "Read"), _("Lists, counts, a case with its record.")),
    (
        Right.REPORT,
        pgettext_lazy("right", "Report"),
        _("Report a fault; a customer nobody knows gets a file."),
    ),
    (
        Right.DISPATCH,
        pgettext_lazy("right", "Dispatch"),
        _("Weigh reports, see free times, book, offer other times, pass answers on."),
    ),
    (Right.WORK, pgettext_lazy("right", "Work"), _("Set out, arrive, report the result.")),
)


class AdmitForm(SetupForm):
    act = Act(
        "admit-partner", "core.admit_client", _("Let a partner's system in"), _("Make the token"), "plus"
    )
    section = "setup-partners"
    why = _("Its token opens what you tick here and nothing else. You will see it once.")
    shows = "desk/setup/token.html"
    two = False

    name = text_field(pgettext_lazy("of a thing", "Name"), most=60, hint=_("Whose system it is."))
    rights = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(str(right), label) for right, label, _hint in RIGHTS],
        widget=CheckboxList({str(right): hint for right, _label, hint in RIGHTS}, row=True),
    )
    # Made with the page, so that a second submit is the same command and shows the same token again.
    token = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def prepare(self) -> None:
        self.start_with(token=clients.new_token(), rights=[str(Right.READ)])

    @property
    def token_made(self) -> str:
        """The token, for the page that shows it."""
        return str(self.cleaned_data["token"])

    def carry_out(self) -> object:
        return clients.admit_client(**self.cleaned_data, **self.who)


class RevokeClientForm(SetupForm):
    act = Act(
        "revoke-partner", "core.revoke_client", _("Withdraw the token"), _("Revoke"), "trash", danger=True
    )
    section = "setup-partners"
    on = ApiClient
    why = _("From this moment it opens nothing. What the system did stays on the record.")
    said = _("Withdrawn.")

    def carry_out(self) -> object:
        return clients.revoke_client(self.subject, **self.who)
