"""Residual or after-sales (安装遗留、售后): decided by the moment of the report, never guessed (F1).

After-sales is what is reported more than three calendar months after acceptance; the last day
itself still counts as within. It says nothing about warranty or about who pays.
"""

from datetime import date

from shouhou.kernel.months import months_after

AFTER_SALES = "after_sales"
RESIDUAL = "residual"
NOT_ACCEPTED = "not_accepted"


def origin_of(reported_on: date, accepted_on: date | None, months: int = 3) -> str:
    """What a report of that day is, for an item accepted on ``accepted_on``, with a term of ``months``.

    Both days are days of the organisation's own time zone. What is accepted only after the report
    was not accepted when the customer spoke.
    """
    if accepted_on is None or reported_on < accepted_on:
        return NOT_ACCEPTED
    return RESIDUAL if reported_on <= months_after(accepted_on, months) else AFTER_SALES
