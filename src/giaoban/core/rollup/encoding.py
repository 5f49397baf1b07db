"""Many reports as the rows of a matrix at once: what `Layout.encode` does for each, several times quicker."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from giaoban.core.rollup.layout import LARGEST, Layout

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_NOT_THERE = -LARGEST - 1  # the one number of 64 bits that no figure may be
_WHOLE = frozenset({int})


class Given(NamedTuple):
    """A report: its figures, and whether the unit declared «không phát sinh».

    `is_plain`: whoever read it knows that no figure is true or false, and none is -2**63; it is read quicker then.
    """

    figures: Mapping[str, object]
    nothing: bool = False
    is_plain: bool = False


def encode_many(layout: Layout, reports: Sequence[Given]) -> tuple[Ints, Bools]:
    """Reports as (values, answered), one row each and one entry per column, as `Layout.encode` writes them.

    Raises core.rollup.NotAFigure.

    >>> from giaoban.core.formlang.column import Column
    >>> layout = Layout([Column("nu", "value", "sum"), Column("tong", "value", "sum")])
    >>> values, answered = encode_many(layout, [Given({"nu": 7}), Given({"tong": 2}, nothing=True)])
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
        values[at], answered[at] = layout.encode(reports[at].figures, nothing=reports[at].nothing)
    return values, answered


def _plain_numbers(layout: Layout, reports: Sequence[Given]) -> tuple[Ints, list[int]]:
    """The figures that are whole numbers, a row for each report; and the reports that must be looked at one by one."""
    plain = list(layout.plain)
    nobody = [_NOT_THERE] * len(plain)
    written, apart = array("q"), []
    for at, (figures, nothing, is_plain) in enumerate(reports):
        row = list(map(figures.get, plain, repeat(_NOT_THERE)))
        is_usual = is_plain or (_WHOLE.issuperset(map(type, row)) and _NOT_THERE not in figures.values())
        if nothing or not is_usual or not _took(written, row):
            written.fromlist(nobody)
            apart.append(at)
    return np.frombuffer(written, np.int64).reshape(len(reports), len(plain)), apart


def _took(written: array[int], row: list[object]) -> bool:
    """Append a row of whole numbers; False, and nothing appended, where one of them is too large or none."""
    try:
        written.fromlist(row)  # type: ignore[arg-type]  # whole numbers, or refused
    except (OverflowError, TypeError):
        return False
    return True


def _put_composed(
    layout: Layout,
    reports: Sequence[Given],
    values: Ints,
    answered: Bools,
    *,
    apart: frozenset[int],
) -> None:
    """Yes-or-no answers, choices and ratios of the usual reports."""
    rows, columns, found = array("q"), array("q"), array("q")
    for at, given in enumerate(reports):
        if at not in apart:
            for column, value in layout.encode_composed(given.figures):
                rows.append(at)
                columns.append(column)
                found.append(value)
    cells = np.frombuffer(rows, np.int64), np.frombuffer(columns, np.int64)
    values[cells], answered[cells] = np.frombuffer(found, np.int64), True
