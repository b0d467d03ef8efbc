"""The rules of the house that differ by organisation: residual term, response, arrival, return calls."""

from django.utils.translation import gettext_lazy as _

from shouhou.core.policies import declare

declare(
    "cases.residual_months",
    int,
    default=3,
    least=0,
    most=60,
    label=_("Months after acceptance that count as installation residual"),
    help=_("Reported later than this, it is after-sales (F1). The last day still counts as within."),
)
declare(
    "cases.response_rule",
    "rule",
    default="PT1H",
    label=_("Respond within"),
    help=_("From the report, by the wall clock, day and night (C6)."),
)
declare(
    "cases.arrival_rule",
    "rule",
    default="1 个工作日",
    label=_("On site within"),
    help=_("From the report: the same time on the next working day, by the calendar (C6)."),
)
declare(
    "cases.response_warning",
    int,
    default=15,
    least=1,
    most=600,
    label=_("Minutes before the response is due to warn"),
)
declare(
    "cases.arrival_warning",
    int,
    default=240,
    least=1,
    most=10_000,
    label=_("Minutes before the arrival is due to warn"),
)
declare(
    "cases.return_call_attempts",
    int,
    default=3,
    least=1,
    most=10,
    label=_("Return-visit calls before a message is left"),
)
declare(
    "cases.unsatisfied_score",
    int,
    default=2,
    least=1,
    most=4,
    label=_("Survey scores up to this reopen the work"),
)
