"""The rules of the house that differ by organisation: how long a visit takes, how long an offer stands."""

from django.utils.translation import gettext_lazy as _

from shouhou.core.policies import declare

declare(
    "work.offer_hours",
    int,
    default=2,
    least=1,
    most=72,
    label=_("Hours an offered time is held for the customer"),
    help=_("After this the slot is free for others and somebody calls the customer."),
)
