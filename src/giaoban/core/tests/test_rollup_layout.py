"""A report becomes one column of numbers; several periods become one."""

from __future__ import annotations

from array import array
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.formlang import FormSpec, merge_columns
from giaoban.core.orgtree import NotInTree, OrgTree
from giaoban.core.rollup import Cells, Column, Given, Layout, Matrix, NotAFigure, Slots, Total, encode_many, over_time

SUM = Column("ket_nap", "value", "sum")
STOCK = Column("dang_vien", "value", "last", measure="stock")
MOST = Column("cao_nhat", "value", "max")
HELD = Column("da_hop", "value", "count_true")
HELD_STOCK = Column("co_tru_so", "value", "count_true", measure="stock")
RATED = [Column("xep_loai", choice, "tally") for choice in ("tot", "kha")]
SHARE = [Column("ty_le", "num", "ratio", "ket_nap"), Column("ty_le", "den", "ratio", "dang_vien", "stock")]
ALL = Layout([SUM, STOCK, MOST, HELD, HELD_STOCK, *RATED, *SHARE])


def encoded(figures: dict[str, object], *, nothing: bool = False) -> dict[str, object]:
    """Each column's value, None when it is not answered."""
    values, answered = ALL.encode(figures, nothing=nothing)
    return {
        f"{column.field}.{column.part}": value if given else None
        for column, value, given in zip(ALL.columns, values, answered, strict=True)
    }


def test_what_is_not_answered_is_missing_and_holds_zero():
    values, answered = ALL.encode({})

    assert values == [0] * len(ALL)
    assert answered == [False] * len(ALL)


def test_a_choice_answers_every_choice_of_its_field():
    found = encoded({"xep_loai": "kha"})

    assert (found["xep_loai.tot"], found["xep_loai.kha"]) == (0, 1)


def test_no_is_an_answer():
    assert encoded({"da_hop": False})["da_hop.value"] == 0


def test_a_ratio_is_answered_only_when_both_its_parts_are():
    assert encoded({"ket_nap": 3})["ty_le.num"] is None
    assert encoded({"ket_nap": 3, "dang_vien": 60})["ty_le.num"] == 3


def test_nothing_to_report_means_no_event_but_says_nothing_about_what_there_is():
    assert encoded({}, nothing=True) == {
        "ket_nap.value": 0,
        "dang_vien.value": None,
        "cao_nhat.value": None,
        "da_hop.value": 0,
        "co_tru_so.value": None,
        "xep_loai.tot": 0,
        "xep_loai.kha": 0,
        "ty_le.num": None,
        "ty_le.den": None,
    }


def test_nothing_to_report_beside_a_known_stock_is_a_share_of_zero():
    found = encoded({"dang_vien": 60}, nothing=True)

    assert (found["dang_vien.value"], found["ty_le.num"], found["ty_le.den"]) == (60, 0, 60)


@pytest.mark.parametrize(
    "figures",
    [
        {"ket_nap": "3"},
        {"ket_nap": 3.0},
        {"ket_nap": True},
        {"ket_nap": 2**63},
        {"dang_vien": -(2**63)},
        {"da_hop": 1},
        {"da_hop": 0},
        {"xep_loai": "yeu"},
        {"xep_loai": 0},
    ],
)
@pytest.mark.parametrize("nothing", [False, True])
def test_a_stored_figure_of_another_type_is_refused(figures, nothing):
    with pytest.raises(NotAFigure, match=next(iter(figures))):
        ALL.encode(figures, nothing=nothing)


def test_columns_that_do_not_make_a_field_are_a_mistake_of_the_program():
    for columns in ([SUM, SUM], [SHARE[0]], [SUM, Column("ket_nap", "value", "max")]):
        with pytest.raises(ValueError, match=r"ket_nap|ty_le|twice"):
            Layout(columns)


def test_a_report_on_an_older_version_answers_the_merged_columns_it_can():
    choice = {"code": "xep_loai", "label": "Xếp loại", "kind": "choice", "choices": [{"code": "tot", "label": "Tốt"}]}
    grown = {**choice, "choices": [{"code": "kha", "label": "Khá"}, *choice["choices"]]}
    old = FormSpec.parse({"fields": [choice]})
    new = FormSpec.parse({"fields": [{"code": "nu", "label": "Nữ", "kind": "whole"}, grown]})
    layout = Layout(merge_columns([old, new]))

    assert [(column.field, column.part) for column in layout.columns] == [
        ("xep_loai", "tot"), ("nu", "value"), ("xep_loai", "kha"),
    ]  # fmt: skip
    assert layout.encode({"xep_loai": "tot"}) == ([1, 0, 0], [True, False, True])


def total(**values: object) -> Total:
    return Total({field: values.get(field) for field in ALL.fields}, {}, 1, 1)


def test_over_time_flows_add_up_and_the_latest_stock_stands():
    months = [
        total(ket_nap=3, dang_vien=60, cao_nhat=80, da_hop=1, xep_loai={"tot": 1, "kha": 0}, ty_le=(3, 60)),
        total(ket_nap=None, dang_vien=None, cao_nhat=None),
        total(ket_nap=5, dang_vien=64, cao_nhat=70, da_hop=1, xep_loai={"tot": 0, "kha": 2}, ty_le=(5, 64)),
        total(ket_nap=1, co_tru_so=7),
    ]

    assert ALL.over_time(months) == {
        "ket_nap": 9,
        "dang_vien": 64,
        "cao_nhat": 80,
        "da_hop": 2,
        "co_tru_so": 7,
        "xep_loai": {"tot": 1, "kha": 2},
        "ty_le": (8, 64),
    }


def test_over_time_what_was_never_answered_stays_missing():
    assert set(ALL.over_time([total(), total()]).values()) == {None}
    assert over_time("sum", []) is None


def test_over_time_a_largest_value_may_lie_below_zero():
    assert over_time("max", [-7, None, -3]) == -3
    assert over_time("min", [4, 2, None]) == 2


TREE = OrgTree(
    units=array("q", [1, 2, 3, 4, 5]), parents=array("i", [-1, 0, 1, 1, 0]), levels=["a", "b", "c", "c", "b"]
)


def test_the_reporting_units_of_a_subtree_are_one_run_of_slots():
    slots = Slots(TREE, [5, 2, 4])

    assert slots.units.tolist() == [2, 4, 5]
    assert {unit: (slots.lo(unit), slots.hi(unit)) for unit in TREE.units} == {
        1: (0, 3), 2: (0, 2), 3: (1, 1), 4: (1, 2), 5: (2, 3),
    }  # fmt: skip
    assert [slots.slot(unit) for unit in TREE.units] == [None, 0, None, 1, 2]


def test_the_signature_follows_who_owes_and_not_the_order_of_telling():
    assert Slots(TREE, [5, 2, 4]).signature == Slots(TREE, [2, 4, 5]).signature
    assert Slots(TREE, [2, 4]).signature != Slots(TREE, [2, 5]).signature


def test_a_unit_outside_the_tree_cannot_owe_a_report():
    with pytest.raises(NotInTree):
        Slots(TREE, [99])


def test_a_form_that_nobody_owes_has_totals_of_nothing():
    matrix = Matrix.empty(ALL, Slots(TREE, []))

    assert (matrix.total(1).counted, matrix.total(1).expected) == (0, 0)
    assert set(matrix.total(1).values.values()) == {None}
    assert [matrix.field(MOST).answered.tolist(), matrix.field(SUM).values.tolist()] == [[0] * 5, [0] * 5]
    assert matrix.units_complete("b").units == 0


def test_a_form_without_figures_still_counts_its_reports():
    matrix = Matrix.empty(Layout([]), Slots(TREE, [3, 4]))
    matrix.put(0, 2, [], [])

    assert matrix.total(1) == Total({}, {}, counted=1, expected=2)


def test_arrays_of_another_shape_or_type_are_a_mistake_of_the_program():
    slots = Slots(TREE, [3, 4])
    good = Cells.empty(columns=1, slots=2)

    Matrix(Layout([SUM]), slots, good)
    for name, array_given in (
        ("values", np.zeros((1, 2))),
        ("values", np.zeros((2, 1), np.int64)),
        ("answered", np.zeros((1, 2), np.int8)),
        ("states", np.zeros(3, np.uint8)),
        ("partials", np.zeros((4, 1, 2), np.int64)),
    ):
        with pytest.raises(ValueError, match=f"{name} is"):
            Matrix(Layout([SUM]), slots, replace(good, **{name: array_given}))


def test_a_slot_outside_the_matrix_is_never_written():
    matrix = Matrix.empty(Layout([SUM]), Slots(TREE, [3, 4]))

    for slot in (-1, 2):
        with pytest.raises(IndexError):
            matrix.put(slot, 2, [1], [True])
    assert not matrix.states.any()


ODD = st.sampled_from([None, True, "tot", 1.5, 2**63 - 1, 2**63, -(2**63), -(2**63) + 1, 7, "lạ"])


@given(st.lists(st.tuples(st.dictionaries(st.sampled_from([*ALL.fields, "khac"]), ODD), st.booleans()), max_size=4))
def test_reports_encoded_together_are_taken_and_refused_as_one_by_one(reports):
    given_ = [
        Given(figures, nothing, not any(type(one) is bool or one == -(2**63) for one in figures.values()))
        for figures, nothing in reports
    ]
    try:
        singly = [ALL.encode(figures, nothing=nothing) for figures, nothing in reports]
    except NotAFigure:
        with pytest.raises(NotAFigure):
            encode_many(ALL, given_)
        return

    values, answered = encode_many(ALL, given_)
    assert list(zip(values.tolist(), answered.tolist(), strict=True)) == singly
