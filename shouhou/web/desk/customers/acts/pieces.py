"""What a customer owns: recorded, corrected, moved to another file, retired, removed when it was a mistake."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouhou.core.policy import scope
from shouhou.customers import services
from shouhou.customers.models import Customer, InstalledProduct, Product, Site
from shouhou.web.desk.acts.base import Act, text_field
from shouhou.web.desk.customers.acts.base import FileForm
from shouhou.web.ui.widgets import DayInput, SearchSelect

WHO = _("Phone, name, pinyin initials or address")
KNOWN_AS_SEEN = _("Choose one of those found while typing.")


class RowField(forms.UUIDField):
    """One row found by typing what ``asks`` says; shown again by its name after a fault."""

    def __init__(self, url: str, *, asks: Any, **kwargs: Any) -> None:
        super().__init__(widget=SearchSelect(url, attrs={"placeholder": asks}), **kwargs)
        self.error_messages |= {"invalid": KNOWN_AS_SEEN, "required": KNOWN_AS_SEEN}

    def named(self, name_of: Any) -> None:
        """Show a chosen row as ``name_of`` says it by its key."""
        assert isinstance(self.widget, SearchSelect)
        self.widget.label_of = name_of


def day_field(label: Any, hint: Any = "") -> forms.DateField:
    """A day that may be unknown."""
    return forms.DateField(label=label, required=False, widget=DayInput(), help_text=hint)


class RecordPieceForm(FileForm):
    act = Act("record-piece", "customers.record_installed", _("Record a piece"), _("Record"), "plus")
    template = "desk/customers/acts/piece.html"

    product_id = RowField("/seek/products/", label=_("Product"), asks=_("Model, name or brand"))
    serial = text_field(_("Serial number"), most=60, required=False)
    site: "forms.ModelChoiceField[Site]" = forms.ModelChoiceField(
        label=_("Where it stands"), queryset=None, required=False
    )
    sold_by = text_field(_("Sold by"), most=60, required=False)
    bought_on = day_field(_("Bought on"))
    installed_on = day_field(_("Installed on"))
    accepted_on = day_field(_("Accepted on"))
    warranty_until = day_field(
        _("Warranty until"), _("Only when agreed for this piece; else it follows from the model's term.")
    )

    def prepare(self) -> None:
        site, product = self.fields["site"], self.fields["product_id"]
        assert isinstance(site, forms.ModelChoiceField)
        assert isinstance(product, RowField)
        site.queryset = self.customer.sites.order_by("-is_main", "pk")
        site.initial = site.queryset.first()
        product.named(lambda key: _name(Product, key, self))

    @property
    def entered(self) -> dict[str, Any]:
        """What was entered, as the services take it."""
        site = self.cleaned_data["site"]
        rest = {name: value for name, value in self.cleaned_data.items() if name != "site"}
        return {**rest, "site_id": site.pk if site else None}

    def carry_out(self) -> object:
        return services.record_installed(self.customer.pk, **self.entered, **self.who)


class CorrectPieceForm(RecordPieceForm):
    act = Act("correct-piece", "customers.correct_installed", _("Correct a piece"), _("Save"), "edit")
    of = InstalledProduct
    hint = _("Cases keep the cover that was found when they were judged.")

    def prepare(self) -> None:
        super().prepare()
        for name in ("serial", "sold_by", "bought_on", "installed_on", "accepted_on", "warranty_until"):
            self.fields[name].initial = getattr(self.row, name)
        self.fields["product_id"].initial = self.row.product_id
        self.fields["site"].initial = self.row.site_id

    def carry_out(self) -> object:
        return services.correct_installed(self.key, **self.entered, **self.who)


class MovePieceForm(FileForm):
    act = Act("move-piece", "customers.move_installed", _("Move to another customer"), _("Move"), "swap")
    of = InstalledProduct
    hint = _("It was sold on, or stands in the wrong file. Its earlier cases stay where they are.")

    customer_id = RowField("/seek/customers/", label=_("New owner"), asks=WHO)
    reason = text_field(_("Reason"), most=200)

    def prepare(self) -> None:
        taker = self.fields["customer_id"]
        assert isinstance(taker, RowField)
        taker.named(lambda key: _name(Customer, key, self))

    def carry_out(self) -> object:
        return services.move_installed(self.key, **self.cleaned_data, **self.who)


class RetirePieceForm(FileForm):
    act = Act("retire-piece", "customers.retire_installed", _("No longer there"), _("Take out of use"), "box")
    of = InstalledProduct
    hint = _("Scrapped, exchanged or given back. Its story stays.")

    on = forms.DateField(label=_("Since"), widget=DayInput())
    reason = text_field(_("Reason"), most=200, required=False)

    def prepare(self) -> None:
        self.fields["on"].initial = timezone.localdate(self.now)

    def carry_out(self) -> object:
        return services.retire_installed(self.key, **self.cleaned_data, **self.who)


class RemovePieceForm(FileForm):
    act = Act(
        "remove-piece",
        "customers.remove_installed",
        _("Recorded by mistake"),
        _("Remove"),
        "trash",
        danger=True,
    )
    of = InstalledProduct
    hint = _("Only a piece that was never reported for can be removed.")

    def carry_out(self) -> object:
        return services.remove_installed(self.key, **self.who)


def _name(model: type[Customer] | type[Product], key: Any, form: FileForm) -> str:
    """The name of a chosen row; nothing for words that chose none."""
    try:
        row = scope(form.actor, model).filter(pk=UUID(str(key))).first()
    except ValueError:
        return str(key)
    return str(row) if row else ""
