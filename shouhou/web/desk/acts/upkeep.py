"""Beside the main line: correct, wrong customer, hand over, merge, note, reopen, withdraw."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from shouhou.cases import services as cases
from shouhou.cases.models import Case
from shouhou.core.policy import OFFICE, scope
from shouhou.people.models import Person
from shouhou.web.desk.acts.base import Act, ActForm, text_field
from shouhou.web.ui.widgets import CheckboxList, SearchSelect
from shouhou.web.verbs import rows_field


def colleagues(form: ActForm, *roles: str) -> Any:
    """The active people of the organisation who hold one of these roles."""
    people = scope(form.actor, Person).filter(is_active=True)
    return (people.filter(roles__role__in=roles) if roles else people).distinct().order_by("name")


class CorrectForm(ActForm):
    act = Act("correct", "cases.correct_case", _("Correct the record"), _("Save"), "edit")

    symptom = text_field(_("Symptom"), most=200)
    details = text_field(_("Details"), rows=3, most=4000, required=False)
    wish = text_field(_("What the customer asks for"), most=200, required=False)
    site = rows_field(_("Address"), required=False)
    contact = rows_field(_("Contact"), required=False)
    installed = rows_field(_("Piece"), required=False)
    account = text_field(_("Account to charge"), most=60, required=False)

    def prepare(self) -> None:
        customer = self.case.customer
        self.choose("site", customer.sites.all())
        self.choose("contact", customer.contacts.all())
        self.choose("installed", customer.installed.select_related("product"))
        for name in self.fields:
            self.fields[name].initial = getattr(self.case, name)

    def carry_out(self) -> object:
        entered = self.cleaned_data
        words: dict[str, Any] = {name: entered[name] for name in ("symptom", "details", "wish", "account")}
        for name in ("site", "contact", "installed"):
            words[f"{name}_id"] = entered[name].pk if entered[name] else None
        return cases.correct_case(self.case, **words, **self.who)


class CustomerForm(ActForm):
    act = Act("customer", "cases.change_customer", _("Wrong customer"), _("Change the customer"), "user")

    customer_id = forms.UUIDField(
        label=_("Right customer"), widget=SearchSelect(reverse_lazy("seek-customers"))
    )
    reason = text_field(_("How the mistake came about"), most=200)

    def carry_out(self) -> object:
        return cases.change_customer(self.case, **self.cleaned_data, **self.who)


class HandOverCaseForm(ActForm):
    act = Act("hand_over_case", "cases.hand_over_case", _("Hand the case over"), _("Pass on"), "swap")

    to = rows_field(_("To whom"))
    reason = text_field(_("Reason"), most=200)

    def prepare(self) -> None:
        self.choose("to", colleagues(self, *OFFICE).exclude(pk=self.case.agent_id))

    def carry_out(self) -> object:
        to, reason = self.cleaned_data["to"], self.cleaned_data["reason"]
        return cases.hand_over_case(self.case, to_id=to.pk, reason=reason, **self.who)


class MergeForm(ActForm):
    act = Act(
        "merge", "cases.merge_case", _("Merge a duplicate"), _("Merge into the other"), "swap", danger=True
    )

    into = rows_field(_("The case that goes on"), help_text=_("This customer's other open cases."))

    def prepare(self) -> None:
        others = scope(self.actor, Case).filter(customer_id=self.case.customer_id, state=Case.State.OPEN)
        self.choose(
            "into", others.exclude(pk=self.case.pk), label=lambda other: f"{other.number} {other.symptom}"
        )

    def carry_out(self) -> object:
        return cases.merge_case(self.case, into_id=self.cleaned_data["into"].pk, **self.who)


class NoteForm(ActForm):
    act = Act("note", "cases.write_note", _("Write a note"), _("Save the note"), "message")

    text = text_field(_("Note for colleagues"), rows=3, most=4000, hint=_("The customer never sees it."))
    mentions: "forms.ModelMultipleChoiceField[Person]" = forms.ModelMultipleChoiceField(
        label=_("Tell them"), queryset=None, required=False, widget=CheckboxList(row=True)
    )

    def prepare(self) -> None:
        self.choose("mentions", colleagues(self).exclude(pk=self.actor.id))

    def carry_out(self) -> object:
        mentions = [person.pk for person in self.cleaned_data["mentions"]]
        return cases.write_note(self.case, text=self.cleaned_data["text"], mentions=mentions, **self.who)


class ReopenForm(ActForm):
    act = Act("reopen", "cases.reopen_case", _("Open it again"), _("Open again"), "undo")

    reason = text_field(_("Reason"), most=200)

    def carry_out(self) -> object:
        return cases.reopen_case(self.case, **self.cleaned_data, **self.who)


class WithdrawForm(ActForm):
    act = Act(
        "withdraw", "cases.withdraw_case", _("Withdraw the report"), _("Withdraw"), "trash", danger=True
    )

    reason = text_field(_("Why the customer takes it back"), most=200)

    def carry_out(self) -> object:
        return cases.withdraw_case(self.case, **self.cleaned_data, **self.who)
