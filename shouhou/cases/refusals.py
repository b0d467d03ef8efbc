"""What the room refuses, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from shouhou.core.refusals import Refusal


class NothingToDo(Refusal):
    """The case is past the point where this makes sense."""

    code = "cases.not_open"
    message = _("Case {number} is no longer open.")
    next_step = _("Reopen it first, or register a new case.")


class StillOpen(Refusal):
    code = "cases.still_open"
    message = _("Case {number} is still open.")
    next_step = _("There is nothing to reopen. Go on with its next step.")


class SameCase(Refusal):
    code = "cases.same_case"
    message = _("A case cannot be merged with itself.")
    next_step = _("Choose the other case that reports the same thing.")


class NotTheSameCustomer(Refusal):
    code = "cases.other_customer"
    message = _("The two cases belong to different customers.")
    next_step = _("Correct the customer first, then merge.")


class CustomerUnclear(Refusal):
    """Several files have this number; ``customers`` are their ids, for a program to choose from."""

    code = "cases.customer_unclear"
    message = _("Several customers have the number {phone}.")
    next_step = _("Send the customer's id, or the name as it stands in the file.")


class NothingAsked(Refusal):
    code = "cases.nothing_asked"
    message = _("Nothing is being asked of the customer on this case.")
    next_step = _("Write it as a note, or assess the case again.")


class NoAppeal(Refusal):
    code = "cases.no_appeal"
    message = _("There is no appeal waiting on this case.")
    next_step = _("Reload the case to see where it stands.")


class NotRejected(Refusal):
    code = "cases.not_rejected"
    message = _("This case was not rejected, so there is nothing to appeal.")
    next_step = _("If something else is wrong, write to us or call the hotline.")


class NotDecided(Refusal):
    code = "cases.not_decided"
    message = _("Nobody decided on a {sort} for this case.")
    next_step = _("Decide the next step first.")


class AlreadyAnswered(Refusal):
    code = "cases.already_answered"
    message = _("This survey was answered already. Thank you.")
    next_step = _("If you want to add something, please call the hotline.")


class NotUnderstood(Refusal):
    """The parts of a decision do not fit together."""

    code = "cases.not_understood"
    message = _("The decision is not complete: {what}.")
    next_step = _("Fill it in and send again.")
    status = 422
