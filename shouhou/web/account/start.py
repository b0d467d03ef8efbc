"""The first visit of all (开始使用): no organisation is there yet, and whoever comes founds it."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouhou.core import actor as actors
from shouhou.core.ids import new_id
from shouhou.people.models import Person
from shouhou.people.services import open_house
from shouhou.web.account.forms import STRENGTH
from shouhou.web.desk.acts.base import text_field
from shouhou.web.verbs import VerbForm

LONGEST_CODE = 12


class StartForm(VerbForm):
    """The company and its first administrator, in one go."""

    company = text_field(_("Your company"), most=100)
    hotline = text_field(
        _("Hotline"), most=30, required=False, hint=_("As customers dial it, such as 400-820-1234.")
    )
    code = text_field(
        _("Short code"),
        most=20,
        required=False,
        hint=_(
            "Small letters and digits, for the report address; it stays. Left empty, the company's initials."
        ),
    )
    name = text_field(_("Your name"), most=60)
    username = text_field(
        _("Login name"), most=60, hint=_("Letters and digits without spaces, such as wangmin.")
    )
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=STRENGTH,
    )
    again = forms.CharField(
        label=_("Password, once more"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, actor=actors.job(new_id()), now=now, **kwargs)

    def prepare(self) -> None:
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["company"].widget.attrs |= {"autocomplete": "organization", "autofocus": True}
        self.fields["name"].widget.attrs |= {"autocomplete": "name"}

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if "password" in entered and "again" in entered and entered["password"] != entered["again"]:
            self.add_error("again", _("The two passwords differ. Write the same one twice."))
        return entered

    def carry_out(self) -> Person:
        entered = {name: value for name, value in self.cleaned_data.items() if name != "again"}
        entered["code"] = entered["code"].lower() or initials(entered["company"])
        return open_house(**entered, **self.who)


def initials(company: str) -> str:
    """A code from a company's name: 雅木家居 → ymjj, Yamu Home → yamuhome."""
    # The dictionary of sounds takes a quarter of a second to load, and only the founding needs it.
    from pypinyin import Style, lazy_pinyin

    sounds = lazy_pinyin(company, style=Style.FIRST_LETTER)
    code = "".join(sign for sign in "".join(sounds).lower() if sign.isascii() and sign.isalnum())
    return f"{code[:LONGEST_CODE]}{'1' * (2 - len(code))}"
