"""What only programs can do wrong, and what to send instead."""

from django.utils.translation import gettext_lazy as _

from shouhou.core.refusals import Refusal


class BodyUnreadable(Refusal):
    code = "api.body_unreadable"
    message = _("The body is not JSON.")
    next_step = _("Send an object with the header “Content-Type: application/json”, in UTF-8.")
    status = 400


class KeyUsed(Refusal):
    """One Idempotency-Key came with two different commands."""

    code = "api.key_reused"
    message = _("This Idempotency-Key came with another command before.")
    next_step = _("Send a fresh key with each command; the same key only to repeat the same command.")
