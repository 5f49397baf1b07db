"""How well the reader does on documents written for this project."""

import pytest

from giaoban.core.reading import read
from giaoban.core.reading.scoring import Score, compare, total
from giaoban.core.reading.tests.gold import documents

LEAST = {"figure": 970, "date": 970, "period": 960, "as_of": 950, "deadline": 950, "citation": 970, "directive": 930}


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
