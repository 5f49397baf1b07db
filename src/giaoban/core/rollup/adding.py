"""Exact sums and extremes of runs of one contiguous column. Integers only; nothing wraps around unseen.

A run is given by its start; it ends where the next one starts, the last at the end of the column.
Runs are never empty. For every unit of a tree at once, `los` and `his` bound the runs, which nest.
`width` is how many bits the largest value of a column takes, or more: what cannot wrap is not looked through twice.
"""

from __future__ import annotations

from typing import overload

import numpy as np

from giaoban.core.rollup.cells import Bools, Ints, Widths

_LARGEST = 2**63 - 1
_LOW = 0xFFFF_FFFF
_BITS = 63  # of a magnitude
_LONGEST = 0xFFFF  # flags that are counted in sixteen bits, which is twice as quick as in more


def width_of(values: Ints) -> Widths:
    """For each column of rows of figures, how many bits its largest magnitude takes.

    >>> width_of(np.array([[0, 7], [-8, 1]])).tolist()
    [4, 3]
    """
    magnitudes = np.abs(values).max(axis=0, initial=0).tolist()
    return np.array([magnitude.bit_length() for magnitude in magnitudes], np.uint8)


def fits_by_width(width: int, count: int) -> bool:
    """Whether no sum of so many figures of that width can leave the signed 64-bit range."""
    return width + count.bit_length() <= _BITS


def fits(row: Ints, width: int = _BITS) -> bool:
    """Whether no sum over any part of the row can leave the signed 64-bit range."""
    if fits_by_width(width, len(row)):
        return True
    return len(row) == 0 or max(int(row.max()), -int(row.min())) * len(row) <= _LARGEST


def sums(row: Ints, starts: Ints, *, width: int = _BITS) -> list[int]:
    """The exact sum of each run, as Python integers of any size.

    >>> sums(np.array([2**62, 2**62, 1]), np.array([0, 2]))
    [9223372036854775808, 1]
    """
    if fits(row, width):
        if len(starts) == 1:
            return [int(row[starts[0] :].sum())]
        found: list[int] = np.add.reduceat(row, starts).tolist()
        return found
    high = np.add.reduceat(row >> 32, starts).tolist()
    low = np.add.reduceat(row & _LOW, starts).tolist()
    return [(upper << 32) + lower for upper, lower in zip(high, low, strict=True)]


Cuts = tuple[Ints, Ints]  # starts of pieces short enough to be counted in sixteen bits; the first piece of each run


def cuts_of(starts: Ints, length: int) -> Cuts:
    """Where runs are cut for `counts`: worked out once for all columns of the same runs."""
    cuts = np.array(sorted({*starts.tolist(), *range(int(starts[0]), length, _LONGEST)}), np.int64)
    return cuts, np.searchsorted(cuts, starts)


def counts(flags: Bools, starts: Ints, cuts: Cuts | None = None) -> list[int]:
    """How many flags are set in each run; `cuts`: what `cuts_of` says about these runs, when it is at hand.

    >>> counts(np.array([True, False, True]), np.array([0, 1]))
    [1, 1]
    """
    if len(starts) == 1:
        return [int(np.count_nonzero(flags[starts[0] :]))]
    pieces, firsts = cuts or cuts_of(starts, len(flags))
    counted = np.add.reduceat(flags, pieces, dtype=np.uint16)
    found: list[int] = np.add.reduceat(counted, firsts, dtype=np.int64).tolist()
    return found


class Everyone:
    """A number for every unit of a tree by position, each the difference of two running sums: made where it is asked.

    Differences are right modulo 2**64 even where a running sum wrapped.
    """

    def __init__(self, running: Ints, los: Ints, his: Ints) -> None:
        self._running, self._los, self._his = running, los, his

    def __len__(self) -> int:
        return len(self._los)

    @overload
    def __getitem__(self, places: int) -> int: ...
    @overload
    def __getitem__(self, places: Ints) -> Ints: ...
    def __getitem__(self, places: int | Ints) -> int | Ints:
        found: int | Ints = self._running[self._his[places]] - self._running[self._los[places]]
        return found

    def all(self) -> Ints:
        """The numbers of all units, in the order of the tree."""
        found: Ints = self._running.take(self._his, mode="clip")
        found -= self._running.take(self._los, mode="clip")
        return found

    def tolist(self) -> list[int]:
        return [int(number) for number in self.all().tolist()]


def nested_sums(row: Ints, los: Ints, his: Ints, *, width: int = _BITS) -> Everyone | None:
    """The sum of every run [lo, hi) by one pass over the row; None when one of them does not fit 64 bits.

    Where something might not fit, the size of each result is proved from its upper half.
    """
    found = _between(row, los, his)
    if fits(row, width):
        return found
    upper = _between(row >> 32, los, his).all() + (_between(row & _LOW, los, his).all() >> 32)
    return found if bool(((upper >= -(2**31)) & (upper < 2**31)).all()) else None


def extremes(row: Ints, answered: Bools, starts: Ints, *, kind: str) -> list[int]:
    """The largest (kind max) or smallest (kind min) answered value of each run; meaningless where none answered."""
    worst, ufunc = _extreme(kind)
    return [int(value) for value in ufunc.reduceat(np.where(answered, row, worst), starts).tolist()]


def nested_extremes(row: Ints, answered: Bools, los: Ints, his: Ints, *, kind: str) -> Ints:
    """The extreme of every run [lo, hi); 0 where nobody answered."""
    worst, ufunc = _extreme(kind)
    found = np.zeros(len(los), np.int64)
    some = np.flatnonzero(_between(answered, los, his).all())
    if len(some):
        bounds = np.empty(2 * len(some), np.int64)
        bounds[0::2], bounds[1::2] = los[some], his[some]
        guarded = np.append(np.where(answered, row, worst), worst)  # so that a run may end where the row ends
        found[some] = ufunc.reduceat(guarded, bounds)[0::2]
    return found


def nested_counts(flags: Bools, los: Ints, his: Ints) -> Everyone:
    """How many flags are set in every run [lo, hi)."""
    return _between(flags, los, his)


def _between(row: Ints | Bools, los: Ints, his: Ints) -> Everyone:
    running = np.empty(len(row) + 1, np.int64)
    running[0] = 0
    np.cumsum(row, out=running[1:])
    return Everyone(running, los, his)


def _extreme(kind: str) -> tuple[np.int64, np.ufunc]:
    limits = np.iinfo(np.int64)
    if kind == "max":
        return np.int64(limits.min), np.maximum
    return np.int64(limits.max), np.minimum
