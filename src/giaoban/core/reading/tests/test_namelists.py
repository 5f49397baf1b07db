"""An office adds the names, posts, bodies and distinctions of its own province. The sentences were written here."""

import pytest

from giaoban.core.reading import DEFAULT, Lexicon, read
from giaoban.core.reading.lexicon import BadLexicon, parse


def facts(text, lexicon=DEFAULT):
    return [fact for fact in read(text=text, lexicon=lexicon).facts if fact.kind in ("person", "issuer", "award")]


def persons(text, lexicon=DEFAULT):
    return [(fact.quote, *fact.titles) for fact in facts(text, lexicon) if fact.kind == "person"]


def office(text):
    return Lexicon.of(("office.txt", text))


def test_an_office_adds_a_surname():
    text = "Hôm nay Ngút Văn Sáng và Phó Chủ tịch xã Ngút Thanh Lam cùng đi thăm đồng bào."

    assert ("Ngút Thanh Lam", "Phó Chủ tịch xã") not in persons(text)
    assert ("Ngút Thanh Lam", "Phó Chủ tịch xã") in persons(text, office("[surnames]\nngút\n"))


def test_an_office_adds_a_post():
    text = "Ông Trần Văn Tý, cai kênh xã Đông, kể lại."

    assert persons(text) == [("Trần Văn Tý",)]
    assert persons(text, office("[ranks]\ncai kênh\n")) == [("Trần Văn Tý", "cai kênh xã Đông")]


def test_an_office_adds_a_word_of_address_and_a_degree():
    text = "mế Quềnh Sa Lý và ykv. Lê Thị Đào đến dự"
    lexicon = office("[honorifics]\nmế\tkind=address\nykv\tkind=learned\n")

    assert persons(text) == [("Lê Thị Đào",)]
    assert persons(text, lexicon) == [("Quềnh Sa Lý",), ("Lê Thị Đào", "ykv.")]


def test_an_office_adds_a_place_that_looks_like_a_name():
    text = "Mưa lớn ở Lê Hồng Sơn gây ngập; Trần Xuân Bãi cũng ngập."
    lexicon = office("[places]\nTrần Xuân Bãi\n")

    assert ("Trần Xuân Bãi",) in persons(text)
    assert ("Trần Xuân Bãi",) not in persons(text, lexicon)


def test_an_office_adds_a_body_that_speaks():
    text = "Họp giao ban\n08:00 12/3/2021\n\nSáng 11/3, Hạt Giao thông số 2 tổ chức giao ban tháng.\n\nCác đội báo cáo."
    lexicon = office("[speakers]\nhạt giao thông\n")

    assert [fact.name for fact in facts(text) if fact.kind == "issuer"] == []
    assert [fact.name for fact in facts(text, lexicon) if fact.kind == "issuer"] == ["Hạt Giao thông số 2"]


def test_an_office_adds_a_distinction():
    text = "đã trao Búp sen vàng của Tỉnh ủy cho 3 tập thể"
    lexicon = office("[awards]\nbúp sen vàng\tform=of\tlevel=province\n")

    assert [fact.quote for fact in facts(text) if fact.kind == "award"] == []
    assert [fact.quote for fact in facts(text, lexicon) if fact.kind == "award"] == ["Búp sen vàng của Tỉnh ủy"]


def test_an_office_says_where_a_post_ends_and_where_it_does_not():
    text = "Ông Trần Văn Tý, Trưởng ban Lễ nghi trông coi đình làng."
    lexicon = office("[title_ends]\ntrông coi\tbehind=nghi\n[body_words]\ntrông\ncoi\nđình\n")

    assert persons(text) == [("Trần Văn Tý", "Trưởng ban Lễ nghi")]
    assert persons(text, lexicon) == [("Trần Văn Tý", "Trưởng ban Lễ nghi trông coi đình làng")]


@pytest.mark.parametrize(
    "line",
    [
        "[surnames]\nngút\tkind=strong",
        "[ranks]\ncai kênh\twide",
        "[honorifics]\nmế",
        "[not_names]\nđội",
        "[awards]\nbúp sen vàng\tlevel=province",
        "[awards]\nbúp sen vàng\tform=of\tlevel=world",
        "[speakers]\nhạt giao thông\tshort=HGT",
    ],
)
def test_a_line_that_means_nothing_is_refused(line):
    with pytest.raises(BadLexicon, match=r"«office\.txt», dòng 2:"):
        parse(text=line, name="office.txt")
