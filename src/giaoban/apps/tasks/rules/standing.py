"""How a task stands on a day: late, near, stuck, how far; and how many there are, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from giaoban.apps.tasks.rules.life import DONE, OPEN

SOON_DAYS = 7
LEAST_PATIENCE, MOST_PATIENCE = 3, 30
MOST_TOPICS = 2  # said in one breath


def is_overdue(*, state: str, due_day: date, on: date) -> bool:
    """The lead unit still owes the result and the last day has gone by.

    >>> is_overdue(state="ongoing", due_day=date(2020, 8, 23), on=date(2020, 8, 24))
    True
    >>> is_overdue(state="handed_in", due_day=date(2020, 8, 23), on=date(2020, 8, 24))
    False
    """
    return state in OPEN and due_day < on


def is_due_soon(*, state: str, due_day: date, on: date, days: int = SOON_DAYS) -> bool:
    """The lead unit still owes the result, and the last day is today or within `days`.

    >>> is_due_soon(state="ongoing", due_day=date(2020, 8, 31), on=date(2020, 8, 24))
    True
    """
    return state in OPEN and 0 <= (due_day - on).days <= days


def patience(*, assigned_on: date, due_day: date, weight: int) -> int:
    """How many days of silence a task may have: the time it was given divided by its weight and two, 3 to 30 days.

    A task of two months is asked about after 20 days when it is light (weight 1), after 8 when it is heavy (5).

    >>> [patience(assigned_on=date(2020, 7, 1), due_day=date(2020, 8, 30), weight=weight) for weight in (1, 3, 5)]
    [20, 12, 8]
    """
    return max(LEAST_PATIENCE, min(MOST_PATIENCE, (due_day - assigned_on).days // (2 + weight)))


def is_stuck(*, state: str, assigned_on: date, due_day: date, weight: int, told_on: date, on: date) -> bool:
    """The lead unit owes the result and nothing was noted, moved or asked for longer than `patience`.

    `told_on` is the day of the last note, move or request for more time. Whether the deadline has gone by does not
    matter: a late task that is spoken of every day is late, not stuck.

    >>> task = {"state": "ongoing", "assigned_on": date(2020, 7, 1), "due_day": date(2020, 8, 30), "weight": 3}
    >>> [is_stuck(**task, told_on=date(2020, 8, day), on=date(2020, 8, 24)) for day in (11, 12)]
    [True, False]
    """
    silent = (on - told_on).days
    return state in OPEN and silent > patience(assigned_on=assigned_on, due_day=due_day, weight=weight)


@dataclass(frozen=True)
class Progress:
    """How far a task is: `done` of `total` sub-tasks, or of 100 per cent. `is_parts` tells which."""

    done: int
    total: int
    is_parts: bool = False

    @property
    def steps(self) -> tuple[bool, ...]:
        """The bar: one step for each sub-task, or ten for a share.

        >>> Progress(2, 3, is_parts=True).steps, sum(Progress(60, 100).steps)
        ((True, True, False), 6)
        """
        if self.is_parts:
            return tuple(number < self.done for number in range(self.total))
        return tuple(number * 10 < self.done for number in range(10))

    @property
    def label(self) -> str:
        return f"{self.done}/{self.total}" if self.is_parts else f"{self.done}%"


def progress(*, state: str, percent: int | None, parts: Sequence[str]) -> Progress:
    """How far a task is, from the states of its sub-tasks, or from the last share its unit told.

    A task that was received is whole; sub-tasks that were withdrawn do not count.

    >>> progress(state="ongoing", percent=None, parts=("accepted", "ongoing", "withdrawn")).label
    '1/2'
    >>> progress(state="ongoing", percent=40, parts=()).label, progress(state="closed", percent=40, parts=()).label
    ('40%', '100%')
    """
    kept = [part for part in parts if part != "withdrawn"]
    if kept:
        return Progress(sum(part in DONE for part in kept), len(kept), is_parts=True)
    return Progress(100 if state in DONE else percent or 0, 100)


@dataclass(frozen=True)
class Counted:
    """How many tasks a body has assigned, and how many of them on each topic, the most frequent first."""

    assigner: str
    total: int
    done: int
    overdue: int
    topics: tuple[tuple[str, int], ...]


def counted(count: Counted) -> str:
    """The count as offices state it.

    >>> counted(Counted("Bộ Chính trị", 6, 0, 0, (("công tác nhân sự", 2),)))
    'Bộ Chính trị giao 6 nội dung, trong đó 2 nội dung về công tác nhân sự'
    >>> counted(Counted("Ban Bí thư", 2, 0, 0, (("công tác đảng viên", 2),)))
    'Ban Bí thư giao 2 nội dung, đều về công tác đảng viên'
    >>> counted(Counted("Ban Bí thư", 1, 0, 0, (("công tác đảng viên", 1),)))
    'Ban Bí thư giao 1 nội dung về công tác đảng viên'

    Of a mixed lot only the two most frequent topics are said, and none that stands there once.
    """
    said = ngettext("{assigner} giao {n} nội dung", "{assigner} giao {n} nội dung", count.total)
    said = said.format(assigner=count.assigner, n=count.total)
    if count.topics and count.topics[0][1] == count.total:
        whole = gettext(", đều về {topic}") if count.total > 1 else gettext(" về {topic}")
        return said + whole.format(topic=count.topics[0][0])
    parts = [
        ngettext("{n} nội dung về {topic}", "{n} nội dung về {topic}", n).format(n=n, topic=topic)
        for topic, n in count.topics[:MOST_TOPICS]
        if n > 1
    ]
    if not parts:
        return said
    return said + gettext(", trong đó {parts}").format(parts=", ".join(parts))
