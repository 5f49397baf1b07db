"""One measure at every unit of a round's tree: the rules of measures over a matrix. No database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from giaoban.apps.rollups.models import Measure
from giaoban.apps.rollups.rules import Counted, Rule
from giaoban.core.formlang.column import Column
from giaoban.core.orgtree import OrgTree
from giaoban.core.rollup import Completeness, Everywhere, Layout, Matrix, Slots, SlotState

Group = Literal["yes", "no", "missing"]
GROUPS: tuple[Group, ...] = ("yes", "no", "missing")


class Sums(Protocol):
    """A round's columns added up at every unit: a matrix, or what was worked out from one before."""

    @property
    def layout(self) -> Layout: ...
    @property
    def slots(self) -> Slots: ...
    def field(self, column: Column, *, official: bool = False) -> Everywhere: ...
    def completeness(self, *, official: bool = False) -> Completeness: ...


class Numbers(Protocol):
    """A number for every position: an array, or what makes each where it is asked."""

    def __getitem__(self, place: Any, /) -> Any: ...


@dataclass(frozen=True)
class How:
    """The rule of a measure without its words."""

    rule: str
    field: str = ""
    base_field: str = ""
    level: str = ""

    @classmethod
    def of(cls, measure: Measure) -> How:
        return cls(measure.rule, measure.field, measure.base_field, measure.level.code if measure.level else "")

    @property
    def underlying(self) -> How:
        """The measure that says how far a single unit has come: for units all done, the reports they are made of."""
        if self.rule != Rule.COMPLETE:
            return self
        return replace(self, rule=Rule.SHARE if self.field else Rule.ANSWERED, level="")


@dataclass(frozen=True)
class Spread:
    """Parts, wholes and reports of every unit of the tree, by position. A measure without a base has no wholes."""

    tree: OrgTree
    parts: Numbers | None  # None: the form's version does not know the field
    known: Numbers  # where 0, nobody below has answered, and the part says nothing
    wholes: Numbers | None
    answered: Numbers
    expected: Numbers

    def at(self, unit: int) -> Counted:
        """The measure at one unit. Raises core.orgtree.NotInTree."""
        place = self.tree.position(unit)
        is_known = self.parts is not None and self.known[place] > 0
        return Counted(
            part=int(self.parts[place]) if self.parts is not None and is_known else None,
            whole=None if self.wholes is None else int(self.wholes[place]),
            answered=int(self.answered[place]),
            expected=int(self.expected[place]),
        )


def spread(how: How, matrix: Sums, *, official: bool = False) -> Spread:
    """The measure at every unit: live over what is submitted or accepted, official over what is accepted."""
    done = matrix.completeness(official=official)
    tree, counted, expected = matrix.slots.tree, done.counted, done.expected
    match how.rule:
        case Rule.ANSWERED:
            return Spread(tree, counted, expected, expected, counted, expected)
        case Rule.COMPLETE:
            done_units, owing_units = _complete(how, matrix, official=official)
            return Spread(tree, done_units, counted, owing_units, counted, expected)
    column = column_of(matrix, how.field)
    if column is None:
        return Spread(tree, None, counted, expected if how.rule == Rule.SHARE else None, counted, expected)
    field = matrix.field(column, official=official)
    if how.rule == Rule.SHARE:
        return Spread(tree, field.values, counted, expected, counted, expected)
    base = column_of(matrix, how.base_field) if how.rule == Rule.RATIO else None
    wholes: Numbers | None = None if base is None else matrix.field(base, official=official).values
    return Spread(tree, field.values, field.answered, wholes, counted, expected)


def column_of(matrix: Sums, field: str) -> Column | None:
    """The column of a field that has one number for each report."""
    columns = matrix.layout.fields.get(field)
    return matrix.layout.columns[columns.at[0]] if columns else None


def _complete(how: How, matrix: Sums, *, official: bool) -> tuple[Numbers, Numbers]:
    """At every unit: units of the level in its subtree (itself included) that are all done, and that owe anything."""
    tree = matrix.slots.tree
    below = spread(how.underlying, matrix, official=official)
    places = np.asarray(tree.positions_at_level(how.level), np.int64)
    expected = below.expected[places]
    is_done = np.zeros(len(places), bool) if below.parts is None else below.parts[places] == expected
    owing = expected > 0
    return _Within(tree, places[is_done & owing]), _Within(tree, places[owing])


def _places(tree: OrgTree, level: str) -> Sequence[int]:
    return tree.positions_at_level(level)


@dataclass(frozen=True)
class _Within:
    """How many of `places` (rising) lie in the subtree at a position; counted only where it is asked."""

    tree: OrgTree
    places: NDArray[np.int64]

    def __getitem__(self, place: int) -> int:
        first, last = np.searchsorted(self.places, [place, place + self.tree.sizes[place]])
        return int(last - first)


# ---------------------------------------------------------------- the units that make a figure up


@dataclass(frozen=True)
class Member:
    """One unit that makes a figure up: which group it stands in, and its own figure there."""

    unit: int
    group: Group
    value: int | None
    whole: int | None
    state: int  # core.rollup.SlotState of its own report


def members(how: How, matrix: Matrix, unit: int) -> Iterator[Member]:
    """Every unit that makes the figure of `unit` up, in the tree's order.

    The units that say yes are as many as the part; all together are the whole, or the units expected.
    """
    if how.rule == Rule.COMPLETE:
        yield from _levels_members(how, matrix, unit)
        return
    slots = matrix.slots
    run = slice(slots.lo(unit), slots.hi(unit))
    column = column_of(matrix, how.field) if how.field else None
    states = matrix.states[run].tolist()
    place = None if column is None else matrix.layout.index(column)
    blank = [None] * len(states)
    values = blank if place is None else matrix.values[place, run].tolist()
    answered = [False] * len(states) if place is None else matrix.answered[place, run].tolist()
    for one, state, value, is_answered in zip(slots.units[run].tolist(), states, values, answered, strict=True):
        says_yes = how.rule == Rule.ANSWERED or (is_answered and (how.rule != Rule.SHARE or value == 1))
        group: Group = "missing" if state < SlotState.SUBMITTED else "yes" if says_yes else "no"
        yield Member(one, group, value if is_answered else None, None, state)


def _levels_members(how: How, matrix: Matrix, unit: int) -> Iterator[Member]:
    below = spread(how.underlying, matrix)
    run = below.tree.subtree(unit)
    for place in _places(below.tree, how.level):
        if place not in run or below.expected[place] == 0:
            continue
        one = below.tree.unit_at(place)
        figure = below.at(one)
        is_done = figure.part == figure.whole
        group: Group = "yes" if is_done else "no" if figure.answered == figure.expected else "missing"
        yield Member(one, group, figure.part, figure.whole, SlotState.NOTHING)


def group_counts(how: How, matrix: Matrix, unit: int) -> dict[Group, int]:
    """How many units stand in each group, without going through them where sums already say it."""
    if how.rule == Rule.COMPLETE:
        return {**dict.fromkeys(GROUPS, 0), **Counter(member.group for member in members(how, matrix, unit))}
    all_over = spread(how, matrix)
    figure = all_over.at(unit)
    if how.rule in (Rule.SHARE, Rule.ANSWERED):
        says_yes = figure.part or 0
    else:
        says_yes = int(all_over.known[all_over.tree.position(unit)]) if all_over.parts is not None else 0
    return {"yes": says_yes, "no": figure.answered - says_yes, "missing": figure.expected - figure.answered}
