"""Products: added, changed, retired, offered again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouhou.core.policy import scope
from shouhou.customers import services as customers
from shouhou.customers.models import Product
from shouhou.people.models import Skill, Trade
from shouhou.web.desk.acts.base import Act, text_field
from shouhou.web.desk.setup.forms.base import SetupForm, key_of
from shouhou.web.verbs import rows_field


class AddProductForm(SetupForm):
    act = Act("add-product", "customers.add_product", _("Add a product"), _("Add the product"), "plus")
    section = "setup-products"
    why = _("A model you sell or serve. Single pieces with serial numbers belong to customers' files.")

    code = text_field(_("Code"), most=60, hint=_("Model or article number, such as W240."))
    name = text_field(pgettext_lazy("of a thing", "Name"), most=100)
    brand = text_field(_("Brand"), most=60, required=False)
    category = text_field(_("Category"), most=60, required=False)
    warranty_months = forms.IntegerField(
        label=_("Warranty in months"), initial=12, min_value=0, max_value=240, help_text=_("0 for none.")
    )
    trade = rows_field(
        _("Trade"), required=False, empty_label=_("anyone"), help_text=_("Who may work on it.")
    )
    skill = rows_field(
        _("Skill"), required=False, empty_label=_("any"), help_text=_("When one of the trade is not enough.")
    )

    def prepare(self) -> None:
        self.choose("trade", scope(self.actor, Trade).order_by("name"))
        skills = scope(self.actor, Skill).select_related("trade").order_by("trade__name", "name")
        self.choose("skill", skills, label=lambda skill: f"{skill.trade} · {skill}")

    @property
    def entered(self) -> dict[str, Any]:
        """The entries as the services take them."""
        rows = {f"{name}_id": key_of(self.cleaned_data[name]) for name in ("trade", "skill")}
        return {name: value for name, value in self.cleaned_data.items() if f"{name}_id" not in rows} | rows

    def carry_out(self) -> object:
        return customers.add_product(**self.entered, **self.who)


class ChangeProductForm(AddProductForm):
    act = Act("change-product", "customers.change_product", _("Change the product"), _("Save"), "edit")
    on = Product
    why = _("A changed warranty term holds for every piece without a date of its own.")

    def prepare(self) -> None:
        super().prepare()
        self.start_with_subject()

    def carry_out(self) -> object:
        return customers.change_product(self.subject, **self.entered, **self.who)


class RetireProductForm(SetupForm):
    act = Act(
        "retire-product", "customers.retire_product", _("Retire the product"), _("Retire"), "box", danger=True
    )
    section = "setup-products"
    on = Product
    why = _("It is offered no longer. Pieces at customers' are served as before.")
    said = _("Retired.")

    def carry_out(self) -> object:
        return customers.retire_product(self.subject, **self.who)


class BringBackProductForm(SetupForm):
    act = Act(
        "bring-back-product", "customers.bring_back_product", _("Offer it again"), _("Offer again"), "undo"
    )
    section = "setup-products"
    on = Product
    said = _("Offered again.")

    def carry_out(self) -> object:
        return customers.bring_back_product(self.subject, **self.who)
