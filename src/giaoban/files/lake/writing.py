"""Writes the data set: beside its place, file by file, and put there when it is whole."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from giaoban.core.orgtree import NO_PARENT, OrgTree
from giaoban.files.lake.refusals import FolderClosed, FolderTaken
from giaoban.files.lake.rows import STATES, Stretch, pairs
from giaoban.files.lake.tables import FORMAT, MANIFEST, PARTITIONS, SCHEMAS, VERSION

ROWS_IN_A_FILE: Final = 16_000_000  # a further file then, so that several machines have something to read


@dataclass(frozen=True)
class FileNote:
    """One file, as the manifest names it."""

    table: str
    path: str
    rows: int
    bytes: int
    sha256: str


@dataclass
class Part:
    """One partition of a table while it is written."""

    table: str
    folder: Path
    rows: int = 0
    files: list[tuple[Path, int]] = field(default_factory=list)
    _writer: pq.ParquetWriter | None = None
    _in_file: int = 0

    def put(self, **columns: Any) -> None:
        """Add one row group; the columns are those of the table, as arrays of one length."""
        schema = SCHEMAS[self.table]
        block = pa.Table.from_arrays([_array(columns[each.name], each.type) for each in schema], schema=schema)
        if self._writer is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / f"part-{len(self.files)}.parquet"
            self._writer = pq.ParquetWriter(path, schema, compression="zstd")
            self.files.append((path, 0))
        self._writer.write_table(block)
        self.rows += len(block)
        self._in_file += len(block)
        if self._in_file >= ROWS_IN_A_FILE:
            self.close()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            path, _ = self.files[-1]
            self.files[-1] = path, self._in_file
            self._writer, self._in_file = None, 0


def _array(values: Any, kind: pa.DataType) -> pa.Array:
    return values if isinstance(values, pa.Array) else pa.array(values, kind)


class DataSet:
    """A data set that is being written into `staging`; nobody finds it before `publish`."""

    def __init__(self, staging: Path) -> None:
        self.staging = staging
        self.files: list[FileNote] = []

    @contextmanager
    def part(self, table: str, **keys: str) -> Iterator[Part]:
        """One partition of a table; without a row it still gets a file, so that every engine knows its columns."""
        folder = self.staging / table
        for key in PARTITIONS[table]:
            folder /= f"{key}={quote(keys[key], safe='')}"
        part = Part(table, folder)
        try:
            yield part
            if not part.files:
                part.put(**{each.name: [] for each in SCHEMAS[table]})
        finally:
            part.close()
        for path, rows in part.files:
            with path.open("rb") as file:
                os.fsync(file.fileno())
                digest = file_digest(file, "sha256").hexdigest()
            name = path.relative_to(self.staging).as_posix()
            self.files.append(FileNote(table, name, rows, path.stat().st_size, digest))

    def rows(self, table: str) -> int:
        return sum(one.rows for one in self.files if one.table == table)

    def put_tree(self, tree: OrgTree, *, day: str) -> None:
        """A tree and who stands above whom in it, under the day that names it."""
        units, parents = np.asarray(tree.units, np.int64), np.asarray(tree.parent_positions, np.int64)
        with self.part("trees", day=day) as part:
            part.put(
                unit=units,
                parent=pa.array(units[parents], mask=parents == NO_PARENT),
                level=pa.array(tree.levels).dictionary_encode(),
                position=np.arange(len(units)),
                size=np.asarray(tree.sizes, np.int64),
                depth=np.asarray(tree.depths, np.int64),
            )
        with self.part("closure", day=day) as part:
            for one in pairs(tree):
                part.put(unit=one.units, ancestor=one.ancestors, distance=np.full(len(one.units), one.distance))

    def finish(self, *, as_of: int, seal: str, facts: Mapping[str, object]) -> str:
        """Write the manifest, the last file; returns its hash."""
        told = {
            "format": FORMAT,
            "version": VERSION,
            "as_of": {"number": as_of, "hash": seal},
            **facts,
            "rows": {table: self.rows(table) for table in SCHEMAS},
            "files": [asdict(one) for one in self.files],
        }
        data = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
        with (self.staging / MANIFEST).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return sha256(data).hexdigest()


class Facts:
    """The reports of one round on their way into `facts` and `reports`, a row group each for a stretch of them."""

    def __init__(self, facts: Part, reports: Part, *, as_of: int) -> None:
        self._facts, self._reports, self._as_of = facts, reports, as_of

    def put(self, stretch: Stretch) -> None:
        states = _words(stretch.states, STATES)
        self._reports.put(
            report=stretch.reports,
            unit=stretch.units,
            state=states,
            is_nothing=stretch.nothing,
            as_of=np.full(len(stretch.reports), self._as_of),
        )
        column, row = np.nonzero(stretch.answered.T)  # one column after the other: the same field packs well
        if len(row):
            self._facts.put(
                report=stretch.reports[row],
                unit=stretch.units[row],
                field=_words(column, [one.field for one in stretch.columns]),
                part=_words(column, [one.part for one in stretch.columns]),
                value=stretch.values[row, column],
                state=states.take(pa.array(row)),
                is_nothing=stretch.nothing[row],
                as_of=np.full(len(row), self._as_of),
            )


def _words(at: Any, words: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.asarray(at, np.int32)), pa.array(words, pa.string()))


@contextmanager
def data_set(folder: Path) -> Iterator[DataSet]:
    """A new data set for `folder`, written beside it under a hidden name, which goes when anything goes wrong.

    Raises FolderTaken when something is there, FolderClosed when nothing can be written.
    """
    refuse_taken(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
    except OSError as closed:
        raise FolderClosed(folder=folder, why=closed.strerror) from closed
    try:
        staging.chmod(0o755)
        yield DataSet(staging)
    except OSError as full:
        raise FolderClosed(folder=folder, why=full.strerror) from full
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def refuse_taken(folder: Path) -> None:
    """Raise FolderTaken when something is there already; an empty folder is nothing."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(folder=folder)


def publish(made: DataSet, folder: Path) -> None:
    """Give a finished data set its name, in one step. Raises FolderTaken when somebody else took it meanwhile."""
    try:
        made.staging.rename(folder)
    except OSError as taken:
        if taken.errno in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR}:
            raise FolderTaken(folder=folder) from taken
        raise
    parent = os.open(folder.parent, os.O_RDONLY)
    try:
        os.fsync(parent)
    finally:
        os.close(parent)
