"""Rounding of exact values. It happens once, where the rule says so."""

from fractions import Fraction
from functools import lru_cache

from backend.tabulation.enums import RoundingMode
from backend.tabulation.exact import REMEMBERED


def rounded(value: Fraction, digits: int, mode: RoundingMode) -> Fraction:
    """The value at that many decimals.

    `half_up` and `up` go away from zero and `down` towards it, also below zero.
    """
    return _rounded(value.numerator, value.denominator, digits, mode)


@lru_cache(maxsize=REMEMBERED)
def _rounded(numerator: int, denominator: int, digits: int, mode: RoundingMode) -> Fraction:
    scale = 10**digits
    return Fraction(_whole(numerator * scale, denominator, mode), scale)


def whole(value: Fraction, mode: RoundingMode) -> int:
    return _whole(value.numerator, value.denominator, mode)


def _whole(numerator: int, denominator: int, mode: RoundingMode) -> int:
    size, rest = divmod(abs(numerator), denominator)
    negative = numerator < 0
    if _grows(size, 2 * rest - denominator, rest, mode, negative=negative):
        size += 1
    return -size if negative else size


def _grows(size: int, above_half: int, rest: int, mode: RoundingMode, *, negative: bool) -> bool:
    """Whether the magnitude goes to the next integer; above_half has the sign of (rest minus a half)."""
    if mode is RoundingMode.HALF_UP:
        return above_half >= 0
    if mode is RoundingMode.HALF_EVEN:
        return above_half > 0 or (above_half == 0 and size % 2 == 1)
    if mode is RoundingMode.DOWN or rest == 0:
        return False
    if mode is RoundingMode.UP:
        return True
    return negative is (mode is RoundingMode.FLOOR)
