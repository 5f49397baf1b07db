"""What offices call a period, in Vietnamese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from giaoban.core.periods.calendars import Calendar, PeriodKind

Language = Literal["vi", "en"]

ROMAN = ("I", "II", "III", "IV")
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

KIND_NAMES: Final[Mapping[PeriodKind, tuple[str, str]]] = {
    PeriodKind.WEEK: ("tuần", "week"),
    PeriodKind.MONTH: ("tháng", "month"),
    PeriodKind.QUARTER: ("quý", "quarter"),
    PeriodKind.HALF: ("6 tháng", "half-year"),
    PeriodKind.NINE_MONTHS: ("9 tháng", "nine months"),
    PeriodKind.YEAR: ("năm", "year"),
    PeriodKind.TERM: ("nhiệm kỳ", "term"),
    PeriodKind.RANGE: ("từ ngày đến ngày", "range of days"),
    PeriodKind.DAY: ("ngày", "day"),
}
CALENDAR_NAMES: Final[Mapping[Calendar, tuple[str, str]]] = {
    Calendar.CALENDAR: ("dương lịch", "calendar"),
    Calendar.FIFTEENTH: ("15-14", "15-14"),
    Calendar.EVENT: ("sự kiện", "event"),
}


def kind_name(kind: PeriodKind, language: Language = "vi") -> str:
    """What a kind of period is called in a menu.

    >>> kind_name(PeriodKind.QUARTER), kind_name(PeriodKind.QUARTER, "en")
    ('quý', 'quarter')
    """
    return KIND_NAMES[kind][0 if language == "vi" else 1]


def calendar_name(calendar: Calendar, language: Language = "vi") -> str:
    """What a calendar is called in a menu."""
    return CALENDAR_NAMES[calendar][0 if language == "vi" else 1]


def span(first: date, last: date) -> str:
    """Write two days as one range, saying each month and year once.

    >>> span(date(2020, 8, 17), date(2020, 8, 23)), span(date(2020, 8, 31), date(2020, 9, 6))
    ('17–23/8/2020', '31/8–6/9/2020')
    >>> span(date(2020, 12, 28), date(2021, 1, 3)), span(date(2020, 8, 3), date(2020, 8, 3))
    ('28/12/2020–3/1/2021', '3/8/2020')
    """
    end = _day(last)
    if first == last:
        return end
    if first.year != last.year:
        return f"{_day(first)}–{end}"
    return f"{first.day}–{end}" if first.month == last.month else f"{first.day}/{first.month}–{end}"


def vietnamese(kind: PeriodKind, first: date, last: date, *, year: int, number: int) -> str:
    """Name a period from its days, the year it counts to and its number within that year."""
    match kind:
        case PeriodKind.WEEK:
            return f"Tuần {span(first, last)}"
        case PeriodKind.MONTH:
            return f"Tháng {number}/{year}"
        case PeriodKind.QUARTER:
            return f"Quý {ROMAN[number - 1]}/{year}"
        case PeriodKind.HALF:
            return f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}"
        case PeriodKind.NINE_MONTHS:
            return f"9 tháng đầu năm {year}"
        case PeriodKind.YEAR:
            return f"Năm {year}"
        case PeriodKind.TERM:
            return f"Nhiệm kỳ {first.year}–{last.year + 1}"
        case PeriodKind.DAY:
            return f"Tính đến {_day(first)}"
        case PeriodKind.RANGE:
            if first == last:
                return f"Ngày {_day(first)}"
            start = f"{first.day}/{first.month}" if first.year == last.year else _day(first)
            return f"Từ {start} đến {_day(last)}"


def english(kind: PeriodKind, first: date, last: date, *, year: int, number: int) -> str:
    """The same in English."""
    match kind:
        case PeriodKind.WEEK:
            return f"Week {_english_span(first, last)}"
        case PeriodKind.MONTH:
            return f"{ENGLISH_MONTHS[number - 1]} {year}"
        case PeriodKind.QUARTER:
            return f"Quarter {ROMAN[number - 1]}/{year}"
        case PeriodKind.HALF:
            return f"{'First' if number == 1 else 'Second'} half of {year}"
        case PeriodKind.NINE_MONTHS:
            return f"First nine months of {year}"
        case PeriodKind.YEAR:
            return f"Year {year}"
        case PeriodKind.TERM:
            return f"Term {first.year}–{last.year + 1}"
        case PeriodKind.DAY:
            return f"As of {_english_day(first)}"
        case PeriodKind.RANGE:
            return _english_span(first, last)


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _english_day(day: date) -> str:
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def _english_span(first: date, last: date) -> str:
    end = _english_day(last)
    if first == last:
        return end
    if first.year != last.year:
        return f"{_english_day(first)} – {end}"
    if first.month != last.month:
        return f"{first.day} {ENGLISH_MONTHS[first.month - 1]} – {end}"
    return f"{first.day}–{end}"
