"""What stands still: tried again, moved on or ended by hand, always with a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shouhou.core import administration
from shouhou.core.models import Job
from shouhou.flows import services as flows
from shouhou.flows.graphs import graph_of
from shouhou.flows.models import Incident
from shouhou.messages.models import Message
from shouhou.messages.services import send_again
from shouhou.web.desk.acts.base import Act, text_field
from shouhou.web.desk.setup.forms.base import SetupForm


class RetryForm(SetupForm):
    act = Act("retry", "flows.retry_incident", _("Try it again"), _("Try again"), "refresh")
    section = "setup-incidents"
    on = Incident
    why = _("First mend what was in the way: complete the record, publish the page, set up the channel.")
    said = _("Tried again.")

    reason = text_field(_("What was mended"), hint=_("It stands on the case's record."))

    def carry_out(self) -> object:
        return flows.retry_incident(self.subject, **self.cleaned_data, **self.who)


class JumpForm(SetupForm):
    act = Act("jump", "flows.jump", _("Move the case on by hand"), _("Move on"), "arrow-right", danger=True)
    section = "setup-incidents"
    on = Incident
    why = _("Past the drawing's own way: nothing between is done or told. The reason stands on the record.")
    said = _("Moved on.")

    node = forms.ChoiceField(label=_("Go on at"), choices=())
    reason = text_field(_("Reason"))

    def prepare(self) -> None:
        node = self.fields["node"]
        assert isinstance(node, forms.ChoiceField)
        spots = graph_of(self.subject.run.version_id).spots.values()
        node.choices = [
            (spot.id, " ".join(spot.name.split()))
            for spot in spots
            if spot.name and spot.id != self.subject.node
        ]

    def carry_out(self) -> object:
        token = self.subject.token_id
        return flows.jump(self.subject.run, token_id=token, **self.cleaned_data, **self.who)


class CancelRunForm(SetupForm):
    act = Act(
        "cancel-run",
        "flows.cancel_run",
        _("End the flow of this case"),
        _("End the flow"),
        "x-circle",
        danger=True,
    )
    section = "setup-incidents"
    on = Incident
    why = _("The case stays, and no drawing leads it any longer: every step is then up to people.")
    said = _("Ended.")

    reason = text_field(_("Reason"))

    def carry_out(self) -> object:
        return flows.cancel_run(self.subject.run, **self.cleaned_data, **self.who)


class SendAgainForm(SetupForm):
    act = Act("send-again", "messages.send_again", _("Send it again"), _("Send again"), "send")
    section = "setup-messages"
    on = Message
    why = _("Under the same number as before, so that the provider tells nobody twice.")
    said = _("It is on its way.")

    @property
    def about(self) -> str:
        return ""

    def carry_out(self) -> object:
        return send_again(self.subject, **self.who)


class ReviveForm(SetupForm):
    act = Act("revive", "core.revive_job", _("Try the work again"), _("Try again"), "refresh")
    section = "setup-jobs"
    on = Job
    said = _("It will be tried again.")

    @property
    def about(self) -> str:
        return str(self.subject.kind)

    def carry_out(self) -> object:
        return administration.revive_job(self.subject, **self.who)


class CheckRecordForm(SetupForm):
    act = Act("check-record", "core.check_record", _("Check the record"), _("Check now"), "shield")
    section = "setup-record"
    why = _("Every event is read again and laid beside its neighbours. With much on record it takes a while.")
    said = _("The record was checked.")

    def carry_out(self) -> object:
        return administration.check_record(**self.who)
