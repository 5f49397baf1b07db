"""Texts from before Unicode come out right; all others stay what they are."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.text_vi import legacy, lookalikes, viqr
from giaoban.core.text_vi.syllables import is_syllable

SMALL = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
CAPITALS = SMALL.upper()
SPOKEN = (
    "Đến hết tháng tám cả nước đã tổ chức đại hội đảng bộ cấp trên trực tiếp cơ sở được các đồng chí ủy viên kiểm tra "
    "giám sát khiển trách cảnh cáo nghị quyết nghiêm túc quyền hướng dẫn phụ nữ khỏe mạnh thuở nghỉ lễ kỹ thuật ỷ lại"
)
WORDS = SPOKEN.split()

TO_TCVN3 = {letter: place for place, letter in legacy._TCVN3.items()}
TO_VNI = {letter: written for written, letter in legacy._VNI.items()}


def in_tcvn3(text):
    """As typed in a .Vn font: capitals with a tone do not exist, so they are typed small."""
    return "".join(TO_TCVN3.get(letter) or TO_TCVN3.get(letter.lower(), letter) for letter in text)


def in_vni(text):
    return "".join(TO_VNI.get(letter, letter) for letter in text)


def in_viqr(text):
    """Marks as punctuation, the shape of the letter before its tone."""
    signs = {"\u0306": "(", "\u0302": "^", "\u031b": "+"}
    tones = {"\u0301": "'", "\u0300": "`", "\u0309": "?", "\u0303": "~", "\u0323": "."}
    written = []
    for letter in unicodedata.normalize("NFC", text):
        base, *marks = unicodedata.normalize("NFD", letter.replace("đ", "dd").replace("Đ", "DD"))
        written += [base, *(mark for mark in marks if mark in "dD")]
        written += [table[mark] for table in (signs, tones) for mark in marks if mark in table]
    return "".join(written)


@pytest.mark.parametrize(
    ("old", "encoding", "new"),
    [
        (
            "Ñeán heát ngaøy 23-8-2020, caû nöôùc ñaõ toå chöùc 1.192/1.312 ñaïi hoäi",
            legacy.VNI,
            "Đến hết ngày 23-8-2020, cả nước đã tổ chức 1.192/1.312 đại hội",
        ),
        (
            "Ban ChÊp hµnh Trung \u00ad¬ng ®¶ng céng s¶n viÖt nam",
            legacy.TCVN3,
            "Ban Chấp hành Trung ương đảng cộng sản việt nam",
        ),
        ("Uû ban nh©n d©n", legacy.TCVN3, "Uỷ ban nhân dân"),
        ("COÄNG HOØA XAÕ HOÄI", legacy.VNI, "CỘNG HÒA XÃ HỘI"),
        ("Ha` No^.i, nga`y 5. Ddo^`ng chi' Bi' thu+.", legacy.VIQR, "Hà Nội, ngày 5. Đồng chí Bí thư."),
    ],
)
def test_an_old_text_is_recognised_and_converted(old, encoding, new):
    assert legacy.recognise(old) == encoding
    assert legacy.modern(old) == new


def test_the_letter_that_programs_drop_is_put_back_where_no_syllable_is_without_it():
    lost = in_tcvn3("Trung ương, được, nước, nhưng, như, người, dưới, hướng").replace("\u00ad", "")

    assert legacy.modern(lost) == "Trung ương, được, nước, nhưng, như, người, dưới, hướng"


def test_every_letter_has_its_place_in_tcvn3():
    assert legacy.to_unicode("\u00ad" + in_tcvn3(SMALL), legacy.TCVN3) == "ư" + SMALL
    assert legacy.to_unicode("\u00ad" + in_tcvn3("ĂÂÊÔƠƯĐ"), legacy.TCVN3) == "ưĂÂÊÔƠƯĐ"
    assert legacy.to_unicode(in_tcvn3(SMALL), legacy.TCVN3_CAPITALS) == CAPITALS


def test_every_letter_has_its_place_in_vni_and_in_viqr():
    for letter in SMALL + CAPITALS:
        assert legacy.to_unicode(in_vni(letter), legacy.VNI) == letter
        assert viqr.to_unicode(in_viqr(letter) + "n") == letter + "n"


# Words are different ones: of «tóc tóc tóc» nobody can say whether it means «túc túc túc».
sentences = st.lists(st.sampled_from(WORDS), min_size=8, max_size=30, unique=True)


@given(sentences, st.sampled_from(["", " 1.192/1.312", " (45%)", ", ngày 23-8-2020."]))
def test_what_is_written_in_an_old_encoding_comes_back_equal(words, end):
    text = " ".join(words).lower() + end

    assert legacy.modern(in_tcvn3(text)) == text
    assert legacy.modern(in_vni(text)) == text
    assert legacy.modern(in_vni(text.upper())) == text.upper()


@given(st.lists(st.sampled_from([word for word in WORDS if is_syllable(word)]), min_size=8, max_size=30, unique=True))
def test_what_is_written_in_viqr_comes_back_equal(words):
    text = " ".join(["tổ", *words, "đất"]).lower()

    assert legacy.modern(in_viqr(text)) == text


def test_one_old_paragraph_in_a_modern_text_is_converted_and_the_others_stay():
    text = "Kính gửi Tỉnh ủy\n" + in_vni("Đại hội các chi bộ đã họp") + "\n5 µm, café Müller\nGiao ban tháng 8"
    tcvn3 = text.replace(in_vni("Đại hội các chi bộ đã họp"), in_tcvn3("Đại hội các chi bộ đã họp"))

    for old in (text, tcvn3):
        assert legacy.modern(old).splitlines() == [
            "Kính gửi Tỉnh ủy",
            "Đại hội các chi bộ đã họp",
            "5 µm, café Müller",
            "Giao ban tháng 8",
        ]


def test_a_line_too_short_to_tell_follows_its_text():
    text = "\n".join(in_tcvn3(line) for line in ("Số lớn", "Hội nghị đã thông qua nghị quyết", "Bốn"))

    assert legacy.modern(text) == "Số lớn\nHội nghị đã thông qua nghị quyết\nBốn"


@pytest.mark.parametrize(
    "text",
    [
        "Đại hội đã bầu 39 đồng chí, đạt 90,57%.",
        "Tổ chức «Bảo vệ», 5 µm, 20 °C, © 2020, ½ ngày, § 3",
        "Müller, Zoë, São Paulo, naïve café, El Niño, Straße, Łódź",
        "The committee met on 5 May; Mr. O'Brien (a+b)^2 = c? e^x",
        "Các ông Müller và Björn Bjärne đã dự",
        "ñ ö ü ß æ ø",
        "hà nội à ơi",
        "Россия, Москва",
        "",
        "23-8-2020 1.192/1.312",
    ],
)
def test_what_is_no_old_encoding_is_the_same_object(text):
    assert legacy.recognise(text) is None
    assert legacy.modern(text) is text


@given(st.text(st.characters(max_codepoint=0x2FFF), max_size=200))
def test_any_text_is_taken_and_what_is_modern_stays_so(text):
    once = legacy.modern(text)

    assert legacy.modern("Đảng bộ ờ ữ " + text.replace("\n", " ")).startswith("Đảng bộ ờ ữ ")
    assert isinstance(once, str)


@given(st.text(max_size=100))
def test_twins_of_latin_letters_change_no_place(text):
    assert len(lookalikes.latin(text)) == len(text)


def test_twins_of_latin_letters_become_latin():
    assert legacy.modern("ᴠăn bản ѕố 5 сủа Tỉnh ủу") == "văn bản số 5 của Tỉnh ủy"


def test_syllables_are_told_from_other_words():
    assert all(map(is_syllable, (*map(str.lower, WORDS), "quê", "giữa", "gì", "thuyền", "khuya", "hoặc", "xoong")))
    assert not any(map(is_syllable, ("company", "ngê", "cê", "kang", "bep", "ñaõ", "céng", "hét1", "", "x" * 20)))
