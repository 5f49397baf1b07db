"""A measure over many rounds: each moment with what it is the figure of, and the reorganisations in between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups.queries.lineages import GONE, Ground, Then, pasts
from giaoban.apps.rollups.queries.live import Picture
from giaoban.apps.rollups.queries.spread import How
from giaoban.apps.rollups.rules import Counted
from giaoban.apps.units.queries.comparing import History, Names
from giaoban.core.orgtree import NotInTree
from giaoban.core.periods import Calendar, Period

LENGTHS = (6, 12, 24, 60)  # periods a board's trend may run over
AHEAD = 2  # periods drawn that are still to come, up to the day the whole is to be reached


@dataclass(frozen=True)
class Moment:
    """One round of a trend and what its figure is the figure of; both None for a period still to come."""

    period: Period
    value: Counted | None
    is_made_up: bool
    ground: Ground | None = None


@dataclass(frozen=True)
class Break:
    """A day on which what the unit is made of changed; moments before `place`, up to the break before, are of `ground`.

    `day` None where the unit became again what it had been.
    """

    place: int
    day: date | None
    ground: Ground


@dataclass(frozen=True)
class Trend:
    """Oldest first. `due_at` is the place of the first period that ends after the measure's day, if it is drawn."""

    moments: tuple[Moment, ...]
    due_at: int | None
    breaks: tuple[Break, ...] = ()
    length: int = LENGTHS[0]
    lengths: tuple[int, ...] = LENGTHS[:1]  # those that show more than the one before


@dataclass(frozen=True)
class Run:
    """A measure in the rounds of a trend, oldest first, with units by number; `told` writes their names."""

    rounds: tuple[Round, ...]
    thens: tuple[Then, ...]

    @property
    def units(self) -> Collection[int]:
        """Every unit whose name is needed."""
        return [unit for then in self.thens for unit in then.units]

    def told(self, names: Names, *, length: int, there: int, due_day: date | None) -> Trend:
        """The trend, up to the day the whole is to be reached where it is near; `names` has all of `units`.

        `there` is how many rounds the longest trend would have.
        """
        found = [
            Moment(round_.period.value, past.value, round_.is_made_up, past.ground)
            for round_, past in zip(self.rounds, (then.told(names) for then in self.thens), strict=True)
        ]
        breaks = tuple(_breaks(self.thens, found))
        is_running = found[0].period.calendar != Calendar.EVENT  # an event is not followed by another
        while is_running and due_day and len(found) < length + AHEAD and found[-1].period.until_day <= due_day:
            found.append(Moment(found[-1].period.next(), None, is_made_up=False))
        late = [place for place, one in enumerate(found) if due_day and one.period.until_day > due_day]
        lengths = (LENGTHS[0], *(long for short, long in pairwise(LENGTHS) if there > short))
        return Trend(tuple(found), late[0] if late and late[0] else None, breaks, length, lengths)


def run(now: Picture, *, how: How, unit: int, rounds: Sequence[Round], history: History | None = None) -> Run:
    """A measure in some rounds at what the unit was then, as seen from the newest of them in whose tree it stands.

    One query. Raises core.orgtree.NotInTree for a unit that stands in none of the trees.
    """
    standing = [one for one in rounds if unit in now.kept[one.pk].plan.slots.tree]
    if not standing:
        raise NotInTree(unit=unit)
    newest = max(standing, key=lambda one: one.day)
    up_to = [one for one in rounds if one.day <= newest.day]
    thens = pasts(now, how=how, unit=unit, round_=newest, earlier=up_to, history=history)
    known = {one.pk: then for one, then in zip(up_to, thens, strict=True)}
    return Run(tuple(rounds), tuple(known.get(one.pk, GONE) for one in rounds))


def _breaks(thens: Sequence[Then], moments: Sequence[Moment]) -> Iterable[Break]:
    for place, (before, after) in enumerate(pairwise(thens), 1):
        ground = moments[place - 1].ground
        if ground is not None and (before.origin, before.hindrance) != (after.origin, after.hindrance):
            yield Break(place, before.origin.until_day, ground)
