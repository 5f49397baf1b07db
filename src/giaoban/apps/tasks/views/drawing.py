"""Tasks on a line of time: one axis for all, every place on it a share of its width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from giaoban.apps.tasks.queries import TaskRow

_BEFORE_DAYS, _AFTER_DAYS = 7, 28
_MOST_MARKS = 12


@dataclass(frozen=True)
class Mark:
    """The first day of a month on the axis."""

    x: str
    label: str


@dataclass(frozen=True)
class Line:
    """One task: where it begins, where its last day is, and how far it has come by today."""

    row: TaskRow
    x: str
    width: str
    spent: str
    due: str


@dataclass(frozen=True)
class Timeline:
    """All tasks on one axis, with its months and today."""

    marks: Sequence[Mark]
    lines: Sequence[Line]
    today: str


def timeline(rows: Sequence[TaskRow], *, on: date) -> Timeline:
    """Draw the tasks; the axis runs from the first to the last day of any, at least a week before and four after."""
    first = min([row.assigned_on for row in rows] + [on - timedelta(days=_BEFORE_DAYS)])
    last = max([row.due_day for row in rows] + [on + timedelta(days=_AFTER_DAYS)])

    def share(days: int) -> str:
        """A share of the whole axis as SVG writes it: «12.5%»."""
        per_mille = 1_000 * max(0, days) // (last - first).days
        return f"{per_mille // 10}.{per_mille % 10}%"

    def line(row: TaskRow) -> Line:
        given, spent = (row.due_day - row.assigned_on).days, (min(row.due_day, on) - row.assigned_on).days
        return Line(
            row=row,
            x=share((row.assigned_on - first).days),
            width=share(max(1, given)),
            spent=share(spent),
            due=share((row.due_day - first).days),
        )

    return Timeline(marks=_marks(first, last, share), lines=[line(row) for row in rows], today=share((on - first).days))


def _marks(first: date, last: date, share: Callable[[int], str]) -> list[Mark]:
    months = [first.replace(day=1)]
    while months[-1] <= last:
        months.append((months[-1] + timedelta(days=32)).replace(day=1))
    inside = [month for month in months if first <= month <= last]
    step = -(-len(inside) // _MOST_MARKS) or 1
    return [
        Mark(
            share((month - first).days),
            f"{month.month}/{month.year}" if month.month == 1 or number == 0 else f"{month.month}",
        )
        for number, month in enumerate(inside[::step])
    ]
