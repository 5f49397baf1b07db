"""Sums at the edge of 64 bits are exact or refused, never wrapped."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giaoban.core.rollup import adding

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a slow machine is no fault

LARGEST = 2**63 - 1
EDGES = st.sampled_from([LARGEST, -LARGEST, 2**62, -(2**62), 2**32, -1, 0, 1]) | st.integers(-LARGEST, LARGEST)


@pytest.mark.parametrize(
    ("row", "total"),
    [
        ([LARGEST, 1, -1], LARGEST),
        ([LARGEST, 1], None),
        ([LARGEST, LARGEST], None),
        ([-LARGEST, -1], -(2**63)),
        ([-LARGEST, -2], None),
        ([-LARGEST, -LARGEST], None),
        ([LARGEST] * 4, None),
        ([], 0),
    ],
)
def test_a_sum_over_every_unit_is_given_as_long_as_it_fits_64_bits(row, total):
    los, his = np.array([0]), np.array([len(row)])

    found = adding.nested_sums(np.array(row, np.int64), los, his)
    assert (None if found is None else found.tolist()) == (None if total is None else [total])


@calm
@given(st.lists(EDGES, min_size=1, max_size=8), st.data())
def test_sums_of_runs_are_what_integers_without_bound_give(row, data):
    cuts = sorted({0, *data.draw(st.lists(st.integers(0, len(row) - 1)))})
    ends = [*cuts[1:], len(row)]
    wanted = [sum(row[lo:hi]) for lo, hi in zip(cuts, ends, strict=True)]

    assert adding.sums(np.array(row, np.int64), np.array(cuts)) == wanted

    found = adding.nested_sums(np.array(row, np.int64), np.array(cuts), np.array(ends))
    all_fit = all(-(2**63) <= total < 2**63 for total in wanted)
    assert (found.tolist() if found is not None else None) == (wanted if all_fit else None)


@calm
@given(st.lists(st.booleans(), min_size=1, max_size=400), st.sampled_from([1, 3, 50]))
def test_flags_of_runs_are_counted_alike_for_few_runs_and_for_many(flags, step):
    cuts = list(range(0, len(flags), step))

    counted = adding.counts(np.array(flags), np.array(cuts))

    assert counted == [sum(flags[lo : lo + step]) for lo in cuts]


def test_flags_are_counted_beyond_what_sixteen_bits_hold():
    flags = np.ones(200_000, bool)
    flags[[0, 70_000, 199_999]] = False

    assert adding.counts(flags, np.array([0, 3, 65_535, 65_536])) == [2, 65_532, 1, 134_462]


@calm
@given(st.lists(EDGES, min_size=1, max_size=8))
def test_a_width_that_holds_every_value_gives_the_same_sums(row):
    values, starts = np.array(row, np.int64), np.array([0])
    width = int(adding.width_of(values[:, None])[0])

    assert adding.sums(values, starts, width=width) == adding.sums(values, starts) == [sum(row)]
