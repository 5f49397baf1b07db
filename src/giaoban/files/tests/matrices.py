"""A ledger in a file and a matrix that follows it, for tests with several processes."""

from __future__ import annotations

import hashlib
import os
import struct
from array import array
from pathlib import Path

import numpy as np

from giaoban.core.orgtree import OrgTree
from giaoban.core.rollup import Column, Layout, Matrix, Row, Slots, SlotState
from giaoban.files.matrix import NOWHERE, Mapped, Mark, Shelf, Status, Unusable

COLUMNS, UNITS = 24, 60
KEY = hashlib.sha256(b"a tree and a form").digest()
TREE = OrgTree(units=array("q", range(UNITS)), parents=array("i", [-1, *([0] * (UNITS - 1))]), levels=["x"] * UNITS)
LAYOUT = Layout([Column(f"f{number}", "value", "sum") for number in range(COLUMNS)])
SLOTS = Slots(TREE, range(UNITS))
_ENTRY = struct.Struct("=qq")


def seal(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest() if number else NOWHERE.seal


class Ledger:
    """Entries (slot, value), numbered from 1: the report of that slot says that value in every field. 0: withdrawn."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch()

    def append(self, entries: list[tuple[int, int]]) -> None:
        with self.path.open("ab") as file:
            file.write(b"".join(_ENTRY.pack(*entry) for entry in entries))

    def entries(self) -> list[tuple[int, int]]:
        return list(_ENTRY.iter_unpack(self.path.read_bytes()))

    def head(self) -> Mark:
        number = self.path.stat().st_size // _ENTRY.size
        return Mark(number, seal(number))

    def oracle(self) -> dict[int, int]:
        """What each slot says now."""
        return dict(self.entries())


class Follower:
    """One process that follows the ledger into the shared file, as the roll-up does."""

    def __init__(self, shelf: Shelf, ledger: Ledger, name: str = "round-1") -> None:
        self.shelf, self.ledger, self.name = shelf, ledger, name
        self.built = 0
        self.mapped = self._open()

    def _open(self) -> Mapped:
        path, shape = self.shelf.path(self.name), (COLUMNS, UNITS)
        while True:
            try:
                with self.shelf.writing():
                    return Mapped.open(path, key=KEY, shape=shape)
            except Unusable:
                with self.shelf.building(self.name):
                    self.built += 1
                    Mapped.build(path, key=KEY, shape=shape, fill=lambda mapped: NOWHERE)

    @property
    def matrix(self) -> Matrix:
        return Matrix(LAYOUT, SLOTS, self.mapped.cells)

    def status(self) -> Status:
        with self.shelf.reading():
            return self.mapped.status()

    def follow(self, *, most: int | None = None) -> None:
        """Bring the file up to the ledger, or `most` entries further, each slot as it stands at the end of those."""
        before = self.status()
        entries = self.ledger.entries()
        to = len(entries) if most is None else min(len(entries), before.sequence.number + most)
        now = dict(entries)  # the current state of each row, as a database would give it
        changed = sorted({slot for slot, _ in entries[before.sequence.number : to]})

        def put() -> bool:
            for slot in changed:
                self.put(slot, now[slot])
            return bool(changed)

        with self.shelf.writing():
            if self.mapped.status() == before:
                self.mapped.write(Mark(to, seal(to)), put)

    def put(self, slot: int, value: int) -> None:
        state = SlotState.SUBMITTED if value else SlotState.DRAFT
        self.matrix.put_many([Row(slot, state, [value] * COLUMNS, [True] * COLUMNS)])

    def read(self) -> np.ndarray:
        """The columns' totals, once the file is whole and as of the ledger's head."""
        while True:
            with self.shelf.reading():
                status = self.mapped.status()
                if not status.is_dirty and status.sequence == self.ledger.head():
                    return self.mapped.cells.values.sum(axis=1)
            self.follow()


def is_whole(matrix: Matrix) -> bool:
    """Whether no report is half there: every field of a slot says the same."""
    same = (matrix.values == matrix.values[0]).all()
    return bool(same and (matrix.answered == (matrix.states >= SlotState.SUBMITTED)).all())


def die() -> None:
    os.kill(os.getpid(), 9)
