"""Numbers of FEEL: decimals of 34 digits, halves to even (IEEE 754 decimal128, DMN 1.3 §10.3.2.3.1)."""

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

DIGITS = 34
# Our own context: the thread's default belongs to whoever calls, and may round differently.
ARITHMETIC = Context(
    prec=DIGITS,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
ARITHMETIC_FAULTS = (InvalidOperation, DivisionByZero, Overflow, ValueError)
# A power, an exponential or a logarithm takes as long as this many simple steps.
COSTLY = 20
# Positions and scales past this are all the same to a list or a text of bounded length.
FAR = 10_000_000


def decimal(value: int | float | str | Decimal) -> Decimal | None:
    """Return the value as a number of 34 digits; None for what is not a finite number."""
    try:
        number = ARITHMETIC.create_decimal(repr(value) if isinstance(value, float) else value)
    except ARITHMETIC_FAULTS:
        return None
    return number if number.is_finite() else None


def whole(number: Decimal) -> int:
    """Return the integer part, held within ±10,000,000 so that 1E+6000 stays cheap."""
    if number.adjusted() >= 8:
        return FAR if number > 0 else -FAR
    return int(number)


def plain(number: Decimal) -> str:
    """Return the digits without an exponent and without trailing zeros: 1.50 and 1.5 are one number."""
    if not number:
        return "0"
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
