"""What the data set is made of, as it is handed to the writer: stretches of rows, a column each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giaoban.core.formlang.column import Column
from giaoban.core.orgtree import OrgTree

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STATES = ("submitted", "accepted")


@dataclass(frozen=True)
class Stretch:
    """Some reports of one round that count, in the order they were read.

    reports, units int64[row]; states int8[row] as places in STATES; nothing bool[row]; values int64[row, column] and
    answered bool[row, column], the columns as `columns` names them.
    """

    columns: Sequence[Column]
    reports: Ints
    units: Ints
    states: NDArray[np.int8]
    nothing: Bools
    values: Ints
    answered: Bools


@dataclass(frozen=True)
class Pairs:
    """Units and units at or above them, `distance` steps up."""

    units: Ints
    ancestors: Ints
    distance: int


def pairs(tree: OrgTree) -> Iterator[Pairs]:
    """Every unit with itself, then with the unit above, and so on up to the roots.

    >>> from array import array
    >>> tree = OrgTree(units=array("q", [1, 5, 9]), parents=array("i", [-1, 0, 1]), levels=["a", "b", "c"])
    >>> [(one.distance, one.units.tolist(), one.ancestors.tolist()) for one in pairs(tree)]
    [(0, [1, 5, 9], [1, 5, 9]), (1, [5, 9], [1, 5]), (2, [9], [1])]
    """
    units, parents = np.asarray(tree.units, np.int64), np.asarray(tree.parent_positions, np.int64)
    at = above = np.arange(len(units))
    distance = 0
    while len(at):
        yield Pairs(units[at], units[above], distance)
        above, distance = parents[above], distance + 1
        at, above = at[above >= 0], above[above >= 0]
