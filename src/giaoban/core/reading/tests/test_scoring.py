"""The measure itself: strict and one to one."""

import unicodedata

import pytest

from giaoban.core.reading import read
from giaoban.core.reading.scoring import Score, compare, furniture_lines, judge, same


def figure(start, end, **fields):
    return {"kind": "figure", "start": start, "end": end, "sub": "count", **fields}


def test_a_fact_counts_only_with_its_place_and_its_values():
    gold = [figure(0, 2, value=12), figure(10, 12, value=30)]
    found = [figure(0, 2, value=12), figure(10, 12, value=31)]

    comparison = compare(found=found, gold=gold, kinds=("figure",))

    assert comparison.scores["figure"] == Score(right=1, wrong=1, missed=1)
    assert comparison.missed == (gold[1],)


def test_one_gold_fact_is_matched_once():
    comparison = compare(
        found=[figure(0, 2, value=1), figure(0, 2, value=1)], gold=[figure(0, 2, value=1)], kinds=("figure",)
    )

    assert comparison.scores["figure"] == Score(right=1, wrong=1, missed=0)


def test_years_may_be_words_or_numbers():
    row = {"kind": "period", "start": 0, "end": 9, "start_date": "2020", "end_date": "2025"}

    comparison = compare(found=[row], gold=[{**row, "start_date": 2020, "end_date": 2025}], kinds=("period",))

    assert comparison.scores["period"].f1_per_mille == 1000


def test_numbers_agree_by_value_and_words_by_their_canonical_spelling():
    found = [{"kind": "person", "start": 0, "end": 9, "titles": ["Bí thư Tỉnh ủy"]}, figure(20, 25, pct=76.2)]
    gold = [{"kind": "person", "start": 0, "end": 9, "titles": ["Bí thư Tỉnh uỷ"]}, figure(20, 25, pct="76.20")]

    scores = compare(found=found, gold=gold, kinds=("person", "figure")).scores

    assert scores == {"person": Score(right=1), "figure": Score(right=1)}


def test_titles_are_compared_in_their_order_and_none_is_an_empty_list():
    one = {"kind": "person", "start": 0, "end": 9}

    assert same("person", one, {**one, "titles": []})
    assert not same("person", {**one, "titles": ["A", "B"]}, {**one, "titles": ["B", "A"]})


@pytest.mark.parametrize(("kind", "shared"), [("figure", 6), ("person", 8), ("award", 8), ("directive", 9)])
def test_a_span_must_have_more_than_its_share_in_common(kind, shared):
    whole = {"kind": kind, "start": 0, "end": 10}

    found = [{**whole, "end": shared}, {**whole, "end": shared - 1}]

    assert [compare(found=[row], gold=[whole], kinds=(kind,)).scores[kind].right for row in found] == [1, 0]


def test_precision_and_recall_say_nothing_about_nothing():
    assert (Score(right=2, wrong=1).precision_per_mille, Score(right=2, wrong=1).recall_per_mille) == (667, 1000)
    assert (Score().precision_per_mille, Score().recall_per_mille) == (None, None)


def test_gold_counts_the_code_points_of_the_file_and_not_of_the_canonical_text():
    source = unicodedata.normalize("NFD", "Đã có 12/15 chi bộ họp.")
    start = source.index("12/15")
    gold = [{"kind": "figure", "start": start, "end": start + 5, "sub": "ratio", "num": 12, "den": 15}]

    comparison = judge(reading=read(text=source), source=source, gold=gold, boilerplate=frozenset())

    assert comparison.scores["figure"] == Score(right=1)


def test_furniture_is_counted_by_the_line_of_the_file():
    source = "Tiêu đề báo cáo\r\nCó 7 chi bộ.\r\n\u200bLượt xem: 4\r\n"
    reading = read(text=source)

    comparison = judge(reading=reading, source=source, gold=[], boilerplate={3, 4})

    assert furniture_lines(reading=reading, source=source) == {3}
    assert comparison.boilerplate == Score(right=1, missed=1)
