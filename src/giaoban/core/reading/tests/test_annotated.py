"""A text and its marks in one file, read back as a person meant them."""

import pytest

from giaoban.core.reading.annotated import BadAnnotation, FieldUnknown, KindUnknown, WordsMissing, gold_rows, parse

TEXT = "Có 4 xã, 14 phường.\nĐồng chí Lê Văn A, Bí thư xã.\nLượt xem: 4\n-----\n"


def test_a_row_names_the_nth_place_of_its_words_or_a_piece_of_them():
    facts = parse(
        name="a", text=TEXT + "figure | 4@2 | sub=count value=4\nfigure | 4 xã | sub=count value=4 short=1"
    ).facts

    assert [(fact["start"], fact["end"], fact["text"]) for fact in facts] == [(10, 11, "4"), (3, 4, "4")]


def test_titles_are_a_list_and_blanks_are_written_as_underscores():
    fact = parse(name="a", text=TEXT + "person | Lê Văn A | titles=Bí_thư_xã;Chủ_tịch").facts[0]

    assert fact["titles"] == ["Bí thư xã", "Chủ tịch"]


def test_furniture_is_named_by_its_lines():
    found = parse(name="a", text=TEXT + "boilerplate | Lượt…4 |")

    assert (found.facts, found.boilerplate) == ((), {3})


@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        ("figure | 4", BadAnnotation),
        ("figure | 4 | four", BadAnnotation),
        ("figure | 4 | short=two", BadAnnotation),
        ("mood | 4 |", KindUnknown),
        ("figure | 77 | sub=count", WordsMissing),
        ("figure | 4@9 | sub=count", WordsMissing),
        ("date | 4 | value=4", FieldUnknown),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused_with_the_row(row, refusal):
    with pytest.raises(refusal, match="báo cáo mẫu") as told:
        parse(name="báo cáo mẫu", text=TEXT + row)

    assert row in str(told.value)


def test_data_that_is_no_fact_is_left_out():
    assert gold_rows("x") == gold_rows([1, {"kind": "date", "start": "a", "end": 2}, {"kind": "date"}]) == ()
