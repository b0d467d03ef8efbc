"""Trades and skills."""

from typing import ClassVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouhou.people import services as people
from shouhou.people.models import Skill, Trade
from shouhou.web.desk.acts.base import Act, text_field
from shouhou.web.desk.setup.forms.base import SetupForm
from shouhou.web.ui.widgets import Tick


class AddTradeForm(SetupForm):
    act = Act("add-trade", "people.add_trade", _("Add a trade"), _("Add the trade"), "plus")
    section = "setup-able"
    why = _("A trade is a kind of work, such as joinery or refrigeration. Skills belong to it.")

    name = text_field(pgettext_lazy("of a thing", "Name"), most=60)
    name_en = text_field(_("Name in English"), most=60, required=False)

    def carry_out(self) -> object:
        return people.add_trade(**self.cleaned_data, **self.who)


class RenameTradeForm(AddTradeForm):
    act = Act("rename-trade", "people.rename_trade", _("Rename the trade"), _("Save"), "edit")
    on: ClassVar[type[Model] | None] = Trade

    def prepare(self) -> None:
        self.start_with_subject()

    def carry_out(self) -> object:
        return people.rename_trade(self.subject, **self.cleaned_data, **self.who)


class AddSkillForm(SetupForm):
    act = Act("add-skill", "people.add_skill", _("Add a skill"), _("Add the skill"), "plus")
    section = "setup-able"
    on: ClassVar[type[Model] | None] = Trade
    why = _("Technicians are sent only for what they can do. A product may ask for one of its skills.")

    name = text_field(pgettext_lazy("of a thing", "Name"), most=60)
    name_en = text_field(_("Name in English"), most=60, required=False)
    needs_certificate = forms.BooleanField(
        label=_("Certificate"),
        required=False,
        widget=Tick(_("The law asks for a certificate, such as for work on live wires.")),
    )

    def carry_out(self) -> object:
        return people.add_skill(trade_id=self.subject.pk, **self.cleaned_data, **self.who)


class ChangeSkillForm(AddSkillForm):
    act = Act("change-skill", "people.change_skill", _("Change the skill"), _("Save"), "edit")
    on: ClassVar[type[Model] | None] = Skill

    def prepare(self) -> None:
        self.start_with_subject()

    def carry_out(self) -> object:
        return people.change_skill(self.subject, **self.cleaned_data, **self.who)
