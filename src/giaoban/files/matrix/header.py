"""The first page of a matrix file: what it holds, what it is as of, and whether somebody died writing it.

  0  magic 8            the kind of file and its version
  8  key 32             what the columns and slots mean, and in which tree
 40  boot 40            the start of the machine after which it was last opened
 80  columns, slots     int64 each
 96  changes            int64: how often figures were written
104  dirty              int64: 1 while a writer is inside
112  sequence mark      int64 and 32 bytes: the ledger entry everything up to which is in the matrix
152  durable mark       the same, of what is known to be on disk
192  intended mark      the same, of what the writer inside is bringing in
"""

from __future__ import annotations

import mmap
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SIZE: Final = 4096
MAGIC: Final = b"GBMATR03"
NO_SEAL: Final = "0" * 64

_MAGIC_AT, _KEY_AT, _BOOT_AT, _SHAPE_AT, _CHANGES_AT, _DIRTY_AT = 0, 8, 40, 80, 96, 104
SEQUENCE_AT: Final = 112
DURABLE_AT: Final = 152
INTENDED_AT: Final = 192
_NUMBER, _SHAPE, _MARK = struct.Struct("=q"), struct.Struct("=qq"), struct.Struct("=q32s")
_BOOT_BYTES, _KEY_BYTES = 40, 32
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Mark:
    """A place in the ledger: the number of an entry and its hash in hexadecimal, so that only that ledger fits."""

    number: int
    seal: str


NOWHERE: Final = Mark(0, NO_SEAL)


@dataclass(frozen=True)
class Status:
    """What a file says about itself at one moment.

    `claims` are the marks the ledger must hold for the file to be of that ledger at all.
    """

    sequence: Mark
    intended: Mark
    durable: Mark
    changes: int
    is_dirty: bool

    @property
    def claims(self) -> frozenset[Mark]:
        """Every mark the figures may come from: that of the sequence and, after a death, what was being brought in."""
        return frozenset({self.sequence, self.intended} if self.is_dirty else {self.sequence})


def this_boot() -> bytes:
    """Names the running of this machine since it started; empty where the system does not say."""
    try:
        return _BOOT_ID.read_bytes().strip()[:_BOOT_BYTES]
    except OSError:
        return b""


class Header:
    """Reads and writes the first page of a mapping. Locks are the caller's business."""

    def __init__(self, page: mmap.mmap) -> None:
        self._page = page

    def found(self, *, key: bytes, shape: tuple[int, int]) -> bool:
        """Whether this is a finished file with that key and shape."""
        page = self._page
        return (
            page[_MAGIC_AT : _MAGIC_AT + len(MAGIC)] == MAGIC
            and page[_KEY_AT : _KEY_AT + _KEY_BYTES] == key
            and _SHAPE.unpack_from(page, _SHAPE_AT) == shape
        )

    def lay_out(self, *, key: bytes, shape: tuple[int, int]) -> None:
        """Begin a new file; without its magic nobody takes it for finished."""
        self._page[:SIZE] = bytes(SIZE)
        self._page[_KEY_AT : _KEY_AT + _KEY_BYTES] = key
        _SHAPE.pack_into(self._page, _SHAPE_AT, *shape)
        self.changes = int.from_bytes(os.urandom(7))  # no two files share a number, so what was worked out fits one
        self.boot = this_boot()

    def finish(self, mark: Mark) -> None:
        """Say that the figures are whole as of `mark`, in the memory of this machine and on its disk."""
        for place in (SEQUENCE_AT, DURABLE_AT, INTENDED_AT):
            self.put_mark(place, mark)
        self._page[_MAGIC_AT : _MAGIC_AT + len(MAGIC)] = MAGIC

    @property
    def boot(self) -> bytes:
        return self._page[_BOOT_AT : _BOOT_AT + _BOOT_BYTES].rstrip(b"\0")

    @boot.setter
    def boot(self, value: bytes) -> None:
        self._page[_BOOT_AT : _BOOT_AT + _BOOT_BYTES] = value.ljust(_BOOT_BYTES, b"\0")

    @property
    def is_dirty(self) -> bool:
        return self._number(_DIRTY_AT) != 0

    @is_dirty.setter
    def is_dirty(self, value: bool) -> None:
        _NUMBER.pack_into(self._page, _DIRTY_AT, int(value))

    @property
    def changes(self) -> int:
        return self._number(_CHANGES_AT)

    @changes.setter
    def changes(self, value: int) -> None:
        _NUMBER.pack_into(self._page, _CHANGES_AT, value)

    def mark(self, place: int) -> Mark:
        number, seal = _MARK.unpack_from(self._page, place)
        return Mark(number, seal.hex())

    def put_mark(self, place: int, mark: Mark) -> None:
        _MARK.pack_into(self._page, place, mark.number, bytes.fromhex(mark.seal))

    def status(self) -> Status:
        return Status(
            sequence=self.mark(SEQUENCE_AT),
            intended=self.mark(INTENDED_AT),
            durable=self.mark(DURABLE_AT),
            changes=self.changes,
            is_dirty=self.is_dirty,
        )

    def _number(self, place: int) -> int:
        (number,) = _NUMBER.unpack_from(self._page, place)
        return int(number)
