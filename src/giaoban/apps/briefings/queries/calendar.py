"""The calendar: what is on, what is coming, what was; series by series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from giaoban.apps.briefings import access, rules
from giaoban.apps.briefings.models import Briefing, Series
from giaoban.apps.briefings.queries.rows import BriefingRow, rows_of
from giaoban.base.access import Actor

PAST = 30


@dataclass(frozen=True)
class SeriesRow:
    """A series, when it is held next, and whether the actor may prepare that."""

    series_id: int
    name: str
    unit: str
    rhythm: str
    next_day: date
    may_organise: bool


@dataclass(frozen=True)
class Calendar:
    """What the actor may see: on and coming (soonest first), past (newest first, one page)."""

    series: Sequence[SeriesRow]
    coming: Sequence[BriefingRow]
    past: Sequence[BriefingRow]
    past_total: int
    page: int

    @property
    def pages(self) -> int:
        return -(-self.past_total // PAST)


def calendar(*, actor: Actor, at: datetime, series_id: int | None = None, page: int = 1) -> Calendar:
    """The calendar. Six queries at any size."""
    briefings = Briefing.objects.allowed(actor, access.READ)
    if series_id is not None:
        briefings = briefings.filter(series=series_id)
    past = briefings.filter(state__in=rules.OVER)
    first = (page - 1) * PAST
    return Calendar(
        series=series_rows(actor=actor, at=at),
        coming=rows_of(briefings.exclude(state__in=rules.OVER).order_by("starts_at", "pk")[:100]),
        past=rows_of(past.order_by("-starts_at", "-pk")[first : first + PAST]),
        past_total=past.count(),
        page=page,
    )


def series_rows(*, actor: Actor, at: datetime) -> Sequence[SeriesRow]:
    """The series the actor may see. Two queries."""
    seen = Series.objects.allowed(actor, access.READ).filter(is_active=True).select_related("unit")
    mine = set(Series.objects.allowed(actor, access.ORGANISE).values_list("pk", flat=True))
    return [
        SeriesRow(
            series_id=one.pk,
            name=one.name,
            unit=one.unit.label,
            rhythm=gettext(str(rules.Rhythm(one.rhythm).label)),
            next_day=next_day(one, at.date()),
            may_organise=one.pk in mine,
        )
        for one in seen.order_by("unit__path", "pk")
    ]


def next_day(series: Series, after: date) -> date:
    """When a series is held next after a day."""
    return rules.next_held(series.rhythm, weekday=series.weekday, day=series.day, after=after)
