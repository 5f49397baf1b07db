"""A plan to reorganise: many changes meant for one day, checked as a whole and applied to the tree of that day.

All changes of a plan happen at once; their sequence means nothing. A plan with one fault changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

from giaoban.core.orgtree import OrgTree, Placed
from giaoban.core.refusal import Fault
from giaoban.core.text_vi.dates import write_day

WHOLE: Final = 1_000_000  # shares are parts per million
_ARROW: Final = " → "


class Kind(StrEnum):
    """What a change does to its unit; `other` is another unit in a part of its own for each kind."""

    FOUND = "found"  # hangs a new unit under `other`
    RENAME = "rename"
    MOVE = "move"  # under `other`, with everything below it
    LEVEL = "level"
    MERGE = "merge"  # ends in `other`, which takes over what hangs below
    SPLIT = "split"  # ends; `other` is one of its successors, one change for each
    TRANSFER = "transfer"  # gives a part to `other` and goes on
    CLOSE = "close"  # ends without a successor; `other`, when there is one, takes over what hangs below


ENDING: Final = frozenset({Kind.MERGE, Kind.SPLIT, Kind.CLOSE})
NEEDS_OTHER: Final = frozenset({Kind.FOUND, Kind.MOVE, Kind.MERGE, Kind.SPLIT, Kind.TRANSFER})
SHARED: Final = frozenset({Kind.SPLIT, Kind.TRANSFER})


@dataclass(frozen=True, slots=True)
class Change:
    """One intended change; `place` is what a fault calls it («thay đổi 3», «dòng 12»).

    A unit to be founded bears a number no other unit has, by custom a negative one. `share` is the part of the unit
    that goes to `other`, in parts per million, None when nobody has stated it.
    """

    place: str
    kind: Kind
    unit: int
    other: int | None = None
    level: str = ""
    order: str = ""
    share: int | None = None
    cells: Mapping[str, str] = field(default_factory=dict)  # «unit», «other», «level», «share» -> a nearer place

    def at(self, cell: str) -> str:
        """What a fault of one cell calls its place."""
        return self.cells.get(cell, self.place)

    @property
    def matter(self) -> str:
        """What the change touches of its unit: two changes of one matter contradict each other."""
        if self.kind in SHARED:
            return f"part for {self.other}"
        return "name" if self.kind is Kind.RENAME else "place"


@dataclass(frozen=True)
class Reshaped:
    """What a plan makes of the tree of its day; use it only when `faults` is empty.

    `standing` holds every unit's placement after the plan; those of `begun` are new and begin on `day`. `heirs` says
    who takes over what hung below a unit that ends.
    """

    day: date
    standing: Mapping[int, Placed]
    begun: frozenset[int]
    ended: frozenset[int]
    heirs: Mapping[int, int]
    faults: tuple[Fault, ...]

    @cached_property
    def tree(self) -> OrgTree:
        """The tree after the plan. Raises the refusals of OrgTree.on when the plan is not sound."""
        return OrgTree.on(self.day, self.standing.values())


def reshape(
    *,
    day: date,
    standing: Mapping[int, Placed],
    changes: Sequence[Change],
    ranks: Mapping[str, int],
    within: int | None = None,
) -> Reshaped:
    """Apply a plan to the placements in force on its day, one for each unit, and find every fault in it.

    `ranks` has a number for every level, smaller nearer the top; faults hold units by number, see `named`. With
    `within` a plan may change what stands strictly below that unit and hang things at it or below. A unit that begins
    exactly on `day` cannot be moved or ended: its placement would have no day. One pass over the tree.
    """
    ended = frozenset(change.unit for change in changes if change.kind in ENDING)
    heirs = {
        change.unit: change.other
        for change in changes
        if change.other is not None and change.kind in {Kind.MERGE, Kind.CLOSE}
    }
    after = _applied(day, standing, changes, ended, heirs)
    checks = _Checks(day, standing, changes, ranks, within, ended)
    faults = tuple(checks.of_changes()) or tuple(checks.of_tree(after))
    begun = frozenset(unit for unit, placed in after.items() if placed is not standing.get(unit))
    return Reshaped(day=day, standing=after, begun=begun, ended=ended, heirs=heirs, faults=faults)


def _applied(
    day: date,
    standing: Mapping[int, Placed],
    changes: Sequence[Change],
    ended: frozenset[int],
    heirs: Mapping[int, int],
) -> dict[int, Placed]:
    """Every change at once: who goes on keeps its place unless it is moved, raised or taken over by an heir."""
    after: dict[int, Placed] = {}
    for unit, placed in standing.items():
        if unit not in ended:
            heir = heirs.get(placed.parent) if placed.parent is not None else None
            after[unit] = placed if heir is None else replace(placed, parent=heir, from_day=day)
    for change in changes:
        placed_now = after.get(change.unit)
        if change.kind is Kind.FOUND:
            after[change.unit] = Placed(change.unit, change.other, change.level, day, None, change.order)
        elif placed_now and change.kind is Kind.MOVE:
            level = change.level or placed_now.level
            after[change.unit] = replace(placed_now, parent=change.other, level=level, from_day=day)
        elif placed_now and change.kind is Kind.LEVEL:
            after[change.unit] = replace(placed_now, level=change.level, from_day=day)
    return after


@dataclass(frozen=True)
class _Checks:
    """Everything that can be wrong with a plan, each told at the change that is to be mended."""

    day: date
    standing: Mapping[int, Placed]
    changes: Sequence[Change]
    ranks: Mapping[str, int]
    within: int | None
    ended: frozenset[int]

    def of_changes(self) -> Iterator[Fault]:
        """What is wrong with single changes, and with several changes of one unit."""
        of_unit: defaultdict[int, list[Change]] = defaultdict(list)
        for change in self.changes:
            of_unit[change.unit].append(change)
            yield from self._founding(change) if change.kind is Kind.FOUND else self._changing(change)
            yield from self._with_other(change)
            if (change.kind in {Kind.FOUND, Kind.LEVEL} or change.level) and change.level not in self.ranks:
                says = "Cấp «{level}» không có trong hệ thống; hãy dùng một trong các cấp: {levels}."
                yield Fault(change.at("level"), says, {"level": change.level, "levels": ", ".join(self.ranks)})
        for own in of_unit.values():
            yield from self._between(own)

    def of_tree(self, after: Mapping[int, Placed]) -> Iterator[Fault]:
        """What only shows on the tree after: units left without a superior, rings, levels upside down."""
        if rings := tuple(self._rings(after)):  # their levels are upside down as well, and nobody need be told
            yield from rings
            return
        place_of = {change.unit: change.place for change in reversed(self.changes)}
        for unit, placed in after.items():
            before = self.standing.get(unit)
            if placed.parent is None:
                continue
            if placed.parent in self.ended:
                says = "{unit} trực thuộc {parent} là đơn vị kết thúc; hãy thêm dòng điều chuyển cho {unit}."
                yield self._fault(place_of[placed.parent], says, unit=unit, parent=placed.parent)
                continue
            taken_from = before.parent if before else None
            place = next((place_of[one] for one in (unit, placed.parent, taken_from) if one in place_of), None)
            if place is None or (placed is before and after[placed.parent] is self.standing.get(placed.parent)):
                continue
            if before and placed is not before and unit not in place_of:
                yield from self._on_that_day(before, place)
            level, above = placed.level, after[placed.parent].level
            if self.ranks[level] <= self.ranks[above]:
                says = "{unit} ở cấp «{level}» không dưới cấp «{above}» của {parent}; hãy sửa cấp hoặc cấp trên."
                fault = self._fault(place, says, unit=unit, parent=placed.parent)
                yield replace(fault, values={**fault.values, "level": level, "above": above})

    def _founding(self, change: Change) -> Iterator[Fault]:
        if change.unit in self.standing:
            says = "{unit} đã có trong cây tổ chức; hãy dùng mã khác cho đơn vị mới."
            yield self._fault(change.at("unit"), says, unit=change.unit)

    def _changing(self, change: Change) -> Iterator[Fault]:
        placed = self.standing.get(change.unit)
        if placed is None:
            says = "{unit} không có trong cây tổ chức ngày {day}; hãy sửa mã hoặc ngày của phương án."
            yield self._fault(change.at("unit"), says, unit=change.unit, day=self.day)
        elif change.kind is Kind.RENAME and placed.parent is None:
            return  # nobody stands above the top, so its own keeper may name it
        elif self._scope is not None and change.unit not in self._scope:
            says = "{unit} không nằm dưới {top} nên không thuộc phương án này; hãy lập phương án ở cấp trên của đơn vị."
            yield self._fault(change.at("unit"), says, unit=change.unit, top=self.within)
        elif placed.parent is None:
            yield self._fault(change.at("unit"), "{unit} là đơn vị cao nhất nên chỉ đổi tên được.", unit=change.unit)
        elif change.kind is Kind.MOVE and placed.parent == change.other and change.level in {"", placed.level}:
            says = "{unit} đã trực thuộc {other}; hãy bỏ thay đổi này."
            yield self._fault(change.at("other"), says, unit=change.unit, other=change.other)
        elif change.kind is Kind.LEVEL and change.level == placed.level:
            yield self._fault(change.at("level"), "{unit} đã ở cấp này; hãy bỏ thay đổi này.", unit=change.unit)
        elif change.kind not in {Kind.RENAME, Kind.TRANSFER}:
            yield from self._on_that_day(placed, change.place)

    def _on_that_day(self, placed: Placed, place: str) -> Iterator[Fault]:
        """A placement that the plan ends must have begun before its day and must not be to end otherwise."""
        if placed.from_day >= self.day:
            says = "{unit} mới đặt ở vị trí này từ ngày {since}; hãy chọn ngày của phương án muộn hơn."
            yield self._fault(place, says, unit=placed.unit, since=placed.from_day)
        if placed.until_day is not None:
            says = "{unit} đã có thay đổi khác từ ngày {until}; hãy hoàn tác thay đổi ấy hoặc chọn ngày muộn hơn."
            yield self._fault(place, says, unit=placed.unit, until=placed.until_day)

    def _with_other(self, change: Change) -> Iterator[Fault]:
        unit, other = change.unit, change.other
        if other is None:
            if change.kind in NEEDS_OTHER:
                says = "{unit}: chưa ghi đơn vị kia của thay đổi; hãy điền mã đơn vị ấy."
                yield self._fault(change.at("other"), says, unit=unit)
        elif other == unit:
            yield self._fault(change.at("other"), "{unit}: hai đơn vị của thay đổi là một; hãy sửa mã.", unit=unit)
        elif other in self.ended:
            says = (
                "{other} cũng kết thúc trong phương án này nên không nhận được {unit}; hãy chọn đơn vị còn hoạt động."
            )
            yield self._fault(change.at("other"), says, unit=unit, other=other)
        elif other not in self.standing and other not in self._founded:
            says = "{other} không có trong cây tổ chức ngày {day}; hãy sửa mã hoặc thêm dòng thành lập đơn vị ấy."
            yield self._fault(change.at("other"), says, other=other, day=self.day)
        elif self._scope is not None and not (other == self.within or other in self._scope or other in self._founded):
            says = "{other} không thuộc phần cây của phương án này; hãy chọn đơn vị khác."
            yield self._fault(change.at("other"), says, other=other)

    def _between(self, own: Sequence[Change]) -> Iterator[Fault]:
        """Several changes of one unit: an end admits no other change, a place changes once, shares add up."""
        unit = own[0].unit
        seen: dict[str, Change] = {}
        for change in own:
            if change.matter in seen:
                says = "{unit} đã có thay đổi khác ở {earlier}; mỗi đơn vị chỉ đổi một lần trong một phương án."
                yield self._fault(change.place, says, unit=unit, earlier=seen[change.matter].place)
            seen.setdefault(change.matter, change)
        ends = next((change for change in own if change.kind in ENDING), None)
        for change in own:
            is_part_of_end = change.kind in ENDING and (ends is None or change.kind is ends.kind)
            if ends and not is_part_of_end and change.matter != ends.matter:
                says = "{unit} kết thúc ở {earlier} nên không đổi gì khác được trong phương án này."
                yield self._fault(change.place, says, unit=unit, earlier=ends.place)
        splits = [change for change in own if change.kind is Kind.SPLIT]
        if len(splits) == 1:
            says = "{unit} chia tách thì phải có ít nhất hai đơn vị kế thừa; hãy thêm một dòng nữa."
            yield self._fault(splits[0].place, says, unit=unit)
        yield from self._shares(own, splits)

    def _shares(self, own: Sequence[Change], splits: Sequence[Change]) -> Iterator[Fault]:
        given = [(change, change.share) for change in own if change.kind in SHARED and change.share is not None]
        for change, share in given:
            if not 0 < share < WHOLE:
                says = "{unit}: tỷ lệ phải lớn hơn 0% và nhỏ hơn 100%."
                yield self._fault(change.at("share"), says, unit=change.unit)
                return
        total = sum(share for _, share in given)
        is_whole = len(splits) > 1 and all(change.share is not None for change in splits)
        if total > WHOLE or (is_whole and total != WHOLE):
            says = "{unit}: các tỷ lệ cộng lại phải bằng 100% khi chia tách, không quá 100% khi chuyển giao."
            yield self._fault(given[-1][0].at("share"), says, unit=own[0].unit)

    def _rings(self, after: Mapping[int, Placed]) -> Iterator[Fault]:
        """Only who is moved can close a ring, so only the ways up from them are walked."""
        told: set[int] = set()
        for change in self.changes:
            if change.kind is not Kind.MOVE or change.unit in told:
                continue
            way: dict[int, None] = {}
            unit: int | None = change.unit
            while unit is not None and unit in after and unit not in way:
                way[unit] = None
                unit = after[unit].parent
            if unit == change.unit:
                told.update(way)
                says = "Các đơn vị {ring} thành cấp trên của nhau theo vòng kín; hãy sửa cấp trên của một đơn vị."
                yield self._fault(change.place, says, ring=_ARROW.join(map(str, [*way, unit])))

    @cached_property
    def _founded(self) -> frozenset[int]:
        return frozenset(change.unit for change in self.changes if change.kind is Kind.FOUND)

    @cached_property
    def _scope(self) -> frozenset[int] | None:
        """Every unit strictly below `within`; None when everything may be changed."""
        if self.within is None:
            return None
        children: defaultdict[int | None, list[int]] = defaultdict(list)
        for unit, placed in self.standing.items():
            children[placed.parent].append(unit)
        found: list[int] = []
        waiting = list(children[self.within])
        while waiting:
            unit = waiting.pop()
            found.append(unit)
            waiting.extend(children[unit])
        return frozenset(found)

    @staticmethod
    def _fault(place: str, says: str, **values: object) -> Fault:
        written = {name: write_day(value) if isinstance(value, date) else value for name, value in values.items()}
        return Fault(place, says, written)


def units_in(faults: Iterable[Fault]) -> frozenset[int]:
    """The numbers of the units that these faults of a plan speak of."""
    return frozenset(int(number) for fault in faults for value in _units_of(fault).values() for number in value)


def named(faults: Iterable[Fault], called: Mapping[int, str]) -> tuple[Fault, ...]:
    """The same faults with every unit written as `called` says instead of by its number."""
    return tuple(
        replace(fault, values=fault.values | {name: _ARROW.join(called[int(number)] for number in run)
                                              for name, run in _units_of(fault).items()})
        for fault in faults
    )  # fmt: skip


def _units_of(fault: Fault) -> dict[str, list[str]]:
    return {
        name: str(value).split(_ARROW)
        for name, value in fault.values.items()
        if isinstance(value, int) or name == "ring"
    }
