"""The week of a unit or of a person: each day by its parts, what clashes, and the deadlines of the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext

from giaoban.apps.tasks import access, rules
from giaoban.apps.tasks.models import CalendarEvent, CalendarEventQuerySet, Task, TaskQuerySet
from giaoban.apps.tasks.queries.events import EventRow, event_rows
from giaoban.apps.tasks.rules import weekly
from giaoban.apps.units import queries as units
from giaoban.apps.units.models import Placement, Unit
from giaoban.base.access import Actor
from giaoban.core.periods import Period

ME = "me"  # in the place of a unit's code: one's own week
MOST_DUE = 5  # deadlines written under a day; the programme of work has all of them
MOST_TASKS = 400  # looked at in a week
MOST_UNITS = 300
WEEKDAY_LABELS = (
    ("0", "Thứ Hai"),
    ("1", "Thứ Ba"),
    ("2", "Thứ Tư"),
    ("3", "Thứ Năm"),
    ("4", "Thứ Sáu"),
    ("5", "Thứ Bảy"),
    ("6", "Chủ nhật"),
)


@dataclass(frozen=True)
class DueRow:
    """A task whose last day it is."""

    task_id: int
    title: str
    lead: str


@dataclass(frozen=True)
class HalfRows:
    """The morning, afternoon or evening of a day."""

    label: str
    rows: Sequence[EventRow]


@dataclass(frozen=True)
class DayRows:
    """One day: its parts that hold something, and the deadlines at its end."""

    day: date
    weekday: str
    is_today: bool
    halves: Sequence[HalfRows]
    due: Sequence[DueRow]
    due_more: int

    @property
    def height(self) -> int:
        """Lines of the table the day takes."""
        return max(1, sum(len(half.rows) for half in self.halves)) + bool(self.due)


@dataclass(frozen=True)
class WeekPage:
    """A week as the page shows it; `unit_id` None for one's own week. `units` can be chosen, as (code, name)."""

    period: Period
    unit_id: int | None
    code: str
    name: str
    days: Sequence[DayRows]
    total: int
    clashing: int
    may_enter: bool
    units: Sequence[tuple[str, str]]


def week_page(*, actor: Actor, code: str, period: Period, on: date) -> WeekPage:
    """The calendar of one week. Fourteen queries at any size.

    An empty code is the widest unit an office is held at, or one's own week without an office. Raises NotFound for a
    unit that is not the actor's to see.
    """
    unit = _unit(actor, code)
    found = events_of(actor, unit.pk if unit else None)
    rows = event_rows(
        found, actor=actor, first=period.from_day, until=period.until_day, unit_id=unit.pk if unit else None
    )
    due = due_of(actor, unit.pk if unit else None).filter(due_day__gte=period.from_day, due_day__lt=period.until_day)
    return WeekPage(
        period=period,
        unit_id=unit.pk if unit else None,
        code=unit.code if unit else ME,
        name=unit.name if unit else actor.name,
        days=_days(period, rows, due, on=on),
        total=sum(not row.is_cancelled for row in rows),
        clashing=sum(bool(row.clashes) for row in rows),
        may_enter=unit is not None and unit.pk in {place.unit_id for place in actor.reach(*access.OFFICERS).places},
        units=_choices(actor),
    )


def _unit(actor: Actor, code: str) -> Unit | None:
    if code == ME:
        return None
    if code:
        return units.seen_unit(actor=actor, code=code)
    places = actor.anywhere().places
    return Unit.objects.filter(pk=places[0].unit_id).first() if places else None


def events_of(actor: Actor, unit_id: int | None) -> CalendarEventQuerySet:
    """What stands on a unit's calendar, or, without one, on the actor's own: what names them or the units they act for.

    Only what the actor may read.
    """
    seen = CalendarEvent.objects.allowed(actor, access.READ_EVENT)
    if unit_id is not None:
        return seen.on_calendar_of(unit_id)
    acting = [place.unit_id for place in actor.reach(*access.OFFICERS).places]
    return seen.naming([actor.id] if actor.kind == "person" else [], acting)


def due_of(actor: Actor, unit_id: int | None) -> TaskQuerySet:
    """The tasks a unit leads and still owes; without one those the actor is the officer of or reports for."""
    tasks = Task.objects.allowed(actor, access.READ).filter(state__in=rules.LIVING)
    if unit_id is not None:
        return tasks.filter(lead_unit=unit_id)
    mine = Q(lead_unit__in=[place.unit_id for place in actor.reach("reporter").places])
    return tasks.filter(mine | Q(officer=actor.id) if actor.kind == "person" else mine)


def _days(period: Period, rows: Sequence[EventRow], due: TaskQuerySet, *, on: date) -> Sequence[DayRows]:
    by_day: defaultdict[date, list[EventRow]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row)
    owed: defaultdict[date, list[DueRow]] = defaultdict(list)
    for task in due.select_related("lead_unit").order_by("due_day", "-weight", "pk")[:MOST_TASKS]:
        owed[task.due_day].append(DueRow(task.pk, task.title, task.lead_unit.label))
    days = [period.from_day + timedelta(days=number) for number in range(7)]
    return [
        DayRows(
            day=day,
            weekday=gettext(WEEKDAY_LABELS[day.weekday()][1]),
            is_today=day == on,
            halves=_halves(by_day[day]),
            due=owed[day][:MOST_DUE],
            due_more=max(0, len(owed[day]) - MOST_DUE),
        )
        for day in days
    ]


def _halves(rows: Sequence[EventRow]) -> Sequence[HalfRows]:
    parts = [HalfRows(gettext(label), [row for row in rows if row.half == half]) for half, label in weekly.HALF_LABELS]
    return [part for part in parts if part.rows]


def _choices(actor: Actor) -> Sequence[tuple[str, str]]:
    """The units an office is held at, and those straight below where the actor looks down. Two queries."""
    mine = [place.unit_id for place in actor.anywhere().places]
    above = [place.unit_id for place in actor.reach(*access.ABOVE).places]
    direct = Placement.objects.on(actor.day).filter(parent__in=above).values("unit")
    found = Unit.objects.filter(Q(pk__in=mine) | Q(pk__in=direct)).exclude(path="").order_by("path")
    return list(found.values_list("code", "name")[:MOST_UNITS])


@dataclass(frozen=True)
class EventDraft:
    """An entry as it stands in the boxes of its form, with the revision that was read."""

    event_id: int
    revision: int
    unit_id: int
    unit_code: str
    boxes: dict[str, str]


def event_draft(*, actor: Actor, event_id: int) -> EventDraft:
    """For the form that changes an entry. Raises NotFound. One query."""
    event = CalendarEvent.objects.allowed(actor, access.WRITE_EVENT).select_related("unit").one(event_id)
    boxes = {name: getattr(event, name) for name in ("title", "chair", "attends", "place", "prepares", "note")}
    day = f"{event.day.day}-{event.day.month}-{event.day.year}"
    return EventDraft(
        event.pk, event.revision, event.unit_id, event.unit.code, {"day": day, "hours": event.hours.typed, **boxes}
    )
