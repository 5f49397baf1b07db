"""A folder of matrix files, with the locks under which the processes of a host share them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

MOST_FILES: Final = 192  # matrices of one host; beyond, those not asked for longest go
MOST_BYTES: Final = 64 * 1024**3  # of all of them together
_SUFFIX = ".matrix"


class Shelf:
    """Readers share the shelf, a writer has it alone; building happens beside it, one builder for each name.

    The system lets go of a lock when its holder dies. A door in front of the lock keeps readers who never cease
    from shutting a writer out. Nobody asks for the shelf while holding it.
    """

    def __init__(self, folder: Path, *, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES) -> None:
        self.folder = folder
        self._most_files, self._most_bytes = most_files, most_bytes
        self._door, self._lock = str(folder / "door"), str(folder / "lock")

    def path(self, name: str) -> Path:
        """Where the matrix of that name is, or will be."""
        return self.folder / f"{name}{_SUFFIX}"

    def totals_path(self, name: str) -> Path:
        """Where the stored totals of that matrix are, or will be."""
        return self.folder / f"{name}.totals"

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold the shelf together with other readers: nothing on it changes meanwhile."""
        with self._held(fcntl.LOCK_SH):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the shelf alone."""
        with self._held(fcntl.LOCK_EX):
            yield

    @contextmanager
    def building(self, name: str) -> Iterator[None]:
        """Be the only one who builds the matrix of that name; others wait here."""
        with _locked(self.path(name).with_suffix(".build"), fcntl.LOCK_EX):
            yield

    def touch(self, name: str) -> None:
        """Note that a matrix was asked for."""
        try:
            os.utime(self.path(name))
        except OSError:
            return  # it has gone, and will be missed by who asks next

    def tidy(self, *, keep: Collection[str] = ()) -> list[str]:
        """Remove the matrices asked for least recently beyond the limits, never one of `keep`; returns their names.

        Who has one mapped finds out at the next question. The shelf is held alone.
        """
        by_age = sorted(((told.st_mtime_ns, path, told.st_size) for path, told in self._files()), reverse=True)
        files = total = 0
        gone = []
        for _, path, size in by_age:
            files, total = files + 1, total + size
            if (files > self._most_files or total > self._most_bytes) and path.stem not in keep:
                files, total = files - 1, total - size
                self.remove(path.stem)
                gone.append(path.stem)
        self._sweep()
        return gone

    def _sweep(self) -> None:
        """Remove what builders left who died: nobody holds their lock."""
        for part in self.folder.glob("*.part"):
            try:
                with _locked(part.with_suffix(".build"), fcntl.LOCK_EX | fcntl.LOCK_NB):
                    part.unlink(missing_ok=True)
            except BlockingIOError:
                continue

    def remove(self, name: str) -> None:
        """Take one matrix off the shelf, with what belongs to it. The shelf is held alone."""
        self.path(name).unlink(missing_ok=True)
        for beside in (".part", ".totals"):  # never the lock of the builders: one of them may be waiting at it
            self.path(name).with_suffix(beside).unlink(missing_ok=True)

    def names(self) -> list[str]:
        """The matrices that are there."""
        return sorted(path.stem for path, _ in self._files())

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self.folder.glob(f"*{_SUFFIX}"):
            try:
                yield path, path.stat()
            except FileNotFoundError:
                continue  # somebody took it off just now

    @contextmanager
    def _held(self, how: int) -> Iterator[None]:
        with _locked(self._door, fcntl.LOCK_EX):
            shelf = _taken(self._lock, how)
        try:
            yield
        finally:
            _leave(shelf)


@contextmanager
def _locked(path: str | Path, how: int) -> Iterator[None]:
    number = _taken(path, how)
    try:
        yield
    finally:
        _leave(number)


def _leave(number: int) -> None:
    """Unlock before closing: a process begun meanwhile may hold the same open file."""
    fcntl.flock(number, fcntl.LOCK_UN)
    os.close(number)


def _taken(path: str | Path, how: int) -> int:
    """An open file with the lock; each use has its own, so that threads exclude each other like processes."""
    how_opened = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
    try:
        number = os.open(path, how_opened, 0o600)
    except FileNotFoundError:  # the first one here, or somebody cleared the folder away
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        number = os.open(path, how_opened, 0o600)
    try:
        fcntl.flock(number, how)
    except BaseException:
        os.close(number)
        raise
    return number
