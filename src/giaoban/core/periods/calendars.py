"""The calendars offices report by, and how months lie in them.

Months are counted as one number, year * 12 + month - 1, so that stepping over a year is addition.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

_TURN = 15  # the day on which the 15-14 calendar turns


class PeriodKind(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    TERM = "term"
    RANGE = "range"
    DAY = "day"


class Calendar(StrEnum):
    """Where periods begin.

    CALENDAR: weeks on Monday, months on the first (statistics; the Party's weekly reports).
    FIFTEENTH: a month is the 15th of the month before to the 14th, longer periods accordingly, and
    there are no weeks (Decree 09/2019/NĐ-CP, article 12). EVENT: an event's own day or days.
    """

    CALENDAR = "calendar"
    FIFTEENTH = "15-14"
    EVENT = "event"


MONTHS: Final[Mapping[PeriodKind, int]] = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}
KINDS: Final[Mapping[Calendar, frozenset[PeriodKind]]] = {
    Calendar.CALENDAR: frozenset(PeriodKind) - {PeriodKind.DAY},
    Calendar.FIFTEENTH: frozenset(MONTHS),
    Calendar.EVENT: frozenset({PeriodKind.DAY, PeriodKind.RANGE}),
}


def month_of(day: date, calendar: Calendar) -> int:
    """The month the day is reported in.

    >>> month_of(date(2020, 8, 15), Calendar.CALENDAR) == 2020 * 12 + 7
    True
    >>> month_of(date(2020, 8, 15), Calendar.FIFTEENTH) == 2020 * 12 + 8
    True
    """
    month = day.year * 12 + day.month - 1
    return month + 1 if calendar is Calendar.FIFTEENTH and day.day >= _TURN else month


def first_day(month: int, calendar: Calendar) -> date:
    """The day a reported month begins.

    >>> first_day(2020 * 12, Calendar.CALENDAR), first_day(2020 * 12, Calendar.FIFTEENTH)
    (datetime.date(2020, 1, 1), datetime.date(2019, 12, 15))
    """
    if calendar is Calendar.FIFTEENTH:
        year, index = divmod(month - 1, 12)
        return date(year, index + 1, _TURN)
    year, index = divmod(month, 12)
    return date(year, index + 1, 1)
