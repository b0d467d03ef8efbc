"""People: hired, changed, given roles, skills and logins, let go."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouhou.core.policy import ROLE_NAMES, Role, scope
from shouhou.people import services as people
from shouhou.people.models import Person, Skill
from shouhou.web.desk.acts.base import Act, text_field
from shouhou.web.desk.setup.forms.base import SetupForm
from shouhou.web.ui.widgets import CheckboxList, DayInput, PhoneInput
from shouhou.web.verbs import rows_field

HINTS = {
    Role.SALES_GUIDE: _("Passes on what customers report in the store."),
    Role.STORE_MANAGER: _("Sees the cases of the store."),
    Role.AGENT: _("Takes calls, assesses, books visits, calls back."),
    Role.SPECIALIST: _("Knows one product best, and also goes out."),
    Role.TECHNICIAN: _("Goes to customers and reports from the phone."),
    Role.CLERK: _("Keeps files, products and workbooks."),
    Role.SUPERVISOR: _("Head of the department: decides appeals, keeps people, mends what stands still."),
    Role.INSTALLATION_MANAGER: _("Leads installation and the technicians."),
    Role.PROJECT_MANAGER: _("Leads engineering projects."),
    Role.ENGINEER: _("Works on engineering projects."),
    Role.FINANCE: _("Confirms refunds and payments."),
    Role.STOREKEEPER: _("Hands out parts and replacements."),
    Role.REPAIR_CENTRE: _("Repairs what is brought in."),
    Role.DRIVER: _("Drives crews and goods."),
    Role.PURCHASING: _("Buys parts."),
    Role.ADMINISTRATOR: _("Sets up the company, gives logins, draws the flows."),
}


def roles_field(**more: Any) -> forms.MultipleChoiceField:
    """Which roles someone holds."""
    return forms.MultipleChoiceField(
        label=_("Roles"),
        choices=list(ROLE_NAMES.items()),
        widget=CheckboxList({str(role): words for role, words in HINTS.items()}, row=True),
        **more,
    )


class PersonForm(SetupForm):
    """What is done on someone leads back to their page."""

    section = "setup-people"
    on = Person

    @property
    def after(self) -> str:
        return reverse("setup-person", args=[self.subject.pk])


class HireForm(SetupForm):
    act = Act("hire", "people.hire_person", _("Take someone on"), _("Take on"), "plus")
    section = "setup-people"
    why = _("They can be booked at once. A login is given afterwards, on their page.")
    said = _("Taken on.")

    name = text_field(_("Name"), most=60)
    name_en = text_field(_("Name in English"), most=60, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False, widget=PhoneInput())
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    permit = text_field(
        _("Work permit"), most=40, required=False, hint=_("Its number is shown to the customer at the door.")
    )
    joined_on = forms.DateField(label=_("Joined on"), required=False, widget=DayInput())
    roles = roles_field(required=False)

    def prepare(self) -> None:
        self.start_with(joined_on=timezone.localdate(self.now))

    def carry_out(self) -> object:
        return people.hire_person(**self.cleaned_data, **self.who)

    @property
    def after(self) -> str:
        return reverse("setup-person", args=[self.result.pk]) if self.result else super().after


class ChangePersonForm(PersonForm):
    act = Act("change-person", "people.change_person", _("Change the particulars"), _("Save"), "edit")

    name = text_field(_("Name"), most=60)
    name_en = text_field(_("Name in English"), most=60, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False, widget=PhoneInput())
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False, widget=forms.EmailInput())
    permit = text_field(
        _("Work permit"), most=40, required=False, hint=_("Its number is shown to the customer at the door.")
    )
    joined_on = forms.DateField(label=_("Joined on"), required=False, widget=DayInput())

    def prepare(self) -> None:
        self.start_with_subject()

    def carry_out(self) -> object:
        return people.change_person(self.subject, **self.cleaned_data, **self.who)


class RolesForm(PersonForm):
    act = Act("set-roles", "people.set_roles", _("Set the roles"), _("Save the roles"), "shield")
    why = _("Roles say what someone may see and do. A change counts from their next page on.")
    two = False

    roles = roles_field(required=False)

    def prepare(self) -> None:
        self.start_with(roles=sorted(self.subject.role_keys))

    def carry_out(self) -> object:
        return people.set_roles(self.subject, **self.cleaned_data, **self.who)


class PasswordForm(PersonForm):
    """What it answers is a password, shown once."""

    shows = "desk/setup/password.html"

    @property
    def login_name(self) -> str:
        """What the password goes with."""
        row: Person = scope(self.actor, Person).get(pk=self.subject.pk)
        return row.username or ""


class GiveLoginForm(PasswordForm):
    act = Act("give-login", "people.give_login", _("Give a login"), _("Give the login"), "key")
    why = _("You will see a password for the first sign-in, once. They choose their own with it.")
    two = False

    username = text_field(
        _("Login name"), most=60, hint=_("Letters and digits without spaces, such as wangmin.")
    )

    def prepare(self) -> None:
        self.start_with(username=self.subject.username)
        self.fields["username"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "none"}

    def carry_out(self) -> object:
        return people.give_login(self.subject, **self.cleaned_data, **self.who)


class ResetPasswordForm(PasswordForm):
    act = Act("reset-password", "people.reset_password", _("Reset the password"), _("Reset it"), "refresh")
    why = _("They are signed out everywhere. You will see a password for one sign-in, once.")

    def carry_out(self) -> object:
        return people.reset_password(self.subject, **self.who)


class LetGoForm(PersonForm):
    act = Act("let-go", "people.let_person_go", _("Let someone go"), _("Let go"), "log-out", danger=True)
    why = _("No login from then on, and never sent again. What they did stays on the record.")
    said = _("Let go.")

    left_on = forms.DateField(label=_("Last day"), required=False, widget=DayInput())

    def prepare(self) -> None:
        self.start_with(left_on=timezone.localdate(self.now))

    def carry_out(self) -> object:
        return people.let_person_go(self.subject, **self.cleaned_data, **self.who)


class TakeBackForm(PersonForm):
    act = Act("take-back", "people.take_person_back", _("Take someone back"), _("Take on again"), "undo")
    why = _("With the roles they had, and without a login until one is given.")
    said = _("Taken on again.")

    def carry_out(self) -> object:
        return people.take_person_back(self.subject, **self.who)


class GrantSkillForm(PersonForm):
    act = Act("grant-skill", "people.grant_skill", _("Add a skill to someone"), _("Save the skill"), "plus")
    why = _("Granted again, the newer certificate counts.")

    skill = rows_field(_("Skill"), empty_label=_("Please choose"))
    certificate = text_field(_("Certificate number"), most=60, required=False)
    valid_until = forms.DateField(label=_("Valid until"), required=False, widget=DayInput())

    def prepare(self) -> None:
        skills = scope(self.actor, Skill).select_related("trade").order_by("trade__name", "name")
        self.choose("skill", skills, label=lambda skill: f"{skill.trade} · {skill}")
        self.start_with(skill=self.asked.get("skill"))

    def carry_out(self) -> object:
        entered = self.cleaned_data
        certificate = {name: entered[name] for name in ("certificate", "valid_until")}
        return people.grant_skill(self.subject, skill_id=entered["skill"].pk, **certificate, **self.who)


class RevokeSkillForm(PersonForm):
    act = Act(
        "revoke-skill", "people.revoke_skill", _("Take a skill away"), _("Take away"), "trash", danger=True
    )
    why = _("They are no longer sent for it. Visits booked already stay.")

    skill = rows_field(_("Skill"), empty_label=_("Please choose"))

    def prepare(self) -> None:
        self.choose("skill", scope(self.actor, Skill).filter(holders__person=self.subject).order_by("name"))
        self.start_with(skill=self.asked.get("skill"))

    def carry_out(self) -> object:
        return people.revoke_skill(self.subject, skill_id=self.cleaned_data["skill"].pk, **self.who)
