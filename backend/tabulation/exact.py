"""Exact numbers: decimal strings in, decimal strings or fractions out, never a float between."""

import re
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, Rounded
from fractions import Fraction
from functools import lru_cache

is_decimal = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?").fullmatch
LONGEST_DECIMAL = 40

EXACT = Context(prec=100_000, traps=[Inexact, Rounded, InvalidOperation, DivisionByZero, Overflow])
"""Sums of marks run under this context: a digit that would be lost raises instead."""

REMEMBERED = 4096
"""How many results each cache keeps: marks of an event repeat, and fractions are slow to build."""

_PYTHON_PRINTS_BITS = 10_000
_FIVES = 5**64


def decimal_of(text: object) -> Decimal | None:
    """The number a decimal string stands for, or None when it is not one of at most 40 characters."""
    if type(text) is not str or len(text) > LONGEST_DECIMAL or not is_decimal(text):
        return None
    return Decimal(text)


@lru_cache(maxsize=REMEMBERED)
def quotient(numerator: int, denominator: int) -> Fraction:
    return Fraction(numerator, denominator)


def plain(value: Fraction) -> str:
    """The shortest plain decimal, or `n/d` in lowest terms where the decimal does not end."""
    places = places_of(value.denominator)
    if places is None:
        return f"{_digits(value.numerator)}/{_digits(value.denominator)}"
    return _pointed(value.numerator * (10**places // value.denominator), places)


def fixed(value: Fraction, digits: int) -> str:
    """The value with exactly that many digits; it must already be rounded to them."""
    return _pointed(value.numerator * (10**digits // value.denominator), digits)


@lru_cache(maxsize=REMEMBERED)
def places_of(denominator: int) -> int | None:
    """How many decimals n/denominator needs, or None when it never ends."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % _FIVES == 0:
        rest, fives = rest // _FIVES, fives + 64
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


@lru_cache(maxsize=REMEMBERED)
def _pointed(scaled: int, places: int) -> str:
    if places == 0:
        return _digits(scaled)
    digits = _digits(abs(scaled)).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def _digits(number: int) -> str:
    """Decimal digits of any integer: `str` refuses very long ones and is slow on them."""
    return str(number) if number.bit_length() < _PYTHON_PRINTS_BITS else format(Decimal(number), "f")
