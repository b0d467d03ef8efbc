"""Calendar months (日历月): the 30th of November and three months is the last day of February.

A day that the target month does not have becomes that month's last day, as the Civil Code
counts terms (民法典 art. 202).
"""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day ``months`` later, clamped to the month's end; ``months`` may be negative.

    Raises ``OverflowError`` outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"No calendar has the month {months} after {day}")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
