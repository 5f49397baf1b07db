from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.core import orgtree
from giaoban.core.orgtree import OrgTree, Placed, change_days, day_of_tree, paths
from giaoban.core.refusal import Kind

DAY = date(2020, 8, 23)
START = date(2020, 1, 1)
END = date(2025, 7, 1)


def placed(unit, parent=None, level="cell", from_day=START, until_day=None, order=""):
    return Placed(unit, parent, level, from_day, until_day, order)


COUNTRY = [
    placed(1, None, "centre"),
    placed(57, 1, "province", order="b"),
    placed(30, 1, "province", order="c"),
    placed(8, 57, "district"),
    placed(5, 57, "district"),
    placed(99, 30, "district"),
    placed(12, 5),
]


@pytest.fixture
def tree():
    return OrgTree.on(DAY, COUNTRY)


def test_units_stand_in_preorder_and_siblings_by_order_then_number(tree):
    assert list(tree.units) == [1, 57, 5, 12, 8, 30, 99]
    assert tree.children(1) == (57, 30)
    assert tree.children(57) == (5, 8)
    assert tree.children(12) == ()


def test_everything_below_a_unit_is_one_run_of_positions(tree):
    assert tree.subtree(57) == range(1, 5)
    assert tree.size(57) == 4
    assert [tree.unit_at(position) for position in tree.subtree(57)] == [57, 5, 12, 8]


def test_the_way_up_is_told_nearest_first(tree):
    assert tree.ancestors(12) == (5, 57, 1)
    assert tree.ancestors(1) == ()
    assert tree.parent(12) == 5
    assert tree.parent(1) is None
    assert tree.depth(12) == 3


def test_no_unit_is_below_itself(tree):
    assert tree.is_below(12, 57)
    assert not tree.is_below(57, 57)
    assert not tree.is_below(57, 12)
    assert not tree.is_below(99, 57)


def test_a_level_is_listed_whole_or_below_one_unit(tree):
    assert tree.at_level("district") == (5, 8, 99)
    assert tree.at_level("district", below=57) == (5, 8)
    assert tree.at_level("district", below=5) == ()
    assert tree.at_level("province", below=57) == ()
    assert tree.at_level("unknown") == ()
    assert tree.level(99) == "district"


def test_a_path_says_the_way_down(tree):
    assert paths(tree)[12] == "/1/57/5/12/"
    assert paths(tree)[1] == "/1/"


def test_bodies_without_a_common_superior_are_several_roots():
    tree = OrgTree.on(DAY, [placed(7), placed(3), placed(4, 7)])
    assert tree.roots == (3, 7)
    assert list(tree.units) == [3, 7, 4]


def test_before_anything_exists_the_tree_is_empty():
    tree = OrgTree.on(date(1900, 1, 1), COUNTRY)
    assert len(tree) == 0
    assert list(tree.units) == []
    assert tree.roots == ()
    assert paths(tree) == {}


def test_a_unit_without_a_place_that_day_is_missing(tree):
    assert 1000 not in tree
    for ask in (tree.position, tree.parent, tree.level, tree.size, tree.children, tree.ancestors, tree.subtree):
        with pytest.raises(orgtree.NotInTree, match="1000") as refused:
            ask(1000)
        assert refused.value.kind is Kind.MISSING
    with pytest.raises(orgtree.NotInTree):
        tree.is_below(1000, 1)
    with pytest.raises(orgtree.NotInTree):
        tree.at_level("district", below=1000)


def test_positions_outside_the_tree_are_a_bug(tree):
    for position in (-1, len(tree)):
        with pytest.raises(IndexError):
            tree.unit_at(position)


def test_the_arrays_cannot_be_written_to(tree):
    for numbers in (tree.units, tree.sizes, tree.depths, tree.parent_positions):
        with pytest.raises(TypeError):
            numbers[0] = 5


def test_two_places_on_one_day_are_refused():
    with pytest.raises(orgtree.PlacedTwice, match=r"57.*23-8-2020"):
        OrgTree.on(DAY, [*COUNTRY, placed(57, 30)])


def test_a_missing_superior_is_refused_by_name():
    with pytest.raises(orgtree.ParentMissing, match="Đơn vị 13 trực thuộc đơn vị 77"):
        OrgTree.on(DAY, [*COUNTRY, placed(13, 77)])


def test_a_superior_that_has_ended_is_missing():
    ended = [replace(one, until_day=DAY) if one.unit == 5 else one for one in COUNTRY]
    with pytest.raises(orgtree.ParentMissing):
        OrgTree.on(DAY, ended)
    assert len(OrgTree.on(DAY - timedelta(days=1), ended)) == len(COUNTRY)


def test_a_ring_is_refused_and_names_only_its_own_units():
    ring = [placed(21, 23), placed(22, 21), placed(23, 22), placed(20, 21)]
    with pytest.raises(orgtree.Ring) as refused:
        OrgTree.on(DAY, [*COUNTRY, *ring])
    assert refused.value.values["ring"] == "21 → 23 → 22 → 21"


def test_a_unit_cannot_be_its_own_superior():
    with pytest.raises(orgtree.Ring, match="4 → 4"):
        OrgTree.on(DAY, [placed(4, 4)])


def test_equal_trees_have_equal_signatures_whatever_the_rows_looked_like():
    one = OrgTree.on(DAY, COUNTRY)
    same = OrgTree.on(date(2021, 1, 1), [replace(each, order=f"z{each.order}") for each in reversed(COUNTRY)])
    assert same.signature == one.signature
    assert same == one
    assert len({same, one}) == 1
    assert one != one.signature


@pytest.mark.parametrize(
    "change",
    [{"parent": 30}, {"level": "cell"}, {"order": "z"}, {"until_day": DAY}, {"unit": 6}],
)
def test_any_change_of_shape_changes_the_signature(change):
    changed = [replace(one, **change) if one.unit == 8 else one for one in COUNTRY]
    changed = [replace(one, order="a") if one.unit == 5 else one for one in changed]
    if change == {"order": "z"}:
        changed = [replace(one, order="z") if one.unit == 5 else one for one in COUNTRY]
    assert OrgTree.on(DAY, changed).signature != OrgTree.on(DAY, COUNTRY).signature


def test_a_chain_deeper_than_any_call_stack_is_built():
    tree = OrgTree.on(DAY, [placed(unit, unit - 1 or None) for unit in range(1, 20_001)])
    assert tree.depth(20_000) == 19_999
    assert tree.size(1) == 20_000


def test_a_continued_placement_is_no_change():
    rows = [placed(1), placed(2, 1, until_day=DAY), placed(2, 1, from_day=DAY), placed(3, 1, until_day=END)]
    assert change_days(rows) == [START, END]


def test_an_empty_span_is_never_in_force_and_changes_nothing():
    rows = [placed(1), placed(2, 1, from_day=DAY, until_day=DAY)]
    assert change_days(rows) == [START]
    assert list(OrgTree.on(DAY, rows).units) == [1]


def test_the_day_of_a_tree_is_the_latest_change_up_to_that_day():
    rows = [placed(1), placed(2, 1, until_day=END)]
    assert day_of_tree(date(2019, 12, 31), rows) == date.min
    assert day_of_tree(START, rows) == START
    assert day_of_tree(END - timedelta(days=1), rows) == START
    assert day_of_tree(END, rows) == END


@st.composite
def histories(draw):
    """Units that come, go and move over a few days; a superior always has a smaller number and lasts."""
    days = [START + timedelta(days=n) for n in range(6)]
    rows = [placed(0, None, "centre", days[0])]
    lasting = [0]
    for unit in range(1, draw(st.integers(1, 14))):
        cuts = sorted(draw(st.sets(st.sampled_from(days), min_size=1, max_size=3)))
        open_ended = draw(st.booleans())
        if unit % 2:
            cuts, open_ended = [days[0], *[day for day in cuts if day > days[0]]], True
        for index, cut in enumerate(cuts):
            until = cuts[index + 1] if index + 1 < len(cuts) else None if open_ended else cut + timedelta(days=1)
            parent = draw(st.sampled_from([None, *lasting]))
            level = draw(st.sampled_from(["province", "district", "cell"]))
            rows.append(placed(unit, parent, level, cut, until, draw(st.sampled_from(["", "a", "b"]))))
        if unit % 2:
            lasting.append(unit)
    return draw(st.permutations(rows)), days


def naive_above(unit, rows):
    above = rows[unit].parent
    return [] if above is None else [above, *naive_above(above, rows)]


def naive_preorder(parent, rows):
    found = []
    for child in sorted((one for one in rows.values() if one.parent == parent), key=lambda one: (one.order, one.unit)):
        found += [child.unit, *naive_preorder(child.unit, rows)]
    return found


@settings(max_examples=150, deadline=None)
@given(histories())
def test_the_tree_of_every_day_agrees_with_a_naive_one(history):
    placements, days = history
    for day in days:
        rows = {one.unit: one for one in placements if one.is_on(day)}
        tree = OrgTree.on(day, placements)
        assert list(tree.units) == naive_preorder(None, rows)
        assert len(tree) == len(rows)
        for unit, row in rows.items():
            assert tree.unit_at(tree.position(unit)) == unit
            assert (tree.parent(unit), tree.level(unit)) == (row.parent, row.level)
            assert list(tree.ancestors(unit)) == naive_above(unit, rows)
            assert tree.depth(unit) == len(tree.ancestors(unit))
            below = {other for other in rows if unit in naive_above(other, rows)}
            assert {tree.unit_at(position) for position in tree.subtree(unit)} == below | {unit}
            assert tree.size(unit) == len(below) + 1
            assert {other for other in rows if tree.is_below(other, unit)} == below
            assert tree.children(unit) == tuple(one for one in tree.units if rows[one].parent == unit)
            for level in ("province", "district", "cell"):
                of_level = [other for other in tree.units if rows[other].level == level]
                assert list(tree.at_level(level)) == of_level
                assert list(tree.at_level(level, below=unit)) == [other for other in of_level if other in below]
            path = paths(tree)[unit]
            assert {other for other, way in paths(tree).items() if way.startswith(path)} == below | {unit}


@settings(max_examples=150, deadline=None)
@given(histories())
def test_between_two_change_days_the_tree_stays_the_same(history):
    placements, days = history
    changes = set(change_days(placements))
    for yesterday, today in pairwise(days):
        trees = [OrgTree.on(day, placements) for day in (yesterday, today)]
        rows = [{one.unit: replace(one, from_day=START, until_day=None) for one in placements if one.is_on(day)}
                for day in (yesterday, today)]  # fmt: skip
        assert (today in changes) == (rows[0] != rows[1])
        if today not in changes:
            assert trees[0].signature == trees[1].signature
            assert day_of_tree(today, placements) == day_of_tree(yesterday, placements)
