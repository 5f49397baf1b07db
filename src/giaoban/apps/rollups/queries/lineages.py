"""What an earlier figure of a unit is the figure of: the unit itself, those it was made of, or nothing comparable."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Literal

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups.queries.live import Picture
from giaoban.apps.rollups.queries.spread import How, Numbers, Spread, column_of
from giaoban.apps.rollups.rules import COUNTING, NOBODY, Counted, Rule
from giaoban.apps.units.queries import UnitName, comparing
from giaoban.apps.units.queries.comparing import Dated, History, Names, Origin
from giaoban.core.orgtree import OrgTree
from giaoban.core.orgtree.lineage import Exactness, Lineage, Part, Passage
from giaoban.core.rollup import Matrix

Hindrance = Literal["", "new", "gone", "unstated", "counted", "broken"]
MOST_NAMED = 4  # units that a ground tells by name; of the others it says how many they are


@dataclass(frozen=True)
class Source:
    """A unit of then: everything below it but `without`, or a share of its own figures alone.

    `without` names the first units, `lacking` says how many they are.
    """

    unit: UnitName
    share: Fraction
    is_subtree: bool
    without: tuple[UnitName, ...]
    lacking: int


@dataclass(frozen=True)
class Handover:
    """A part that was handed over without anybody stating how large it was."""

    predecessor: UnitName
    successor: UnitName
    day: date


@dataclass(frozen=True)
class Ground:
    """What an earlier figure is the figure of: the unit itself, or the sum of `made_of` units, the first by name.

    `until_day` is the first day on which it was so no more, None when it has been so ever since. Not comparable where
    something hinders: the unit is `new`, it is `gone` by then, a share is `unstated`, the figure is a number of units
    and cannot be taken by a share (`counted`), or a unit whose being done it counts is no longer whole (`broken`).
    """

    is_itself: bool
    sources: tuple[Source, ...] = ()
    made_of: int = 1
    is_by_share: bool = False  # the figure is an estimate by shares that somebody stated
    until_day: date | None = None
    hindrance: Hindrance = ""
    handover: Handover | None = None  # the first of those that hinder
    handed_over: int = 0  # how many they are


@dataclass(frozen=True)
class Past:
    """A measure as it was at a unit in an earlier round; NOBODY where it is not comparable."""

    value: Counted
    ground: Ground


@dataclass(frozen=True)
class Then:
    """The same, with units by number; `told` writes their names."""

    value: Counted
    origin: Origin
    hindrance: Hindrance = ""

    @property
    def units(self) -> Collection[int]:
        """Every unit whose name is needed."""
        if self.origin.is_itself:
            return ()
        of_parts = [one for part in self._named for one in (part.unit, *part.without[:MOST_NAMED])]
        return [*of_parts, *(one for each in self._hindering[:1] for one in (each.predecessor, each.successor))]

    @property
    def _named(self) -> Sequence[Part]:
        """The parts that are told by name: units that are there whole before those of a share."""
        return sorted(self.origin.made.parts, key=lambda part: part.share != 1)[:MOST_NAMED]

    @property
    def _hindering(self) -> Sequence[Passage]:
        return self.origin.made.unstated

    def told(self, names: Names) -> Past:
        """The past in names, those the units bore then; `names` has all of `units`."""
        origin, made = self.origin, self.origin.made
        if origin.is_itself:
            return Past(self.value, Ground(is_itself=True, until_day=origin.until_day, hindrance=self.hindrance))
        name = partial(names.until, day=origin.until_day)
        ground = Ground(
            is_itself=False,
            sources=tuple(
                Source(
                    unit=name(one.unit),
                    share=one.share,
                    is_subtree=one.is_subtree,
                    without=tuple(name(each) for each in one.without[:MOST_NAMED]),
                    lacking=len(one.without),
                )
                for one in self._named
            ),
            made_of=len(made.parts),
            is_by_share=made.exactness is Exactness.BY_SHARE,
            until_day=origin.until_day,
            hindrance=self.hindrance,
            handover=next(
                (Handover(name(one.predecessor), names.now[one.successor], one.day) for one in self._hindering), None
            ),
            handed_over=len(self._hindering),
        )
        return Past(self.value, ground)


GONE = Then(NOBODY, Origin(Lineage((), Exactness.NONE, ()), is_itself=False), "gone")


def pasts(
    now: Picture,
    *,
    how: How,
    unit: int,
    round_: Round,
    earlier: Sequence[Round],
    official: bool = False,
    history: History | None = None,
) -> tuple[Then, ...]:
    """A measure in some rounds up to `round_` at what the unit of its tree was then, in the order of the rounds.

    The history is asked for unless it is given, see units.queries.comparing. Raises core.orgtree.NotInTree.
    """
    if not earlier:
        return ()
    trees = {one.pk: Dated(one.day, now.kept[one.pk].plan.slots.tree) for one in (*earlier, round_)}
    known = history or comparing.history()
    origins = known.origins(unit=unit, after=trees[round_.pk], before=[trees[one.pk] for one in earlier])
    return tuple(
        _then(
            how,
            now.spread(one, how, official=official),
            now.kept[one.pk].matrix,
            origins[one.day],
        )
        for one in earlier
    )


def _then(how: How, everywhere: Spread, matrix: Matrix, origin: Origin) -> Then:
    made = origin.made
    if made.unstated:
        return Then(NOBODY, origin, "unstated")
    if made.exactness is Exactness.NONE:
        return Then(NOBODY, origin, "new")
    if made.exactness is Exactness.BY_SHARE and _counts_units(how, matrix):
        return Then(NOBODY, origin, "counted")
    if how.rule == Rule.COMPLETE and any(_breaks(part, how.level, everywhere.tree) for part in made.parts):
        return Then(NOBODY, origin, "broken")
    return Then(_together([_of(part, everywhere) for part in made.parts], everywhere), origin)


def _counts_units(how: How, matrix: Matrix) -> bool:
    """Whether the figure says how many units there are of some sort: no share of a unit is one."""
    columns = [column_of(matrix, field) for field in (how.field, how.base_field) if field]
    return how.rule in COUNTING or any(one is not None and one.kind == "count_true" for one in columns)


def _breaks(part: Part, level: str, tree: OrgTree) -> bool:
    """Whether some unit of the level is in the part without all that was below it."""
    if not part.is_subtree:
        return tree.level(part.unit) == level
    broken = {one for each in part.without for one in _above(each, part.unit, tree)}
    return any(tree.level(one) == level for one in broken)


def _above(unit: int, top: int, tree: OrgTree) -> Sequence[int]:
    """The units above, up to the top one."""
    above = tree.ancestors(unit)
    return above[: above.index(top) + 1]


# ---------------------------------------------------------------- adding up


@dataclass(frozen=True)
class _Weighed:
    """A place of the earlier tree, and how often its total is to be taken."""

    place: int
    times: Fraction


def _of(part: Part, everywhere: Spread) -> list[_Weighed]:
    """A part as totals to be added and taken away."""
    tree = everywhere.tree
    less = part.without if part.is_subtree else tree.children(part.unit)
    return [
        _Weighed(tree.position(part.unit), part.share),
        *(_Weighed(tree.position(one), -part.share) for one in less),
    ]


def _together(parts: Sequence[Sequence[_Weighed]], everywhere: Spread) -> Counted:
    """Totals added up. By share, the units are counted whole and the figures rounded half up."""
    weighed = [one for part in parts for one in part]
    whole = [_Weighed(one.place, Fraction(1 if one.times > 0 else -1)) for one in weighed]
    known = _sum(everywhere.known, whole)
    return Counted(
        part=None if everywhere.parts is None or known <= 0 else _sum(everywhere.parts, weighed),
        whole=None if everywhere.wholes is None else _sum(everywhere.wholes, weighed),
        answered=_sum(everywhere.answered, whole),
        expected=_sum(everywhere.expected, whole),
    )


def _sum(numbers: Numbers, weighed: Sequence[_Weighed]) -> int:
    total = sum((one.times * int(numbers[one.place]) for one in weighed), Fraction())
    return (2 * total.numerator + total.denominator) // (2 * total.denominator)
