"""The rows every contestant of the comparison starts from, and the answer each of them is held against."""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from benchmarks.measurement import RUNS
from benchmarks.rollup_world import COUNTED, LEVELS, MONEY, SCALED

Ints = NDArray[np.int64]
Answer = TypeVar("Answer")

FIELDS = COUNTED + MONEY + SCALED
WITHIN_S = 120  # a thing is measured again as long as all its runs together stay below so many seconds
COUNTING = "state IN ('submitted', 'accepted')"


class Differs(Exception):
    """A contestant's answer is not ours."""


@dataclass(frozen=True)
class Units:
    """Every unit in the order of its id: the id of the unit above (0 at the top), the level counted from 1."""

    ids: Ints
    parents: Ints
    levels: Ints

    def above(self) -> Ints:
        """int64[unit, level]: the unit's ancestors and itself by level, 0 below its own level."""
        found = np.zeros((len(self.ids), len(LEVELS)), np.int64)
        for level in range(1, len(LEVELS) + 1):
            mine = self.levels == level
            if level > 1:
                found[mine, : level - 1] = found[np.searchsorted(self.ids, self.parents[mine]), : level - 1]
            found[mine, level - 1] = self.ids[mine]
        return found


@dataclass(frozen=True)
class World:
    """One round of reports in a SQLite store in `folder`, as the application writes it."""

    folder: str
    round_id: int
    reports: int
    runs: int = RUNS

    def save(self) -> None:
        Path(self.folder, "world.json").write_text(json.dumps(asdict(self)))

    @classmethod
    def saved(cls, folder: str) -> World:
        return cls(**json.loads(Path(folder, "world.json").read_text()))

    def path(self, name: str) -> Path:
        return Path(self.folder, name)

    def store(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path("giaoban.sqlite3"))

    def rows(self) -> Iterator[tuple[int, str]]:
        """Unit and figures of every report that counts, the figures as the text of their JSON."""
        yield from self.store().execute(
            f"SELECT unit_id, figures FROM reports_report WHERE round_id = ? AND {COUNTING}", (self.round_id,)
        )

    def units(self) -> Units:
        found = self.store().execute(
            "SELECT unit_id, coalesce(parent_id, 0), rank + 1 FROM units_placement"
            " JOIN units_level ON units_level.id = level_id ORDER BY unit_id"
        )
        ids, parents, levels = np.array(found.fetchall(), np.int64).T
        return Units(ids, parents, levels)

    def several(self, work: Callable[[], Answer]) -> tuple[list[float], Answer]:
        """Seconds of each run and the last answer: as many runs as are wanted, fewer when they take long."""
        taken: list[float] = []
        while True:
            begun = time.perf_counter()
            answer = work()
            taken.append(time.perf_counter() - begun)
            if len(taken) == self.runs or sum(taken) + max(taken) > WITHIN_S:
                return taken, answer
            del answer  # two answers at once may be more than the memory

    @contextmanager
    def proof(self, contestant: str) -> Iterator[Proof]:
        """Hold an answer against ours. Raises Differs when a cell is another one, or is missing."""
        proof = Proof(self.path("answer"))
        yield proof
        print(f"{contestant}: {proof.complete():,} sums and counts are ours", file=sys.stderr)


class Proof:
    """Our answer on disk, and what was held against it: int64[field, unit] each, units in the order of their ids."""

    def __init__(self, folder: Path) -> None:
        self.units = np.load(folder / "units.npy")
        self.totals = np.load(folder / "totals.npy", mmap_mode="r")
        self.answered = np.load(folder / "answered.npy", mmap_mode="r")
        self.seen = np.zeros(self.totals.shape, np.bool_)
        self._known: tuple[Any, Ints] = (np.array([-1]), np.array([0]))  # units, and where they stand

    @staticmethod
    def write(folder: Path, units: Ints, columns: list[tuple[Ints, Ints]]) -> None:
        """Put down our answer, one pair of sums and counts for each field, in the order of `units`."""
        folder.mkdir(exist_ok=True)
        order = np.argsort(units)
        np.save(folder / "units.npy", units[order])
        shape = (len(columns), len(units))
        for name, which in (("totals", 0), ("answered", 1)):
            kept = np.lib.format.open_memmap(folder / f"{name}.npy", mode="w+", dtype=np.int64, shape=shape)
            for at, column in enumerate(columns):
                kept[at] = column[which][order]
            kept.flush()

    def hold(self, fields: Any, units: Any, totals: Any, answered: Any) -> None:
        """Sums and counts of some units, of one field or of as many fields as units. What none answered has no sum."""
        if not np.array_equal(self._known[0], units):  # often those of the field before
            self._known = units, np.minimum(np.searchsorted(self.units, units), len(self.units) - 1)
        at = self._known[1]
        ours, counts = self.totals[fields, at], self.answered[fields, at]
        wrong = (self.units[at] != units) | (counts != answered) | ((counts > 0) & (ours != totals))
        if wrong.any():
            first = int(np.argmax(wrong))
            field = int(np.broadcast_to(fields, wrong.shape)[first])
            raise Differs(
                f"{int(wrong.sum())} cells differ; field {field}, unit {units[first]}: ours is {ours[first]} of"
                f" {counts[first]} answers, theirs {totals[first]} of {answered[first]}"
            )
        if self.seen[fields, at].any():
            raise Differs("a cell is there twice")
        self.seen[fields, at] = True

    def complete(self) -> int:
        """How many cells were held, once every answered one was. Raises Differs."""
        for field in range(len(self.seen)):
            missing = (self.answered[field] > 0) & ~self.seen[field]
            if missing.any():
                raise Differs(f"{int(missing.sum())} units are missing in field {field}")
        return int(self.seen.sum())
