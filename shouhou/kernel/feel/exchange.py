"""FEEL values as JSON, and JSON as FEEL values."""

from collections.abc import Mapping
from decimal import Decimal

from shouhou.kernel.feel import temporal
from shouhou.kernel.feel.values import Run, admit, text, within_limits

MOST_DIGITS = 300


def to_json(value: object) -> object:
    """Return a value as JSON: numbers stay numbers, dates and durations become ISO 8601, ranges FEEL text.

    A whole number becomes an int, another the nearest float; what neither can hold, its digits.
    Raises ``FeelError`` feel.too_much for more than 100,000 parts.
    """
    with within_limits():
        run = Run({})
        return _to_json(admit(value, run), run)


def _to_json(value: object, run: Run) -> object:
    run.spend(1)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, list):
        return [_to_json(item, run) for item in value]
    if isinstance(value, Mapping):
        return {key: _to_json(item, run) for key, item in value.items()}
    return text(value, run)


def _number(number: Decimal) -> int | float | str:
    if number and abs(number.adjusted()) >= MOST_DIGITS:
        return str(number)
    return int(number) if number == number.to_integral_value() else float(number)


def from_json(value: object) -> object:
    """Return JSON as FEEL values: numbers become decimals, ``@"2026-01-31"`` the date it writes.

    A text stays a text, even one that looks like a date: only whoever declared the fact knows its type.
    Raises ``FeelError`` feel.too_much for more than 100,000 parts.
    """
    with within_limits():
        return _dates(admit(value, Run({})))


def _dates(value: object) -> object:
    if isinstance(value, list):
        return [_dates(item) for item in value]
    if isinstance(value, dict):
        return {key: _dates(item) for key, item in value.items()}
    if isinstance(value, str) and value.startswith('@"') and value.endswith('"'):
        found = temporal.read(value[2:-1])
        return value if found is None else found
    return value
