"""The tree before and after a plan, side by side: what changes, whom it hangs under, and how much stays as it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils.translation import gettext

from giaoban.apps.units import queries
from giaoban.apps.units.models import FormerName, Level, Plan, Unit
from giaoban.apps.units.rules.plans import ChangeKind, TypedChange
from giaoban.core.orgtree import OrgTree, Placed
from giaoban.core.orgtree.plans import Reshaped
from giaoban.core.text_vi.numbers import write_whole

MOST_LINES = 400  # on each side
SMALL = 10  # a plan that names no more units shows also who only goes with a superior
TAKEN_ALONG = 6  # so many of them under one unit; the rest is counted


@dataclass(frozen=True)
class Line:
    """One line of a tree. `mark` is ended, new, moved, changed or gained; a line without a code only counts."""

    depth: int
    code: str
    name: str
    level: str
    mark: str
    note: str
    rest: str  # how many more stand below it and are not shown

    @property
    def is_count(self) -> bool:
        return not self.code


@dataclass(frozen=True)
class Tally:
    """How many units a level has below the plan's place, before and after."""

    level: str
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Picture:
    """Both sides, top first. `left_out`: lines beyond the most that are shown."""

    before: Sequence[Line]
    after: Sequence[Line]
    levels: Sequence[Tally]
    left_out: int


def of_draft(
    plan: Plan,
    changes: Sequence[TypedChange],
    numbers: Mapping[str, int],
    before: Mapping[int, Placed],
    reshaped: Reshaped,
    levels: Sequence[Level],
) -> Picture:
    """The tree of the plan's day as it stands and as the plan would make it. Two queries."""
    return _picture(plan, changes, numbers, OrgTree.on(plan.day, before.values()), reshaped.tree, levels)


def of_committed(plan: Plan, changes: Sequence[TypedChange], levels: Sequence[Level]) -> Picture:
    """The trees of the day before and of the plan's day, as they are known now. A handful of queries."""
    codes = [code for change in changes for code in (change.code, change.other) if code]
    numbers = dict(Unit.objects.filter(code__in=codes).values_list("code", "id"))
    before, after = queries.tree_on(plan.day - timedelta(days=1)), queries.tree_on(plan.day)
    return _picture(plan, changes, numbers, before, after, levels)


def _picture(
    plan: Plan,
    changes: Sequence[TypedChange],
    numbers: Mapping[str, int],
    before: OrgTree,
    after: OrgTree,
    levels: Sequence[Level],
) -> Picture:
    top = plan.unit_id
    notes = _Notes(changes, numbers, before, after)
    sides = [list(_walk(tree, top, notes)) if top in tree else [] for tree in (before, after)]
    called = _Called(plan, changes, numbers, {step.unit for side in sides for step in side} | notes.spoken_of, levels)
    return Picture(
        before=[called.line(step, before, notes.before(step.unit, called)) for step in sides[0][:MOST_LINES]],
        after=[
            called.line(step, after, notes.after(step.unit, called), is_after=True) for step in sides[1][:MOST_LINES]
        ],
        levels=_tallies(before, after, top, levels),
        left_out=sum(max(len(side) - MOST_LINES, 0) for side in sides),
    )


def _tallies(before: OrgTree, after: OrgTree, top: int, levels: Sequence[Level]) -> Sequence[Tally]:
    counts = [
        Counter(tree.levels[place] for place in tree.subtree(top)[1:]) if top in tree else Counter[str]()
        for tree in (before, after)
    ]
    return [
        Tally(level.label, counts[0][level.code], counts[1][level.code])
        for level in levels
        if counts[0][level.code] or counts[1][level.code]
    ]


@dataclass(frozen=True)
class _Step:
    """A unit at its depth, with how many below it are not shown; without a unit such a count alone."""

    depth: int
    unit: int = 0
    unchanged: int = 0
    along: int = 0


def _walk(tree: OrgTree, top: int, notes: _Notes) -> Iterator[_Step]:
    """The named units with everybody above them up to `top`; of those taken along a few; the rest is counted."""
    most = TAKEN_ALONG if len(notes.named) <= SMALL else 0
    wanted = {top}
    for unit in notes.named:
        if unit in tree and tree.is_below(unit, top):
            wanted.update((unit, *(one for one in tree.ancestors(unit) if tree.is_below(one, top))))
    waiting: list[_Step] = [_Step(0, top)]
    while waiting:
        step = waiting.pop()
        children = tree.children(step.unit) if step.unit else ()
        others = [child for child in children if child not in wanted and child in notes.along]
        shown = [child for child in children if child in wanted or child in set(others[:most])]
        along = len(others[most:])
        unchanged = len(children) - len(shown) - along if step.unit in wanted else 0
        if not shown and step.unit:
            yield replace(step, along=along, unchanged=unchanged)
            continue
        yield step
        steps = [_Step(step.depth + 1, child) for child in shown]
        if along or unchanged:
            steps.append(_Step(step.depth + 1, along=along, unchanged=unchanged))
        if step.unit:
            waiting.extend(reversed(steps))


class _Notes:
    """What is said at each unit on either side. `named`: what the plan speaks of; `along`: what goes with it."""

    def __init__(
        self, changes: Sequence[TypedChange], numbers: Mapping[str, int], before: OrgTree, after: OrgTree
    ) -> None:
        self._of: defaultdict[int, list[TypedChange]] = defaultdict(list)
        self._to: defaultdict[int, list[TypedChange]] = defaultdict(list)
        self._numbers = numbers
        self._trees = before, after
        for change in changes:
            if change.code in numbers:
                self._of[numbers[change.code]].append(change)
            if change.other in numbers and change.kind in {ChangeKind.MERGE, ChangeKind.SPLIT, ChangeKind.TRANSFER}:
                self._to[numbers[change.other]].append(change)
        self.named = frozenset(self._of) | frozenset(self._to)
        both = set(before.units) & set(after.units)
        self.along = frozenset(unit for unit in both if before.parent(unit) != after.parent(unit)) - self.named
        self.spoken_of = self.named | {
            parent for unit in self.along | self.named for tree in self._trees if unit in tree
            if (parent := tree.parent(unit)) is not None
        }  # fmt: skip

    def before(self, unit: int, called: _Called) -> tuple[str, str]:
        """Mark and words on the left."""
        if unit not in self._trees[1]:
            return "ended", self._fate(unit, called)
        if self._trees[0].parent(unit) != self._trees[1].parent(unit):
            return "moved", gettext("chuyển về {unit}").format(unit=called.label(self._trees[1].parent(unit)))
        kinds = {change.kind for change in self._of[unit]}
        if ChangeKind.TRANSFER in kinds:
            return "changed", self._fate(unit, called)
        return ("changed", "") if kinds & {ChangeKind.RENAME, ChangeKind.LEVEL} else ("", "")

    def _fate(self, unit: int, called: _Called) -> str:
        words = {
            ChangeKind.MERGE: gettext("hợp nhất vào {units}"),
            ChangeKind.SPLIT: gettext("chia thành {units}"),
            ChangeKind.TRANSFER: gettext("giao một phần cho {units}"),
        }
        for kind, says in words.items():
            if own := [change for change in self._of[unit] if change.kind == kind]:
                return says.format(units=", ".join(self._with_share(change, change.other, called) for change in own))
        return gettext("giải thể")

    def _with_share(self, change: TypedChange, code: str, called: _Called) -> str:
        label = called.label(self._numbers.get(code))
        return f"{label} ({change.share})" if change.share else label

    def after(self, unit: int, called: _Called) -> tuple[str, str]:
        """Mark and words on the right."""
        before, after = self._trees
        words = []
        mark = "gained" if self._to[unit] else ""
        if unit not in before:
            mark = "new"
        elif before.parent(unit) != after.parent(unit):
            mark = "moved"
            words.append(gettext("từ {unit}").format(unit=called.label(before.parent(unit))))
        elif any(change.kind in {ChangeKind.RENAME, ChangeKind.LEVEL} for change in self._of[unit]):
            mark = mark or "changed"
        if unit in before and before.level(unit) != after.level(unit):
            words.append(gettext("trước ở cấp {level}").format(level=called.level(before.level(unit))))
        if old := called.old_name(unit):
            words.append(gettext("tên cũ: {name}").format(name=old))
        for kind, says in (
            (ChangeKind.MERGE, gettext("nhận {units}")),
            (ChangeKind.SPLIT, gettext("tách từ {units}")),
            (ChangeKind.TRANSFER, gettext("nhận một phần của {units}")),
        ):
            if given := [change for change in self._to[unit] if change.kind == kind]:
                units = ", ".join(self._with_share(change, change.code, called) for change in given)
                words.append(says.format(units=units))
        return mark, "; ".join(words)


class _Called:
    """What units are called on either side: new names on the right, for new units what the plan calls them."""

    def __init__(
        self,
        plan: Plan,
        changes: Sequence[TypedChange],
        numbers: Mapping[str, int],
        units: AbstractSet[int],
        levels: Sequence[Level],
    ) -> None:
        self._known = queries.names(unit for unit in units if unit > 0)
        self._new = {
            numbers[change.code]: change
            for change in changes
            if change.kind in {ChangeKind.FOUND, ChangeKind.RENAME} and change.code in numbers
        }
        rows = FormerName.objects.filter(plan=plan).values_list("unit_id", "name")
        self._old = dict(rows) if plan.pk else {}
        self._levels = {level.code: level.label for level in levels}

    def line(self, step: _Step, tree: OrgTree, said: tuple[str, str], *, is_after: bool = False) -> Line:
        counts = (
            (step.along, gettext("{count} đơn vị chuyển đến") if is_after else gettext("{count} đơn vị đi cùng")),
            (step.unchanged, gettext("{count} đơn vị không đổi")),
        )
        rest = ", ".join(says.format(count=write_whole(count)) for count, says in counts if count)
        if not step.unit:
            return Line(step.depth, "", gettext("và {units}").format(units=rest), "", "", "", "")
        known = self._known.get(step.unit)
        new = self._new.get(step.unit)
        name = (
            new.name
            if new and (is_after or known is None)
            else self._old.get(step.unit) or (known.name if known else "")
        )
        code = known.code if known else new.code if new else ""
        return Line(step.depth, code, name, self._levels.get(tree.level(step.unit), ""), *said, rest)

    def label(self, unit: int | None) -> str:
        known = self._known.get(unit or 0)
        new = self._new.get(unit or 0)
        return known.label if known else (new.short_name or new.name) if new else ""

    def level(self, code: str) -> str:
        return self._levels.get(code, code)

    def old_name(self, unit: int) -> str:
        """What a renamed unit was called; empty for every other."""
        if unit in self._old:
            return self._old[unit]
        known, new = self._known.get(unit), self._new.get(unit)
        return known.name if known and new and known.name != new.name else ""
