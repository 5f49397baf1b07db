"""The read side of units: trees of a day, names, search."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from django.db.models import Max

from giaoban.apps.units.models import Level, Placement, Unit
from giaoban.base.ledger.models import Entry
from giaoban.core.orgtree import OrgTree, Placed, change_days

TREE_VERBS = ("units.founded", "units.imported", "units.moved", "units.closed", "units.reorganised")
KEPT_TREES = 8


@dataclass
class _Trees:
    """Trees built from the placements as they stood at one ledger number."""

    stamp: int = -1
    days: list[date] = field(default_factory=list)
    built: dict[date, OrgTree] = field(default_factory=dict)


_trees = _Trees()
_lock = Lock()


def tree_stamp() -> int:
    """The last ledger number that changed the tree: the key under which trees may be kept."""
    return Entry.objects.filter(verb__in=TREE_VERBS).aggregate(last=Max("id"))["last"] or 0


def tree_on(day: date) -> OrgTree:
    """The tree of a day. One query when it is at hand; built from the placements in force otherwise."""
    stamp = tree_stamp()
    with _lock:
        if _trees.stamp != stamp:
            _trees.days = change_days(_placed(Placement.objects.all()))
            _trees.built = {}
            _trees.stamp = stamp
        index = bisect_right(_trees.days, day)
        key = _trees.days[index - 1] if index else date.min
        tree = _trees.built.pop(key, None) or OrgTree.on(day, _placed(Placement.objects.on(day)))
        _trees.built[key] = tree
        while len(_trees.built) > KEPT_TREES:
            _trees.built.pop(next(iter(_trees.built)))
    return tree


def forget_trees() -> None:
    """Drop every kept tree: for a test whose database was rolled back to an earlier ledger."""
    with _lock:
        _trees.stamp = -1
        _trees.built = {}


def _placed(placements: Iterable[Placement]) -> list[Placed]:
    rows = placements.values_list("unit_id", "parent_id", "level__code", "from_day", "until_day", "order")  # type: ignore[attr-defined]  # a queryset
    return [Placed(*row) for row in rows]


@dataclass(frozen=True)
class UnitName:
    """A unit as pages write it."""

    id: int
    code: str
    name: str
    label: str
    phone: str
    is_made_up: bool


def names(unit_ids: Iterable[int]) -> dict[int, UnitName]:
    """Names of units by id. One query."""
    rows = Unit.objects.filter(pk__in=list(unit_ids)).values_list(
        "id", "code", "name", "short_name", "phone", "is_made_up"
    )
    return {row[0]: UnitName(row[0], row[1], row[2], row[3] or row[2], row[4], row[5]) for row in rows}


def levels() -> Sequence[Level]:
    """Every level, from the top down."""
    return list(Level.objects.all())
