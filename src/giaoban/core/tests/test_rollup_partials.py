"""Totals of many units, read off sums of stretches, are those of a look at every figure."""

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giaoban.core.orgtree import OrgTree, Placed
from giaoban.core.rollup import Block, Column, Layout, Matrix, Row, Slots, SlotState, TooLargeToAdd, Total, partials
from giaoban.core.rollup.cells import STRETCH

DAY = date(2020, 6, 30)
LAYOUT = Layout(
    [
        Column("nu", "value", "sum"),
        Column("tien", "value", "sum"),
        Column("cao_nhat", "value", "max"),
        Column("xong", "value", "count_true"),
    ]
)
UNITS = 4 * STRETCH + 77


def tree(widths):
    """A root, branches of so many leaves, and the rest directly below the root."""
    placed, unit = [Placed(1, None, "goc", DAY, None)], 1
    for width in widths:
        unit += 1
        branch = unit
        placed.append(Placed(branch, 1, "nhanh", DAY, None, f"{branch:06}"))
        for _ in range(width):
            unit += 1
            placed.append(Placed(unit, branch, "la", DAY, None, f"{unit:06}"))
    while unit < UNITS:
        unit += 1
        placed.append(Placed(unit, 1, "la", DAY, None, f"{unit:06}"))
    return OrgTree.on(DAY, placed)


def block(slots, *, seed, largest):
    random = np.random.default_rng(seed)
    shape = (len(slots), len(LAYOUT))
    answered = random.random(shape) < 0.8
    values = random.integers(-largest, largest, shape, endpoint=True)
    values[:, 0] %= 1000
    values[:, 3] %= 2
    states = random.integers(0, 4, len(slots)).astype(np.uint8)
    return Block(slots, states, np.where(answered, values, 0), answered)


def added(matrix, lo, hi, *, official):
    """The total of a run of slots by Python's own integers."""
    counts = matrix.states[lo:hi] >= (SlotState.ACCEPTED if official else SlotState.SUBMITTED)
    values, answers = {}, {}
    for at, (field, kind) in enumerate([(one.field, one.kind) for one in LAYOUT.columns]):
        some = matrix.values[at, lo:hi][counts & matrix.answered[at, lo:hi]].tolist()
        answers[field] = len(some)
        values[field] = (max(some) if kind == "max" else sum(some)) if some else None
    return Total(values, answers, int(counts.sum()), hi - lo)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from([1, 40, 400, STRETCH - 1, STRETCH, 900]), max_size=2),
    st.integers(0, 10**6),
    st.sampled_from([10**6, 2**40, 2**62]),
    st.booleans(),
)
def test_what_is_read_off_is_what_is_added_up(widths, seed, largest, official):
    matrix = Matrix.empty(LAYOUT, Slots(tree(widths), tree(widths).units))
    everyone = np.arange(len(matrix.slots))
    matrix.fill([block(everyone[: UNITS // 2], seed=seed, largest=largest)])
    matrix.put_block(block(everyone[100:-50:3], seed=seed + 1, largest=largest))
    values, answered = LAYOUT.encode({"nu": 7, "tien": -largest, "xong": True})
    matrix.put_many([Row(UNITS - 1, SlotState.ACCEPTED, values, answered), Row(3, SlotState.DRAFT, values, answered)])

    of_all, below = matrix.table(1, official=official)
    assert matrix.total(1, official=official) == of_all == added(matrix, 0, UNITS, official=official)
    for unit, total in below:
        lo, hi = matrix.slots.lo(unit), matrix.slots.hi(unit)
        assert total == matrix.total(unit, official=official) == added(matrix, lo, hi, official=official)


def test_a_look_at_many_units_does_not_look_at_their_figures():
    matrix = Matrix.empty(LAYOUT, Slots(tree([900, 700]), tree([900, 700]).units))
    matrix.fill([block(np.arange(UNITS), seed=1, largest=100)])
    before = matrix.total(1)

    matrix.values[0] = 0  # behind its back

    assert matrix.total(1).values["nu"] == before.values["nu"] != 0
    partials.renew(matrix.cells, np.arange(UNITS))
    assert matrix.total(1).values["nu"] == 0


def test_a_sum_of_64_bits_and_more_is_still_exact_for_one_unit():
    matrix = Matrix.empty(LAYOUT, Slots(tree([]), tree([]).units))
    values = np.full((UNITS, len(LAYOUT)), 2**62)
    matrix.fill([Block(np.arange(UNITS), np.full(UNITS, 3, np.uint8), values, np.ones((UNITS, len(LAYOUT)), np.bool_))])

    assert matrix.total(1).values["nu"] == UNITS * 2**62
    with pytest.raises(TooLargeToAdd):
        matrix.field(LAYOUT.columns[0])
