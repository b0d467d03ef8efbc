"""Warranty in words (保修依据): what the kernel's grounds say to people."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouhou.kernel import cover
from shouhou.kernel.cover import Cover

WORDS: Mapping[str, str | Promise] = {
    cover.STATED: _("A warranty until {until} is written down for this piece."),
    cover.ACCEPTED: _("{months} months from the acceptance on {on}."),
    cover.INSTALLED: _("{months} months from the installation on {on}: no acceptance is recorded."),
    cover.BOUGHT: _("{months} months from the purchase on {on}: no installation is recorded."),
    cover.NOT_GIVEN: _("This model is sold without a warranty."),
    cover.NOT_YET: _("{on} still lies ahead and counts for nothing yet."),
    cover.NO_DATE: _("No day is recorded to count from. Enter when it was bought, installed or accepted."),
}


def say_grounds(found: Cover) -> str:
    """On what the answer stands, in the language of the moment."""
    return " ".join(str(WORDS[code]).format(**values) for code, values in found.grounds)
