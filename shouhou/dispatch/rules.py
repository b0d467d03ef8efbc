"""The rules of the house that differ by organisation: how long a visit and a window are, how far ahead."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from shouhou.core.policies import declare

declare(
    "dispatch.visit_minutes",
    int,
    default=90,
    least=10,
    most=600,
    label=_("Length of a visit in minutes"),
    help=_("How long a technician is bound when nobody says otherwise."),
)
declare(
    "dispatch.window_minutes",
    int,
    default=120,
    least=30,
    most=600,
    label=_("Length of a promised window in minutes"),
    help=_("Customers are told windows of this length, cut from the working hours."),
)
declare(
    "dispatch.lead_minutes",
    int,
    default=60,
    least=0,
    most=10_080,
    label=_("Shortest notice in minutes"),
    help=_("No window is offered that starts sooner than this."),
)
declare(
    "dispatch.days_ahead",
    int,
    default=14,
    least=1,
    most=60,
    label=_("Days to look ahead for free times"),
)
declare(
    "dispatch.cut_off",
    "time",
    default=time(17),
    label=_("The next day's plan is fixed at"),
    help=_("After this hour of the day before, changes on the board are shown as late."),
)
declare(
    "dispatch.travel_speed",
    int,
    default=30,
    least=5,
    most=120,
    label=_("Speed in the streets, km/h"),
    help=_("Drives are reckoned with it until your own journeys say better."),
)
