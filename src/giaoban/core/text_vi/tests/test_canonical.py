"""One spelling for every text, and places that lead back to the source."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from giaoban.core.text_vi.canonical import INVISIBLE, canonical, nfc

VIETNAMESE = st.text(
    alphabet="aăâeêoôơuưyđ ĐTƯqQkhnủụáàảãạýỳỷỹỵ\u0301\u0300\u0302\u0323\u00a0\u200b\u00ad\n.-–", max_size=60
)


def test_the_tone_mark_of_an_open_syllable_moves_to_its_first_vowel():
    assert canonical("khoá, uỷ ban, Hoà Bình, THUỶ LỢI, loè").text == "khóa, ủy ban, Hòa Bình, THỦY LỢI, lòe"


def test_closed_syllables_and_those_after_q_keep_their_mark():
    assert canonical("hoàn, khoản, quý, quỳ, toán").text == "hoàn, khoản, quý, quỳ, toán"


def test_the_centre_is_never_folded_into_a_province():
    assert canonical("05-CT/TƯ").text == "05-CT/TƯ"


def test_blanks_dashes_and_eth_become_the_usual_characters():
    assert canonical("1\u00a0192 – \u00d0ảng").text == "1 192 - Đảng"


def test_a_clean_text_needs_no_map():
    assert canonical("Đảng bộ, khoá XV").source_offsets is None


def test_a_span_leads_back_to_the_words_of_the_source():
    source = unicodedata.normalize("NFD", "đạt 12 chi bộ") + "\u200b 45 xã"
    spelled = canonical(source)
    start = spelled.text.index("45 xã")

    first, last = spelled.source_span(start=start, end=start + 5)

    assert nfc(source[first:last]) == "45 xã"


@given(VIETNAMESE)
@example("e\u0302\u0301\u200b\u0323")
def test_composed_and_decomposed_text_have_one_spelling(text):
    assert canonical(unicodedata.normalize("NFD", text)).text == canonical(unicodedata.normalize("NFC", text)).text


@given(st.text(max_size=80))
def test_spelling_is_stable_and_offsets_never_go_backwards(text):
    spelled = canonical(text)

    assert canonical(spelled.text).text == spelled.text
    assert not set(INVISIBLE) & set(spelled.text)
    if spelled.source_offsets is None:
        assert len(spelled.text) == len(text)
    else:
        assert len(spelled.source_offsets) == len(spelled.text) + 1
        assert list(spelled.source_offsets) == sorted(spelled.source_offsets)
        assert spelled.source_offsets[-1] == len(text)
