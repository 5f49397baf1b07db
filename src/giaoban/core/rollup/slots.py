"""Slots: the reporting units of a tree in preorder, so that every subtree is one contiguous run."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from giaoban.core.orgtree import OrgTree

Ints = NDArray[np.int64]


class Slots:
    """Built from the tree of a period's day and the units that owe a report on it, inner units included.

    `los[p]`, `his[p]`: the run of slots of the subtree at tree position p, half-open.
    `units[s]`: the unit of slot s.
    """

    def __init__(self, tree: OrgTree, reporting: Iterable[int]) -> None:
        """Raises NotInTree for a reporting unit without a place on the tree's day."""
        self.tree = tree
        owes = np.zeros(len(tree), np.int64)
        owes[[tree.position(unit) for unit in reporting]] = 1
        before = np.zeros(len(tree) + 1, np.int64)
        np.cumsum(owes, out=before[1:])
        ends = np.arange(len(tree)) + np.asarray(tree.sizes, np.int64)
        self.los: Ints = before[:-1]
        self.his: Ints = before[ends]
        self.units: Ints = np.asarray(tree.units, np.int64)[owes == 1]
        self._owes = owes == 1

    def __len__(self) -> int:
        return len(self.units)

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
        digest.update(np.flatnonzero(self._owes).astype("<i8").tobytes())
        return digest.hexdigest()
