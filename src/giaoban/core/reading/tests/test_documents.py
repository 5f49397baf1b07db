"""How well the reader does on documents written for this project."""

import pytest

from giaoban.core.reading import read
from giaoban.core.reading.scoring import Score, compare, total
from giaoban.core.reading.tests.gold import HELD_BACK, documents

LEAST = {
    "figure": 975, "date": 980, "period": 965, "as_of": 960, "deadline": 955, "citation": 980, "person": 950,
    "directive": 970, "task": 940, "event": 830, "issuer": 900, "byline": 960, "award": 930,
}  # fmt: skip
UNSEEN = 900  # all kinds together, in documents nobody who writes rules reads; what is lost there is lost elsewhere too


def comparisons():
    return [
        compare(found=read(text=document.text).as_json()["facts"], gold=document.facts, kinds=LEAST)
        for document in documents()
    ]


def test_there_are_many_documents_of_many_genres():
    genres = {read(text=document.text).header.genre for document in documents()}

    assert len(documents()) >= 12
    assert len(genres) >= 6


@pytest.mark.parametrize("kind", LEAST)
def test_each_kind_of_fact_is_found_and_little_is_invented(kind):
    score = total(comparisons())[kind]

    assert score.right >= 6
    assert score.f1_per_mille >= LEAST[kind], score


def test_all_kinds_together_stay_above_their_target():
    together = sum(total(comparisons()).values(), Score())

    assert together.f1_per_mille >= 970, together


def test_documents_nobody_has_read_are_read_almost_as_well():
    rows = [
        compare(found=read(text=each.text).as_json()["facts"], gold=each.facts, kinds=LEAST)
        for each in documents(HELD_BACK)
    ]
    together = sum(total(rows).values(), Score())

    assert len(rows) >= 20
    assert together.f1_per_mille >= UNSEEN, together
