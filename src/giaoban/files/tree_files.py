"""Trees as arrays in files, so that a process begins without reading every placement. Never the truth.

One file holds one tree: a line of JSON, then the arrays, each from a multiple of eight bytes on. What is cut, changed
or of another make is built anew.
"""

from __future__ import annotations

import json
import mmap
import os
import sys
import tempfile
import zlib
from array import array
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from giaoban.core.orgtree import OrgTree
from giaoban.core.orgtree.arrays import KINDS, Arrays

MOST_FILES: Final = 24  # beyond, those not asked for longest go
_MAGIC = f"giaoban tree 2 {sys.byteorder} {array('i').itemsize}"
_ALIGNED = 8  # bytes
_LONGEST_LINE = 65_536


class Spoilt(Exception):
    """A file that is not a whole tree."""


class Saved:
    """The trees of one state of the placements, named by the hash of the ledger entry that made it.

    Without `may_save` what is found or built is not saved.
    """

    def __init__(self, folder: Path, *, seal: str, may_save: bool = True) -> None:
        self._folder, self._seal, self.may_save = folder, seal[:32], may_save

    def days(self, find: Callable[[], list[date]]) -> list[date]:
        """The days on which the tree changes: as saved, else as `find` finds them."""
        path = self._folder / f"{self._seal}.days"
        try:
            told = json.loads(path.read_bytes())
            return [date.fromisoformat(day) for day in told]
        except (OSError, ValueError, TypeError):
            found = find()
            self._write(path, [json.dumps([day.isoformat() for day in found]).encode()])
            return found

    def tree(self, day: date, build: Callable[[], OrgTree]) -> OrgTree:
        """The tree that holds from a change day on: as saved, else as `build` builds it."""
        path = self._folder / f"{self._seal}-{day.isoformat()}.tree"
        try:
            found = read(path)
            os.utime(path)
            return found
        except (OSError, Spoilt):
            built = build()
            if self.may_save:
                self._write(path, _parts(built))
                _tidy(self._folder)
            return built

    def _write(self, path: Path, parts: Sequence[bytes]) -> None:
        """Whole or not at all. A disk that takes nothing keeps nobody from working."""
        if not self.may_save:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
                part.writelines(parts)
            Path(part.name).rename(path)
        except OSError:
            return


def read(path: Path) -> OrgTree:
    """The tree in a file, mapped, so that processes share its memory. Raises OSError, Spoilt."""
    try:
        with path.open("rb") as file:
            page = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        whole = memoryview(page)
        first, _, _ = page[:_LONGEST_LINE].partition(b"\n")
        told = json.loads(first)
        body = whole[-(-(len(first) + 1) // _ALIGNED) * _ALIGNED :]
        if told["magic"] != _MAGIC or told["crc"] != zlib.crc32(body):
            raise Spoilt(path.name)
        arrays = {}
        for name, kind in KINDS.items():
            size = -(-int(told["count"]) * array(kind).itemsize // _ALIGNED) * _ALIGNED
            cells = body[:size].cast(kind)  # type: ignore[call-overload]  # a kind of KINDS
            arrays[name] = cells[: told["count"]]
            body = body[size:]
        return OrgTree.of(Arrays(**arrays, level_names=tuple(told["levels"]), signature=str(told["signature"])))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise Spoilt(path.name) from error


def clear(folder: Path) -> None:
    """Remove every saved tree."""
    for path in (*folder.glob("*.tree"), *folder.glob("*.days")):
        path.unlink(missing_ok=True)


def _parts(tree: OrgTree) -> list[bytes]:
    arrays = tree.arrays()
    body = b"".join(_aligned(getattr(arrays, name).tobytes()) for name in KINDS)
    told = {
        "magic": _MAGIC,
        "count": len(tree),
        "levels": arrays.level_names,
        "signature": arrays.signature,
        "crc": zlib.crc32(body),
    }
    return [_aligned(json.dumps(told).encode() + b"\n"), body]


def _aligned(part: bytes) -> bytes:
    return part.ljust(-(-len(part) // _ALIGNED) * _ALIGNED, b"\0")


def _tidy(folder: Path) -> None:
    by_age = sorted(folder.glob("*.*"), key=_age)
    for path in by_age[:-MOST_FILES]:
        path.unlink(missing_ok=True)


def _age(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
