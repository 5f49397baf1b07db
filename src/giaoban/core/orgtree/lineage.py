"""What a unit was made of before reorganisations: the ground for comparing its total with an earlier one.

Shares are exact fractions. Where a part was handed over and nobody stated how large it was, the answer is «not
comparable», unless both sides of the hand-over lie within what is asked about: then nothing has to be known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    """A unit of the earlier tree: its whole subtree, or a share of its own figures alone."""

    unit: int
    share: Fraction
    is_subtree: bool


@dataclass(frozen=True)
class Lineage:
    """The parts, in the earlier tree's order, that make up a unit of the later tree with everything below it.

    `unstated` are the hand-overs without a share that make it not comparable; a unit without any part is new, and
    not comparable either.
    """

    parts: tuple[Part, ...]
    exactness: Exactness
    unstated: tuple[Passage, ...]


def lineage(*, unit: int, before: OrgTree, after: OrgTree, passages: Iterable[Passage]) -> Lineage:
    """What `unit` of the tree `after` was made of on the tree `before`.

    `passages` are those of the days after that of `before` up to that of `after`. Raises NotInTree.
    """
    held: defaultdict[int, Fraction] = defaultdict(Fraction)
    held.update((after.unit_at(position), Fraction(1)) for position in after.subtree(unit))
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


def _back_over(passages: Sequence[Passage], held: defaultdict[int, Fraction]) -> list[Passage]:
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
    held.update(earlier)
    for unit in closed:
        above, way = closed[unit], {unit}
        while above in closed and above not in way:
            way.add(above)
            above = closed[above]
        held[unit] = held[above]
    return unstated


def _shares(own: Sequence[Passage], *, rest: Fraction, held: Mapping[int, Fraction]) -> tuple[Fraction, list[Passage]]:
    """How much of a predecessor is held once its parts have passed on; `rest` is held of what stayed with it."""
    if own[0].kind in {Passing.MERGE, Passing.RENAME}:
        return held.get(own[0].successor, Fraction()), []
    parts = [(passage, held.get(passage.successor, Fraction())) for passage in own]
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


def _parts(before: OrgTree, held: Mapping[int, Fraction]) -> tuple[Part, ...]:
    """Whole subtrees where every unit is held whole, single units elsewhere; only what is held is looked at."""
    share_at = {before.position(unit): share for unit, share in held.items() if share and unit in before}
    whole = sorted(position for position, share in share_at.items() if share == 1)
    parts: list[Part] = []
    done = 0
    for position in sorted(share_at):
        if position < done:
            continue
        unit, size = before.unit_at(position), before.sizes[position]
        is_subtree = bisect_left(whole, position + size) - bisect_left(whole, position) == size
        parts.append(Part(unit, share_at[position], is_subtree))
        done = position + (size if is_subtree else 1)
    return tuple(parts)
