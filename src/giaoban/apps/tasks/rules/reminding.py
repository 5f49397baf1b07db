"""What a person is reminded of, and how often: seven, three and one day before a deadline, on it, then each week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

BEFORE = (7, 3, 1, 0)  # days before the last day
WEEK = 7
MOST_LINES = 40  # of one letter


def due_mark(due_day: date, *, on: date) -> str:
    """Which reminder of a task has come by a day; empty for none yet. Each mark is told a person once.

    A mark stays until the next one, so that a morning without a worker loses none.

    >>> last = date(2020, 8, 31)
    >>> [due_mark(last, on=date(2020, 8, day)) for day in (23, 24, 27, 28, 30, 31)]
    ['', 'due-7', 'due-7', 'due-3', 'due-1', 'due-0']
    >>> [due_mark(last, on=date(2020, 9, day)) for day in (1, 7, 8)]
    ['late-0', 'late-0', 'late-1']
    """
    left = (due_day - on).days
    if left < 0:
        return f"late-{(-left - 1) // WEEK}"
    reached = [days for days in BEFORE if left <= days]
    return f"due-{reached[-1]}" if reached else ""


def asked_mark(extension_id: int, *, asked_on: date, on: date) -> str:
    """Which reminder of a request for more time has come: the first on the day after, then one each week.

    >>> [asked_mark(7, asked_on=date(2020, 8, 21), on=date(2020, 8, day)) for day in (21, 22, 29)]
    ['', 'asked-7-0', 'asked-7-1']
    """
    waiting = (on - asked_on).days
    return f"asked-{extension_id}-{(waiting - 1) // WEEK}" if waiting > 0 else ""


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing a person is reminded of. `days` until the last day, negative when it has gone by.

    `asked_until` is the day asked for, where the person has to decide on more time.
    """

    task_id: int
    mark: str
    title: str
    lead: str
    due: str
    days: int
    asked_until: str = ""

    @property
    def overdue(self) -> int:
        """Days since the last day; 0 while it has not gone by."""
        return max(0, -self.days)

    @property
    def kind(self) -> str:
        """late, today, soon or asked: under which heading it stands."""
        if self.asked_until:
            return "asked"
        return "late" if self.days < 0 else "today" if self.days == 0 else "soon"


KIND_LABELS = (
    ("late", "Quá hạn"),
    ("today", "Đến hạn hôm nay"),
    ("soon", "Sắp đến hạn"),
    ("asked", "Đề nghị gia hạn chờ đồng chí quyết định"),
)


@dataclass(frozen=True)
class Letter:
    """What a person gets by mail."""

    subject: str
    text: str
