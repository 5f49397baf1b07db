"""The verbs on units. Here a tree is first built; `reorganising` changes one that stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from giaoban.apps.units import access, queries, rules
from giaoban.apps.units.models import Level, MapPlace, Placement, Unit
from giaoban.base.access import Actor
from giaoban.base.databases import learn_sizes
from giaoban.base.ledger.work import record, service
from giaoban.core.orgtree import OrgTree, ParentMissing, Placed, PlacedTwice, Ring, change_days
from giaoban.core.refusal import Refusal
from giaoban.core.text_vi.folding import fold

_BATCH = 2_000
_PLACED = ("unit_id", "parent_id", "level__code", "from_day", "until_day", "order")  # as core.orgtree.Placed takes them


@service
def define_levels(*, actor: Actor, names: Sequence[tuple[str, str, str]], at: datetime) -> list[Level]:
    """Set the organisation's levels, from the top down, as (code, name, English name).

    Raises rules.LevelsAreSet when there are levels already: reports hang on them.
    """
    if Level.objects.exists():
        raise rules.LevelsAreSet()
    levels = [
        Level.objects.create(code=code, name=name, name_en=name_en, rank=rank)
        for rank, (code, name, name_en) in enumerate(names, start=1)
    ]
    for level in levels:
        record(actor=actor, verb="units.level_defined", on=level, at=at, code=level.code, name=level.name)
    return levels


@service
def plant(*, actor: Actor, code: str, name: str, level: str, from_day: date, at: datetime) -> Unit:
    """Found the top unit of an organisation. Raises rules.HasATop when there is one."""
    if Placement.objects.filter(parent=None).exists():
        raise rules.HasATop()
    unit = Unit.objects.create(code=code, name=name, folded_name=fold(name))
    Placement.objects.create(unit=unit, parent=None, level=Level.objects.get(code=level), from_day=from_day)
    unit.path = f"/{unit.pk}/"
    unit.save(update_fields=["path"])
    record(actor=actor, verb="units.founded", on=unit, at=at, place=unit.path, code=code, name=name)
    return unit


@service
def bring_in(
    *, actor: Actor, below: str, units: Sequence[rules.NewUnit], source: str, today: date, at: datetime
) -> int:
    """Add many units below the unit with code `below`, parents before children or not.

    `units` come from a checked plan (queries.import_plan). Returns how many were added. Raises rules.NoSuchPlace,
    rules.CodeTaken, rules.DoesNotFit with a fault for every unit, and the refusals of core.orgtree, told by names,
    when the tree of any day would be none.
    """
    if not units:
        raise rules.NothingToBringIn()
    _hold_tree()
    faults = [*rules.own_faults(units), *queries.superior_faults(actor=actor, below=below, units=units)]
    if faults:
        raise rules.DoesNotFit(faults=faults, count=len(faults))
    if taken := _first_taken(units):
        raise rules.CodeTaken(code=taken)
    top = Unit.objects.allowed(actor, access.KEEP).one(code=below)
    id_of = _identities(units) | _superiors(actor, units)
    placements = _placements(units, top, id_of)
    standing = [Placed(*row) for row in Placement.objects.values_list(*_PLACED)]
    whole = [*standing, *map(_placed, placements)]
    _prove(whole, since=min(new.from_day for new in units))
    Placement.objects.bulk_create(placements, batch_size=_BATCH)
    _write_paths(today, placements=whole)
    MapPlace.objects.bulk_create(
        [MapPlace(unit_id=id_of[new.code], column=new.tile[0], row=new.tile[1]) for new in _once(units) if new.tile]
    )
    count = len(_once(units))
    learn_sizes(Unit, Placement)
    record(actor=actor, verb="units.imported", on=top, at=at, place=top.path, count=count, source=source)
    return count


def _first_taken(units: Sequence[rules.NewUnit]) -> str | None:
    codes = [new.code for new in units]
    for first in range(0, len(codes), _BATCH):
        taken = Unit.objects.filter(code__in=codes[first : first + _BATCH]).order_by("code").first()
        if taken:
            return taken.code
    return None


def _superiors(actor: Actor, units: Sequence[rules.NewUnit]) -> dict[str, int]:
    codes = sorted({new.parent for new in units if new.parent} - {new.code for new in units})
    kept = Unit.objects.allowed(actor, access.KEEP)
    found: dict[str, int] = {}
    for first in range(0, len(codes), _BATCH):
        found |= dict(kept.filter(code__in=codes[first : first + _BATCH]).values_list("code", "id"))
    return found


def _placements(units: Sequence[rules.NewUnit], top: Unit, id_of: dict[str, int]) -> list[Placement]:
    level_of = {level.code: level for level in Level.objects.all()}
    return [
        Placement(
            unit_id=id_of[new.code],
            parent_id=id_of[new.parent] if new.parent else top.pk,
            level=level_of[new.level],
            from_day=new.from_day,
            until_day=new.until_day,
            order=new.order or new.code,
        )
        for new in units
    ]


def _placed(row: Placement) -> Placed:
    return Placed(row.unit_id, row.parent_id, row.level.code, row.from_day, row.until_day, row.order)


def _prove(placements: Sequence[Placed], *, since: date) -> None:
    """Build the tree of every day on which it changes from `since` on; a refusal is told by names, not by numbers."""
    for day in change_days(placements):
        if day >= since:
            try:
                OrgTree.on(day, placements)
            except (PlacedTwice, ParentMissing, Ring) as broken:
                raise _by_names(broken) from broken


def _by_names(broken: Refusal) -> Refusal:
    """The same refusal with every unit number written as name and code."""
    numbers = {name: str(value).split(" → ") for name, value in broken.values.items() if name != "day"}
    named = queries.names({int(number) for run in numbers.values() for number in run})
    told = {
        name: " → ".join(f"«{named[int(number)].name}» ({named[int(number)].code})" for number in run)
        for name, run in numbers.items()
    }
    values: dict[str, Any] = broken.values | told
    return type(broken)(**values)


def _once(units: Sequence[rules.NewUnit]) -> list[rules.NewUnit]:
    """Each unit once: it may stand in several places, one after another, and its first line names it."""
    return list({new.code: new for new in reversed(units)}.values())[::-1]


def _identities(units: Sequence[rules.NewUnit]) -> dict[str, int]:
    rows = [
        Unit(
            code=new.code,
            name=new.name,
            short_name=new.short_name,
            folded_name=fold(new.name),
            phone=new.phone,
            is_made_up=new.is_made_up,
        )
        for new in _once(units)
    ]
    Unit.objects.bulk_create(rows, batch_size=_BATCH)
    return {row.code: row.pk for row in rows}


def _hold_tree() -> None:
    """Let nobody else change the tree until commit: what was checked against it must be true while it is written."""
    Level.objects.select_for_update().order_by("rank").first()


def _write_paths(today: date, *, placements: Sequence[Placed] | None = None) -> int:
    """Write `Unit.path` as it is on `today`; how many changed. A unit that has not begun by then has none."""
    written = queries.paths_on(today, placements=placements)
    changed = [
        (path, unit_id)
        for unit_id, known in Unit.objects.values_list("id", "path")
        if known != (path := written.get(unit_id, ""))
    ]
    if changed:
        with connection.cursor() as cursor:  # one prepared statement: bulk_update takes a hundred times longer here
            cursor.executemany(f"UPDATE {Unit._meta.db_table} SET path = %s WHERE id = %s", changed)
    return len(changed)
