"""The verbs on units. Reorganising an existing tree is planned and committed elsewhere; here it is first built."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from giaoban.apps.units import access, rules
from giaoban.apps.units.models import Level, MapPlace, Placement, Unit
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service
from giaoban.core.orgtree import OrgTree, Placed, paths
from giaoban.core.text_vi.folding import fold

_BATCH = 2_000


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

    `units` come from a checked plan (core.treeimport); codes that exist are refused there. Returns how many
    were added. Raises NotFound when the actor keeps no tree there, and the refusals of core.orgtree.
    """
    top = Unit.objects.allowed(actor, access.KEEP).one(code=below)
    level_of = {level.code: level for level in Level.objects.all()}
    id_of = _identities(units)
    outside = {new.parent for new in units if new.parent and new.parent not in id_of}
    found = Unit.objects.allowed(actor, access.KEEP).filter(code__in=outside).values_list("code", "id")
    if lost := sorted(outside - dict(found).keys()):
        raise rules.ParentNotThere(parent=lost[0])
    id_of |= dict(found)
    Placement.objects.bulk_create(
        [
            Placement(
                unit_id=id_of[new.code],
                parent_id=id_of[new.parent] if new.parent else top.pk,
                level=level_of[new.level],
                from_day=new.from_day,
                until_day=new.until_day,
                order=new.order or new.code,
            )
            for new in units
        ],
        batch_size=_BATCH,
    )
    _write_paths(today)
    MapPlace.objects.bulk_create(
        [MapPlace(unit_id=id_of[new.code], column=new.tile[0], row=new.tile[1]) for new in _once(units) if new.tile]
    )
    record(actor=actor, verb="units.imported", on=top, at=at, place=top.path, count=len(_once(units)), source=source)
    return len(_once(units))


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


def _write_paths(today: date) -> None:
    """Write `Unit.path` of the tree of `today`; a unit without a place then has none."""
    tree = OrgTree.on(
        today,
        [
            Placed(*row)
            for row in Placement.objects.values_list(
                "unit_id", "parent_id", "level__code", "from_day", "until_day", "order"
            )
        ],
    )
    written = paths(tree)
    changed = [
        (path, unit_id)
        for unit_id, known in Unit.objects.values_list("id", "path")
        if known != (path := written.get(unit_id, ""))
    ]
    with connection.cursor() as cursor:  # one prepared statement: bulk_update takes a hundred times longer here
        cursor.executemany(f"UPDATE {Unit._meta.db_table} SET path = %s WHERE id = %s", changed)
