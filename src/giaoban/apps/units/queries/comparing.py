"""Comparing across reorganisations: which earlier units a unit of a later day was made of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from threading import Lock

from django.db.models import Exists, OuterRef

from giaoban.apps.units import queries
from giaoban.apps.units.models import FormerName, Placement, Succession
from giaoban.apps.units.queries import UnitName
from giaoban.base.databases import may_be_undone
from giaoban.base.ledger.models import GENESIS, Entry
from giaoban.core.orgtree import OrgTree
from giaoban.core.orgtree import lineage as lineages
from giaoban.core.orgtree.lineage import Exactness, Lineage, Part, Passage, Passing

KEPT_LINEAGES = 4_096

_lock = Lock()


def lineage(*, unit_id: int, before: date, after: date) -> Lineage:
    """What the unit of the tree of `after` was made of on the tree of `before`: the parts, and how exact they are.

    Its total of then is the sum of the parts' totals when exact, a sum of shares somebody stated when by share, and
    does not exist when not comparable: nothing is ever guessed. Raises core.orgtree.NotInTree for a unit without a
    place on `after`. Four queries, two more when trees must be built.
    """
    return lineages.lineage(
        unit=unit_id,
        before=queries.tree_on(before),
        after=queries.tree_on(after),
        passages=[*_succeeded(before, after), *_closed(before, after)],
    )


@dataclass(frozen=True)
class Dated:
    """The tree of a day."""

    day: date
    tree: OrgTree


@dataclass(frozen=True)
class Origin:
    """What a unit was on an earlier day: itself with all that stood below it, or what it was `made` of.

    `until_day` is the first day on which it was so no more; None when it has been the same ever since.
    """

    made: Lineage
    is_itself: bool
    until_day: date | None = None


@dataclass(frozen=True)
class History:
    """What became of whom as of one entry of the ledger, in the order of the days; it keeps what it worked out."""

    seal: str
    passages: tuple[Passage, ...]
    change_days: tuple[date, ...]  # days on which some unit was handed on or hung differently
    _made: dict[tuple[object, ...], Lineage] = field(default_factory=dict)

    @cached_property
    def _days(self) -> tuple[date, ...]:
        return tuple(one.day for one in self.passages)

    def origins(self, *, unit: int, after: Dated, before: Sequence[Dated]) -> Mapping[date, Origin]:
        """What the unit of the later tree was on each of the earlier ones, by day.

        A unit whose superior changed is itself. Without a query, unless a unit changed between two of these days of
        which the tree changed more than once: then one, a few when those trees are not at hand. Raises NotInTree.
        """
        found: dict[date, Origin] = {}
        later, known = after.day, Origin(_itself(unit), is_itself=True)
        for one in sorted(before, key=lambda one: one.day, reverse=True):
            made = self._lineage(unit, one, after)
            if made != known.made:
                known = Origin(made, made.is_of(unit), self._until(unit, made, one.day, later, after))
            found[one.day] = known
            later = one.day
        return found

    def _until(self, unit: int, made: Lineage, since: date, later: date, after: Dated) -> date:
        """The first day after `since` on which the unit was made of something else."""
        days = [day for day in self.change_days if since < day <= later]
        if len(days) > 1:
            trees = queries.trees_on(days)
            return next((day for day in days if self._lineage(unit, Dated(day, trees[day]), after) != made), later)
        return days[0]

    def _lineage(self, unit: int, before: Dated, after: Dated) -> Lineage:
        first, last = bisect_right(self._days, before.day), bisect_right(self._days, after.day)
        if first >= last and before.tree == after.tree:
            after.tree.position(unit)
            return _itself(unit)
        key = unit, before.tree.signature, after.tree.signature, first, last
        known = self._made.get(key)
        if known is None:
            passages = self.passages[first:last]
            made = lineages.lineage(unit=unit, before=before.tree, after=after.tree, passages=passages)
            known = replace(made, parts=lineages.gathered(made.parts, before.tree))
            if len(self._made) >= KEPT_LINEAGES:
                self._made.clear()
            self._made[key] = known
        return known


@dataclass(frozen=True)
class Names:
    """Units by the names they bear, and those some of them bore before."""

    now: Mapping[int, UnitName]
    former: Mapping[int, Sequence[tuple[date, str, str]]] = field(
        default_factory=dict
    )  # first day without it, name, short

    def until(self, unit: int, day: date | None) -> UnitName:
        """A unit by the name it bore on the eve of a day; by its own of now without a day."""
        bears = self.now[unit]
        for until_day, name, short_name in self.former.get(unit, ()) if day else ():
            if day is not None and until_day >= day:
                return replace(bears, name=name, label=short_name or name)
        return bears


def names(now: Mapping[int, UnitName], *, of_old: Collection[int]) -> Names:
    """The names `now`, with those the units `of_old` bore before. One query when there are such units."""
    former: dict[int, list[tuple[date, str, str]]] = {}
    rows = FormerName.objects.filter(unit__in=set(of_old)).order_by("until_day")
    for unit, until_day, name, short_name in rows.values_list("unit_id", "until_day", "name", "short_name"):
        former.setdefault(unit, []).append((until_day, name, short_name))
    return Names(now, former)


_kept: History | None = None


def history() -> History:
    """What became of whom, as of now. One query when it is at hand, five when it is not."""
    global _kept
    newest = Entry.objects.filter(verb__in=queries.TREE_VERBS).order_by("-id").values_list("hash", flat=True)
    seal = newest.first() or GENESIS
    with _lock:
        found = _kept if _kept is not None and _kept.seal == seal and not may_be_undone() else _read(seal)
        if not may_be_undone():
            _kept = found
    return found


def forget_history() -> None:
    """Let go of what is kept: for a test whose database was rolled back to an earlier ledger."""
    global _kept
    with _lock:
        _kept = None


def _read(seal: str) -> History:
    ever = date.min, date.max
    passages = sorted([*_succeeded(*ever), *_closed(*ever)], key=lambda one: one.day)
    placed = Placement.objects.order_by()
    days = {
        *(one.day for one in passages),
        *placed.values_list("from_day", flat=True).distinct(),
        *placed.filter(until_day__isnull=False).values_list("until_day", flat=True).distinct(),
    }
    told = tuple(sorted(day for day in days if day is not None))
    return History(seal, tuple(passages), told)


def _itself(unit: int) -> Lineage:
    return Lineage((Part(unit, Fraction(1), is_subtree=True),), Exactness.EXACT, ())


def _succeeded(before: date, after: date) -> list[Passage]:
    rows = Succession.objects.filter(day__gt=before, day__lte=after)
    return [
        Passage(predecessor, successor, day, Passing(kind), share)
        for predecessor, successor, day, kind, share in rows.values_list(
            "predecessor_id", "successor_id", "day", "kind", "share_ppm"
        )
    ]


def _closed(before: date, after: date) -> list[Passage]:
    """Units that ended without anybody succeeding them: what they were stays with whom they hung under."""
    goes_on = Placement.objects.filter(unit=OuterRef("unit"), from_day=OuterRef("until_day"))
    passed_on = Succession.objects.filter(predecessor=OuterRef("unit"), day=OuterRef("until_day")).exclude(
        kind=Succession.Kind.TRANSFER
    )
    ended = Placement.objects.filter(until_day__gt=before, until_day__lte=after, parent__isnull=False)
    rows = ended.exclude(Exists(goes_on)).exclude(Exists(passed_on))
    return [
        Passage(unit, parent, day, Passing.CLOSE)
        for unit, parent, day in rows.values_list("unit_id", "parent_id", "until_day")
        if day is not None
    ]
