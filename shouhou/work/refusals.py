"""What the room refuses, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from shouhou.core.refusals import Refusal


class TooFewSeats(Refusal):
    code = "work.too_few_seats"
    message = _("{vehicle} has {seats} seats, and {people} people are to go.")
    next_step = _("Choose a larger vehicle or a smaller crew.")


class InThePast(Refusal):
    code = "work.in_the_past"
    message = _("The time {when} is already past.")
    next_step = _("Choose a time that lies ahead.")
    status = 422


class VisitOver(Refusal):
    code = "work.visit_over"
    message = _("This visit is already done or cancelled.")
    next_step = _("Reload the case to see where it stands.")


class VisitWaiting(Refusal):
    code = "work.visit_waiting"
    message = _("A visit is already booked for case {number}.")
    next_step = _("Move it with the customer's consent, or cancel it first.")


class OfferWaiting(Refusal):
    code = "work.offer_waiting"
    message = _("The customer has not yet answered the last offer.")
    next_step = _("Wait for the answer, call the customer, or take the offer back first.")


class OfferOver(Refusal):
    code = "work.offer_over"
    message = _("This question was already answered.")
    next_step = _("The page shows the time that holds now. Call us if it does not suit.")


class NoSlot(Refusal):
    code = "work.no_slot"
    message = _("No time was named.")
    next_step = _("Choose at least one free time, at most five.")
    status = 422


class NotOnThatOffer(Refusal):
    code = "work.not_on_that_offer"
    message = _("This time was not part of the offer.")
    next_step = _("Choose one of the times shown.")


class ApologyFirst(Refusal):
    """B3: apologise, give the reason, offer new times."""

    code = "work.apology_first"
    message = _("It is we who ask for another time, so an apology belongs to it.")
    next_step = _("Write the apology the customer reads first.")
    status = 422


class SameTechnician(Refusal):
    code = "work.same_technician"
    message = _("{technician} already has this visit.")
    next_step = _("Choose somebody else.")


class OutOfOrder(Refusal):
    code = "work.out_of_order"
    message = _("The times do not follow each other: {what}.")
    next_step = _("Check when you left, arrived and finished.")
    status = 422


class NotUnderstood(Refusal):
    code = "work.not_understood"
    message = _("The entry is not complete: {what}.")
    next_step = _("Fill it in and send again.")
    status = 422
