"""Allauth's forms in our words."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

STRENGTH = _("At least 10 characters, and none that many people use.")


def without_letter(field: forms.Field) -> None:
    """Where no letter can bring a new password, none is offered: the administrator gives one."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        field.help_text = ""


class LoginForm(allauth.LoginForm):  # type: ignore[misc]  # the library is untyped
    """Signing in by login name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_letter(self.fields["password"])


class ChangePasswordForm(allauth.ChangePasswordForm):  # type: ignore[misc]  # the library is untyped
    """Choosing another password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_letter(self.fields["oldpassword"])
        self.fields["password1"].help_text = STRENGTH


class ReauthenticateForm(allauth.ReauthenticateForm):  # type: ignore[misc]  # the library is untyped
    """Saying the password again, before the sign-in is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_letter(self.fields["password"])
