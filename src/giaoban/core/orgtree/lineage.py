"""What a unit was made of before reorganisations: the ground for comparing its total with an earlier one.

Shares are exact fractions. Where a part was handed over and nobody stated how large it was, the answer is «not
comparable», unless both sides of the hand-over lie within what is asked about: then nothing has to be known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from giaoban.core.orgtree import OrgTree
from giaoban.core.orgtree.plans import WHOLE


class Passing(StrEnum):
    """How a unit, or a part of it, passed to another."""

    MERGE = "merge"
    RENAME = "rename"  # under another identity
    SPLIT = "split"
    TRANSFER = "transfer"
    CLOSE = "close"  # to nobody; what it was stays with the unit it hung under


class Exactness(StrEnum):
    """How far the parts may be trusted."""

    EXACT = "exact"  # whole units: the earlier total is their sum
    BY_SHARE = "by_share"  # some part is counted by a share somebody stated
    NONE = "none"  # not comparable


@dataclass(frozen=True, slots=True)
class Passage:
    """What became of a unit on a day; `share` in parts per million for a split or a transfer, None when not stated."""

    predecessor: int
    successor: int
    day: date
    kind: Passing
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A unit of the earlier tree: its whole subtree but for the subtrees of `without`, or a share of its own alone."""

    unit: int
    share: Fraction
    is_subtree: bool
    without: tuple[int, ...] = ()


@dataclass(frozen=True)
class Lineage:
    """The parts, in the earlier tree's order, that make up a unit of the later tree with everything below it.

    `unstated` are the hand-overs without a share that make it not comparable; a unit without any part is new, and
    not comparable either.
    """

    parts: tuple[Part, ...]
    exactness: Exactness
    unstated: tuple[Passage, ...]

    def is_of(self, unit: int) -> bool:
        """Whether it is that very unit with everything that was below it, and nothing else."""
        return self.parts == (Part(unit, Fraction(1), is_subtree=True),)


class _Held:
    """How much of each unit is held: all of those in one run of the later tree, unless the way back says otherwise."""

    def __init__(self, tree: OrgTree, unit: int) -> None:
        self.units = frozenset(tree.units[tree.subtree(unit).start : tree.subtree(unit).stop])
        self.said: dict[int, Fraction] = {}

    def __getitem__(self, unit: int) -> Fraction:
        said = self.said.get(unit)
        return said if said is not None else Fraction(unit in self.units)


def lineage(*, unit: int, before: OrgTree, after: OrgTree, passages: Iterable[Passage]) -> Lineage:
    """What `unit` of the tree `after` was made of on the tree `before`.

    `passages` are those of the days after that of `before` up to that of `after`. Raises NotInTree.
    """
    held = _Held(after, unit)
    by_day: defaultdict[date, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_day[passage.day].append(passage)
    unstated: list[Passage] = []
    for day in sorted(by_day, reverse=True):
        unstated.extend(_back_over(by_day[day], held))
    if unstated:
        return Lineage((), Exactness.NONE, tuple(unstated))
    parts = _parts(before, held)
    if not parts:
        return Lineage((), Exactness.NONE, ())
    is_exact = all(part.share == 1 for part in parts)
    return Lineage(parts, Exactness.EXACT if is_exact else Exactness.BY_SHARE, ())


def _back_over(passages: Sequence[Passage], held: _Held) -> list[Passage]:
    """Step back over one day: give each predecessor what its successors hold. Returns what would have to be known."""
    of: defaultdict[int, list[Passage]] = defaultdict(list)
    closed: dict[int, int] = {}
    for passage in passages:
        if passage.kind is Passing.CLOSE:
            closed[passage.predecessor] = passage.successor
        else:
            of[passage.predecessor].append(passage)
    unstated: list[Passage] = []
    earlier: dict[int, Fraction] = {}
    for unit, own in of.items():
        shares, open_ones = _shares(own, rest=held[unit], held=held)
        unstated.extend(open_ones)
        earlier[unit] = shares
    held.said |= earlier
    for unit in closed:
        above, way = closed[unit], {unit}
        while above in closed and above not in way:
            way.add(above)
            above = closed[above]
        held.said[unit] = held[above]
    return unstated


def _shares(own: Sequence[Passage], *, rest: Fraction, held: _Held) -> tuple[Fraction, list[Passage]]:
    """How much of a predecessor is held once its parts have passed on; `rest` is held of what stayed with it."""
    if own[0].kind in {Passing.MERGE, Passing.RENAME}:
        return held[own[0].successor], []
    parts = [(passage, held[passage.successor]) for passage in own]
    stated = [(Fraction(passage.share, WHOLE), part) for passage, part in parts if passage.share is not None]
    unstated = [(passage, part) for passage, part in parts if passage.share is None]
    left = 1 - sum((share for share, _ in stated), Fraction())
    if own[0].kind is Passing.TRANSFER:
        open_ones = [passage for passage, part in unstated if part != rest]
        return sum((share * part for share, part in stated), left * rest), open_ones
    fates = {part for _, part in unstated}
    if len(fates) > 1:
        return Fraction(), [passage for passage, _ in unstated]
    return sum((share * part for share, part in stated), left * next(iter(fates), Fraction())), []


def _parts(before: OrgTree, held: _Held) -> tuple[Part, ...]:
    """Whole subtrees where every unit is held whole, single units elsewhere; only what is held is looked at."""
    shares = {before.position(unit): share for unit, share in held.said.items() if unit in before}
    untold = held.units - held.said.keys()
    whole = sorted(
        [
            *(before.position(unit) for unit in untold if unit in before),
            *(place for place, share in shares.items() if share == 1),
        ]
    )
    partly = [place for place, share in shares.items() if share not in (0, 1)]
    parts: list[Part] = []
    done = 0
    for place in sorted([*whole, *partly]) if partly else whole:
        if place < done:
            continue
        unit, size = before.unit_at(place), before.sizes[place]
        is_subtree = bisect_left(whole, place + size) - bisect_left(whole, place) == size
        parts.append(Part(unit, shares.get(place, Fraction(1)), is_subtree))
        done = place + (size if is_subtree else 1)
    return tuple(parts)


def gathered(parts: Sequence[Part], before: OrgTree) -> tuple[Part, ...]:
    """The same units in fewer words: a unit held with most of what was below it, told with what is not."""
    starts = [before.position(part.unit) for part in parts]
    found: list[Part] = []
    index = 0
    while index < len(parts):
        part = parts[index]
        stop = bisect_left(starts, before.subtree(part.unit).stop, index)
        lacking = _lacking(parts[index:stop], starts[index:stop], before)
        if lacking and len(lacking) < stop - index:
            found.append(Part(part.unit, part.share, is_subtree=True, without=lacking))
            index = stop
        else:
            found.append(part)
            index += 1
    return tuple(found)


def _lacking(inside: Sequence[Part], starts: Sequence[int], before: OrgTree) -> tuple[int, ...]:
    """Heads of the subtrees below the first part that no part touches; none when some part is not held whole.

    None either when something below is held whose superior below the first part is not.
    """
    place, stop = starts[0], starts[0] + before.sizes[starts[0]]
    lacking: list[int] = []
    index = 0
    while place < stop:
        size = before.sizes[place]
        if index < len(inside) and starts[index] == place:
            if inside[index].share != 1:
                return ()
            place += size if inside[index].is_subtree else 1
            index += 1
        elif index < len(inside) and starts[index] < place + size:
            return ()
        else:
            lacking.append(before.unit_at(place))
            place += size
    return tuple(lacking)
