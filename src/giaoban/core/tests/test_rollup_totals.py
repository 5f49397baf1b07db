"""The total of a unit is its own report and the totals below it, exactly, for every kind of field."""

from __future__ import annotations

from array import array

import pytest

from giaoban.core.orgtree import OrgTree
from giaoban.core.rollup import Column, Layout, Matrix, Share, Slots, TooLargeToAdd

HELD = Column("da_dai_hoi", "value", "count_true")
MEMBERS = Column("dang_vien", "value", "last", measure="stock")
ADMITTED = Column("ket_nap", "value", "sum")
OLDEST = Column("tuoi_cao_nhat", "value", "max")
YOUNGEST = Column("tuoi_thap_nhat", "value", "min")
RATED = [Column("xep_loai", choice, "tally") for choice in ("tot", "kha")]
WOMEN = [Column("ty_le_nu", "num", "ratio", "nu"), Column("ty_le_nu", "den", "ratio", "ket_nap")]
COLUMNS = [HELD, MEMBERS, ADMITTED, OLDEST, YOUNGEST, *RATED, *WOMEN]

NATION, NORTH, SOUTH, HANOI, SAPA, HUE = 1, 2, 3, 21, 22, 31


def tree() -> OrgTree:
    return OrgTree(
        units=array("q", [NATION, NORTH, HANOI, SAPA, SOUTH, HUE]),
        parents=array("i", [-1, 0, 1, 1, 0, 4]),
        levels=["centre", "region", "base", "base", "region", "base"],
    )


def matrix() -> Matrix:
    """North itself reports too; Sa Pa only has a draft; Huế is accepted."""
    filled = Matrix.empty(Layout(COLUMNS), Slots(tree(), [NORTH, HANOI, SAPA, HUE]))
    rows = {
        NORTH: (2, {"dang_vien": 10, "ket_nap": 1, "nu": 1, "xep_loai": "tot"}),
        HANOI: (2, {"dang_vien": 100, "ket_nap": 4, "nu": 1, "da_dai_hoi": True, "tuoi_cao_nhat": -3}),
        SAPA: (1, {"dang_vien": 1000, "ket_nap": 40, "da_dai_hoi": True}),
        HUE: (3, {"dang_vien": 7, "da_dai_hoi": True, "tuoi_cao_nhat": 61, "tuoi_thap_nhat": 20, "xep_loai": "kha"}),
    }
    for unit, (state, figures) in rows.items():
        filled.put(filled.slots.slot(unit), state, *filled.layout.encode(figures))
    return filled


def test_a_total_adds_what_counts_and_nothing_else():
    total = matrix().total(NATION)

    assert total.values == {
        "da_dai_hoi": 2,
        "dang_vien": 117,
        "ket_nap": 5,
        "tuoi_cao_nhat": 61,
        "tuoi_thap_nhat": 20,
        "xep_loai": {"tot": 1, "kha": 1},
        "ty_le_nu": (2, 5),
    }
    assert (total.counted, total.expected) == (3, 4)
    assert total.answered["ket_nap"] == 2


def test_what_nobody_answered_is_missing_and_not_zero():
    total = matrix().total(SOUTH)

    assert total.values["ket_nap"] is None
    assert total.values["ty_le_nu"] is None
    assert total.answered["ket_nap"] == 0


def test_an_official_total_counts_only_what_is_accepted():
    total = matrix().total(NATION, official=True)

    assert total.values["dang_vien"] == 7
    assert (total.counted, total.expected) == (1, 4)


def test_a_largest_value_below_zero_is_not_lifted_to_zero():
    assert matrix().total(HANOI).values["tuoi_cao_nhat"] == -3


def test_children_come_in_the_order_of_the_tree_and_without_the_units_own_report():
    children = matrix().children(NORTH)

    assert [(unit, total.values["ket_nap"], total.expected) for unit, total in children] == [
        (HANOI, 4, 1),
        (SAPA, None, 1),
    ]


def test_one_field_of_every_unit_comes_in_preorder():
    everywhere = matrix().field(ADMITTED)

    assert everywhere.values.tolist() == [5, 5, 4, 0, 0, 0]
    assert everywhere.answered.tolist() == [2, 2, 1, 0, 0, 0]


def test_completeness_counts_reports_expected_below_every_unit():
    done = matrix().completeness()

    assert done.counted.tolist() == [3, 2, 1, 0, 1, 1]
    assert done.expected.tolist() == [4, 3, 1, 1, 1, 1]


def test_a_region_is_complete_when_everything_expected_below_it_counts():
    assert matrix().units_complete("region") == Share(complete=1, units=2)
    assert matrix().units_complete("base", below=NORTH) == Share(complete=1, units=2)
    assert matrix().units_complete("region", official=True) == Share(complete=1, units=2)
    assert matrix().units_complete("region", flag=HELD) == Share(complete=1, units=2)


def test_a_report_taken_back_leaves_no_trace_in_the_total():
    filled = matrix()
    filled.put(filled.slots.slot(HANOI), 1, *filled.layout.encode({"ket_nap": 4}))

    assert filled.total(NATION).values["ket_nap"] == 1


def test_a_sum_beyond_64_bits_is_exact_for_one_unit_and_refused_for_all_at_once():
    filled = matrix()
    for unit in (NORTH, HANOI, HUE):
        filled.put(filled.slots.slot(unit), 2, *filled.layout.encode({"ket_nap": 2**63 - 1}))

    assert filled.total(NATION).values["ket_nap"] == 3 * (2**63 - 1)
    with pytest.raises(TooLargeToAdd, match="ket_nap"):
        filled.field(ADMITTED)
