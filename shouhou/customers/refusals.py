"""What this room refuses, and what to do then. Other customers are named masked."""

from django.utils.translation import gettext_lazy as _

from shouhou.core.refusals import Refusal


class Nameless(Refusal):
    """Nothing was given by which the customer could be found again."""

    code = "customers.nameless"
    message = _("There is neither a name nor a phone number.")
    next_step = _("Enter at least one of them; the rest may follow later.")
    status = 422


class MergedAway(Refusal):
    """The file was merged: it is only kept so that old references lead on."""

    code = "customers.merged_away"
    message = _("This file was merged into the one of {customer}.")
    next_step = _("Open that file and go on there.")


class SameCustomer(Refusal):
    code = "customers.same_customer"
    message = _("A file cannot be merged with itself.")
    next_step = _("Choose the other file of the same customer.")


class ContactKnown(Refusal):
    code = "customers.contact_known"
    message = _("{contact} is already in this file.")
    next_step = _("Nothing needs to be added.")


class InUse(Refusal):
    """Something hangs on the record, so it cannot be removed."""

    code = "customers.in_use"
    message = _("This {what} cannot be removed: {holders} refer to it.")
    next_step = _("Correct it instead. A product no longer there can be retired, a double file merged.")


class ProductKnown(Refusal):
    code = "customers.product_known"
    message = _("The code {code} already belongs to {product}.")
    next_step = _("Choose another code, or change that product.")


class SerialTaken(Refusal):
    """A serial number stands once per product, in one file."""

    code = "customers.serial_taken"
    message = _("Serial number {serial} of {product} is already in the file of {customer}.")
    next_step = _("Check the number on the nameplate. If the piece changed hands, move it from that file.")


class Retired(Refusal):
    code = "customers.retired"
    message = _("This piece was retired on {day}.")
    next_step = _("Record the one that stands there now as a new piece.")
