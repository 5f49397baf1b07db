"""Whether published figures agree."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.reading import checks
from giaoban.core.reading.scaled import Scaled, parse


def verdict(part, whole, stated, approx=None):
    return checks.share(part=part, whole=whole, stated=parse(stated), approx=approx).verdict


def test_nearly_lies_below_by_at_most_one_point():
    assert verdict(1192, 1312, "91", "gần") == "ok"
    assert verdict(1192, 1312, "90", "gần") == "mismatch"


def test_more_than_lies_at_or_above_by_at_most_five_points():
    assert verdict(96, 100, "95", "trên") == "ok"
    assert verdict(96, 100, "90", "trên") == "mismatch"


def test_about_lies_within_one_point():
    assert verdict(874, 1000, "87", "khoảng") == "ok"
    assert verdict(886, 1000, "87", "khoảng") == "mismatch"


def test_a_last_digit_cut_off_is_a_warning_and_no_mismatch():
    assert verdict(2309, 2310, "99,96") == "ok"
    assert verdict(2309, 2310, "99,95") == "warn"


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_a_percentage_rounded_as_printed_always_agrees(part, whole, decimals):
    exact = Fraction(100 * part, whole) * 10**decimals
    rounded = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)

    assert checks.share(part=part, whole=whole, stated=Scaled(rounded, decimals), approx=None).verdict == "ok"
