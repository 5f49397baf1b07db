"""The roll-up over the data set as one expression that any engine of Ibis can run, exactly as core.rollup adds up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

import ibis
import ibis.expr.types as ir

EXACT: Final = ibis.dtype("decimal(38, 0)")  # holds the sum of a thousand million figures of 64 bits

_LOW: Final = 0xFFFF_FFFF


@dataclass(frozen=True)
class Lake:
    """The tables the roll-up is made from, on one engine; their columns are those of lake.tables."""

    facts: ir.Table
    reports: ir.Table
    duty: ir.Table
    trees: ir.Table
    closure: ir.Table
    periods: ir.Table
    fields: ir.Table
    units: ir.Table


def chosen(lake: Lake, *, forms: Collection[str] = (), periods: Collection[str] = ()) -> Lake:
    """The same data set with some rounds alone: an engine then reads the files of no other."""

    def cut(rows: ir.Table) -> ir.Table:
        rows = rows.filter(rows.form.isin(forms)) if forms else rows
        return rows.filter(rows.period.isin(periods)) if periods else rows

    return replace(lake, **{name: cut(getattr(lake, name)) for name in ("facts", "reports", "duty", "periods")})


def rollup(lake: Lake, *, official: bool = False, units: Collection[int] = ()) -> ir.Table:
    """Every column of every round at every unit of the round's tree, or at some units alone.

    One row for each (form, period, unit, field, part), with its kind and measure, `value` (null where nobody
    answered), how many `answered`, and `counted` of `expected` reports. Live figures are those of reports submitted
    or accepted, official ones only of those accepted.
    """
    rounds = lake.periods.select("round", "form", "period", "version", day="tree_day")
    columns = rounds.join(lake.fields, ["form", "version"])
    trees, closure = lake.trees.select("day", "unit"), lake.closure.select("day", "unit", "ancestor")
    if units:
        trees, closure = trees.filter(trees.unit.isin(units)), closure.filter(closure.ancestor.isin(units))
    above = closure.join(rounds, "day").select("round", "unit", "ancestor")

    def gathered(rows: ir.Table) -> ir.Table:  # by numbers, which are quicker to join and to group by than words
        return rows.join(above, ["round", "unit"])

    def counted(rows: ir.Table, name: str) -> ir.Table:
        found = gathered(rows.join(rounds, ["form", "period"]).select("round", "unit"))
        return found.group_by("round", unit="ancestor").agg(**{name: lambda rows: rows.count()})

    told = _counting(lake.facts, official=official).join(columns, ["form", "period", "field", "part"])
    added = (
        gathered(told.select("round", "unit", "position", "value"))
        .group_by("round", "position", unit="ancestor")
        .agg(
            high=lambda rows: (rows.value >> 32).sum(),  # a half has room for two thousand million figures
            low=lambda rows: (rows.value & _LOW).sum(),
            largest=lambda rows: rows.value.max(),
            smallest=lambda rows: rows.value.min(),
            answered=lambda rows: rows.count(),
        )
    )
    added = added.mutate(added=added.high.cast(EXACT) * (_LOW + 1) + added.low.cast(EXACT)).drop("high", "low")
    place = ["round", "unit"]
    found = columns.join(trees, "day")
    for more, keys in (
        (added, [*place, "position"]),
        (counted(_counting(lake.reports, official=official), "counted"), place),
        (counted(lake.duty, "expected"), place),
    ):
        found = found.left_join(more, keys).drop([f"{key}_right" for key in keys])
    return found.select(
        *["form", "period", "unit", "field", "part", "kind", "measure"],
        value=_by_kind(found),
        **{name: found[name].fill_null(0) for name in ("answered", "counted", "expected")},
    )


def over_time(totals: ir.Table, periods: ir.Table) -> ir.Table:
    """Totals of several periods as one: flows add up, of stocks the latest answer stands, extremes stay extremes.

    One row for each (form, unit, field, part) with its `value` and how many `periods` had an answer.
    """
    dated = totals.join(periods.select("form", "period", "from_day"), ["form", "period"])
    found = dated.group_by("form", "unit", "field", "part", "kind", "measure").agg(
        added=lambda rows: rows.value.sum(),
        largest=lambda rows: rows.value.max(),
        smallest=lambda rows: rows.value.min(),
        latest=lambda rows: rows.value.argmax(rows.from_day, where=rows.value.notnull()),
        periods=lambda rows: rows.value.count(),
    )
    is_extreme, is_latest = found.kind.isin(["max", "min"]), (found.kind == "last") | (found.measure == "stock")
    value = ibis.cases((~is_extreme & is_latest, found.latest), else_=_by_kind(found))
    return found.select("form", "unit", "field", "part", "kind", "measure", "periods", value=value.cast(EXACT))


def _counting(rows: ir.Table, *, official: bool) -> ir.Table:
    return rows.filter(rows.state == "accepted") if official else rows


def _by_kind(found: ir.Table) -> ir.Value:
    return ibis.cases(
        (found.kind == "max", found.largest.cast(EXACT)),
        (found.kind == "min", found.smallest.cast(EXACT)),
        else_=found.added.cast(EXACT),
    )
