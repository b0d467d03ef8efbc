"""Functions on numbers."""

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from shouhou.kernel.feel.functions.registry import builtin
from shouhou.kernel.feel.numbers import ARITHMETIC, ARITHMETIC_FAULTS, COSTLY, DIGITS, decimal, whole
from shouhou.kernel.feel.values import Run

ZERO = Decimal(0)
FINEST, COARSEST = 6176, -6111
# A number may need one digit more after rounding up than it had before.
ONE_MORE_DIGIT = ARITHMETIC.copy()
ONE_MORE_DIGIT.prec = DIGITS + 1


def rounded(number: Decimal, scale: Decimal, rounding: str) -> Decimal | None:
    """Round to a number of decimals; None for a scale outside what a decimal can hold."""
    places = whole(scale)
    if not COARSEST <= places <= FINEST:
        return None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return number
    try:
        return decimal(number.quantize(Decimal((0, (1,), -places)), rounding, ONE_MORE_DIGIT))
    except ARITHMETIC_FAULTS:
        return None


@builtin("decimal(n: number, scale: number): number")
def to_scale(number: Decimal, scale: Decimal) -> Decimal | None:
    return rounded(number, scale, ROUND_HALF_EVEN)


@builtin("floor(n: number, scale?: number): number")
def floor(number: Decimal, scale: Decimal | None = ZERO) -> Decimal | None:
    return None if scale is None else rounded(number, scale, ROUND_FLOOR)


@builtin("ceiling(n: number, scale?: number): number")
def ceiling(number: Decimal, scale: Decimal | None = ZERO) -> Decimal | None:
    return None if scale is None else rounded(number, scale, ROUND_CEILING)


@builtin("round up(n: number, scale?: number): number")
def round_up(number: Decimal, scale: Decimal | None = ZERO) -> Decimal | None:
    return None if scale is None else rounded(number, scale, ROUND_UP)


@builtin("round down(n: number, scale?: number): number")
def round_down(number: Decimal, scale: Decimal | None = ZERO) -> Decimal | None:
    return None if scale is None else rounded(number, scale, ROUND_DOWN)


@builtin("round half up(n: number, scale?: number): number")
def round_half_up(number: Decimal, scale: Decimal | None = ZERO) -> Decimal | None:
    return None if scale is None else rounded(number, scale, ROUND_HALF_UP)


@builtin("round half down(n: number, scale?: number): number")
def round_half_down(number: Decimal, scale: Decimal | None = ZERO) -> Decimal | None:
    return None if scale is None else rounded(number, scale, ROUND_HALF_DOWN)


@builtin("modulo(dividend: number, divisor: number): number")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """Return dividend - divisor * floor(dividend / divisor): the sign is the divisor's."""
    try:
        rest = ARITHMETIC.remainder(dividend, divisor)
    except ARITHMETIC_FAULTS:
        return None
    return ARITHMETIC.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


@builtin("sqrt(number: number): number")
def sqrt(number: Decimal) -> Decimal | None:
    return ARITHMETIC.sqrt(number) if number >= 0 else None


@builtin("log(number: number): number", counts=True)
def log(run: Run, number: Decimal) -> Decimal | None:
    run.spend(COSTLY)
    return ARITHMETIC.ln(number) if number > 0 else None


@builtin("exp(number: number): number", counts=True)
def exp(run: Run, number: Decimal) -> Decimal | None:
    run.spend(COSTLY)
    try:
        return ARITHMETIC.exp(number)
    except ARITHMETIC_FAULTS:
        return None


@builtin("odd(number: number): boolean")
def odd(number: Decimal) -> bool | None:
    return _remainder_of_two(number) == 1


@builtin("even(number: number): boolean")
def even(number: Decimal) -> bool | None:
    return _remainder_of_two(number) == 0


def _remainder_of_two(number: Decimal) -> Decimal:
    # What is too large for a division to leave a rest ends in zeros, and is even.
    if number.adjusted() >= DIGITS:
        return ZERO
    return ARITHMETIC.abs(ARITHMETIC.remainder(number, Decimal(2)))
