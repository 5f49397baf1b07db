"""A whole organisation in rows: 333,380 units on five levels, one form of 100 fields, 280,000 reports."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

AT = datetime(2020, 8, 24, 2, tzinfo=UTC)
FOUNDED = date(2015, 10, 1)
LEVELS = ("tw", "tt", "tren-co-so", "co-so", "chi-bo")
COUNTS = (1, 67, 1_312, 52_000, 280_000)
COUNTED, MONEY, SCALED = 80, 10, 10  # fields: counts, money in its smallest unit, two decimals
_BATCH = 2_000
_DIFFERENT = 4_000  # reports that are drawn from


def build(scale: float) -> int:
    """Fill an empty database; returns the id of the round. `scale` shrinks or grows every level below the second."""
    from giaoban.base.access import Actor
    from giaoban.base.ledger.work import record, service

    system = Actor(kind="job", id=0, name="đo", day=AT.date())

    @service
    def found() -> int:
        units = _units([count if at < 2 else max(round(count * scale), COUNTS[1]) for at, count in enumerate(COUNTS)])
        round_id = _round(units[0][0])
        _reports(round_id, units[-1])
        record(actor=system, verb="units.imported", on=_unit(units[0][0]), at=AT)
        return round_id

    return found()


def _unit(pk: int) -> Any:
    from giaoban.apps.units.models import Unit

    return Unit(pk=pk)


def _units(counts: list[int]) -> list[list[int]]:
    """Ids by level. Every unit that is not of the lowest level has at least one below it."""
    from giaoban.apps.units.models import Level, Placement, Unit

    chance = random.Random(7)
    by_level: list[list[int]] = []
    for rank, (code, count) in enumerate(zip(LEVELS, counts, strict=True)):
        level = Level.objects.create(code=code, name=code, rank=rank)
        ids = _kept(
            Unit(code=f"{rank}-{at}", name=f"Đơn vị {rank}-{at}", folded_name=f"don vi {rank}-{at}")
            for at in range(count)
        )
        above = by_level[-1] if by_level else [None]
        parents = [*above, *chance.choices(above, k=count - len(above))]
        chance.shuffle(parents)
        _kept(
            Placement(unit_id=unit, parent_id=parent, level=level, from_day=FOUNDED, order=f"{unit:08}")
            for unit, parent in zip(ids, parents, strict=True)
        )
        by_level.append(ids)
    return by_level


def _kept(rows: Iterable[Any]) -> list[int]:
    """Write rows of one model, no more of them in memory than are written together; returns their ids."""
    ids: list[int] = []
    coming = iter(rows)
    while together := list(islice(coming, _BATCH)):
        ids += [row.pk for row in type(together[0]).objects.bulk_create(together)]
    return ids


def codes() -> list[str]:
    return [f"f{at:03}" for at in range(COUNTED + MONEY + SCALED)]


def _round(top: int) -> int:
    from giaoban.apps.forms.models import Duty, Form, FormVersion, Period, Round
    from giaoban.apps.units.models import Level
    from giaoban.core import periods

    fields = [
        {"code": code, "label": code, "kind": "decimal", "places": 2}
        if at >= COUNTED + MONEY
        else {"code": code, "label": code, "kind": "whole"}
        for at, code in enumerate(codes())
    ]
    form = Form.objects.create(code="DO", name="Đo", owner_id=top, period_kind="week", schedule={})
    version = FormVersion.objects.create(form=form, number=1, data={"fields": fields}, published_at=AT)
    Duty.objects.create(form=form, level=Level.objects.get(code=LEVELS[-1]), from_day=FOUNDED)
    week = periods.Period.containing(date(2020, 8, 23), periods.PeriodKind.WEEK)
    period = Period.objects.create(
        code=week.code, kind=week.kind, from_day=week.from_day, until_day=week.until_day
    )  # fmt: skip
    round_ = Round.objects.create(
        form_version=version,
        period=period,
        day=week.until_day - timedelta(days=1),
        cut_off_at=AT,
        deadlines={LEVELS[-1]: AT.isoformat()},
    )
    return int(round_.pk)


def _reports(round_id: int, units: list[int]) -> None:
    """One report by the model; the others are copies of it with a unit and figures of their own, ten times as quick."""
    from django.db import connection

    from giaoban.apps.forms.models import Round
    from giaoban.apps.reports.models import Report
    from giaoban.base.databases import learn_sizes

    round_ = Round.objects.get(pk=round_id)
    chance = random.Random(11)
    names = codes()
    drawn = [figures(names, chance) for _ in range(_DIFFERENT)]
    first = Report.objects.create(
        round=round_,
        form_version_id=round_.form_version_id,
        period_id=round_.period_id,
        unit_id=units[0],
        state="submitted",
        figures=chance.choice(drawn),
        due_at=AT,
        submitted_at=AT,
    )
    stored = Report._meta.get_field("figures")
    written = [stored.get_db_prep_save(one, connection) for one in drawn]
    shared = ", ".join(
        field.column
        for field in Report._meta.concrete_fields
        if not field.primary_key and field.column not in {"unit_id", "figures"}
    )
    copy = (
        f"INSERT INTO reports_report (unit_id, figures, {shared})"
        f" SELECT %s, %s, {shared} FROM reports_report WHERE id = {first.pk}"
    )
    coming = iter(units[1:])
    with connection.cursor() as cursor:
        while together := list(islice(coming, _BATCH)):
            cursor.executemany(copy, [(unit, chance.choice(written)) for unit in together])
    learn_sizes(Report)


def figures(names: list[str], chance: random.Random) -> dict[str, int]:
    """One report: a third zeros, one in twenty not answered."""
    found = {}
    for at, name in enumerate(names):
        drawn = chance.random()
        if drawn < 0.95:
            most = 1_000 if at < COUNTED else 20_000_000_000 if at < COUNTED + MONEY else 10_001
            found[name] = 0 if drawn < 0.30 else int(drawn * 7_919 * most) % most
    return found
