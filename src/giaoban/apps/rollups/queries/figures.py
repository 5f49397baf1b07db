"""Figures: totals of a round, a measure at a unit, at its children, over time, and where it falls short."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from giaoban.apps.forms.models import Form, Round
from giaoban.apps.rollups.models import Measure, Publication
from giaoban.apps.rollups.queries import trends
from giaoban.apps.rollups.queries.lineages import Past, Then, pasts
from giaoban.apps.rollups.queries.live import Picture, picture
from giaoban.apps.rollups.queries.spread import How
from giaoban.apps.rollups.rules import NOBODY, Counted
from giaoban.apps.units import access as units_access
from giaoban.apps.units import queries as units
from giaoban.apps.units.models import Unit
from giaoban.apps.units.queries import UnitName, comparing
from giaoban.apps.units.queries.comparing import History, Names
from giaoban.base.access import Actor
from giaoban.core.rollup import Total


@dataclass(frozen=True)
class Published:
    """What a text said, beside what the reports give."""

    part: int
    whole: int | None
    source: str
    published_day: date | None
    as_of: date | None
    before: str  # the sentence up to the quote
    quote: str
    after: str
    agrees: bool


@dataclass(frozen=True)
class MeasureValue:
    """A measure at one unit in one round; `live` is what the page shows, `official` what was accepted.

    `change` is since the round before, None when either is not known; `past` says what the figure was then and of what,
    None when there is no round before.
    """

    unit: int
    live: Counted
    official: Counted
    change: int | None = None
    publications: tuple[Published, ...] = ()
    past: Past | None = None

    @property
    def is_official(self) -> bool:
        """Whether live and official say the same, so that nothing waits for acceptance."""
        return self.live == self.official


@dataclass(frozen=True)
class ChildValue:
    """A measure at one unit of a list, with what the list writes about the unit.

    `change` and `past` as in MeasureValue, where the list compares.
    """

    unit: UnitName
    value: Counted
    change: int | None = None
    past: Past | None = None


def total(*, actor: Actor, round_: Round, unit: str, official: bool = False) -> Total:
    """Every field of a round added up at the unit with this code. Raises NotFound, NotInTree."""
    place = reached(actor, unit)
    with picture([round_]) as now:
        return now.matrices[round_.pk].total(place.pk, official=official)


def children(*, actor: Actor, round_: Round, unit: str, official: bool = False) -> tuple[tuple[UnitName, Total], ...]:
    """The totals of the units directly below, in the tree's order. Raises NotFound, NotInTree."""
    place = reached(actor, unit)
    with picture([round_]) as now:
        totals = now.matrices[round_.pk].children(place.pk, official=official)
    names = units.names(child for child, _ in totals)
    return tuple((names[child], one) for child, one in totals)


def measure_value(*, actor: Actor, measure: Measure, round_: Round, unit: str, official: bool = False) -> MeasureValue:
    """A measure at the unit with this code, live and official, with its change and what was published about it.

    With `official`, the accepted figure stands in `live` too. Raises NotFound, NotInTree.
    """
    place = reached(actor, unit)
    earlier = round_before(round_)
    how = How.of(measure)
    with picture([round_, *earlier]) as now:
        accepted = now.spread(round_, how, official=True).at(place.pk)
        live = accepted if official else now.spread(round_, how).at(place.pk)
        then = before(now, how=how, unit=place.pk, round_=round_, earlier=earlier, official=official)
    texts = published(measure=measure, round_=round_, unit_id=place.pk, live=live)
    return valued(place.pk, live, accepted, then, texts, names_of(then.units if then else ()))


def measure_by_child(
    *, actor: Actor, measure: Measure, round_: Round, unit: str, official: bool = False
) -> tuple[ChildValue, ...]:
    """How far each unit directly below has come, in the tree's order, and since the round before.

    It is told by the reports a measure is made of. Raises NotFound, NotInTree.
    """
    place = reached(actor, unit)
    earlier = round_before(round_)
    how = How.of(measure).underlying
    with picture([round_, *earlier]) as now:
        all_over = now.spread(round_, how, official=official)
        history = comparing.history()
        found = [
            (
                child,
                all_over.at(child),
                before(now, how=how, unit=child, round_=round_, earlier=earlier, official=official, history=history),
            )
            for child in all_over.tree.children(place.pk)
        ]
    wanted = [one for child, _, then in found for one in (child, *(then.units if then else ()))]
    names = names_of(wanted)
    return tuple(
        ChildValue(names.now[child], value, change_since(value, then), then.told(names) if then else None)
        for child, value, then in found
    )


def shortfalls(
    *, actor: Actor, measure: Measure, round_: Round, unit: str, level: str, top: int = 10
) -> tuple[ChildValue, ...]:
    """The units of a level below `unit` that fall short most, with their phone; none that lacks nothing."""
    place = reached(actor, unit)
    with picture([round_]) as now:
        all_over = now.spread(round_, How.of(measure).underlying)
        found = [(one, all_over.at(one)) for one in all_over.tree.at_level(level, below=place.pk)]
    worst = furthest_behind(found)[:top]
    names = units.names(one for one, _ in worst)
    return tuple(ChildValue(names[one], value) for one, value in worst)


def furthest_behind(found: Sequence[tuple[int, Counted]]) -> list[tuple[int, Counted]]:
    """Units that lack something, the largest shortfall first; then who is silent, then the smaller base."""
    lacking = [one for one in found if one[1].shortfall > 0]
    return sorted(lacking, key=_lacking)


def _lacking(one: tuple[int, Counted]) -> tuple[int, int, int]:
    value = one[1]
    return -value.shortfall, value.answered - value.expected, value.whole or value.expected


def trend(*, actor: Actor, measure: Measure, unit: str, rounds: Sequence[Round]) -> tuple[Past, ...]:
    """A measure in each of these rounds at what the unit was then, as seen from the newest in whose tree it stands.

    Raises NotFound, and NotInTree for a unit that stands in none of them.
    """
    place = reached(actor, unit)
    with picture(rounds) as now:
        run = trends.run(now, how=How.of(measure), unit=place.pk, rounds=rounds)
    names = names_of(run.units)
    return tuple(one.told(names) for one in run.thens)


# ---------------------------------------------------------------- what these are made with


def reached(actor: Actor, code: str) -> Unit:
    """The unit with this code, if the actor reaches it. Raises NotFound."""
    return Unit.objects.allowed(actor, units_access.READ).one(code=code)


def rounds_until(form_ids: Sequence[int], day: date) -> QuerySet[Round]:
    """The rounds of these forms whose period ends by `day` (half-open), newest first, without the form's fields."""
    return (
        Round.objects.filter(form_version__form__in=form_ids, period__until_day__lte=day)
        .select_related("period", "form_version")
        .defer("form_version__data")
        .order_by("-period__until_day", "-period__from_day")
    )


def form_rounds(*, form: Form, most: int) -> tuple[Round, ...]:
    """The newest rounds of a form, oldest first."""
    return tuple(rounds_until([form.pk], date.max)[:most])[::-1]


def round_before(round_: Round) -> list[Round]:
    """The round of the same form before this one, alone in a list; empty when this is the first."""
    earlier = rounds_until([round_.form_version.form_id], round_.period.until_day)
    return list(earlier.filter(period__until_day__lt=round_.period.until_day)[:1])


def valued(
    unit: int, live: Counted, official: Counted, then: Then | None, texts: tuple[Published, ...], names: Names
) -> MeasureValue:
    """A measure at one unit with what it was in the round before; `names` has the units of then."""
    past = then.told(names) if then else None
    return MeasureValue(unit, live, official, change_since(live, then), texts, past)


def names_of(unit_ids: Collection[int]) -> Names:
    """Units by the names they bear and bore. Two queries when there are any."""
    return comparing.names(units.names(unit_ids), of_old=unit_ids)


def before(
    now: Picture,
    *,
    how: How,
    unit: int,
    round_: Round,
    earlier: Sequence[Round],
    official: bool = False,
    history: History | None = None,
) -> Then | None:
    """A measure in the round before, alone in `earlier`, at what the unit was then; None without such a round."""
    found = pasts(now, how=how, unit=unit, round_=round_, earlier=earlier, official=official, history=history)
    return found[0] if found else None


def change_since(now: Counted, then: Then | None) -> int | None:
    """How much a figure grew since; None when it is not comparable or one of the two is not known."""
    return change(now, then.value if then else NOBODY)


def change(now: Counted, before: Counted) -> int | None:
    return None if now.part is None or before.part is None else now.part - before.part


def published(*, measure: Measure, round_: Round, unit_id: int, live: Counted) -> tuple[Published, ...]:
    """What texts said about a measure at a unit in a round, each held against the reports. One query."""
    found = Publication.objects.filter(measure=measure, round=round_, unit_id=unit_id)
    return tuple(held_against(one, live) for one in found.order_by("published_day", "id"))


def held_against(one: Publication, live: Counted) -> Published:
    return Published(
        part=one.part,
        whole=one.whole,
        source=one.source,
        published_day=one.published_day,
        as_of=one.as_of,
        before=one.sentence[: one.start],
        quote=one.sentence[one.start : one.end],
        after=one.sentence[one.end :],
        agrees=one.part == live.part and one.whole in (None, live.whole),
    )
