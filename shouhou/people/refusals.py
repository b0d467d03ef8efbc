"""What this room refuses, and what to do then."""

from django.utils.translation import gettext_lazy as _

from shouhou.core.refusals import Refusal


class Taken(Refusal):
    """A person or vehicle is already bound in a stretch of the time asked for.

    Values: ``resource`` its name, ``window`` the bound stretch in words, and for programs ``resource_id``,
    ``starts_at``, ``ends_at`` and ``held_as`` (what holds it: visit, slot, leave…).
    """

    code = "people.taken"
    message = _("{resource} is already bound {window}.")
    next_step = _("Pick another time, or someone else who is free.")


class Gone(Refusal):
    """Someone who left, or a vehicle no longer in service, was asked for."""

    code = "people.gone"
    message = _("{resource} is no longer in service.")
    next_step = _("Choose someone else, or another vehicle.")


class Lapsed(Refusal):
    """A hold ran out, and its time was given to another."""

    code = "people.hold_lapsed"
    message = _("This time is no longer held: the hold ran out and someone else took it.")
    next_step = _("Offer another time.")
