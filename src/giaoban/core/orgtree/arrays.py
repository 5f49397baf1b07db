"""What a tree is made of, as arrays that can be written to a file and used again without any work."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

HALVED_AT_MOST: Final = 2_000  # places found by halving; who asks more often is given a table


@dataclass(frozen=True)
class Arrays:
    """Units in preorder as memory: ids, positions of parents (-1 for a root), levels, subtree sizes, depths.

    `ordered` are the ids rising, `places` where each of them stands. Ids are 64-bit, levels unsigned 16-bit
    numbers of `level_names`, everything else C ints.
    """

    units: memoryview
    parents: memoryview
    levels: memoryview
    sizes: memoryview
    depths: memoryview
    ordered: memoryview
    places: memoryview
    level_names: tuple[str, ...]
    signature: str


KINDS: Final = {
    "units": "q",
    "parents": "i",
    "levels": "H",
    "sizes": "i",
    "depths": "i",
    "ordered": "q",
    "places": "i",
}


class Places:
    """Where each unit stands. A process that asks for a few units makes no table of all."""

    def __init__(self, units: Sequence[int], found: tuple[Sequence[int], Sequence[int]] | None = None) -> None:
        """`found`: the ids rising and their places, when they are at hand."""
        self._units, self._found = units, found
        self._asked = 0
        self._table: dict[int, int] | None = None

    def get(self, unit: int) -> int | None:
        """The unit's place; None when it has none.

        >>> places = Places([7, 3, 5], ([3, 5, 7], [1, 2, 0]))
        >>> [places.get(unit) for unit in (7, 5, 4, 9)]
        [0, 2, None, None]
        """
        if self._table is not None:
            return self._table.get(unit)
        self._asked += 1
        if self._found is None or self._asked > HALVED_AT_MOST:
            self._table = dict(zip(self._units, range(len(self._units)), strict=True))
            return self._table.get(unit)
        ordered, places = self._found
        at = bisect_left(ordered, unit)
        return places[at] if at < len(ordered) and ordered[at] == unit else None


def rising(units: Sequence[int]) -> tuple[array[int], array[int]]:
    """The ids rising, and where each of them stands.

    >>> rising([7, 3, 5])
    (array('q', [3, 5, 7]), array('i', [1, 2, 0]))
    """
    numbers = list(units)
    places = sorted(range(len(numbers)), key=numbers.__getitem__)
    return array("q", sorted(numbers)), array("i", places)
