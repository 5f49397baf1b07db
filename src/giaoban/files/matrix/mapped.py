"""One matrix file, mapped into memory: a page of marks and the cells of a matrix.

A column of the matrix is always the current state of its report, so bringing the same report in twice is harmless;
everything here rests on that. Who opens a file holds the shelf's lock for as long as the words of each method say.
"""

from __future__ import annotations

import errno
import mmap
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from giaoban.core.rollup import cells
from giaoban.core.rollup.cells import Cells
from giaoban.files.matrix import header
from giaoban.files.matrix.header import Header, Mark, Status


class Unusable(Exception):
    """A file that is not there, or not a whole matrix with that key and shape: to be built anew, never trusted."""


def size_of(shape: tuple[int, int]) -> int:
    """How many bytes a matrix of so many columns and slots takes."""
    columns, slots = shape
    return header.SIZE + cells.size_of(columns=columns, slots=slots)


class Mapped:
    """The arrays of one file and the marks of its first page; in a private copy nobody else sees what is written."""

    def __init__(self, page: mmap.mmap, shape: tuple[int, int], *, identity: tuple[int, int] | None) -> None:
        columns, slots = shape
        self.cells = Cells.over(np.frombuffer(page, np.uint8)[header.SIZE :], columns=columns, slots=slots)
        self._identity = identity  # device and inode; None for memory without a file
        self._page = page
        self._header = Header(page)
        self._size = size_of(shape)

    # ---------------------------------------------------------------- beginning

    @classmethod
    def open(cls, path: Path, *, key: bytes, shape: tuple[int, int]) -> Mapped:
        """Map a finished file; the shelf is held alone. Raises Unusable.

        After a start of the machine only what was on disk by then is sure, so the sequence goes back to the durable
        mark, and the file counts as left by a dead writer who was bringing in what it said it held.
        """
        mapped = cls._of_file(path, mmap.ACCESS_WRITE, key=key, shape=shape)
        page, boot = mapped._header, header.this_boot()
        if page.boot != boot or not boot:
            if not page.is_dirty:
                page.put_mark(header.INTENDED_AT, page.mark(header.SEQUENCE_AT))
            page.is_dirty = True
            page.put_mark(header.SEQUENCE_AT, page.mark(header.DURABLE_AT))
            page.boot = boot
        return mapped

    @classmethod
    def copy(cls, path: Path, *, key: bytes, shape: tuple[int, int]) -> Mapped:
        """A private copy, taken page by page as it is written to; the shelf is held for as long as it is used.

        Raises Unusable; also after a start of the machine, until somebody has opened the file itself.
        """
        mapped = cls._of_file(path, mmap.ACCESS_COPY, key=key, shape=shape)
        if not mapped._header.boot or mapped._header.boot != header.this_boot():
            raise Unusable("nobody has opened it since the machine started")
        return mapped

    @classmethod
    def _of_file(cls, path: Path, access: int, *, key: bytes, shape: tuple[int, int]) -> Mapped:
        try:
            number = os.open(path, os.O_RDWR)
        except OSError as missing:
            raise Unusable(str(missing)) from missing
        try:
            told = os.fstat(number)
            if told.st_size != size_of(shape):
                raise Unusable(f"{told.st_size} bytes instead of {size_of(shape)}")
            page = mmap.mmap(number, told.st_size, access=access)
        finally:
            os.close(number)
        if not Header(page).found(key=key, shape=shape):
            raise Unusable("another key, another shape, or never finished")
        return cls(page, shape, identity=(told.st_dev, told.st_ino))

    @classmethod
    def in_memory(cls, *, key: bytes, shape: tuple[int, int]) -> Mapped:
        """The same without a file, for this process alone: where the disk takes nothing."""
        page = mmap.mmap(-1, size_of(shape))
        Header(page).lay_out(key=key, shape=shape)
        return cls(page, shape, identity=None)

    @classmethod
    def build(cls, path: Path, *, key: bytes, shape: tuple[int, int], fill: Callable[[Mapped], Mark]) -> None:
        """Write a new file beside and let it take the place of what is there. One process at a time for each path.

        `fill` puts the figures into the empty arrays and says what they are as of. They are memory of this process
        until then: reports come in no order of slots, and the system would write the same pages to disk again and
        again. Raises OSError when the disk is full or closed; its place is taken before the first byte, so that nobody
        runs out of it while writing.
        """
        part = path.with_suffix(".part")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                _reserve(file.fileno(), size_of(shape))
                mapped = cls.in_memory(key=key, shape=shape)
                mapped.finish(fill(mapped))
                whole = memoryview(mapped._page)
                for first, piece in ((header.SIZE, whole[header.SIZE :]), (0, whole[: header.SIZE])):
                    file.seek(first)
                    file.write(piece)
                    file.flush()
                    os.fsync(file.fileno())  # a file is finished by its first page: that comes last
            part.rename(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    # ---------------------------------------------------------------- questions

    def status(self) -> Status:
        """What the file is as of. The shelf is held."""
        return self._header.status()

    def is_in_place(self, path: Path) -> bool:
        """Whether the file under that name is still this one, whole."""
        if self._identity is None:
            return True
        try:
            told = os.stat(path)
        except OSError:
            return False
        return (told.st_dev, told.st_ino) == self._identity and told.st_size == self._size

    # ---------------------------------------------------------------- writing

    def write(self, to: Mark, put: Callable[[], bool]) -> None:
        """Bring the matrix up to a mark; the shelf is held alone.

        `put` writes into the arrays and says whether it wrote anything. The sequence moves last; whoever dies before
        leaves the dirty mark and what was intended.
        """
        page = self._header
        page.put_mark(header.INTENDED_AT, to)
        page.is_dirty = True
        if put():
            page.changes += 1
        page.put_mark(header.SEQUENCE_AT, to)
        page.is_dirty = False

    def finish(self, mark: Mark) -> None:
        """Say that memory without a file is filled as of a mark."""
        self._header.finish(mark)

    def sync(self) -> None:
        """Wait until everything written so far is on disk. No lock is needed."""
        if self._identity is not None:
            self._page.flush()

    def note_durable(self, mark: Mark) -> None:
        """Say that everything up to a mark is on disk: what `status` said before `sync`. The shelf is held alone."""
        self._header.put_mark(header.DURABLE_AT, mark)


def _reserve(number: int, size: int) -> None:
    try:
        os.posix_fallocate(number, 0, size)
    except OSError as error:
        if error.errno not in {errno.EOPNOTSUPP, errno.EINVAL}:
            raise
        os.ftruncate(number, size)  # a file system that cannot reserve
