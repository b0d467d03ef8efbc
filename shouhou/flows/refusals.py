"""What this room refuses, and what to do then."""

from django.utils.translation import gettext_lazy as _

from shouhou.core.refusals import Refusal


class NotOffered(Refusal):
    """The drawing does not offer this verb where the case stands.

    Values: ``here`` where it stands, ``owed_by`` who owes the next step; for programs ``verb``, ``tasks``.
    """

    code = "flows.not_offered"
    message = _("This step is not open now. The case stands at: {here}. The next step is owed by: {owed_by}.")
    next_step = _("Do what is open first, or look at the drawing to see how the case went on.")


class NotPossible(Refusal):
    """A repair was asked for where there is nothing to repair. Values: ``reason`` in the user's language."""

    code = "flows.not_possible"
    message = _("{reason}")
    next_step = _("Look at the drawing again and choose anew.")


class ReasonMissing(Refusal):
    code = "flows.reason_missing"
    message = _("Moving a case by hand needs a reason.")
    next_step = _("Write in a sentence why the drawing's own way is not taken.")
    status = 422


class NotPublishable(Refusal):
    """The publish gate found what is to be fixed: ``problems``, each with element and line."""

    code = "flows.not_publishable"
    message = _("The drawing cannot be published yet: {count} points are to be fixed. The first: {first}")
    next_step = _("Fix the marked elements and publish again.")
    status = 422


class NothingDrafted(Refusal):
    code = "flows.nothing_drafted"
    message = _("This page has no draft to publish.")
    next_step = _("Edit the drawing and save it first.")


class NotRetirable(Refusal):
    """Only a company's own published drawing is taken back; the product's follows by itself."""

    code = "flows.not_retirable"
    message = _("Only a published drawing of your own can be taken back.")
    next_step = _("To replace the product's drawing, publish your own.")


class Unreadable(Refusal):
    """What was sent is no drawing. Values: ``reason`` in the user's language, ``line``."""

    code = "flows.unreadable"
    message = _("{reason}")
    next_step = _("Nothing was saved.")
    status = 422
