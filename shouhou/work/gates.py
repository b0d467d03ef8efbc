"""What this room holds against others' verbs: a case does not close over what is still open here."""

from django.utils.translation import gettext_lazy as _

from shouhou.core.gates import Attempt
from shouhou.core.refusals import Refusal
from shouhou.work.models import BenchJob, Visit


class VisitStillOpen(Refusal):
    code = "work.visit_still_open"
    message = _("A visit of this case is still open.")
    next_step = _("Report its result or cancel it first.")


class PieceStillHere(Refusal):
    """The customer's piece is on our bench (B4)."""

    code = "work.piece_still_here"
    message = _("The customer's piece is still in the repair centre.")
    next_step = _("Give it back and record who took it, then close.")


def nothing_open(attempt: Attempt) -> None:
    """Nothing of the customer's is left with us, and nobody is still to come."""
    if Visit.objects.filter(
        case=attempt.root_id, state__in=[Visit.State.BOOKED, Visit.State.UNDER_WAY]
    ).exists():
        raise VisitStillOpen
    piece_given_back(attempt)


def piece_given_back(attempt: Attempt) -> None:
    """No piece of the customer's is on the bench.

    Raises ``PieceStillHere``.
    """
    if BenchJob.objects.filter(case=attempt.root_id, returned_at=None).exists():
        raise PieceStillHere
