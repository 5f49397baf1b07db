"""Deadlines: whatever is written into a box is read back as it was meant."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from giaoban.apps.tasks import rules
from giaoban.apps.tasks.rules import Deadline, Precision, end_of, read_deadline

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))


@given(day=DAYS, precision=st.sampled_from(Precision), on=DAYS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_deadline_is_read_back_from_its_box(day, precision, on, language):
    meant = Deadline(end_of(day, precision), precision)
    with translation.override(language):
        read = read_deadline(meant.typed, on=on)

    assert (read.day, read.precision) == (meant.day, meant.precision)


@given(text=st.text(max_size=60))
def test_anything_else_is_refused_in_words(text):
    found = None
    with suppress(rules.NotADeadline):
        found = read_deadline(text, on=date(2020, 8, 24))

    assert found is None or found.label()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mai",
        "32-1-2020",
        "30/2/2020",
        "tháng 13-2020",
        "quý V/2020",
        "0/2020",
        "00-00-0000",
        "năm 0000",
        "²",
        "tháng 9-9999",
        "1-1-2500",
    ],
)
def test_what_is_no_deadline_is_refused(text):
    with pytest.raises(rules.NotADeadline):
        read_deadline(text, on=date(2020, 8, 24))


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("từ nay đến hết tháng 9-2020", date(2020, 9, 30), "từ nay đến hết tháng 9-2020"),
        ("trước ngày 30/9", date(2020, 9, 30), "trước ngày 30/9"),
        ("chậm nhất là 15.9.2020", date(2020, 9, 15), "chậm nhất là 15.9.2020"),
        ("15 - 9 - 2020", date(2020, 9, 15), ""),
        ("2020-09-15", date(2020, 9, 15), ""),
        ("cuối năm 2020", date(2020, 12, 31), "cuối năm 2020"),
        ("tháng 9", date(2020, 9, 30), "tháng 9"),
        ("quí 4 năm 2020", date(2020, 12, 31), "quí 4 năm 2020"),
    ],
)
def test_deadlines_are_read_as_offices_say_them(text, day, words):
    found = read_deadline(text, on=date(2020, 8, 24))

    assert (found.day, found.words) == (day, words)
