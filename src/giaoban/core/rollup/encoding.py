"""Many reports as the rows of a matrix at once: what `Layout.encode` does for each, several times quicker."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

import numpy as np

from giaoban.core.rollup.cells import Bools, Ints
from giaoban.core.rollup.layout import LARGEST, Layout

_NOT_THERE = -LARGEST - 1  # the one number of 64 bits that no figure may be
_WHOLE = frozenset({int})


class Given(NamedTuple):
    """A report: its figures, and whether the unit declared «không phát sinh».

    `is_plain`: whoever read it knows that no figure is true or false, and none is -2**63; it is read quicker then.
    """

    figures: Mapping[str, object]
    nothing: bool = False
    is_plain: bool = False


def encode_many(layout: Layout, reports: Iterable[Given]) -> tuple[Ints, Bools]:
    """Reports as (values, answered), one row each and one entry per column, as `Layout.encode` writes them.

    None is kept beyond its turn: read them one by one, and each takes the memory of the one before.
    Raises core.rollup.NotAFigure.

    >>> from giaoban.core.formlang.column import Column
    >>> layout = Layout([Column("nu", "value", "sum"), Column("tong", "value", "sum")])
    >>> values, answered = encode_many(layout, [Given({"nu": 7}), Given({"tong": 2}, nothing=True)])
    >>> values.tolist(), answered.tolist()
    ([[7, 0], [0, 2]], [[True, False], [True, True]])
    """
    nobody = dict.fromkeys(layout.plain, _NOT_THERE)
    pack = struct.Struct(f"{len(nobody)}q").pack
    numbers, composed, apart = bytearray(), _Composed(), {}
    at = -1
    for at, (figures, nothing, is_plain) in enumerate(reports):
        row: Collection[object] = {**nobody, **figures}.values()
        if len(row) > len(nobody):
            row = [*row][: len(nobody)]  # what is no column comes after the columns
        is_usual = not nothing and (
            is_plain or (_WHOLE.issuperset(map(type, row)) and _NOT_THERE not in figures.values())
        )
        packed = _packed(pack, row) if is_usual else None
        numbers += pack(*nobody.values()) if packed is None else packed
        if packed is None:
            apart[at] = layout.encode(figures, nothing=nothing)
        elif layout.composed:
            composed.add(at, layout.encode_composed(figures))
    return _together(layout, np.frombuffer(numbers, np.int64).reshape(at + 1, len(nobody)), composed, apart)


def _packed(pack: Callable[..., bytes], row: Collection[object]) -> bytes | None:
    """A row of whole numbers; None where one of them is too large or none."""
    try:
        return pack(*row)
    except struct.error:
        return None


class _Composed:
    """Yes-or-no answers, choices and ratios of a block, each by its row and column."""

    def __init__(self) -> None:
        self._rows, self._columns, self._values = array("q"), array("q"), array("q")

    def add(self, row: int, cells: Iterable[tuple[int, int]]) -> None:
        for column, value in cells:
            self._rows.append(row)
            self._columns.append(column)
            self._values.append(value)

    def put(self, values: Ints, answered: Bools) -> None:
        cells = np.frombuffer(self._rows, np.int64), np.frombuffer(self._columns, np.int64)
        values[cells], answered[cells] = np.frombuffer(self._values, np.int64), True


def _together(
    layout: Layout, numbers: Ints, composed: _Composed, apart: Mapping[int, tuple[list[int], list[bool]]]
) -> tuple[Ints, Bools]:
    """The block: whole numbers, yes-or-no answers, choices and ratios, and the reports that were looked at alone."""
    shape = (len(numbers), len(layout))
    values, answered = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    places = list(layout.plain.values())
    is_there = numbers != _NOT_THERE
    values[:, places], answered[:, places] = np.where(is_there, numbers, 0), is_there
    composed.put(values, answered)
    for at, row in apart.items():
        values[at], answered[at] = row
    return values, answered
