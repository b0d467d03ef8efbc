"""Accounts are given by an administrator; nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """The login's ways in this house."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
