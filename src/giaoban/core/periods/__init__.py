"""Periods: which days a report speaks of, what offices call them, and when they are due."""

from giaoban.core.periods.calendars import Calendar, PeriodKind
from giaoban.core.periods.deadlines import CutOff, LevelStep, Schedule, cut_off, deadlines, is_late
from giaoban.core.periods.period import Period

__all__ = [
    "Calendar",
    "CutOff",
    "LevelStep",
    "Period",
    "PeriodKind",
    "Schedule",
    "cut_off",
    "deadlines",
    "is_late",
]
