"""Where the past of a unit is kept once the unit has ended: with whoever keeps it now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from giaoban.core.orgtree import OrgTree, Placed, paths


def keepers(tree: OrgTree, *, ended: Iterable[Placed], successors: Mapping[int, int]) -> dict[int, int]:
    """Who keeps the past of each unit that stands nowhere in `tree`: its one successor, or whom it hung under last.

    `ended` are placements that ended up to the tree's day, in any order; `successors` has those units that were merged
    or renamed away.
    """
    last: dict[int, Placed] = {}
    for placed in ended:
        known = last.get(placed.unit)
        if placed.unit not in tree and (known is None or placed.from_day > known.from_day):
            last[placed.unit] = placed
    kept = {unit: successors.get(unit, placed.parent) for unit, placed in last.items()}
    return {unit: keeper for unit, keeper in kept.items() if keeper is not None}


def paths_with_past(tree: OrgTree, *, kept: Mapping[int, int]) -> dict[int, str]:
    """Every unit's path in the tree, and below its keeper's path that of each unit that has ended.

    So whoever reaches a unit reaches what it was made of. A unit whose keepers lead nowhere has no path.
    """
    written = paths(tree)
    for unit in kept:
        way: list[int] = []
        above = unit
        while above not in written and above in kept and above not in way:
            way.append(above)
            above = kept[above]
        if above in written:
            for each in reversed(way):
                written[each] = f"{written[above]}{each}/"
                above = each
    return written
