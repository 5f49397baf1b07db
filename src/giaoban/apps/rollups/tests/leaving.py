"""Exporting in tests, and what our own roll-up says in the words of the data set's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups import papers
from giaoban.apps.rollups.queries.exporting import leaving
from giaoban.apps.rollups.queries.live import picture
from giaoban.apps.rollups.rules import Export
from giaoban.core.rollup import Layout, Total
from giaoban.files.lake.writing import data_set, publish

Key = tuple[object, ...]


def export(folder: Path, **asked: Any) -> Export:
    """A data set of what there is now."""
    with data_set(folder) as made:
        with leaving(**asked) as going:
            found = papers.write(going, made, seen=lambda one, count: None)
        publish(made, folder)
    return found


def ours(rounds: Sequence[Round], *, official: bool) -> dict[Key, Key]:
    """(form, period, unit, field, part) -> (value, answered, counted, expected), from the matrices."""
    found: dict[Key, Key] = {}
    with picture(rounds) as now:
        for round_ in rounds:
            matrix = now.matrices[round_.pk]
            place = round_.form_version.form.code, round_.period.code
            for unit in matrix.slots.tree.units:
                total = matrix.total(unit, official=official)
                for field, part, value in _values(matrix.layout, total.values):
                    key = *place, unit, field, part
                    found[key] = value, total.answered[field], total.counted, total.expected
    return found


def ours_over_time(rounds: Sequence[Round], *, official: bool) -> dict[Key, object]:
    """(form, unit, field, part) -> value, of every unit that is in the tree of one of the rounds."""
    told: dict[int, list[Total]] = {}
    with picture(rounds) as now:
        for round_ in rounds:
            matrix = now.matrices[round_.pk]
            for unit in matrix.slots.tree.units:
                told.setdefault(unit, []).append(matrix.total(unit, official=official))
        layout = now.matrices[rounds[0].pk].layout
    form = rounds[0].form_version.form.code
    return {
        (form, unit, field, part): value
        for unit, totals in told.items()
        for field, part, value in _values(layout, layout.over_time(totals))
    }


def _values(layout: Layout, values: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for field, group in layout.fields.items():
        value = values[field]
        for at, part in enumerate(group.parts):
            match value:
                case Mapping():
                    yield field, part, value[part]
                case tuple():
                    yield field, part, value[at]
                case _:
                    yield field, part, value


def theirs(rows: Iterable[Mapping[str, Any]]) -> dict[Key, Key]:
    """The same from rows of lake.adding.rollup; no place is told twice."""
    found: dict[Key, Key] = {}
    for row in rows:
        key = tuple(row[name] for name in ("form", "period", "unit", "field", "part"))
        assert key not in found
        found[key] = whole(row["value"]), row["answered"], row["counted"], row["expected"]
    return found


def theirs_over_time(rows: Iterable[Mapping[str, Any]]) -> dict[Key, object]:
    """The same from rows of lake.adding.over_time."""
    return {tuple(row[name] for name in ("form", "unit", "field", "part")): whole(row["value"]) for row in rows}


def whole(value: Any) -> int | None:
    """An exact decimal as the whole number it is."""
    if value is None:
        return None
    assert value == int(value)
    return int(value)
