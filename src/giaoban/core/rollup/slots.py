"""Slots: the reporting units of a tree in preorder, so that every subtree is one contiguous run."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import IntEnum
from functools import cached_property
from hashlib import sha256

import numpy as np

from giaoban.core.orgtree import OrgTree
from giaoban.core.rollup.cells import Bools, Ints


class SlotState(IntEnum):
    NOTHING = 0
    DRAFT = 1  # also sent back: in the unit's own hands, does not count
    SUBMITTED = 2
    ACCEPTED = 3


class Slots:
    """Built from the tree of a period's day and the units that owe a report on it, inner units included.

    `los[p]`, `his[p]`: the run of slots of the subtree at tree position p, half-open.
    `units[s]`: the unit of slot s.
    """

    def __init__(self, tree: OrgTree, reporting: Iterable[int]) -> None:
        """Raises NotInTree for a reporting unit without a place on the tree's day."""
        owes = np.zeros(len(tree), np.bool_)
        owes[[tree.position(unit) for unit in reporting]] = True
        self._stand(tree, owes)

    @classmethod
    def by_level(cls, tree: OrgTree, levels: Collection[str], exceptions: Iterable[tuple[int, bool]] = ()) -> Slots:
        """The units of some levels, but for exceptions: units and whether they owe. Those without a place are none."""
        level_owes = np.array([name in levels for name in tree.level_names], np.bool_)
        owes = level_owes[np.asarray(tree.level_numbers, np.uint16)]
        for unit, is_owing in exceptions:
            if unit in tree:
                owes[tree.position(unit)] = is_owing
        slots = cls.__new__(cls)
        slots._stand(tree, owes)
        return slots

    def _stand(self, tree: OrgTree, owes: Bools) -> None:
        self.tree = tree
        before = np.empty(len(tree) + 1, np.int64)
        before[0] = 0
        np.cumsum(owes, out=before[1:])
        ends = np.arange(len(tree))
        ends += np.asarray(tree.sizes, np.int32)
        self.los: Ints = before[:-1]
        self.his: Ints = before.take(ends)
        self._owes = owes

    @cached_property
    def units(self) -> Ints:
        """The unit of each slot."""
        found: Ints = np.asarray(self.tree.units, np.int64)[self._owes]
        return found

    def __len__(self) -> int:
        return int(self.his[-1]) if len(self.his) else 0

    def lo(self, unit: int) -> int:
        """The first slot of the unit's subtree."""
        return int(self.los[self.tree.position(unit)])

    def hi(self, unit: int) -> int:
        """The slot after the last of the unit's subtree."""
        return int(self.his[self.tree.position(unit)])

    def slot(self, unit: int) -> int | None:
        """The unit's own slot; None when it owes no report itself."""
        position = self.tree.position(unit)
        return int(self.los[position]) if self._owes[position] else None

    @cached_property
    def signature(self) -> str:
        """Equal for equal trees with equal reporting units; part of the key of a stored matrix."""
        digest = sha256(self.tree.signature.encode())
        digest.update(np.packbits(self._owes).tobytes())
        return digest.hexdigest()
