"""The board of one unit in one period: every measure there, one of them looked at closely."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups import access
from giaoban.apps.rollups.models import Measure, Publication
from giaoban.apps.rollups.queries import figures, trends
from giaoban.apps.rollups.queries.figures import ChildValue, MeasureValue, Published
from giaoban.apps.rollups.queries.lineages import Then
from giaoban.apps.rollups.queries.live import Picture, picture
from giaoban.apps.rollups.queries.spread import How
from giaoban.apps.rollups.queries.trends import LENGTHS, Trend
from giaoban.apps.rollups.rules import Counted, Rule
from giaoban.apps.units import queries as units
from giaoban.apps.units.models import MapPlace, Unit
from giaoban.apps.units.queries import UnitName, comparing
from giaoban.apps.units.queries.comparing import History, Names
from giaoban.base.access import Actor
from giaoban.base.databases import prefix_end
from giaoban.core.orgtree import OrgTree
from giaoban.core.periods import Period
from giaoban.core.refusal import NotFound

HEADLINES = 4
BEHIND = 10
MOST_ROUNDS = 300
MOST_CHILDREN = 400


@dataclass(frozen=True)
class Shown:
    """One measure on the board, in its own newest round of the period, at the unit or at the one it is known for."""

    measure: Measure
    round: Round
    unit: UnitName
    value: MeasureValue


@dataclass(frozen=True)
class Child:
    """A unit directly below: how far it has come, where its tile lies, whether a report is overdue."""

    unit: UnitName
    value: Counted
    tile: tuple[int, int] | None
    is_late: bool


@dataclass(frozen=True)
class Finding:
    """Something to look at: what a text said, or reports that are missing or wait to be accepted."""

    kind: Literal["differs", "agrees", "open"]
    shown: Shown
    missing: int = 0
    waiting: int = 0
    published: Published | None = None


@dataclass(frozen=True)
class Board:
    """Everything one board shows, as of the ledger number `head`."""

    head: int
    unit: UnitName
    crumbs: tuple[UnitName, ...]
    period: Period
    periods: tuple[Period, ...]  # newest first
    shown: tuple[Shown, ...]
    current: Shown
    children: tuple[Child, ...]
    children_left_off: int
    behind: tuple[ChildValue, ...]
    trend: Trend
    findings: tuple[Finding, ...]
    is_made_up: bool

    @property
    def headlines(self) -> tuple[Shown, ...]:
        return self.shown[:HEADLINES]


@dataclass(frozen=True)
class _Asked:
    """A measure with the rounds it needs: this one and the one before."""

    measure: Measure
    round: Round
    before: Round | None
    unit: Unit


def board(
    *, actor: Actor, unit: str, period: str, measure: str, at: datetime, length: int = LENGTHS[0]
) -> Board | None:
    """The board of a unit ("" is the widest the actor reaches) in a period ("" is the newest that has ended).

    `length` is how many rounds the trend runs over; the queries are as many whatever it is.
    None when no measure has a round yet. Raises NotFound for what is not there or not the actor's.
    """
    place = figures.reached(actor, unit or _widest(actor))
    measures = list(Measure.objects.allowed(actor, access.READ).select_related("form", "level", "scope"))
    rounds = _rounds(measures)
    chosen = _chosen_round(measures, rounds, period, at.date())
    if chosen is None:
        return None
    asked = [one for each in measures if (one := _asked(each, place, rounds, chosen.period.until_day))]
    if not asked:
        return None
    current = next((one for one in asked if one.measure.code == measure), asked[0])
    earlier = _up_to(current.round)
    drawn = earlier[-length:]
    with picture(_needed(asked, drawn)) as now:
        asked = _telling(asked, current, now)
        history = comparing.history()
        values = [_value(one, now, history) for one in asked]
        close = _close(current, now, at)
        run = trends.run(now, how=How.of(current.measure), unit=current.unit.pk, rounds=drawn, history=history)
    of_old = {*run.units, *(one for value in values for one in value.units_then)}
    names = units.names({place.pk, *units_above(actor, place), *close.ids, *(one.unit.pk for one in asked), *of_old})
    then = comparing.names(names, of_old=of_old)
    shown = _shown(asked, values, then)
    tiles = _tiles(close.ids)
    return Board(
        head=now.head,
        unit=names[place.pk],
        crumbs=tuple(names[one] for one in units_above(actor, place)),
        period=chosen.period.value,
        periods=tuple(one.period.value for one in rounds if one.form_version.form_id == measures[0].form_id),
        shown=shown,
        current=shown[asked.index(current)],
        children=tuple(
            Child(names[one], value, tiles.get(one), late) for one, value, late in close.children[:MOST_CHILDREN]
        ),
        children_left_off=max(0, len(close.children) - MOST_CHILDREN),
        behind=tuple(ChildValue(names[one], value) for one, value in close.behind),
        trend=run.told(then, length=length, there=len(earlier), due_day=current.measure.due_day),
        findings=tuple(_findings(shown)),
        is_made_up=current.round.is_made_up or has_made_up(current.unit),
    )


def _tiles(unit_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Column and row on the tile map of those units that have a place on it. One query."""
    rows = MapPlace.objects.filter(unit__in=unit_ids).values_list("unit_id", "column", "row")
    return {unit: (column, row) for unit, column, row in rows}


def _widest(actor: Actor) -> str:
    found = units.widest(actor)
    if found is None:
        raise NotFound()
    return found.code


def has_made_up(unit: Unit) -> bool:
    """Whether figures at this unit rest on units that were invented for a demonstration."""
    return Unit.objects.filter(is_made_up=True, path__gte=unit.path, path__lt=prefix_end(unit.path)).exists()


# ---------------------------------------------------------------- which rounds


def _rounds(measures: Sequence[Measure]) -> list[Round]:
    return list(figures.rounds_until([measure.form_id for measure in measures], date.max)[:MOST_ROUNDS])


def _chosen_round(measures: Sequence[Measure], rounds: Sequence[Round], code: str, today: date) -> Round | None:
    if not measures or not rounds:
        return None
    if code:
        found = next((one for one in rounds if one.period.code == code), None)
        if found is None:
            raise NotFound()
        return found
    leading = [one for one in rounds if one.form_version.form_id == measures[0].form_id] or list(rounds)
    return next((one for one in leading if one.period.until_day <= today), leading[0])


def _asked(measure: Measure, place: Unit, rounds: Sequence[Round], until: date) -> _Asked | None:
    """The measure with its newest round of the period; None when it is known neither here nor below."""
    scope = measure.scope
    if scope is not None and not (place.path.startswith(scope.path) or scope.path.startswith(place.path)):
        return None
    own = [one for one in rounds if one.form_version.form_id == measure.form_id and one.period.until_day <= until]
    if not own:
        return None
    unit = place if scope is None or place.path.startswith(scope.path) else scope
    return _Asked(measure, own[0], own[1] if len(own) > 1 else None, unit)


def _needed(asked: Sequence[_Asked], run: Sequence[Round]) -> Collection[Round]:
    """Every round the board asks, once."""
    both = [one for each in asked for one in (each.round, each.before) if one]
    return {one.pk: one for one in (*both, *run)}.values()


def _up_to(round_: Round) -> list[Round]:
    """The rounds of the same form up to this one, oldest first, as many as the longest trend shows. One query."""
    earlier = figures.rounds_until([round_.form_version.form_id], round_.period.until_day)
    return list(earlier[: LENGTHS[-1]])[::-1]


def units_above(actor: Actor, place: Unit) -> tuple[int, ...]:
    """The units above that the actor reaches too, topmost first."""
    ids = [int(part) for part in place.path.split("/") if part]
    reach = actor.anywhere()
    paths = ["/" + "/".join(str(one) for one in ids[: depth + 1]) + "/" for depth in range(len(ids) - 1)]
    return tuple(one for one, path in zip(ids, paths, strict=False) if reach.covers(path))


# ---------------------------------------------------------------- what the matrices say


@dataclass(frozen=True)
class _Valued:
    """A measure at one unit, and what it was in the round before."""

    unit: int
    live: Counted
    official: Counted
    then: Then | None

    @property
    def units_then(self) -> Collection[int]:
        return self.then.units if self.then else ()

    def told(self, names: Names, texts: tuple[Published, ...]) -> MeasureValue:
        return figures.valued(self.unit, self.live, self.official, self.then, texts, names)


def _shown(asked: Sequence[_Asked], values: Sequence[_Valued], names: Names) -> tuple[Shown, ...]:
    """Every measure with what texts said of it. One query."""
    published = _publications(asked, values)
    return tuple(
        Shown(one.measure, one.round, names.now[one.unit.pk], value.told(names, published.get(one.measure.pk, ())))
        for one, value in zip(asked, values, strict=True)
    )


def _value(one: _Asked, now: Picture, history: History) -> _Valued:
    how, unit = How.of(one.measure), one.unit.pk
    earlier = [one.before] if one.before else []
    return _Valued(
        unit=unit,
        live=now.spread(one.round, how).at(unit),
        official=now.spread(one.round, how, official=True).at(unit),
        then=figures.before(now, how=how, unit=unit, round_=one.round, earlier=earlier, history=history),
    )


def _telling(asked: Sequence[_Asked], current: _Asked, now: Picture) -> list[_Asked]:
    """Measures that say something at their unit: reports are owed there, and units all done are more than itself."""

    def tells(one: _Asked) -> bool:
        value = now.spread(one.round, How.of(one.measure)).at(one.unit.pk)
        return value.expected > 0 and not (one.measure.rule == Rule.COMPLETE and (value.whole or 0) <= 1)

    return [one for one in asked if one is current or tells(one)]


@dataclass(frozen=True)
class _Close:
    """The current measure unit by unit."""

    children: tuple[tuple[int, Counted, bool], ...]
    behind: tuple[tuple[int, Counted], ...]

    @property
    def ids(self) -> tuple[int, ...]:
        return (*(one for one, _, _ in self.children[:MOST_CHILDREN]), *(one for one, _ in self.behind))


def _close(current: _Asked, now: Picture, at: datetime) -> _Close:
    all_over = now.spread(current.round, How.of(current.measure).underlying)
    owing = now.matrices[current.round.pk].slots
    found = []
    for child in all_over.tree.children(current.unit.pk):
        value = all_over.at(child)
        first = owing.lo(child)
        due = _due(current.round, all_over.tree, int(owing.units[first])) if value.expected else None
        found.append((child, value, due is not None and due < at and value.answered < value.expected))
    behind = figures.furthest_behind([(child, value) for child, value, _ in found])[:BEHIND]
    return _Close(tuple(found), tuple(behind))


def _due(round_: Round, tree: OrgTree, unit: int) -> datetime | None:
    told = round_.deadlines.get(tree.level(unit))
    return None if told is None else datetime.fromisoformat(told)


# ---------------------------------------------------------------- what texts said, and what to look at


def _publications(asked: Sequence[_Asked], values: Sequence[_Valued]) -> Mapping[int, tuple[Published, ...]]:
    """By measure; one query for all of them."""
    found: dict[int, tuple[Published, ...]] = {}
    wanted = {(one.measure.pk, one.round.pk, one.unit.pk): value for one, value in zip(asked, values, strict=True)}
    rows = Publication.objects.filter(
        measure__in={key[0] for key in wanted},
        round__in={key[1] for key in wanted},
        unit__in={key[2] for key in wanted},
    ).order_by("published_day", "id")
    for row in rows:
        value = wanted.get((row.measure_id, row.round_id, row.unit_id))
        if value is not None:
            found[row.measure_id] = (*found.get(row.measure_id, ()), figures.held_against(row, value.live))
    return found


def _findings(shown: Sequence[Shown]) -> list[Finding]:
    told = [
        Finding("agrees" if one.agrees else "differs", each, published=one)
        for each in shown
        for one in each.value.publications
    ]
    found = [one for one in told if one.kind == "differs"]
    first_of_round = {(each.round.pk, each.unit.id): each for each in reversed(shown)}
    for each in reversed(first_of_round.values()):
        live, official = each.value.live, each.value.official
        missing, waiting = live.expected - live.answered, live.answered - official.answered
        if missing or waiting:
            found.append(Finding("open", each, missing, waiting))
    return found + [one for one in told if one.kind == "agrees"]
