"""Exact sums and extremes of runs of one contiguous column. Integers only; nothing wraps around unseen.

A run is given by its start; it ends where the next one starts, the last at the end of the column.
Runs are never empty. For every unit of a tree at once, `los` and `his` bound the runs, which nest.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_LARGEST = 2**63 - 1
_LOW = 0xFFFF_FFFF
_FEW = 256  # runs for which counting one by one is quicker than turning every flag into a number


def fits(row: Ints) -> bool:
    """Whether no sum over any part of the row can leave the signed 64-bit range."""
    return len(row) == 0 or max(int(row.max()), -int(row.min())) * len(row) <= _LARGEST


def sums(row: Ints, starts: Ints) -> list[int]:
    """The exact sum of each run, as Python integers of any size.

    >>> sums(np.array([2**62, 2**62, 1]), np.array([0, 2]))
    [9223372036854775808, 1]
    """
    if fits(row):
        return [int(total) for total in np.add.reduceat(row, starts).tolist()]
    high = np.add.reduceat(row >> 32, starts).tolist()
    low = np.add.reduceat(row & _LOW, starts).tolist()
    return [(upper << 32) + lower for upper, lower in zip(high, low, strict=True)]


def counts(flags: Bools, starts: Ints) -> list[int]:
    """How many flags are set in each run.

    >>> counts(np.array([True, False, True]), np.array([0, 1]))
    [1, 1]
    """
    if len(starts) > _FEW:
        return [int(count) for count in np.add.reduceat(flags, starts, dtype=np.int64).tolist()]
    bounds = [*starts.tolist(), len(flags)]
    return [int(np.count_nonzero(flags[lo:hi])) for lo, hi in pairwise(bounds)]


def nested_sums(row: Ints, los: Ints, his: Ints) -> Ints | None:
    """The sum of every run [lo, hi) by one pass over the row; None when one of them does not fit 64 bits.

    A difference of two running sums is right modulo 2**64 even where the running sum wrapped, so
    only the size of each result has to be proved, from its upper half.
    """
    found = _between(row, los, his)
    if fits(row):
        return found
    upper = _between(row >> 32, los, his) + (_between(row & _LOW, los, his) >> 32)
    return found if bool(((upper >= -(2**31)) & (upper < 2**31)).all()) else None


def extremes(row: Ints, answered: Bools, starts: Ints, *, kind: str) -> list[int]:
    """The largest (kind max) or smallest (kind min) answered value of each run; meaningless where none answered."""
    worst, ufunc = _extreme(kind)
    return [int(value) for value in ufunc.reduceat(np.where(answered, row, worst), starts).tolist()]


def nested_extremes(row: Ints, answered: Bools, los: Ints, his: Ints, *, kind: str) -> Ints:
    """The extreme of every run [lo, hi); 0 where nobody answered."""
    worst, ufunc = _extreme(kind)
    found = np.zeros(len(los), np.int64)
    some = np.flatnonzero(_between(answered, los, his))
    if len(some):
        bounds = np.empty(2 * len(some), np.int64)
        bounds[0::2], bounds[1::2] = los[some], his[some]
        guarded = np.append(np.where(answered, row, worst), worst)  # so that a run may end where the row ends
        found[some] = ufunc.reduceat(guarded, bounds)[0::2]
    return found


def nested_counts(flags: Bools, los: Ints, his: Ints) -> Ints:
    """How many flags are set in every run [lo, hi)."""
    return _between(flags, los, his)


def _between(row: Ints | Bools, los: Ints, his: Ints) -> Ints:
    running = np.zeros(len(row) + 1, np.int64)
    np.cumsum(row, out=running[1:])
    return running[his] - running[los]


def _extreme(kind: str) -> tuple[np.int64, np.ufunc]:
    limits = np.iinfo(np.int64)
    if kind == "max":
        return np.int64(limits.min), np.maximum
    return np.int64(limits.max), np.minimum
