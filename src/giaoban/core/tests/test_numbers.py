import contextlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.refusal import Refusal
from giaoban.core.text_vi import numbers
from giaoban.core.text_vi.numbers import read_scaled, read_whole, write_percent, write_scaled, write_whole

figures = st.integers(-numbers.LARGEST, numbers.LARGEST)


@given(figures)
def test_a_written_whole_number_reads_back(n):
    assert read_whole(write_whole(n), allow_negative=True) == n


@given(figures, st.integers(0, 6))
def test_a_written_scaled_number_reads_back(value, places):
    assert read_scaled(write_scaled(value, places=places), places=places, allow_negative=True) == value


@pytest.mark.parametrize(
    "typed",
    [
        "1.192",
        "1192",
        "1 192",
        "  1.192\t",
        "1\u00a0192",
        "1\u202f192",
        "\u00a01192\u00a0",
        "01192",
        "１１９２",
        "１．１９２",
    ],
)
def test_every_way_offices_type_a_whole_number_is_read(typed):
    assert read_whole(typed) == 1192


def test_a_leading_zero_is_only_a_habit():
    assert read_whole("06") == 6
    assert read_whole("000") == 0


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", numbers.NotANumber),
        ("mười hai", numbers.NotANumber),
        ("12 đảng viên", numbers.NotANumber),
        ("12/15", numbers.NotANumber),
        ("1e3", numbers.NotANumber),
        ("--3", numbers.NotANumber),
        ("²", numbers.NotANumber),
        ("٣", numbers.NotANumber),
        ("1.192 500", numbers.NotANumber),
        ("1_192", numbers.NotANumber),
        ("1,5", numbers.NotWhole),
        ("1.192,50", numbers.NotWhole),
        ("1,192", numbers.NotWhole),
        ("1.19", numbers.MisplacedDot),
        ("1.1920", numbers.MisplacedDot),
        ("0.192", numbers.MisplacedDot),
        ("1.", numbers.MisplacedDot),
        ("1..192", numbers.MisplacedDot),
        ("-3", numbers.Negative),
        ("−1.192", numbers.Negative),
        (str(2**63), numbers.TooBig),
        ("9" * 5000, numbers.TooBig),
    ],
)
def test_what_could_mean_something_else_is_refused(typed, refusal):
    with pytest.raises(refusal) as refused:
        read_whole(typed)
    assert type(refused.value) is refusal


def test_a_refusal_quotes_what_was_typed_but_not_a_whole_page():
    with pytest.raises(numbers.NotANumber, match="«năm trăm»"):
        read_whole(unicodedata.normalize("NFC", "năm trăm"))
    with pytest.raises(numbers.NotANumber) as refused:
        read_whole("x" * 10_000)
    assert len(str(refused.value)) < 150


def test_text_in_combining_letters_is_refused_like_any_other_text():
    with pytest.raises(numbers.NotANumber):
        read_whole(unicodedata.normalize("NFD", "một"))


def test_the_largest_figure_is_read_and_the_next_is_not():
    assert read_whole("9.223.372.036.854.775.807") == numbers.LARGEST
    with pytest.raises(numbers.TooBig):
        read_scaled("9223372036854775807", places=1)


@pytest.mark.parametrize(
    ("typed", "value"), [("12,5", 1250), ("12,50", 1250), ("0,05", 5), ("1.192,5", 119250), ("7", 700)]
)
def test_decimals_become_a_scaled_integer(typed, value):
    assert read_scaled(typed, places=2) == value


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("12,505", numbers.TooManyDecimals),
        ("12.5", numbers.MisplacedDot),
        ("12,", numbers.NotANumber),
        (",5", numbers.NotANumber),
        ("1,192,50", numbers.NotANumber),
        ("-12,5", numbers.Negative),
    ],
)
def test_a_decimal_number_is_never_rounded_or_guessed(typed, refusal):
    with pytest.raises(refusal):
        read_scaled(typed, places=2)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_in_words(text):
    with contextlib.suppress(Refusal):
        assert 0 <= read_whole(text) <= numbers.LARGEST
    with contextlib.suppress(Refusal):
        assert abs(read_scaled(text, places=2, allow_negative=True)) <= numbers.LARGEST


@given(st.integers(0, 10**12), st.integers(1, 10**12), st.integers(0, 4))
def test_100_percent_means_all_and_0_percent_means_none(part, whole, places):
    shown = write_percent(part, whole, places=places).removesuffix("%")
    value = read_scaled(shown, places=places)
    assert (value == 0) == (part == 0)
    if part < whole:
        assert value < 100 * 10**places
    assert abs(value * whole - part * 100 * 10**places) <= whole  # never off by more than one last digit


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (1192, 1312, "90,85%"),
        (2309, 2310, "99,96%"),
        (99999, 100000, "99,99%"),
        (1, 100000, "0,01%"),
        (0, 67, "0%"),
        (67, 67, "100%"),
        (1, 8, "12,50%"),
        (1, 80000, "0,01%"),
        (9, 8, "112,50%"),
        (-1, 8, "−12,50%"),
        (0, 0, "–"),
        (5, 0, "–"),
    ],
)
def test_shares_are_shown_as_offices_show_them(part, whole, shown):
    assert write_percent(part, whole) == shown


def test_a_share_in_whole_percents_is_held_off_its_ends_too():
    assert [write_percent(part, 1000, places=0) for part in (4, 5, 996, 1000)] == ["1%", "1%", "99%", "100%"]


def test_a_negative_base_is_a_bug():
    with pytest.raises(ValueError, match="base"):
        write_percent(1, -1)
