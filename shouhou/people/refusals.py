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


class StillBound(Refusal):
    """Someone with appointments to come cannot be let go, nor a vehicle be retired."""

    code = "people.still_bound"
    message = _("{resource} still has {count} appointments to come, the first at {first}.")
    next_step = _("Give them to someone else first.")


class LastAdministrator(Refusal):
    code = "people.last_administrator"
    message = _("{name} is the only administrator left.")
    next_step = _("Make someone else administrator first.")


class OnlyAdministrators(Refusal):
    """Rights of an administrator are given, taken and changed by administrators alone."""

    code = "people.only_administrators"
    message = _("Only an administrator may change an administrator, or make one.")
    next_step = _("Ask an administrator to do it.")
    status = 403


class UsernameTaken(Refusal):
    code = "people.username_taken"
    message = _("Someone already logs in as {username}.")
    next_step = _("Choose another login name, for example with a number at the end.")


class NoLogin(Refusal):
    code = "people.no_login"
    message = _("{name} has no login yet.")
    next_step = _("Give a login first.")


class AlreadyThere(Refusal):
    """A trade, skill or vehicle with this name stands in the list."""

    code = "people.already_there"
    message = _("{name} is already in the list.")
    next_step = _("Use the one that is there, or choose another name.")


class HasLeft(Refusal):
    code = "people.has_left"
    message = _("{name} left on {day}.")
    next_step = _("Take them back first if they work here again.")


class LeaveOver(Refusal):
    code = "people.leave_over"
    message = _("This leave ended on {day}, or was cancelled before.")
    next_step = _("Nothing needs to be done.")


class HouseIsOpen(Refusal):
    """The first organisation is founded once."""

    code = "people.house_is_open"
    message = _("This installation has an organisation already.")
    next_step = _("Sign in, or ask its administrator for a login.")
