"""A refusal (拒绝): a clear no, with what is in the way and what to do next.

Every room states its own refusals by subclassing ``Refusal``. Faces show them
as a page, a fragment or problem+json; nothing else of a failure reaches a person.
"""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """A verb was not carried out, and nothing was changed.

    ``values`` fill the sentence's placeholders and are given to API clients.
    """

    code: ClassVar[str] = "core.refused"
    message: ClassVar[str | Promise] = _("This cannot be done now.")
    next_step: ClassVar[str | Promise] = ""
    status: ClassVar[int] = 409

    def __init__(self, **values: object) -> None:
        super().__init__(self.code)
        self.values = values

    @property
    def sentence(self) -> str:
        """What is in the way, in the language of the moment."""
        return str(self.message).format_map(self.values)

    @property
    def advice(self) -> str:
        """What to do next, in the language of the moment."""
        return str(self.next_step).format_map(self.values)

    def __str__(self) -> str:
        return f"{self.sentence} {self.advice}".strip()


class NotFound(Refusal):
    """The row is not there, or not for this actor's eyes: both look the same from outside."""

    code = "core.not_found"
    message = _("This record was not found.")
    next_step = _("Check the number, or search for it. It may have been merged, or belong to someone else.")
    status = 404


class NotAllowed(Refusal):
    code = "core.not_allowed"
    message = _("Your role does not allow this step.")
    next_step = _("Ask a colleague whose work it is, or ask the administrator for the right.")
    status = 403


class KeyReused(Refusal):
    """One command key came with two different commands."""

    code = "core.key_reused"
    message = _("This form was already used for something else.")
    next_step = _("Reload the page and enter it again.")


class Busy(Refusal):
    """The database gave up on a conflict more often than is polite to retry."""

    code = "core.busy"
    message = _("Several people are changing this at the same moment.")
    next_step = _("Nothing was changed. Please try once more.")
    status = 503


class Unfit(Refusal):
    """What was entered cannot be taken; ``problems`` names each field and its sentence."""

    code = "core.unfit"
    message = _("Some entries need another look.")
    next_step = _("Correct the marked entries and send again.")
    status = 422

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(problems=problems)
        self.problems = problems
