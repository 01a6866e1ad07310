from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.tabulation import RoundingMode, rounded
from backend.tabulation.exact import fixed, plain

TABLE = {
    "half_up": ("0.13", "0.12", "0.13", "-0.13", "0.12"),
    "half_even": ("0.12", "0.12", "0.13", "-0.12", "0.12"),
    "down": ("0.12", "0.12", "0.12", "-0.12", "0.12"),
    "up": ("0.13", "0.13", "0.13", "-0.13", "0.12"),
    "floor": ("0.12", "0.12", "0.12", "-0.13", "0.12"),
    "ceil": ("0.13", "0.13", "0.13", "-0.12", "0.12"),
}


@pytest.mark.parametrize("mode", list(RoundingMode))
def test_each_mode_at_its_edges(mode: RoundingMode) -> None:
    numbers = [Fraction(text) for text in ("0.125", "0.1249", "0.1251", "-0.125", "0.12")]

    found = tuple(fixed(rounded(number, 2, mode), 2) for number in numbers)

    assert found == TABLE[mode]


def test_half_up_goes_away_from_zero_and_half_even_to_the_even_digit() -> None:
    assert rounded(Fraction("-2.5"), 0, RoundingMode.HALF_UP) == -3
    assert rounded(Fraction("2.5"), 0, RoundingMode.HALF_EVEN) == 2
    assert rounded(Fraction("3.5"), 0, RoundingMode.HALF_EVEN) == 4


NUMBERS = st.fractions(max_denominator=10**6)
MODES = st.sampled_from(RoundingMode)
DIGITS = st.integers(0, 20)


@given(NUMBERS, DIGITS, MODES)
def test_rounding_moves_less_than_one_unit_and_twice_changes_nothing(
    number: Fraction, digits: int, mode: RoundingMode
) -> None:
    once = rounded(number, digits, mode)

    assert abs(once - number) < Fraction(1, 10**digits)
    assert rounded(once, digits, mode) == once


@given(NUMBERS, NUMBERS, DIGITS, MODES)
def test_rounding_never_changes_the_order(one: Fraction, other: Fraction, digits: int, mode: RoundingMode) -> None:
    low, high = sorted((one, other))

    assert rounded(low, digits, mode) <= rounded(high, digits, mode)


@given(NUMBERS)
def test_what_is_printed_reads_back_as_the_same_number(number: Fraction) -> None:
    text = plain(number)

    assert Fraction(text) == number
    assert text != "-0"
    assert "." not in text or not text.endswith("0")


@given(NUMBERS, DIGITS, MODES)
def test_rounded_values_print_all_their_digits(number: Fraction, digits: int, mode: RoundingMode) -> None:
    text = fixed(rounded(number, digits, mode), digits)

    assert Fraction(text) == rounded(number, digits, mode)
    assert len(text.partition(".")[2]) == digits
    assert not text.startswith("-0") or Fraction(text) != 0
