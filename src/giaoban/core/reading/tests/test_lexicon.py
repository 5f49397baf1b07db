"""The words the reader goes by are tables; an office adds to them without touching code."""

from datetime import date

import pytest

from giaoban.core.reading import DEFAULT, Lexicon, read
from giaoban.core.reading.lexicon import TABLES, BadLexicon, house_tables, parse


def figures(text, lexicon=DEFAULT, day=date(2021, 3, 1)):
    reading = read(text=text, reference_day=day, lexicon=lexicon)
    return [fact["quote"] for fact in reading.as_json()["facts"] if fact["kind"] == "figure"]


def test_every_table_of_the_house_has_words():
    assert set(house_tables()) == set(TABLES)
    assert all(house_tables().values())


def test_an_office_adds_a_noun_it_counts():
    text = "Cấp 12, cầu Bến Thủy 3 cụm thi đua"

    assert figures(text) == []
    assert figures(text, Lexicon.of(("a.txt", "[countable]\ncụm thi đua\n"))) == ["3"]


def test_an_office_adds_a_type_of_paper_and_its_code():
    lexicon = Lexicon.of(("a.txt", "[papers]\nquy trình\tcodes=QTr\tbare=yes\n"))
    facts = read(text="theo Quy trình 07-QTr/ĐU và 09-QTr/ĐU", lexicon=lexicon).facts

    assert [(fact.type, fact.number) for fact in facts if fact.kind == "citation"] == [
        ("quy trình", "07"),
        ("quy trình", "09"),
    ]


def test_an_office_adds_the_furniture_of_its_page():
    text = "Họp tuần\n08:00 12/3/2021\nĐã có 12/15 chi bộ họp.\nGóc bạn đọc\nBài số 14 của 3 tác giả"

    assert "3" in figures(text)
    assert "3" not in figures(text, Lexicon.of(("a.txt", "[widgets]\ngóc bạn đọc\tkind=tail\n")))


def test_a_word_meant_for_certain_days_is_used_on_those_days_alone():
    lexicon = Lexicon.of(("a.txt", "[countable]\ncụm thi đua\tfrom=2021-01-01\tuntil=2022-01-01\n"))
    text = "Cấp 12, cầu Bến Thủy 3 cụm thi đua"

    assert figures(text, lexicon, date(2021, 3, 1)) == ["3"]
    assert figures(text, lexicon, date(2022, 1, 1)) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("mô hình\n", 1),
        ("[countable]\nmô hình\n[nowhere]\n", 3),
        ("[ordinals]\ntổ hợp\n", 2),
        ("[ordinals]\ntổ hợp\tkind=maybe\n", 2),
        ("[countable]\n# so far so good\n\tmô hình\n", 3),
        ("[countable]\nmô hình\tfrom=1/1/2021\n", 2),
        ("[congresses]\nxx\tyear=soon\n", 2),
        ("[scopes]\ntoàn cụm\tnote\n", 2),
    ],
)
def test_a_bad_line_is_named_with_its_file_and_number(text, line):
    with pytest.raises(BadLexicon, match=rf"«office\.txt», dòng {line}:"):
        parse(text=text, name="office.txt")


def test_nothing_is_added_when_one_line_is_bad():
    with pytest.raises(BadLexicon):
        Lexicon.of(("good.txt", "[countable]\nmô hình\n"), ("bad.txt", "[countable]\nmô hình\tkind=x\n"))
