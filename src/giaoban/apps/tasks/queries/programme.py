"""The programme of work of a week, month, quarter or year; and what a unit must account for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from giaoban.apps.reports.access import READ as READ_REPORT
from giaoban.apps.reports.models import Report
from giaoban.apps.tasks import access, rules
from giaoban.apps.tasks.models import Task, TaskQuerySet
from giaoban.apps.tasks.queries.counts import standing_alone
from giaoban.apps.tasks.queries.listing import Filters, narrowed
from giaoban.apps.tasks.queries.rows import TaskRow, rows_of
from giaoban.base.access import Actor
from giaoban.core.periods import Period

MOST = 200
MOST_SHOWN = 60  # of each part of a programme: the page stays light, the list has the rest


@dataclass(frozen=True)
class Programme:
    """What is to be done in a period: due in it, carried over into it, and done in it ahead of time."""

    period: Period
    carried: Sequence[TaskRow]
    due: Sequence[TaskRow]
    ahead: Sequence[TaskRow]
    total: int  # carried over and due
    done: int  # of these
    left_off: int  # more than are shown


def programme(*, actor: Actor, period: Period, filters: Filters, on: date) -> Programme:
    """The programme of a period on a day. Tasks handed out after the period do not belong to it. Ten queries."""
    tasks = narrowed(Task.objects.allowed(actor, access.READ), actor, filters)
    tasks = tasks.filter(assigned_on__lt=period.until_day).exclude(state=rules.State.WITHDRAWN)
    begins, ends = _morning(period.from_day), _morning(period.until_day)
    still_open = Q(state__in=rules.LIVING) | Q(accepted_at__gte=begins)
    carried = standing_alone(tasks.filter(still_open, due_day__lt=period.from_day))
    due = standing_alone(tasks.filter(due_day__gte=period.from_day, due_day__lt=period.until_day))
    ahead = standing_alone(
        tasks.filter(state__in=rules.DONE, accepted_at__gte=begins, accepted_at__lt=ends, due_day__gte=period.until_day)
    )
    total, done, shown = _counted(carried, due)
    return Programme(
        period=period,
        carried=_rows(carried, on),
        due=_rows(due, on),
        ahead=_rows(ahead, on),
        total=total,
        done=done,
        left_off=total - shown,
    )


def _counted(carried: TaskQuerySet, due: TaskQuerySet) -> tuple[int, int, int]:
    first, second = (one.standings(date.min) for one in (carried, due))
    shown = min(MOST_SHOWN, first["any"]) + min(MOST_SHOWN, second["any"])
    return first["any"] + second["any"], first["done"] + second["done"], shown


def _rows(tasks: TaskQuerySet, on: date) -> Sequence[TaskRow]:
    return rows_of(tasks.order_by("assigner__rank", "assigner__code", "due_day", "pk")[:MOST_SHOWN], on=on)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())


def open_for(*, unit_id: int, on: date, actor: Actor) -> Sequence[TaskRow]:
    """The tasks a unit leads and still owes, of those the actor may see; the nearest deadline first."""
    tasks = Task.objects.allowed(actor, access.READ).filter(lead_unit=unit_id).open()
    return rows_of(tasks.order_by("due_day", "pk")[:MOST], on=on)


def due_for(*, unit_id: int, from_day: date, until_day: date, on: date, actor: Actor) -> Sequence[TaskRow]:
    """The tasks a unit leads whose last day lies in [from, until) and that were not withdrawn, as `open_for`."""
    tasks = Task.objects.allowed(actor, access.READ).filter(
        lead_unit=unit_id, due_day__gte=from_day, due_day__lt=until_day
    )
    return rows_of(tasks.exclude(state=rules.State.WITHDRAWN).order_by("due_day", "pk")[:MOST], on=on)


@dataclass(frozen=True)
class ToAccountFor:
    """The tasks a unit's report of a period must speak of."""

    report_id: int
    unit: str
    unit_code: str
    period: str
    rows: Sequence[TaskRow]

    @property
    def overdue(self) -> int:
        return sum(row.is_overdue for row in self.rows)


def of_report(*, actor: Actor, report_id: int, on: date) -> ToAccountFor:
    """Due in the report's period, or open on its last day or today; handed out before its end. Raises NotFound."""
    report = Report.objects.allowed(actor, READ_REPORT).select_related("unit", "period").one(report_id)
    period = report.period
    is_asked = Q(due_day__gte=period.from_day, due_day__lt=period.until_day) | Q(
        state__in=rules.LIVING, assigned_on__lt=period.until_day
    )
    tasks = Task.objects.allowed(actor, access.READ).filter(is_asked, lead_unit=report.unit_id)
    rows = rows_of(tasks.exclude(state=rules.State.WITHDRAWN).order_by("due_day", "pk")[:MOST], on=on)
    return ToAccountFor(report.pk, report.unit.label, report.unit.code, report.period.label, rows)
