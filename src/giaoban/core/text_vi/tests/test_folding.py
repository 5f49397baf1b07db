"""Names are found however they are typed."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.text_vi.folding import fold, words


def test_marks_capitals_and_the_place_of_the_tone_do_not_matter():
    assert fold("Uỷ ban") == fold("ủy ban") == fold("UY BAN") == "uy ban"


def test_words_leave_out_punctuation():
    assert words("Đảng uỷ (Khối), 2020") == ("dang", "uy", "khoi", "2020")


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_and_decomposed_text_folds_alike(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
