"""The desk: what I must do, what waits for me, what has just changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from giaoban.apps.forms.models import Duty, DutyException, FormVersion, Round
from giaoban.apps.reports import access, rules
from giaoban.apps.reports.models import Report, ReportQuerySet
from giaoban.apps.units import queries as units
from giaoban.apps.units.models import Placement
from giaoban.base.access import Actor
from giaoban.base.ledger.models import Entry

DESK_DAYS = 400  # an obligation older than a year and a month is history, not today's work
DESK_ROWS = 50
NOT_BEGUN = "none"
_SEEN_IN_LEDGER = 4  # entries looked at for each one shown: some are about reports the actor may not read


@dataclass(frozen=True)
class Owed:
    """A report one of the actor's units still has to hand in. `state` is «none» while nobody has begun it."""

    round_id: int
    unit_id: int
    unit: str
    form: str
    period: str
    due_at: datetime
    state: str
    state_label: str
    report_id: int | None
    reason: str
    is_late: bool
    span: str  # how far the deadline is, either way


def owed(actor: Actor, at: datetime) -> Sequence[Owed]:
    """What the actor's units owe and have not handed in, the nearest deadline first. Six queries at any size."""
    own = [place.unit_id for place in actor.reach("reporter").places]
    if not own:
        return []
    rounds = list(
        Round.objects.filter(period__until_day__gt=at.date() - timedelta(days=DESK_DAYS))
        .select_related("form_version__form", "period")
        .defer("form_version__data")
    )
    duty = _DutyOf(own, {round_.form_version.form_id for round_ in rounds})
    reports = {
        (report.form_version_id, report.period_id, report.unit_id): report
        for report in Report.objects.filter(unit__in=own, round__in=[round_.pk for round_ in rounds]).only(
            "form_version", "period", "unit", "state", "reason", "due_at"
        )
    }
    names = units.names(own)
    found = []
    for round_ in rounds:
        for unit_id, level in duty.owing(round_.form_version.form_id, round_.day):
            report = reports.get((round_.form_version_id, round_.period_id, unit_id))
            if level not in round_.deadlines or (report is not None and report.state not in rules.IN_HAND):
                continue
            due_at = report.due_at if report else datetime.fromisoformat(round_.deadlines[level])
            found.append(
                Owed(
                    round_id=round_.pk,
                    unit_id=unit_id,
                    unit=names[unit_id].label,
                    form=round_.form_version.form.label,
                    period=round_.period.label,
                    due_at=due_at,
                    state=report.state if report else NOT_BEGUN,
                    state_label=rules.State(report.state).label if report else rules.NOT_BEGUN_LABEL,
                    report_id=report.pk if report else None,
                    reason=report.reason if report else "",
                    is_late=rules.is_late(due_at=due_at, submitted_at=None, at=at),
                    span=rules.span(due_at, at),
                )
            )
    return sorted(found, key=lambda one: (one.due_at, one.form, one.unit))


class _DutyOf:
    """Who of a few units owes which form on any day: forms.queries.owing_units for many rounds at once."""

    def __init__(self, unit_ids: Sequence[int], form_ids: Iterable[int]) -> None:
        self._units = unit_ids
        self._places = list(Placement.objects.filter(unit__in=unit_ids).select_related("level"))
        self._duties = list(Duty.objects.filter(form__in=form_ids).select_related("level"))
        self._exceptions = list(DutyException.objects.filter(form__in=form_ids, unit__in=unit_ids))

    def owing(self, form_id: int, day: date) -> list[tuple[int, str]]:
        """The units that owe the form on that day, each with its level's code."""
        levels = {duty.level.code for duty in self._duties if duty.form_id == form_id and _holds(duty, day)}
        excepted = {one.unit_id: one.owes for one in self._exceptions if one.form_id == form_id and _holds(one, day)}
        level_of = {place.unit_id: place.level.code for place in self._places if _holds(place, day)}
        return [
            (unit, level_of[unit])
            for unit in self._units
            if unit in level_of and excepted.get(unit, level_of[unit] in levels)
        ]


def _holds(dated: Duty | DutyException | Placement, day: date) -> bool:
    return dated.from_day <= day and (dated.until_day is None or day < dated.until_day)


@dataclass(frozen=True)
class Waiting:
    """A submitted report that waits for the actor's decision."""

    report_id: int
    revision: int
    unit: str
    form: str
    period: str
    due_at: datetime
    submitted_at: datetime
    is_late: bool
    warnings: tuple[str, ...]


def reviewable(actor: Actor, *, directly: bool) -> ReportQuerySet:
    """Submitted reports the actor may decide on; `directly` keeps those whose unit hangs right below an office."""
    waiting = Report.objects.allowed(actor, access.REVIEW).filter(state=rules.State.SUBMITTED)
    if directly:
        tops = [place.unit_id for place in actor.reach("reviewer").places]
        below = Placement.objects.on(actor.day).filter(parent__in=tops).values("unit")
        waiting = waiting.filter(unit__in=below)
    return waiting


def waiting_review(actor: Actor, at: datetime) -> tuple[int, Sequence[Waiting]]:
    """How many reports wait directly below the actor, and the first of them by deadline. Three queries."""
    waiting = reviewable(actor, directly=True)
    count = waiting.count()
    rows = list(
        waiting.select_related("unit", "period", "form_version__form")
        .defer("form_version__data", "prose", "evidence")
        .order_by("due_at", "unit__path")[:DESK_ROWS]
    )
    versions = FormVersion.objects.in_bulk({row.form_version_id for row in rows})
    return count, [
        Waiting(
            report_id=row.pk,
            revision=row.revision,
            unit=row.unit.label,
            form=row.form_version.form.label,
            period=row.period.label,
            due_at=row.due_at,
            submitted_at=row.submitted_at or at,
            is_late=rules.is_late(due_at=row.due_at, submitted_at=row.submitted_at, at=at),
            warnings=rules.warnings(versions[row.form_version_id].spec, row.figures, is_nothing=row.is_nothing),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Recent:
    """Something that happened to a report the actor may read."""

    at: datetime
    who: str
    did: str
    report_id: int
    unit: str
    form: str
    period: str
    reason: str


def recent(actor: Actor, *, most: int = 30) -> Sequence[Recent]:
    """What others did to the reports the actor may read, newest first. Two queries."""
    entries = list(
        Entry.objects.allowed(actor, "read")
        .filter(subject_kind=Report._meta.label_lower, verb__in=rules.TOLD_ON_DESK)
        .exclude(Q(actor=actor.key))
        .order_by("-id")[: most * _SEEN_IN_LEDGER]
    )
    readable = {
        report.pk: report
        for report in Report.objects.allowed(actor, access.READ)
        .filter(pk__in={entry.subject_id for entry in entries})
        .select_related("unit", "period", "form_version__form")
        .defer("form_version__data", "figures", "prose", "evidence")
    }
    rows = [
        Recent(
            at=entry.at,
            who=entry.actor_name,
            did=rules.DEEDS[entry.verb],
            report_id=entry.subject_id,
            unit=report.unit.label,
            form=report.form_version.form.label,
            period=report.period.label,
            reason=entry.facts.get("reason", ""),
        )
        for entry in entries
        if (report := readable.get(entry.subject_id))
    ]
    return rows[:most]
