"""The tree of a day: who stands below whom, as arrays in preorder.

Units are numbered from 0 in preorder (a unit first, then everything below it), so all units below
one unit are one contiguous range of positions and a total is the sum of a slice. A tree is built
from dated placements, never changes, and knows nothing of names. Several roots are allowed: a
system may serve bodies that have no common superior; most have one.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from operator import attrgetter
from typing import ClassVar, Final

from giaoban.core.orgtree.arrays import Arrays, Places, rising
from giaoban.core.refusal import Kind, Refusal
from giaoban.core.text_vi.dates import write_day

NO_PARENT: Final = -1


class PlacedTwice(Refusal):
    says = (
        "Đơn vị {unit} có hai vị trí trong cây tổ chức ngày {day}; hãy kết thúc một vị trí trước khi thêm vị trí mới."
    )


class ParentMissing(Refusal):
    says = (
        "Đơn vị {unit} trực thuộc đơn vị {parent}, nhưng đơn vị {parent} không có trong cây tổ chức ngày {day}; "
        "hãy chọn cấp trên khác hoặc sửa thời gian của đơn vị {parent}."
    )


class Ring(Refusal):
    says = (
        "Các đơn vị {ring} là cấp trên của nhau thành vòng kín ngày {day}; hãy sửa cấp trên của một đơn vị trong vòng."
    )


class NotInTree(Refusal):
    kind: ClassVar[Kind] = Kind.MISSING
    says = "Đơn vị {unit} không có trong cây tổ chức của ngày này; hãy chọn ngày khác hoặc đơn vị khác."


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a unit hangs from `from_day` up to, not including, `until_day` (None: still).

    `parent` None makes it a root. Siblings stand in the order of (`order`, `unit`).
    """

    unit: int
    parent: int | None
    level: str
    from_day: date
    until_day: date | None
    order: str = ""

    def is_on(self, day: date) -> bool:
        """Is the placement in force on that day?"""
        return self.from_day <= day and (self.until_day is None or day < self.until_day)


class OrgTree:
    """An immutable tree; build it with `OrgTree.on`.

    Positions count from 0 in preorder. Methods that take a unit raise NotInTree for a unit without
    a place on the tree's day.
    """

    def __init__(self, *, units: array[int], parents: array[int], levels: Sequence[str]) -> None:
        """Take units in preorder, each with its parent's position (-1 for a root) and level."""
        names = tuple(sorted(set(levels)))
        number = {name: at for at, name in enumerate(names)}
        sizes, depths = _measured(parents)
        self._take(units, parents, array("H", map(number.__getitem__, levels)), sizes, depths)
        self.level_names = names
        self._places = Places(self.units)

    @classmethod
    def of(cls, arrays: Arrays) -> OrgTree:
        """The tree these arrays were taken from, without any work."""
        tree = cls.__new__(cls)
        tree._take(arrays.units, arrays.parents, arrays.levels, arrays.sizes, arrays.depths)
        tree.level_names = arrays.level_names
        tree._places = Places(tree.units, (arrays.ordered, arrays.places))
        tree.__dict__["signature"] = arrays.signature
        return tree

    def _take(self, *numbers: array[int] | memoryview) -> None:
        views = (memoryview(one).toreadonly() for one in numbers)
        self._units, self._parents, self._level_numbers, self._sizes, self._depths = views

    def arrays(self) -> Arrays:
        """Everything the tree is made of, to be written down."""
        ordered, places = rising(self.units)
        return Arrays(
            *(self._units, self._parents, self._level_numbers, self._sizes, self._depths),
            *(memoryview(ordered), memoryview(places)),
            level_names=self.level_names,
            signature=self.signature,
        )

    @classmethod
    def on(cls, day: date, placements: Iterable[Placed]) -> OrgTree:
        """Build the tree of a day from placements of any days, in any order.

        Raises PlacedTwice, ParentMissing or Ring when the placements of that day are no forest.
        """
        placed = [placement for placement in placements if placement.is_on(day)]
        placed.sort(key=attrgetter("unit"))
        placed.sort(key=attrgetter("order"))  # a sort keeps the order of equals, and two are quicker than one by pairs
        units, parents = _preorder(placed, day)
        level_of = {placement.unit: placement.level for placement in placed}
        return cls(units=units, parents=parents, levels=[level_of[unit] for unit in units])

    def __len__(self) -> int:
        return len(self._units)

    def __contains__(self, unit: object) -> bool:
        return isinstance(unit, int) and self._places.get(unit) is not None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OrgTree) and self.signature == other.signature

    def __hash__(self) -> int:
        return hash(self.signature)

    @property
    def units(self) -> Sequence[int]:
        """Unit ids in preorder: a read-only view of signed 64-bit integers."""
        return self._units

    @property
    def parent_positions(self) -> Sequence[int]:
        """The position of each unit's parent, -1 for a root: a read-only view of C ints."""
        return self._parents

    @property
    def sizes(self) -> Sequence[int]:
        """How many units each subtree holds, its head included: a read-only view of C ints."""
        return self._sizes

    @property
    def depths(self) -> Sequence[int]:
        """How many units stand above each unit: a read-only view of C ints."""
        return self._depths

    @property
    def level_numbers(self) -> Sequence[int]:
        """Each unit's level as a number of `level_names`: a read-only view of unsigned 16-bit integers."""
        return self._level_numbers

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """Each unit's level code, in preorder."""
        return tuple(map(self.level_names.__getitem__, self._level_numbers))

    @cached_property
    def signature(self) -> str:
        """A hash that is equal for equal trees: same units, same parents, same order, same levels."""
        digest = sha256()
        for numbers in (self._units, self._parents):
            stable = array(numbers.format, numbers)
            if sys.byteorder == "big":
                stable.byteswap()
            digest.update(len(stable).to_bytes(8, "little"))
            digest.update(stable.tobytes())
        codes = [len(name.encode()).to_bytes(4, "little") + name.encode() for name in self.level_names]
        digest.update(b"".join(map(codes.__getitem__, self._level_numbers)))
        return digest.hexdigest()

    def position(self, unit: int) -> int:
        """Where the unit stands in preorder."""
        place = self._places.get(unit)
        if place is None:
            raise NotInTree(unit=unit)
        return place

    def unit_at(self, position: int) -> int:
        """Which unit stands there; raises IndexError outside 0..len-1."""
        if position < 0:
            raise IndexError(position)
        return self._units[position]

    def parent(self, unit: int) -> int | None:
        """The unit directly above, None for a root."""
        above = self._parents[self.position(unit)]
        return None if above == NO_PARENT else self._units[above]

    def level(self, unit: int) -> str:
        """The unit's level code."""
        return self.level_names[self._level_numbers[self.position(unit)]]

    def depth(self, unit: int) -> int:
        """How many units stand above it; 0 for a root."""
        return self._depths[self.position(unit)]

    def size(self, unit: int) -> int:
        """How many units its subtree holds, itself included."""
        return self._sizes[self.position(unit)]

    def subtree(self, unit: int) -> range:
        """The positions of the unit and of everything below it, one contiguous run."""
        first = self.position(unit)
        return range(first, first + self._sizes[first])

    @cached_property
    def roots(self) -> tuple[int, ...]:
        """The units without a superior, in order."""
        return self._siblings_from(0, len(self))

    def children(self, unit: int) -> tuple[int, ...]:
        """The units directly below, in order."""
        run = self.subtree(unit)
        return self._siblings_from(run.start + 1, run.stop)

    def ancestors(self, unit: int) -> tuple[int, ...]:
        """The units above, nearest first."""
        above = []
        position = self._parents[self.position(unit)]
        while position != NO_PARENT:
            above.append(self._units[position])
            position = self._parents[position]
        return tuple(above)

    def is_below(self, unit: int, above: int) -> bool:
        """Does `unit` stand anywhere below `above`? No unit stands below itself."""
        return unit != above and self.position(unit) in self.subtree(above)

    def positions_at_level(self, level: str) -> Sequence[int]:
        """Where the units of a level stand, in order: a read-only view of C ints."""
        return memoryview(self._positions_of_level.get(level, array("i"))).toreadonly()

    def at_level(self, level: str, *, below: int | None = None) -> tuple[int, ...]:
        """The units of a level in preorder, of the whole tree or strictly below one unit."""
        positions = self._positions_of_level.get(level, array("i"))
        if below is not None:
            run = self.subtree(below)
            positions = positions[bisect_right(positions, run.start) : bisect_left(positions, run.stop)]
        return tuple(self._units[position] for position in positions)

    @cached_property
    def _positions_of_level(self) -> Mapping[str, array[int]]:
        found: dict[str, array[int]] = {}
        for position, level in enumerate(self.levels):
            found.setdefault(level, array("i")).append(position)
        return found

    def _siblings_from(self, position: int, stop: int) -> tuple[int, ...]:
        found = []
        while position < stop:
            found.append(self._units[position])
            position += self._sizes[position]
        return tuple(found)


def paths(tree: OrgTree) -> dict[int, str]:
    """Write every unit's way down from its root, itself included, as «/1/57/».

    A unit stands in the subtree of another when its path begins with the other's, which makes
    "everything below" a prefix search in SQL.
    """
    written: list[str] = []
    for unit, above in zip(tree.units, tree.parent_positions, strict=True):
        written.append(f"{'/' if above == NO_PARENT else written[above]}{unit}/")
    return dict(zip(tree.units, written, strict=True))


def change_days(placements: Iterable[Placed]) -> list[date]:
    """The days on which some unit appears, leaves or hangs differently, in order.

    Between two of them the tree does not change. A placement that continues an identical one is
    no change, nor is one whose span is empty.
    """
    lasting = [one for one in placements if one.until_day is None or one.from_day < one.until_day]
    often = {unit for unit, count in Counter(map(attrgetter("unit"), lasting)).items() if count > 1}
    found = {day for one in lasting if one.unit not in often for day in (one.from_day, one.until_day) if day}
    net: Counter[tuple[date, int, int | None, str, str]] = Counter()
    for one in lasting:
        if one.unit in often:
            place = (one.unit, one.parent, one.level, one.order)
            net[one.from_day, *place] += 1
            if one.until_day is not None:
                net[one.until_day, *place] -= 1
    return sorted(found | {key[0] for key, change in net.items() if change})


def day_of_tree(day: date, placements: Iterable[Placed]) -> date:
    """The latest change day not after `day`: two days with the same answer have the same tree.

    Before the first change there is only the empty tree, whose day is `date.min`.
    """
    days = change_days(placements)
    index = bisect_right(days, day)
    return days[index - 1] if index else date.min


def _preorder(placed: Sequence[Placed], day: date) -> tuple[array[int], array[int]]:
    """Units and positions of parents in preorder, from placements of a day with siblings in their order."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for placement in placed:
        below[placement.parent].append(placement.unit)
    above_of = {placement.unit: placement.parent for placement in placed}
    if len(above_of) < len(placed):
        (twice, _), *_ = Counter(map(attrgetter("unit"), placed)).most_common(1)
        raise PlacedTwice(unit=twice, day=write_day(day))
    if not below.keys() - {None} <= above_of.keys():
        orphan = next(one for one in placed if one.parent is not None and one.parent not in above_of)
        raise ParentMissing(unit=orphan.unit, parent=orphan.parent, day=write_day(day))

    units, parents = array("q"), array("i")
    waiting = [(iter(below.pop(None, ())), NO_PARENT)]
    while waiting:
        siblings, above = waiting[-1]
        for unit in siblings:
            units.append(unit)
            parents.append(above)
            if unit in below:
                waiting.append((iter(below.pop(unit)), len(units) - 1))
                break
        else:
            waiting.pop()
    if below:
        raise Ring(ring=_ring(above_of, reached=set(units)), day=write_day(day))
    return units, parents


def _ring(above_of: Mapping[int, int | None], *, reached: set[int]) -> str:
    """Name one ring. Whoever no root reaches has only such units above, so the way up must close."""
    unit = min(above_of.keys() - reached)
    seen: dict[int, int] = {}
    while unit not in seen:
        seen[unit] = len(seen)
        above = above_of[unit]
        if above is None:
            raise AssertionError("a unit that no root reaches cannot lead to a root")
        unit = above
    ring = list(seen)[seen[unit] :]
    return " → ".join(str(one) for one in [*ring, unit])


def _measured(parents: Sequence[int]) -> tuple[array[int], array[int]]:
    sizes = array("i", [1]) * len(parents)
    depths = array("i", [0]) * len(parents)
    for position, above in enumerate(parents):
        if above != NO_PARENT:
            depths[position] = depths[above] + 1
    for position in range(len(parents) - 1, -1, -1):
        above = parents[position]
        if above != NO_PARENT:
            sizes[above] += sizes[position]
    return sizes, depths
