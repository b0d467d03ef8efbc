"""The repair centre's three acts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shouhou.web.desk.acts.base import Act, ActForm, text_field
from shouhou.web.ui.widgets import RadioCards
from shouhou.work import services as work
from shouhou.work.models import BenchJob


class ReceiveForm(ActForm):
    act = Act("bench_receive", "work.receive_on_bench", _("Take the piece in"), _("Received"), "box")

    condition = text_field(_("Condition as received"), hint=_("Scratches, dents, what does not work."))
    accessories = text_field(_("Accessories that came with it"), required=False)

    def carry_out(self) -> object:
        return work.receive_on_bench(self.case, **self.cleaned_data, **self.who)


class RepairForm(ActForm):
    act = Act("bench_repair", "work.repair_on_bench", _("Report the repair"), _("Save the report"), "tool")

    result = forms.ChoiceField(
        label=_("Result"),
        choices=BenchJob.Result.choices,
        widget=RadioCards(row=True),
        error_messages={"required": _("Choose what came of the repair.")},
    )
    cause = text_field(_("Cause"), most=100, required=False)
    work_done = text_field(_("What was found and done"), rows=4, most=2000)

    def carry_out(self) -> object:
        return work.repair_on_bench(self.case, **self.cleaned_data, **self.who)


class ReturnForm(ActForm):
    act = Act("bench_return", "work.return_from_bench", _("Give the piece back"), _("Given back"), "box")

    returned_to = text_field(_("Who took it"), most=60)

    def prepare(self) -> None:
        self.fields["returned_to"].initial = self.case.customer.name

    def carry_out(self) -> object:
        return work.return_from_bench(self.case, **self.cleaned_data, **self.who)
