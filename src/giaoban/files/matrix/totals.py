"""Stored totals of a matrix that no longer changes: one column at every unit, worked out once, shared by all processes.

The file stands beside the matrix and is good for one number of its changes: a later amendment changes that number, and
everything here counts for nothing. Only what was asked for takes room. A row is two runs of int64, one number for each
unit of the tree: sums and how many answered. Who works with it holds the shelf, so that the matrix stands still; two
who fill the same row at once write the same bytes, and the sign that a row is filled comes last.

    0  magic 8, key 32, boot 40        as in the matrix
   80  changes, rows, units            int64 each: of the matrix when these were worked out; the shape
  128  filled                          a byte for each row
"""

from __future__ import annotations

import errno
import mmap
import os
import struct
import tempfile
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from giaoban.files.matrix.header import this_boot

MAGIC: Final = b"GBTOTL01"
_TOLD, _FILLED_AT, _PAGE = struct.Struct("=8s32s40sqqq"), 128, 4096
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}

Ints = NDArray[np.int64]
Pair = tuple[Ints, Ints]


class Totals:
    """The rows of one file. Rows are numbered by the caller, the same way for the same key."""

    def __init__(self, path: Path, *, key: bytes, rows: int, units: int) -> None:
        """Map the file, made anew when it is not one of that key and shape. Raises OSError."""
        self._key, self._shape = key, (rows, units)
        self._first = -(-(_FILLED_AT + rows) // _PAGE) * _PAGE
        self._size = self._first + rows * 2 * units * 8
        self._file = _opened(path, self._size, reserved=self._first)
        weakref.finalize(self, os.close, self._file)
        self._page = mmap.mmap(self._file, self._size)
        everything = np.frombuffer(self._page, np.uint8)
        self._filled = everything[_FILLED_AT : _FILLED_AT + rows]
        self._rows = everything[self._first :].view(np.int64).reshape((rows, 2, units))

    def row(self, number: int, *, changes: int, work_out: Callable[[], Pair]) -> Pair:
        """A row as of that number of changes of the matrix; worked out when it has not been yet."""
        told = (MAGIC, self._key, this_boot().ljust(40, b"\0"), changes, *self._shape)
        if _TOLD.unpack_from(self._page, 0) != told or not this_boot():
            self._filled[:] = 0
            _TOLD.pack_into(self._page, 0, *told)
        if not self._filled[number]:
            values, answered = work_out()
            if not self._has_room(number):
                return values, answered
            self._rows[number, 0], self._rows[number, 1] = values, answered
            self._filled[number] = 1
        return self._rows[number, 0], self._rows[number, 1]

    def _has_room(self, number: int) -> bool:
        """Take the row's place on disk before writing to it: a full disk would end this process."""
        length = 2 * self._shape[1] * 8
        try:
            _reserve(self._file, self._first + number * length, length)
        except OSError as full:
            if full.errno not in _NO_ROOM:
                raise
            return False
        return True


def _opened(path: Path, size: int, *, reserved: int) -> int:
    """The file with that size; one of another size is replaced, never cut: somebody may have it mapped."""
    try:
        number = os.open(path, os.O_RDWR)
        if os.fstat(number).st_size == size:
            return number
        os.close(number)
    except FileNotFoundError:
        pass
    number, part = tempfile.mkstemp(dir=path.parent, suffix=".new")
    os.ftruncate(number, size)  # empty: nothing in it counts as filled
    _reserve(number, 0, reserved)
    os.rename(part, path)
    return number


def _reserve(number: int, first: int, length: int) -> None:
    try:
        if length:
            os.posix_fallocate(number, first, length)
    except OSError as error:
        if error.errno not in {errno.EOPNOTSUPP, errno.EINVAL}:
            raise
