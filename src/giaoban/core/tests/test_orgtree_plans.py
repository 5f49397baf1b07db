"""Plans to reorganise: what they make of a tree, against a tree of nested dictionaries changed by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.core.orgtree import OrgTree, Placed
from giaoban.core.orgtree.lineage import Exactness, Passage, Passing, gathered, lineage
from giaoban.core.orgtree.plans import WHOLE, Change, Kind, named, reshape

START, DAY, LATER = date(2020, 1, 1), date(2025, 7, 1), date(2026, 1, 1)
RANKS = {"centre": 1, "province": 2, "district": 3, "commune": 4}
LEVELS = list(RANKS)


def placed(unit, parent, level, from_day=START, until_day=None):
    return Placed(unit, parent, level, from_day, until_day, f"{unit:03}")


COUNTRY = {
    one.unit: one
    for one in (
        placed(1, None, "centre"),
        placed(10, 1, "province"),
        placed(20, 1, "province"),
        placed(11, 10, "district"),
        placed(12, 10, "district"),
        placed(21, 20, "district"),
        placed(111, 11, "commune"),
        placed(112, 11, "commune"),
        placed(121, 12, "commune"),
        placed(211, 21, "commune"),
    )
}


class Called(dict):
    def __missing__(self, unit):
        return f"đơn vị {unit}"


def planned(*changes, standing=None, within=None, day=DAY):
    numbered = [Change(f"thay đổi {number}", *change) for number, change in enumerate(changes, 1)]
    return reshape(day=day, standing=standing or COUNTRY, changes=numbered, ranks=RANKS, within=within)


def faults(*changes, **more):
    return [(fault.place, str(fault)) for fault in named(planned(*changes, **more).faults, Called())]


def test_a_merged_unit_ends_and_its_heir_takes_over_what_hung_below():
    after = planned((Kind.MERGE, 12, 11))

    assert not after.faults
    assert after.tree.children(11) == (111, 112, 121)
    assert 12 not in after.tree
    assert after.begun == {121}
    assert after.standing[121].from_day == DAY


def test_several_units_merge_into_a_new_one():
    after = planned((Kind.FOUND, -1, 1, "province", "015"), (Kind.MERGE, 10, -1), (Kind.MERGE, 20, -1))

    assert after.tree.children(1) == (-1,)
    assert after.tree.children(-1) == (11, 12, 21)


def test_districts_are_closed_and_their_communes_hang_under_the_province():
    after = planned((Kind.CLOSE, 11, 10), (Kind.CLOSE, 12, 10))

    assert after.tree.children(10) == (111, 112, 121)
    assert after.heirs == {11: 10, 12: 10}


def test_what_is_moved_by_name_does_not_go_with_its_old_superior():
    after = planned((Kind.MERGE, 12, 11), (Kind.MOVE, 121, 21))

    assert after.tree.parent(121) == 21


def test_a_split_unit_leaves_its_parts_to_be_placed():
    told = faults(
        (Kind.FOUND, -1, 10, "district"), (Kind.FOUND, -2, 10, "district"), (Kind.SPLIT, 11, -1), (Kind.SPLIT, 11, -2)
    )
    assert [place for place, _ in told] == ["thay đổi 3", "thay đổi 3"]
    assert "đơn vị 111 trực thuộc đơn vị 11 là đơn vị kết thúc" in told[0][1]


@pytest.mark.parametrize(
    ("changes", "place", "says"),
    [
        ([(Kind.MOVE, 10, 11)], "thay đổi 1", "vòng kín"),
        ([(Kind.MOVE, 11, 12), (Kind.MOVE, 12, 11)], "thay đổi 1", "đơn vị 11 → đơn vị 12 → đơn vị 11"),
        ([(Kind.CLOSE, 11)], "thay đổi 1", "đơn vị 111 trực thuộc đơn vị 11 là đơn vị kết thúc"),
        ([(Kind.MERGE, 99, 11)], "thay đổi 1", "không có trong cây tổ chức ngày 1-7-2025"),
        ([(Kind.MERGE, 11, 99)], "thay đổi 1", "đơn vị 99 không có trong cây"),
        ([(Kind.MERGE, 11, 11)], "thay đổi 1", "hai đơn vị của thay đổi là một"),
        ([(Kind.MERGE, 11, 12), (Kind.MERGE, 12, 21)], "thay đổi 1", "cũng kết thúc trong phương án"),
        ([(Kind.MERGE, 12, 11), (Kind.MOVE, 12, 20)], "thay đổi 2", "đã có thay đổi khác ở thay đổi 1"),
        ([(Kind.MERGE, 12, 11), (Kind.RENAME, 12)], "thay đổi 2", "kết thúc ở thay đổi 1"),
        ([(Kind.FOUND, 11, 1, "district")], "thay đổi 1", "đã có trong cây tổ chức"),
        ([(Kind.FOUND, -1, 1, "x")], "thay đổi 1", "Cấp «x» không có"),
        ([(Kind.FOUND, -1, None, "district")], "thay đổi 1", "chưa ghi đơn vị kia"),
        ([(Kind.FOUND, -1, 11, "province")], "thay đổi 1", "không dưới cấp «district»"),
        ([(Kind.LEVEL, 11, None, "commune")], "thay đổi 1", "đơn vị 111 ở cấp «commune» không dưới cấp «commune»"),
        ([(Kind.LEVEL, 11, None, "district")], "thay đổi 1", "đã ở cấp này"),
        ([(Kind.MOVE, 11, 10)], "thay đổi 1", "đã trực thuộc"),
        ([(Kind.CLOSE, 1)], "thay đổi 1", "là đơn vị cao nhất"),
        ([(Kind.SPLIT, 121, 111)], "thay đổi 1", "ít nhất hai đơn vị kế thừa"),
        (
            [(Kind.SPLIT, 121, 111, "", "", 400_000), (Kind.SPLIT, 121, 112, "", "", 500_000)],
            "thay đổi 2",
            "cộng lại phải bằng 100%",
        ),
        ([(Kind.TRANSFER, 121, 111, "", "", WHOLE)], "thay đổi 1", "nhỏ hơn 100%"),
    ],
)
def test_every_fault_is_told_at_the_change_to_be_mended(changes, place, says):
    told = faults(*changes)
    assert told
    assert told[0][0] == place
    assert says in told[0][1]


def test_a_plan_changes_nothing_outside_its_part_of_the_tree():
    assert "không nằm dưới đơn vị 10" in faults((Kind.MERGE, 21, 11), within=10)[0][1]
    assert "không thuộc phần cây" in faults((Kind.MOVE, 11, 20), within=10)[0][1]
    assert "không nằm dưới đơn vị 10" in faults((Kind.RENAME, 10), within=10)[0][1]
    assert not faults((Kind.MERGE, 12, 11), within=10)
    assert not faults((Kind.RENAME, 1), within=1)


def test_what_changed_on_the_day_or_will_change_later_is_refused():
    began = COUNTRY | {121: placed(121, 12, "commune", from_day=DAY)}
    ends = COUNTRY | {121: placed(121, 12, "commune", until_day=LATER)}

    assert "mới đặt ở vị trí này từ ngày 1-7-2025" in faults((Kind.MOVE, 121, 11), standing=began)[0][1]
    assert "từ ngày 1-7-2025" in faults((Kind.MERGE, 12, 11), standing=began)[0][1]  # taken over with its superior
    assert "đã có thay đổi khác từ ngày 1-1-2026" in faults((Kind.CLOSE, 121), standing=ends)[0][1]


@st.composite
def forests(draw):
    """Placements of a random organisation: every unit one level below its superior."""
    standing = {1: placed(1, None, "centre")}
    for unit in range(2, draw(st.integers(4, 14))):
        above = [one for one in standing.values() if one.level != "commune"]
        parent = draw(st.sampled_from(above))
        standing[unit] = placed(unit, parent.unit, LEVELS[LEVELS.index(parent.level) + 1])
    return standing


@st.composite
def plans(draw, standing, new=-1):
    """Changes that may or may not fit together."""
    units = [unit for unit in standing if unit != 1]
    changes = []
    if not units:
        return changes
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(
            st.sampled_from([Kind.MERGE, Kind.MERGE, Kind.CLOSE, Kind.MOVE, Kind.TRANSFER, Kind.SPLIT, Kind.FOUND])
        )
        unit, other = draw(st.sampled_from(units)), draw(st.sampled_from([1, *units]))
        if kind is Kind.FOUND and standing[other].level != "commune":
            changes.append((kind, new, other, LEVELS[LEVELS.index(standing[other].level) + 1]))
            new -= 1
        elif kind is Kind.SPLIT:
            second = draw(st.sampled_from(units))
            share = draw(st.one_of(st.none(), st.integers(1, WHOLE - 1)))
            changes.append((kind, unit, other, "", "", share))
            changes.append((kind, unit, second, "", "", None if share is None else WHOLE - share))
        elif kind is Kind.TRANSFER:
            share = draw(st.one_of(st.none(), st.integers(1, WHOLE - 1)))
            changes.append((kind, unit, other, "", "", share))
        elif kind is not Kind.FOUND:
            changes.append((kind, unit, other))
    return changes


def nested(standing):
    """The same organisation as dictionaries within dictionaries, by unit."""
    below = {unit: {} for unit in standing}
    for unit, one in standing.items():
        if one.parent is not None:
            below[one.parent][unit] = below[unit]
    return below


def by_hand(standing, changes):
    """Each change done on nested dictionaries: cut a branch off, hang it elsewhere."""
    node = nested(standing)
    above = {unit: one.parent for unit, one in standing.items()}
    moves = {unit: other for kind, unit, other, *_ in changes if kind is Kind.MOVE}
    for kind, unit, other, *_ in changes:
        if kind is Kind.FOUND:
            node[unit] = node[other][unit] = {}
    for unit, other in moves.items():
        node[other][unit] = node[above[unit]].pop(unit)
    for kind, unit, other, *_ in changes:
        if kind in {Kind.MERGE, Kind.CLOSE}:
            node[other].update(node[unit])
    for kind, unit, *_ in changes:
        if kind in {Kind.MERGE, Kind.CLOSE, Kind.SPLIT}:
            for each in node.values():
                each.pop(unit, None)
    return {1: node[1]}


def as_nested(tree, units):
    return {unit: as_nested(tree, tree.children(unit)) for unit in units}


@given(st.data())
def test_a_plan_without_fault_gives_the_tree_that_hands_would_give(data):
    standing = data.draw(forests())
    changes = data.draw(plans(standing))
    after = planned(*changes, standing=standing)
    if after.faults:
        return
    assert as_nested(after.tree, after.tree.roots) == by_hand(standing, changes)
    for unit, one in standing.items():
        assert (unit in after.ended) == (unit not in after.tree)
        assert (unit in after.begun) == (unit in after.tree and after.standing[unit] != one)


@given(st.data())
def test_whatever_the_changes_a_plan_is_refused_or_gives_a_tree(data):
    standing = data.draw(forests())
    after = planned(*data.draw(plans(standing)), standing=standing)
    if not after.faults:
        tree = after.tree
        for unit in tree.units:
            parent = tree.parent(unit)
            assert parent is None or RANKS[tree.level(unit)] > RANKS[tree.level(parent)]


def passages(changes, day, standing=COUNTRY):
    kinds = {Kind.MERGE: Passing.MERGE, Kind.SPLIT: Passing.SPLIT, Kind.TRANSFER: Passing.TRANSFER}
    for kind, unit, other, *more in changes:
        if kind in kinds:
            yield Passage(unit, other, day, kinds[kind], more[2] if more else None)
        elif kind is Kind.CLOSE:
            yield Passage(unit, standing[unit].parent, day, Passing.CLOSE)


def handed_on(masses, changes, standing):
    """Forward: each unit holds shares of the figures of units that were; a plan hands them on.

    A closed unit leaves what it holds to its superior first, the deepest first.
    """
    masses = {unit: Counter(mass) for unit, mass in masses.items()}
    tree = OrgTree.on(DAY, [Placed(*tuple_of(one)) for one in standing.values()])
    closed = {change[1] for change in changes if change[0] is Kind.CLOSE}
    for unit in reversed(tree.units):
        if unit in closed:
            masses.setdefault(tree.parent(unit), Counter()).update(masses.pop(unit, {}))
    after = {unit: Counter(mass) for unit, mass in masses.items()}
    for kind, unit, other, *more in changes:
        share = Fraction(more[2], WHOLE) if kind in {Kind.SPLIT, Kind.TRANSFER} else Fraction(1)
        if kind in {Kind.MERGE, Kind.SPLIT, Kind.TRANSFER}:
            for origin, amount in masses.get(unit, {}).items():
                after.setdefault(other, Counter())[origin] += amount * share
                after[unit][origin] -= amount * share
    return after


def tuple_of(one):
    return one.unit, one.parent, one.level, START, None, one.order


@settings(deadline=None)
@given(st.data())
def test_what_a_unit_was_made_of_is_what_was_handed_on_to_it(data):
    """Two plans forward, by hand; the lineage backward. Shares are all stated here."""
    standing = data.draw(forests())
    start = OrgTree.on(DAY, standing.values())
    masses = {unit: Counter({unit: Fraction(1)}) for unit in standing}
    passed, new = [], -1
    for day in (DAY, LATER):
        changes = data.draw(plans(standing, new))
        changes = [(*one[:5], one[5] or WHOLE // 2) if len(one) == 6 else one for one in changes]
        after = planned(*changes, standing=standing, day=day)
        if after.faults:
            continue
        passed += passages(changes, day, standing)
        masses = handed_on(masses, changes, standing)
        standing, new = dict(after.standing), new - 10
    tree = OrgTree.on(LATER, standing.values())
    for unit in tree.units:
        expected = Counter()
        for position in tree.subtree(unit):
            expected.update(masses.get(tree.unit_at(position), {}))
        found = lineage(unit=unit, before=start, after=tree, passages=passed)
        assert spread(found.parts, start) == {origin: share for origin, share in expected.items() if share}
        fewer = gathered(found.parts, start)
        assert spread(fewer, start) == spread(found.parts, start)
        assert sum(1 + len(part.without) for part in fewer) <= len(found.parts)
        shares = set(spread(found.parts, start).values())
        is_exact = shares == {Fraction(1)}
        wanted = Exactness.NONE if not shares else Exactness.EXACT if is_exact else Exactness.BY_SHARE
        assert found.exactness is wanted


def spread(parts, before):
    """Parts as single units."""
    shares = {}
    for part in parts:
        if part.is_subtree:
            lacking = {place for unit in part.without for place in before.subtree(unit)}
            held = set(before.subtree(part.unit)) - lacking
            shares |= {before.unit_at(place): Fraction(1) for place in held}
        else:
            shares[part.unit] = part.share
    return shares


@given(st.data())
def test_totals_are_conserved_over_mergers_and_moves(data):
    """Every figure of before stands under the top afterwards, once."""
    standing = data.draw(forests())
    figures = {unit: data.draw(st.integers(0, 1_000)) for unit in standing}
    changes = [one for one in data.draw(plans(standing)) if one[0] in {Kind.MERGE, Kind.MOVE, Kind.FOUND}]
    after = planned(*changes, standing=standing)
    if after.faults:
        return
    start = OrgTree.on(DAY, standing.values())
    heads = after.tree.children(1)
    own = [figures[1], *(figures[unit] for kind, unit, other, *_ in changes if kind is Kind.MERGE and other == 1)]
    below = [
        figures[origin]
        for head in heads
        for origin in spread(
            lineage(unit=head, before=start, after=after.tree, passages=passages(changes, DAY, standing)).parts, start
        )
    ]
    assert sum(own) + sum(below) == sum(figures.values())


def comparing(unit, *changes):
    after = planned(*changes)
    assert not after.faults, after.faults
    start = OrgTree.on(DAY, COUNTRY.values())
    return lineage(unit=unit, before=start, after=after.tree, passages=passages(changes, DAY))


def test_a_split_without_a_stated_share_is_not_comparable_and_no_guess_is_made():
    parts = [(Kind.FOUND, -1, 12, "commune"), (Kind.SPLIT, 111, 121), (Kind.SPLIT, 111, -1)]
    split = comparing(121, *parts)
    assert (split.exactness, split.parts) == (Exactness.NONE, ())
    assert {one.successor for one in split.unstated} == {121, -1}
    assert comparing(12, *parts).exactness is Exactness.EXACT  # both parts lie within it


def test_a_transfer_within_the_province_leaves_the_province_comparable():
    handed = [(Kind.TRANSFER, 11, 12, "", "", None)]
    assert comparing(12, *handed).exactness is Exactness.NONE
    assert comparing(11, *handed).exactness is Exactness.NONE
    assert comparing(10, *handed).exactness is Exactness.EXACT


def test_a_new_unit_without_predecessors_is_not_comparable():
    assert comparing(-1, (Kind.FOUND, -1, 10, "district")).exactness is Exactness.NONE


def test_a_closed_unit_stays_in_the_past_of_the_unit_it_hung_under():
    closed = [(Kind.CLOSE, 11, 10)]
    found = comparing(10, *closed)
    assert [(part.unit, part.is_subtree) for part in found.parts] == [(10, True)]


def test_a_unit_one_part_of_which_moved_away_is_told_with_what_it_lacks():
    after = planned((Kind.MOVE, 112, 12))
    start = OrgTree.on(DAY, COUNTRY.values())
    found = lineage(unit=11, before=start, after=after.tree, passages=())
    assert [part.unit for part in found.parts] == [11, 111]

    wide = {**COUNTRY, **{one: placed(one, 11, "commune") for one in range(113, 120)}}
    start = OrgTree.on(DAY, wide.values())
    after = planned((Kind.MOVE, 112, 12), standing=wide)
    found = lineage(unit=11, before=start, after=after.tree, passages=())
    assert len(found.parts) == 9
    assert [(part.unit, part.without) for part in gathered(found.parts, start)] == [(11, (112,))]
    assert not found.is_of(11)
