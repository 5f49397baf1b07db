"""Against brute force: random trees, random duty, random reports, sent in any order and any number of times."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giaoban.core.orgtree import OrgTree
from giaoban.core.rollup import (
    Block,
    Column,
    Given,
    Layout,
    Matrix,
    Row,
    Slots,
    TooLargeToAdd,
    Total,
    encode_many,
    over_time,
)

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a slow machine is no fault

CHOICES = ("tot", "kha", "yeu")
COLUMNS = [
    Column("flow", "value", "sum"),
    Column("stock", "value", "last", measure="stock"),
    Column("most", "value", "max"),
    Column("least", "value", "min"),
    Column("held", "value", "count_true"),
    *[Column("rated", choice, "tally") for choice in CHOICES],
    Column("share", "num", "ratio", "flow"),
    Column("share", "den", "ratio", "stock", "stock"),
]
FIELDS = ("flow", "stock", "most", "least", "held", "rated", "share")
LAYOUT = Layout(COLUMNS)

NUMBERS = st.one_of(
    st.integers(-5, 5), st.integers(-(2**63) + 1, 2**63 - 1), st.sampled_from([2**63 - 1, -(2**63) + 1, 0])
)
FIGURES = st.fixed_dictionaries(
    {},
    optional={
        "flow": NUMBERS,
        "stock": NUMBERS,
        "most": NUMBERS,
        "least": NUMBERS,
        "held": st.booleans(),
        "rated": st.sampled_from(CHOICES),
    },
)


@dataclass(frozen=True)
class Report:
    state: int
    figures: dict[str, object]
    nothing: bool


REPORTS = st.builds(Report, state=st.integers(0, 3), figures=FIGURES, nothing=st.booleans())


@dataclass(frozen=True)
class World:
    """Units are numbered 100, 101, ... in preorder; `history` is every state of every report, in order."""

    tree: OrgTree
    reporting: list[int]
    history: list[tuple[int, Report]]

    @property
    def now(self) -> dict[int, Report]:
        return dict(self.history)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    size = draw(st.integers(1, 14))
    parents, spine = array("i"), []
    for position in range(size):
        del spine[draw(st.integers(0, len(spine))) :]
        parents.append(spine[-1] if spine else -1)
        spine.append(position)
    units = array("q", range(100, 100 + size))
    levels = draw(st.lists(st.sampled_from(["a", "b"]), min_size=size, max_size=size))
    reporting = draw(st.lists(st.sampled_from(list(units)), unique=True))
    history = draw(st.lists(st.tuples(st.sampled_from(reporting), REPORTS), max_size=25)) if reporting else []
    return World(OrgTree(units=units, parents=parents, levels=levels), reporting, history)


def filled(world: World) -> Matrix:
    matrix = Matrix.empty(LAYOUT, Slots(world.tree, world.reporting))
    for unit, report in world.history:
        matrix.put(matrix.slots.slot(unit), report.state, *LAYOUT.encode(report.figures, nothing=report.nothing))
    return matrix


def below(world: World, unit: int) -> list[int]:
    """Walk down by children, without any slot or slice."""
    return [unit, *(lower for child in world.tree.children(unit) for lower in below(world, child))]


def answer(report: Report, field: str) -> object:
    """What one report says about one field, read off the definition of the field."""
    flow = report.figures.get("flow", 0 if report.nothing else None)
    match field:
        case "flow":
            return flow
        case "share":
            stock = report.figures.get("stock")
            return None if flow is None or stock is None else (flow, stock)
        case "held":
            return report.figures.get("held", False if report.nothing else None)
        case "rated":
            return report.figures.get("rated", "" if report.nothing else None)
    return report.figures.get(field)


def combined(field: str, answers: list) -> object:
    if not answers:
        return None
    match field:
        case "most":
            return max(answers)
        case "least":
            return min(answers)
        case "rated":
            return {choice: answers.count(choice) for choice in CHOICES}
        case "share":
            return sum(num for num, _ in answers), sum(den for _, den in answers)
    return sum(answers)


def brute_force(world: World, units: list[int], *, official: bool) -> Total:
    expected = [unit for unit in units if unit in world.reporting]
    reports = [world.now[unit] for unit in expected if unit in world.now]
    counting = [report for report in reports if report.state >= (3 if official else 2)]
    answers = {
        field: [found for report in counting if (found := answer(report, field)) is not None] for field in FIELDS
    }
    return Total(
        values={field: combined(field, answers[field]) for field in FIELDS},
        answered={field: len(answers[field]) for field in FIELDS},
        counted=len(counting),
        expected=len(expected),
    )


@calm
@given(worlds(), st.booleans())
def test_every_total_is_what_counting_by_hand_gives(world, official):
    matrix = filled(world)

    for unit in world.tree.units:
        assert matrix.total(unit, official=official) == brute_force(world, below(world, unit), official=official)
        assert matrix.own(unit, official=official) == brute_force(world, [unit], official=official)


@calm
@given(worlds(), st.booleans())
def test_a_total_is_the_own_report_and_the_totals_of_the_children(world, official):
    matrix = filled(world)

    for unit in world.tree.units:
        total = matrix.total(unit, official=official)
        parts = [matrix.own(unit, official=official), *(t for _, t in matrix.children(unit, official=official))]
        for field, group in LAYOUT.fields.items():
            kind = "sum" if group.kind in ("last", "count_true") else group.kind
            assert total.values[field] == over_time(kind, [part.values[field] for part in parts])
            assert total.answered[field] == sum(part.answered[field] for part in parts)
        assert total.counted == sum(part.counted for part in parts)
        assert total.expected == sum(part.expected for part in parts)


@calm
@given(worlds(), st.booleans())
def test_one_column_of_every_unit_agrees_with_each_units_total(world, official):
    matrix = filled(world)
    totals = {unit: brute_force(world, below(world, unit), official=official) for unit in world.tree.units}
    for column in COLUMNS:
        wanted = [_part(totals[unit].values[column.field], column) for unit in world.tree.units]
        if any(not -(2**63) <= value < 2**63 for value in wanted if value is not None):
            with pytest.raises(TooLargeToAdd):
                matrix.field(column, official=official)
            continue
        everywhere = matrix.field(column, official=official)

        got = [
            value if count else None
            for value, count in zip(everywhere.values.tolist(), everywhere.answered.tolist(), strict=True)
        ]
        assert got == wanted


def _part(value: object, column: Column) -> object:
    if value is None:
        return None
    if column.kind == "tally":
        return value[column.part]
    if column.kind == "ratio":
        return value[column.part == "den"]
    return value


@calm
@given(worlds(), st.booleans())
def test_completeness_is_what_counting_by_hand_gives(world, official):
    matrix = filled(world)
    totals = [brute_force(world, below(world, unit), official=official) for unit in world.tree.units]

    done = matrix.completeness(official=official)

    assert done.counted.tolist() == [total.counted for total in totals]
    assert done.expected.tolist() == [total.expected for total in totals]


@calm
@given(worlds(), st.booleans(), st.data())
def test_units_complete_counts_units_of_a_level_that_owe_something_and_owe_nothing_more(world, official, data):
    matrix = filled(world)
    under = data.draw(st.sampled_from([None, *world.tree.units]))
    units = [
        unit for unit in world.tree.units
        if world.tree.level(unit) == "a" and (under is None or world.tree.is_below(unit, under))
    ]  # fmt: skip
    totals = [brute_force(world, below(world, unit), official=official) for unit in units]
    owing = [total for total in totals if total.expected]

    share = matrix.units_complete("a", below=under, official=official)
    held = matrix.units_complete("a", below=under, flag=COLUMNS[4], official=official)

    assert (share.complete, share.units) == (sum(total.is_complete for total in owing), len(owing))
    assert (held.complete, held.units) == (sum(t.values["held"] == t.expected for t in owing), len(owing))


@calm
@given(worlds(), st.randoms(use_true_random=False))
def test_replaying_the_state_of_every_report_in_any_order_changes_nothing(world, random):
    once = filled(world)
    replayed = filled(world)
    rows = [
        Row(replayed.slots.slot(unit), report.state, *LAYOUT.encode(report.figures, nothing=report.nothing))
        for unit, report in world.now.items()
    ] * 2
    random.shuffle(rows)
    replayed.put_many(rows)

    for mine, theirs in zip(_arrays(once), _arrays(replayed), strict=True):
        assert np.array_equal(mine, theirs)


@calm
@given(worlds())
def test_filling_at_once_is_filling_one_by_one(world):
    at_once = Matrix.empty(LAYOUT, Slots(world.tree, world.reporting))
    at_once.put_many(
        Row(at_once.slots.slot(unit), report.state, *LAYOUT.encode(report.figures, nothing=report.nothing))
        for unit, report in world.history
    )

    for mine, theirs in zip(_arrays(filled(world)), _arrays(at_once), strict=True):
        assert np.array_equal(mine, theirs)


@calm
@given(worlds())
def test_reports_encoded_together_are_those_encoded_one_by_one(world):
    together, reports = Matrix.empty(LAYOUT, Slots(world.tree, world.reporting)), list(world.now.items())

    values, answered = encode_many(LAYOUT, [Given(report.figures, report.nothing) for _, report in reports])
    slots = np.array([together.slots.slot(unit) for unit, _ in reports], np.int64)
    states = np.array([report.state for _, report in reports], np.uint8)
    together.put_block(Block(slots, states, values, answered))

    for mine, theirs in zip(_arrays(filled(world)), _arrays(together), strict=True):
        assert np.array_equal(mine, theirs)
    assert (together.widths <= filled(world).widths).all()


@calm
@given(worlds(), st.booleans())
def test_a_table_is_the_total_and_the_totals_directly_below(world, official):
    matrix = filled(world)

    for unit in world.tree.units:
        table = matrix.table(unit, official=official)
        assert table == (matrix.total(unit, official=official), matrix.children(unit, official=official))


@calm
@given(worlds())
def test_no_value_of_a_column_is_wider_than_the_matrix_says(world):
    matrix = filled(world)

    for row, width in zip(matrix.values.tolist(), matrix.widths.tolist(), strict=True):
        assert all(abs(value).bit_length() <= width for value in row)


def _arrays(matrix: Matrix) -> tuple[np.ndarray, ...]:
    return matrix.values, matrix.answered, matrix.states
