"""One day or moment, written and read as Vietnamese offices do: 23-8-2020, 14:32 23-8-2020."""

from __future__ import annotations

import re
from datetime import date, datetime

from giaoban.core.refusal import Refusal

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class NotADay(Refusal):
    """What was typed is not written as a day."""

    says = "«{typed}» không phải là ngày; hãy viết ngày, tháng và đủ bốn chữ số của năm, ví dụ 23-8-2020."


class NoSuchDay(NotADay):
    """Written as a day, but the calendar has no such day."""

    says = "Không có ngày «{typed}» trong lịch; hãy kiểm tra lại ngày và tháng."


def write_day(day: date) -> str:
    """Write a day without leading zeros.

    >>> write_day(date(2020, 8, 23))
    '23-8-2020'
    """
    return f"{day.day}-{day.month}-{day.year}"


def write_moment(moment: datetime) -> str:
    """Write a moment to the minute, in the time zone it carries.

    >>> write_moment(datetime(2020, 8, 23, 14, 32))
    '14:32 23-8-2020'
    """
    return f"{moment:%H:%M} {write_day(moment)}"


def write_weekday(day: date) -> str:
    """Name the day of the week.

    >>> write_weekday(date(2020, 8, 23)), write_weekday(date(2020, 8, 24))
    ('Chủ nhật', 'Thứ Hai')
    """
    return WEEKDAYS[day.weekday()]


def write_day_in_document(day: date) -> str:
    """Write the day of a document's date line, where days below 10 and months 1 and 2 take a zero.

    Source: Decree 30/2020/NĐ-CP, Annex I.

    >>> write_day_in_document(date(2020, 8, 5)), write_day_in_document(date(2018, 2, 20))
    ('ngày 05 tháng 8 năm 2020', 'ngày 20 tháng 02 năm 2018')
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def read_day(text: str) -> date:
    """Read a day typed into a form: «23-8-2020», «23/8/2020», «23.8.2020» or «2020-08-23».

    The year has four digits and the two separators are the same, since «23-8/20» may mean a range.
    Raises NotADay, or NoSuchDay for a day like 30-2-2020; an empty field is the caller's business.

    >>> read_day(" 23/08/2020 ")
    datetime.date(2020, 8, 23)
    """
    typed = " ".join(text.split())
    if found := _DAY_FIRST.fullmatch(typed):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
    elif found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    else:
        raise NotADay(typed=typed if len(typed) <= 40 else typed[:39] + "…")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoSuchDay(typed=typed) from error
