"""The measure itself: strict and one to one."""

from giaoban.core.reading.scoring import Score, compare


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
