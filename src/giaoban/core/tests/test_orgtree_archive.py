"""The past of a unit that has ended is kept by whoever keeps it now."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from giaoban.core.orgtree import OrgTree, Placed, paths
from giaoban.core.orgtree.archive import keepers, paths_with_past

START, FIRST, SECOND = date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)
TODAY = date(2023, 1, 1)


def placed(unit, parent, *, from_day=START, until_day=None):
    return Placed(unit, parent, "", from_day, until_day)


def written(*placements, successors=None):
    tree = OrgTree.on(TODAY, placements)
    ended = [one for one in placements if one.until_day is not None]
    return paths_with_past(tree, kept=keepers(tree, ended=ended, successors=successors or {}))


def test_a_merged_unit_lies_below_its_successor_and_a_closed_one_below_whom_it_hung_under():
    told = written(
        placed(1, None), placed(2, 1), placed(3, 1, until_day=FIRST), placed(4, 2, until_day=FIRST), successors={3: 2}
    )
    assert told[3] == "/1/2/3/"
    assert told[4] == "/1/2/4/"


def test_whoever_succeeded_a_successor_keeps_the_past_of_both():
    told = written(
        placed(1, None),
        placed(5, 1),
        placed(3, 1, until_day=FIRST),
        placed(4, 1, until_day=SECOND),
        successors={3: 4, 4: 5},
    )
    assert (told[3], told[4]) == ("/1/5/4/3/", "/1/5/4/")


def test_the_past_goes_where_its_keeper_is_moved():
    told = written(
        placed(1, None),
        placed(2, 1),
        placed(3, 1, until_day=SECOND),
        placed(3, 2, from_day=SECOND),
        placed(4, 3, until_day=FIRST),
    )
    assert told[4] == "/1/2/3/4/"


def test_a_unit_that_came_back_has_its_place_in_the_tree():
    told = written(placed(1, None), placed(2, 1, until_day=FIRST), placed(2, 1, from_day=SECOND))
    assert told == {1: "/1/", 2: "/1/2/"}


def test_a_top_unit_that_ended_without_a_successor_is_reached_by_nobody():
    assert written(placed(1, None), placed(9, None, until_day=FIRST)) == {1: "/1/"}


@given(st.data())
def test_whoever_reaches_the_keeper_reaches_the_past(data):
    units = range(2, data.draw(st.integers(3, 12)))
    placements = [placed(1, None)]
    for unit in units:
        parent = data.draw(st.sampled_from([one.unit for one in placements if one.until_day is None]))
        ends = data.draw(st.booleans()) and unit > 2
        placements.append(placed(unit, parent, until_day=FIRST if ends else None))
    told = written(*placements)
    tree = OrgTree.on(TODAY, placements)
    assert {unit: path for unit, path in told.items() if unit in tree} == paths(tree)
    for one in placements:
        if one.parent is not None:
            assert told[one.unit] == f"{told[one.parent]}{one.unit}/"
