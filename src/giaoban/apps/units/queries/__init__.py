"""The read side of units: trees of a day, names, search."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import starmap
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from giaoban.apps.units import access, rules
from giaoban.apps.units.models import Level, Placement, Succession, Unit
from giaoban.apps.units.queries.naming import UnitName as UnitName
from giaoban.apps.units.queries.naming import names as names
from giaoban.apps.units.rules.plans import written_share
from giaoban.base.access import Actor
from giaoban.base.databases import many_rows, may_be_undone
from giaoban.base.ledger.models import GENESIS, Entry
from giaoban.core import treeimport
from giaoban.core.orgtree import OrgTree, Placed, archive, change_days
from giaoban.core.refusal import Fault
from giaoban.core.text_vi.folding import fold
from giaoban.files import csv_in, tree_files, xlsx_in

TREE_VERBS = (
    "units.founded",
    "units.imported",
    "units.moved",
    "units.closed",
    "units.reorganised",
    "units.reverted",
)
KEPT_TREES = 8
_CODES_AT_ONCE = 5_000  # a statement holds only so many values
_READ_AT_ONCE = 10_000  # placements


@dataclass
class _Trees:
    """Trees built from the placements as they stood at one entry of the ledger, named by its hash."""

    seal: str | None = None
    days: list[date] = field(default_factory=list)
    built: dict[date, OrgTree] = field(default_factory=dict)


_trees = _Trees()
_lock = Lock()


def tree_stamp() -> int:
    """The last ledger number that changed the tree: the key under which trees may be kept."""
    return Entry.objects.filter(verb__in=TREE_VERBS).aggregate(last=Max("id"))["last"] or 0


def tree_on(day: date) -> OrgTree:
    """The tree of a day. One query when it is at hand; see `trees_on`."""
    return trees_on([day])[day]


def trees_on(days: Collection[date]) -> Mapping[date, OrgTree]:
    """The trees of some days, by day; days between which nothing changed have the same one.

    One query when they are at hand, also for a process that has just begun where another has saved them; else built
    from the placements in force, and saved unless a transaction is open.
    """
    seal = Entry.objects.filter(verb__in=TREE_VERBS).order_by("-id").values_list("hash", flat=True).first() or GENESIS
    saved = tree_files.Saved(Path(settings.TREES_ROOT), seal=seal, may_save=not may_be_undone())
    every: list[Placed] = []  # when they had to be read once, they are not read again

    def changes() -> list[date]:
        every.extend(_placed(Placement.objects.all()))
        return change_days(every)

    with _lock, many_rows():
        trees = _trees
        if trees.seal != seal:
            trees = _Trees(seal, saved.days(changes))
        found = {day: _tree(day, trees, saved, every) for day in days}
        if saved.may_save:  # placements that may be undone are not what the entry stands for
            _keep(trees)
    return found


def _tree(day: date, trees: _Trees, saved: tree_files.Saved, every: Sequence[Placed]) -> OrgTree:
    index = bisect_right(trees.days, day)
    key = trees.days[index - 1] if index else date.min
    tree = trees.built.get(key) or saved.tree(key, lambda: OrgTree.on(day, every or _placed(Placement.objects.on(day))))
    if saved.may_save:
        trees.built.pop(key, None)
        trees.built[key] = tree
    return tree


def _keep(trees: _Trees) -> None:
    while len(trees.built) > KEPT_TREES:
        trees.built.pop(next(iter(trees.built)))
    _trees.seal, _trees.days, _trees.built = trees.seal, trees.days, trees.built


def forget_trees() -> None:
    """Drop every kept tree: for a test whose database was rolled back to an earlier ledger."""
    let_trees_go()
    tree_files.clear(Path(settings.TREES_ROOT))


def let_trees_go() -> None:
    """Drop the trees of this process, as when it ends; what was saved stays."""
    with _lock:
        _trees.seal = None
        _trees.built = {}


def _placed(placements: QuerySet[Placement]) -> list[Placed]:
    rows = placements.values_list("unit_id", "parent_id", "level__code", "from_day", "until_day", "order")
    return list(starmap(Placed, rows.iterator(chunk_size=_READ_AT_ONCE)))


def paths_on(day: date, *, placements: Iterable[Placed] | None = None) -> dict[int, str]:
    """Every unit's path on a day: its place in the tree, or below who keeps its past; see core.orgtree.archive.

    `placements` spare the reading of those in force. Three queries at most.
    """
    tree = OrgTree.on(day, placements if placements is not None else _placed(Placement.objects.on(day)))
    gone = (Succession.Kind.MERGE, Succession.Kind.RENAME)
    successors = Succession.objects.filter(kind__in=gone, day__lte=day).order_by("day")
    kept = archive.keepers(
        tree,
        ended=_placed(Placement.objects.filter(until_day__lte=day)),
        successors=dict(successors.values_list("predecessor_id", "successor_id")),
    )
    return archive.paths_with_past(tree, kept=kept)


def levels() -> Sequence[Level]:
    """Every level, from the top down."""
    return list(Level.objects.all())


@dataclass(frozen=True)
class Crumb:
    """One step of the way down to a unit."""

    code: str
    label: str


@dataclass(frozen=True)
class Child:
    """A unit directly below another, with how many stand below it in turn."""

    code: str
    name: str
    level: str
    below: int
    is_made_up: bool


@dataclass(frozen=True)
class Stay:
    """Where a unit hung over the days [from, until)."""

    parent: Crumb | None
    level: str
    from_day: date
    until_day: date | None

    @property
    def last_day(self) -> date | None:
        """The last day itself, as people say it."""
        return self.until_day and self.until_day - timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """What became of a unit, or what it came from, on a day."""

    day: date
    kind: str
    other: Crumb
    is_successor: bool
    share: str  # of the predecessor, «37,5%»; empty when it was all of it or nobody stated one


@dataclass(frozen=True)
class UnitPage:
    """Everything a unit's own page says. `children` is one page of `child_count`."""

    unit: UnitName
    path: str  # in today's tree; empty when not in it
    way: Sequence[Crumb]
    level: str
    child_count: int
    below_count: int
    children: Sequence[Child]
    stays: Sequence[Stay]
    changes: Sequence[Change]
    former_names: Sequence[tuple[date, str]]  # the last day it bore each, latest first


CHILD_PAGE = 100


def unit_page(*, actor: Actor, code: str, day: date, page: int = 1) -> UnitPage:
    """A unit on the tree of a day. Raises NotFound. The number of queries does not depend on the tree."""
    unit = Unit.objects.allowed(actor, access.READ).one(code=code)
    tree = tree_on(day)
    children: Sequence[int] = tree.children(unit.pk) if unit.pk in tree else ()
    shown = children[(page - 1) * CHILD_PAGE : page * CHILD_PAGE]
    above = tuple(reversed(tree.ancestors(unit.pk))) if unit.pk in tree else ()
    stays = list(Placement.objects.filter(unit=unit).select_related("parent", "level").order_by("-from_day"))
    named = names([*above, *shown, unit.pk])
    level_names = {level.code: level.label for level in levels()}
    return UnitPage(
        unit=named[unit.pk],
        path=unit.path,
        way=[Crumb(named[one].code, named[one].label) for one in above],
        level=level_names[tree.level(unit.pk)] if unit.pk in tree else "",
        child_count=len(children),
        below_count=tree.size(unit.pk) - 1 if unit.pk in tree else 0,
        children=[
            Child(
                named[one].code,
                named[one].name,
                level_names[tree.level(one)],
                tree.size(one) - 1,
                named[one].is_made_up,
            )
            for one in shown
        ],
        stays=[
            Stay(
                Crumb(stay.parent.code, stay.parent.label) if stay.parent else None,
                stay.level.label,
                stay.from_day,
                stay.until_day,
            )
            for stay in stays
        ],
        changes=_changes(unit),
        former_names=[
            (until_day - timedelta(days=1), name)
            for until_day, name in unit.former_names.order_by("-until_day").values_list("until_day", "name")
        ],
    )


def _changes(unit: Unit) -> Sequence[Change]:
    rows = Succession.objects.filter(Q(predecessor=unit) | Q(successor=unit)).select_related("predecessor", "successor")
    found = []
    for row in rows.order_by("day"):
        is_successor = row.predecessor_id == unit.pk
        other = row.successor if is_successor else row.predecessor
        found.append(
            Change(
                row.day,
                str(row.get_kind_display()),
                Crumb(other.code, other.label),
                is_successor,
                written_share(row.share_ppm),
            )
        )
    return found


FOUND_AT_MOST = 50


def found_units(*, actor: Actor, words: str, limit: int = FOUND_AT_MOST) -> Sequence[UnitName]:
    """Units whose name or code holds the words, marks and case aside; those of today first, the shortest names first.

    One query.
    """
    folded = fold(words).strip()
    rows = (
        Unit.objects.allowed(actor, access.READ)
        .filter(Q(folded_name__contains=folded) | Q(code__iexact=words.strip()))
        .annotate(stands=Exists(Placement.objects.on(actor.day).filter(unit=OuterRef("pk"))))
        .order_by("-stands", Length("name"), "name")
        .values_list("id", "code", "name", "short_name", "phone", "is_made_up", "stands")[:limit]
    )
    return [UnitName(row[0], row[1], row[2], row[3] or row[2], row[4], row[5], not row[6]) for row in rows]


def widest(actor: Actor) -> UnitName | None:
    """The unit nearest the top that the actor reaches; None without an office. One query at most."""
    places = actor.anywhere().places
    return next(iter(names([places[0].unit_id]).values()), None) if places else None


def widest_kept(actor: Actor) -> UnitName | None:
    """The unit nearest the top whose tree the actor keeps; None for who keeps none. One query at most."""
    places = actor.reach("keeper").places
    return next(iter(names([places[0].unit_id]).values()), None) if places else None


def seen_unit(*, actor: Actor, code: str) -> Unit:
    """The unit with that code. Raises NotFound when it is not there or not the actor's to see."""
    return Unit.objects.allowed(actor, access.READ).one(code=code)


def kept_unit(*, actor: Actor, code: str) -> Unit:
    """The unit with that code, which the actor keeps. Raises rules.NoSuchPlace."""
    unit = Unit.objects.allowed(actor, access.KEEP).filter(code=code).first()
    if unit is None:
        raise rules.NoSuchPlace(code=code[: rules.MAX_CODE])
    return unit


@dataclass(frozen=True)
class LevelCount:
    """How many units of a list stand on one level."""

    name: str
    count: int


def tally(units: Sequence[rules.NewUnit]) -> Sequence[LevelCount]:
    """New units by level, from the top down; each unit once, on the level of its first line. One query."""
    level_of = {unit.code: unit.level for unit in reversed(units)}
    counts = Counter(level_of.values())
    return [LevelCount(level.label, counts[level.code]) for level in levels() if counts[level.code]]


@dataclass(frozen=True)
class ImportPlan:
    """What a file would add: units ready to be brought in, or everything that is wrong with it."""

    units: Sequence[rules.NewUnit]
    faults: Sequence[Fault]


def import_plan(*, data: bytes, name: str) -> ImportPlan:
    """Read a tree from a .csv or .xlsx file and check it whole; changes nothing.

    Raises the refusals of files.csv_in and files.xlsx_in when the file itself cannot be read.
    """
    rows = (xlsx_in if name.lower().endswith(".xlsx") else csv_in).rows(data=data, name=name)
    plan = treeimport.plan(
        rows=rows,
        levels=[level.code for level in levels()],
        existing=frozenset(Unit.objects.values_list("code", flat=True)),
    )
    units = [rules.new_unit(line) for line in plan.units]
    return ImportPlan(units=units, faults=_by_line([*plan.faults, *rules.own_faults(units)]))


def superior_faults(*, actor: Actor, below: str, units: Sequence[rules.NewUnit]) -> Sequence[Fault]:
    """What keeps new units from hanging under units that are already there; empty when all fit.

    `below` is the code that units without a superior hang under. Raises rules.NoSuchPlace when the actor keeps no
    unit with that code.
    """
    wanted = sorted({below, *(unit.parent for unit in units if unit.parent)} - {unit.code for unit in units})
    stays = _stays(actor, wanted)
    if below not in stays:
        raise rules.NoSuchPlace(code=below[: rules.MAX_CODE])
    ranks = {level.code: level.rank for level in levels()}
    return _by_line(rules.superior_faults(units, below=below, stays=stays, ranks=ranks))


def _stays(actor: Actor, codes: Sequence[str]) -> dict[str, list[rules.Stay]]:
    """Where the units with these codes stood that the actor keeps. One query for every few thousand codes."""
    kept = Unit.objects.allowed(actor, access.KEEP)
    found: dict[str, list[rules.Stay]] = {}
    for first in range(0, len(codes), _CODES_AT_ONCE):
        placed = Placement.objects.filter(unit__in=kept.filter(code__in=codes[first : first + _CODES_AT_ONCE]))
        rows = placed.order_by("from_day").values_list("unit__code", "level__rank", "from_day", "until_day")
        for code, rank, from_day, until_day in rows:
            found.setdefault(code, []).append(rules.Stay(rank, from_day, until_day))
    return found


def _by_line(faults: Iterable[Fault]) -> Sequence[Fault]:
    return sorted(faults, key=lambda fault: int(str(fault.values["line"])))
