"""Cells: the arrays a matrix works on, and how they lie one behind the other in a piece of memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
Widths = NDArray[np.uint8]  # in bits

STRETCH: Final = 512  # slots; their figures of one column are a page of memory


@dataclass(frozen=True)
class Cells:
    """The arrays of one matrix. partials: see core.rollup.partials."""

    values: Ints  # int64[column, slot]
    partials: Ints  # int64[4, column, stretch of slots]
    answered: Bools  # bool[column, slot]
    states: Bytes  # uint8[slot]
    widths: Widths  # uint8[column]

    @classmethod
    def over(cls, memory: Bytes, *, columns: int, slots: int) -> Cells:
        """The arrays in memory of `size_of` bytes; what is written into them is written there."""
        taken, first = [], 0
        for shape, kind in _arrays(columns, slots):
            length = prod(shape) * kind.itemsize
            taken.append(memory[first : first + length].view(kind).reshape(shape))
            first += length
        return cls(*taken)

    @classmethod
    def empty(cls, *, columns: int, slots: int) -> Cells:
        """Arrays in memory of their own, all zero."""
        return cls.over(np.zeros(size_of(columns=columns, slots=slots), np.uint8), columns=columns, slots=slots)

    def check(self, *, columns: int, slots: int) -> None:
        """Raises ValueError when these are not the arrays of a matrix of that shape."""
        for one, (shape, kind) in zip(fields(self), _arrays(columns, slots), strict=True):
            found = getattr(self, one.name)
            if found.shape != shape or found.dtype != kind:
                raise ValueError(f"{one.name} is {found.dtype}{found.shape}, not {kind}{shape}")


def size_of(*, columns: int, slots: int) -> int:
    """How many bytes the arrays take together."""
    return sum(prod(shape) * kind.itemsize for shape, kind in _arrays(columns, slots))


def _arrays(columns: int, slots: int) -> Iterator[tuple[tuple[int, ...], np.dtype]]:
    """Shape and type of each of the arrays; the wide ones come first, so that each begins where its type may."""
    yield (columns, slots), np.dtype(np.int64)
    yield (4, columns, -(-slots // STRETCH)), np.dtype(np.int64)
    yield (columns, slots), np.dtype(np.bool_)
    yield (slots,), np.dtype(np.uint8)
    yield (columns,), np.dtype(np.uint8)
