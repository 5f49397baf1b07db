"""A text that is cut along its marks is still the same text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from giaoban.apps.narratives.rules import Mark, paragraphs

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8)


@given(st.text(alphabet="ab1 \n", max_size=60), SPANS, SPANS)
def test_nothing_is_lost_or_said_twice_however_marks_and_sentences_lie(text, marks, sentences):
    size = len(text)
    places = [Mark(start, min(start + long, size), "figure") for start, long in marks if start < size]
    spans = {(start, min(start + long, size)): "held" for start, long in sentences if start < size}

    found = paragraphs(text, places, spans)

    lines = ["".join(one.text for piece in line for one in piece.stretches) for line in found]
    assert lines == [line for line in text.split("\n") if line.strip()]


@given(st.text(alphabet="ab1 ", min_size=20, max_size=60))
def test_a_sentence_can_be_pointed_at_once(text):
    found = paragraphs("x" + text + "x", [], {(2, 9): "held", (12, 20): "due"})

    assert [piece.place for line in found for piece in line if piece.place is not None] == [2, 12]


def test_a_mark_over_a_line_break_is_marked_up_to_it():
    (first, second) = paragraphs("có 12\n15 xã", [Mark(3, 8, "figure")], {})

    assert [(one.text, one.kind) for one in first[0].stretches] == [("có ", ""), ("12", "figure")]
    assert [(one.text, one.kind) for one in second[0].stretches] == [("15 xã", "")]
