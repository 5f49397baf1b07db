"""Many reports as the rows of a matrix at once: what `Layout.encode` does for each, several times quicker."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from giaoban.core.rollup.layout import LARGEST, Layout

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_NOT_THERE = -LARGEST - 1  # the one number of 64 bits that no figure may be
_WHOLE = frozenset({int})


def encode_many(layout: Layout, reports: Sequence[tuple[Mapping[str, object], bool]]) -> tuple[Ints, Bools]:
    """Reports as (values, answered), one row each and one entry per column, as `Layout.encode` writes them.

    A report is its figures and whether the unit declared «không phát sinh». Raises core.rollup.NotAFigure.

    >>> from giaoban.core.formlang.column import Column
    >>> layout = Layout([Column("nu", "value", "sum"), Column("tong", "value", "sum")])
    >>> values, answered = encode_many(layout, [({"nu": 7}, False), ({"tong": 2}, True)])
    >>> values.tolist(), answered.tolist()
    ([[7, 0], [0, 2]], [[True, False], [True, True]])
    """
    numbers, apart = _plain_numbers(layout, reports)
    shape = (len(reports), len(layout))
    values, answered = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    places = list(layout.plain.values())
    is_there = numbers != _NOT_THERE
    values[:, places], answered[:, places] = np.where(is_there, numbers, 0), is_there
    if layout.composed:
        _put_composed(layout, reports, values, answered, apart=frozenset(apart))
    for at in apart:
        figures, nothing = reports[at]
        values[at], answered[at] = layout.encode(figures, nothing=nothing)
    return values, answered


def _plain_numbers(layout: Layout, reports: Sequence[tuple[Mapping[str, object], bool]]) -> tuple[Ints, list[int]]:
    """The figures that are whole numbers, a row for each report; and the reports that must be looked at one by one."""
    plain = list(layout.plain)
    nobody = [_NOT_THERE] * len(plain)
    written, apart = array("q"), []
    for at, (figures, nothing) in enumerate(reports):
        row = list(map(figures.get, plain, repeat(_NOT_THERE)))
        is_usual = not nothing and _WHOLE.issuperset(map(type, row)) and _NOT_THERE not in figures.values()
        if not (is_usual and _took(written, row)):
            written.fromlist(nobody)
            apart.append(at)
    return np.frombuffer(written, np.int64).reshape(len(reports), len(plain)), apart


def _took(written: array[int], row: list[object]) -> bool:
    """Append a row of whole numbers; False, and nothing appended, where one of them is too large."""
    try:
        written.fromlist(row)  # type: ignore[arg-type]  # whole numbers, as the caller has seen
    except OverflowError:
        return False
    return True


def _put_composed(
    layout: Layout,
    reports: Sequence[tuple[Mapping[str, object], bool]],
    values: Ints,
    answered: Bools,
    *,
    apart: frozenset[int],
) -> None:
    """Yes-or-no answers, choices and ratios of the usual reports."""
    rows, columns, found = array("q"), array("q"), array("q")
    for at, (figures, _) in enumerate(reports):
        if at not in apart:
            for column, value in layout.encode_composed(figures):
                rows.append(at)
                columns.append(column)
                found.append(value)
    cells = np.frombuffer(rows, np.int64), np.frombuffer(columns, np.int64)
    values[cells], answered[cells] = np.frombuffer(found, np.int64), True
