"""A period: the days a report speaks of, its stable code, and its neighbours.

A period carries its calendar, because "tháng 8" is 1–31/8 for statistics and 15/7–14/8 for reports
to the state administration. Days are half-open, [from_day, until_day); `last_day` is what people say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from giaoban.core.periods import labels
from giaoban.core.periods.calendars import KINDS, MONTHS, Calendar, PeriodKind, first_day, month_of
from giaoban.core.refusal import Refusal
from giaoban.core.text_vi.dates import write_day

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
TERM_YEARS: Final = 5

_ONE_DAY = timedelta(days=1)
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_OF_YEAR = re.compile(r"([0-9]{4})(?:-([0-9]{2})|-Q([1-4])|-H([12])|-(9M))?")
_TERM = re.compile(r"([0-9]{4})\.\.([0-9]{4})")
_DAYS = re.compile(r"(@?)([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\.\.([0-9]{4}-[0-9]{2}-[0-9]{2}))?")


class UnknownCode(Refusal):
    says = "«{code}» không phải là mã của một kỳ báo cáo; hãy chọn kỳ trong danh sách."


class NoSuchPeriod(Refusal):
    says = "Lịch {calendar} không có kỳ «{kind}» ứng với ngày {day}; hãy chọn loại kỳ, lịch hoặc ngày khác."


class BeyondCalendar(Refusal):
    says = "Kỳ báo cáo phải nằm trong các năm {first}–{last}; hãy chọn kỳ khác."


class EndsBeforeItBegins(Refusal):
    says = "Kỳ bắt đầu {first} không thể kết thúc {last}; hãy đổi hai mốc cho nhau hoặc sửa một mốc."


class NotMadeOf(Refusal):
    says = "Kỳ «{period}» không chia được thành các kỳ «{kind}»; hãy chọn loại kỳ khác."


@dataclass(frozen=True, order=True, kw_only=True)
class Period:
    """One period. Ordered by its days, then kind and calendar.

    Make one with `containing`, `days`, `event`, `term` or `parse`; days that are no period of that
    kind and calendar are a bug and raise ValueError.
    """

    from_day: date
    until_day: date
    kind: PeriodKind
    calendar: Calendar = Calendar.CALENDAR

    def __post_init__(self) -> None:
        if not (self.from_day.year >= FIRST_YEAR and self.until_day.year <= LAST_YEAR):
            raise BeyondCalendar(first=FIRST_YEAR, last=LAST_YEAR - 1)
        if self.kind not in KINDS[self.calendar] or not self._is_whole():
            raise ValueError(f"not a {self.kind} of the {self.calendar} calendar: {self.from_day} to {self.until_day}")

    # ------------------------------------------------------------ making one

    @classmethod
    def containing(cls, day: date, kind: PeriodKind, calendar: Calendar = Calendar.CALENDAR) -> Period:
        """The period of that kind that holds the day.

        A term is five years from a year divisible by five; a range is the day alone. Raises
        NoSuchPeriod when the calendar lacks the kind, or for nine months in a year's last quarter.
        """
        if kind not in KINDS[calendar]:
            raise NoSuchPeriod(calendar=labels.calendar_name(calendar), kind=labels.kind_name(kind), day=write_day(day))
        if not FIRST_YEAR <= day.year < LAST_YEAR:
            raise BeyondCalendar(first=FIRST_YEAR, last=LAST_YEAR - 1)
        if kind in (PeriodKind.DAY, PeriodKind.RANGE):
            return cls(kind=kind, calendar=calendar, from_day=day, until_day=day + _ONE_DAY)
        if kind is PeriodKind.WEEK:
            monday = day - timedelta(days=day.weekday())
            return cls(kind=kind, from_day=monday, until_day=monday + timedelta(days=7))
        if kind is PeriodKind.TERM:
            first = day.year - day.year % TERM_YEARS
            return cls.term(first, first + TERM_YEARS)
        month = month_of(day, calendar)
        first_month = month - month % (12 if kind is PeriodKind.NINE_MONTHS else MONTHS[kind])
        if month >= first_month + MONTHS[kind]:
            raise NoSuchPeriod(calendar=labels.calendar_name(calendar), kind=labels.kind_name(kind), day=write_day(day))
        return cls._of_months(first_month, kind, calendar)

    @classmethod
    def days(cls, from_day: date, last_day: date) -> Period:
        """A range of days, both ends included, for weeks and months that keep other bounds.

        Raises EndsBeforeItBegins, here and in `event`.
        """
        return cls._range(from_day, last_day, Calendar.CALENDAR)

    @classmethod
    def event(cls, from_day: date, last_day: date | None = None) -> Period:
        """An event's own day, or its days with both ends included."""
        if last_day is not None:
            return cls._range(from_day, last_day, Calendar.EVENT)
        return cls.containing(from_day, PeriodKind.DAY, Calendar.EVENT)

    @classmethod
    def term(cls, first_year: int, last_year: int) -> Period:
        """A committee's term as offices name it: 2020–2025, and the next is 2025–2030.

        Each body's term turns on the day of its own congress. For figures it runs from the first
        day of the first year named up to the first day of the last, so that terms neither overlap
        nor leave a gap. Raises EndsBeforeItBegins.
        """
        if last_year <= first_year:
            raise EndsBeforeItBegins(first=first_year, last=last_year)
        if not (first_year >= FIRST_YEAR and last_year <= LAST_YEAR):
            raise BeyondCalendar(first=FIRST_YEAR, last=LAST_YEAR - 1)
        return cls(kind=PeriodKind.TERM, from_day=date(first_year, 1, 1), until_day=date(last_year, 1, 1))

    @classmethod
    def _range(cls, first: date, last: date, calendar: Calendar) -> Period:
        if last < first:
            raise EndsBeforeItBegins(first=write_day(first), last=write_day(last))
        return cls(kind=PeriodKind.RANGE, calendar=calendar, from_day=first, until_day=_day_after(last))

    @classmethod
    def _of_months(cls, first_month: int, kind: PeriodKind, calendar: Calendar) -> Period:
        months = (first_month, first_month + MONTHS[kind])
        from_day, until_day = (first_day(month, calendar) for month in months)
        return cls(kind=kind, calendar=calendar, from_day=from_day, until_day=until_day)

    @classmethod
    def parse(cls, code: str) -> Period:
        """Read a period's code back; every period has exactly one.

        >>> Period.parse("2020-W34").label(), Period.parse("2020-08~15-14").last_day
        ('Tuần 17–23/8/2020', datetime.date(2020, 8, 14))
        """
        try:
            period = _read(code)
        except (ValueError, Refusal) as error:
            raise UnknownCode(code=code[:40]) from error
        if period.code != code:
            raise UnknownCode(code=code[:40])
        return period

    # ------------------------------------------------------------ what it is

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period."""
        return self.until_day - _ONE_DAY

    @property
    def code(self) -> str:
        """A stable key that may stand in an address: 2020-W34, 2020-08~15-14, @2020-05-15."""
        first, last = self.from_day.isoformat(), self.last_day.isoformat()
        if self.kind is PeriodKind.WEEK:
            iso = self.from_day.isocalendar()
            return f"{iso.year}-W{iso.week:02d}"
        if self.kind is PeriodKind.TERM:
            return f"{self.from_day.year}..{self.until_day.year}"
        if self.kind is PeriodKind.DAY:
            return f"@{first}"
        if self.kind is PeriodKind.RANGE:
            return f"{'@' if self.calendar is Calendar.EVENT else ''}{first}..{last}"
        year, number = self._year_and_number()
        written = {
            PeriodKind.MONTH: f"-{number:02d}",
            PeriodKind.QUARTER: f"-Q{number}",
            PeriodKind.HALF: f"-H{number}",
            PeriodKind.NINE_MONTHS: "-9M",
        }.get(self.kind, "")
        return f"{year}{written}{'' if self.calendar is Calendar.CALENDAR else '~' + self.calendar.value}"

    def label(self, language: labels.Language = "vi") -> str:
        """Name the period as offices write it.

        >>> Period.parse("2020-Q4").label(), Period.parse("2020-Q4").label("en")
        ('Quý IV/2020', 'Quarter IV/2020')
        """
        write = labels.vietnamese if language == "vi" else labels.english
        year, number = self._year_and_number()
        return write(self.kind, self.from_day, self.last_day, year=year, number=number)

    def span(self) -> str:
        """Write the days themselves, for calendars whose months are not the calendar's.

        >>> Period.parse("2020-08~15-14").span()
        '15/7–14/8/2020'
        """
        return labels.span(self.from_day, self.last_day)

    def contains(self, day: date) -> bool:
        """Does the day belong to the period?"""
        return self.from_day <= day < self.until_day

    # ------------------------------------------------------------ its neighbours

    def previous(self) -> Period:
        """The period just before; a range or an event steps back by its own length."""
        return self._shifted(-1)

    def next(self) -> Period:
        """The period just after."""
        return self._shifted(1)

    def year_before(self) -> Period:
        """The same period a year earlier; of a term, the term before.

        A week keeps its number (week 53 becomes the last week of a year that has 52); 29 February
        becomes 28 February.
        """
        if self.kind in MONTHS:
            return self._of_months(month_of(self.from_day, self.calendar) - 12, self.kind, self.calendar)
        if self.kind is PeriodKind.TERM:
            return self.previous()
        if self.kind is PeriodKind.WEEK:
            iso = self.from_day.isocalendar()
            monday = date.fromisocalendar(iso.year - 1, min(iso.week, 52), 1)  # no two years in a row have 53
            return type(self)(kind=self.kind, from_day=monday, until_day=monday + timedelta(days=7))
        first, last = _a_year_before(self.from_day), _a_year_before(self.last_day)
        return self._at(first, last + _ONE_DAY)

    def parts(self, kind: PeriodKind) -> tuple[Period, ...]:
        """The periods of a shorter kind that fill this one exactly, in order.

        Raises NotMadeOf when they do not: weeks do not fill a month, halves do not fill nine months.
        """
        if kind is self.kind:
            return (self,)
        if kind not in MONTHS or kind is PeriodKind.NINE_MONTHS or self.kind not in {*MONTHS, PeriodKind.TERM}:
            raise NotMadeOf(period=self.label(), kind=labels.kind_name(kind))
        parts = [self.containing(self.from_day, kind, self.calendar)]
        while parts[-1].until_day < self.until_day:
            parts.append(parts[-1].next())
        if (parts[0].from_day, parts[-1].until_day) != (self.from_day, self.until_day):
            raise NotMadeOf(period=self.label(), kind=labels.kind_name(kind))
        return tuple(parts)

    # ------------------------------------------------------------ inside

    def _is_whole(self) -> bool:
        if self.kind is PeriodKind.RANGE:
            return self.from_day < self.until_day
        if self.kind is PeriodKind.DAY:
            return self.until_day - self.from_day == _ONE_DAY
        if self.kind is PeriodKind.WEEK:
            return self.from_day.weekday() == 0 and (self.until_day - self.from_day).days == 7
        if self.kind is PeriodKind.TERM:
            turns = (self.from_day, self.until_day)
            return self.from_day < self.until_day and all((day.month, day.day) == (1, 1) for day in turns)
        first = month_of(self.from_day, self.calendar)
        months = MONTHS[self.kind]
        bounds = (first_day(first, self.calendar), first_day(first + months, self.calendar))
        return first % 12 % months == 0 and bounds == (self.from_day, self.until_day)

    def _shifted(self, steps: int) -> Period:
        if self.kind in MONTHS:
            months = 12 if self.kind is PeriodKind.NINE_MONTHS else MONTHS[self.kind]
            first = month_of(self.from_day, self.calendar) + steps * months
            return self._of_months(first, self.kind, self.calendar)
        if self.kind is PeriodKind.TERM:
            years = self.until_day.year - self.from_day.year
            return self.term(self.from_day.year + steps * years, self.until_day.year + steps * years)
        length = steps * (self.until_day - self.from_day)
        return self._at(self.from_day + length, self.until_day + length)

    def _at(self, from_day: date, until_day: date) -> Period:
        return type(self)(kind=self.kind, calendar=self.calendar, from_day=from_day, until_day=until_day)

    def _year_and_number(self) -> tuple[int, int]:
        year, month = divmod(month_of(self.from_day, self.calendar), 12)
        return year, month // MONTHS.get(self.kind, 1) + 1


def _read(code: str) -> Period:
    bare, marked, suffix = code.partition("~")
    calendar = Calendar(suffix) if marked else Calendar.CALENDAR
    if found := _WEEK.fullmatch(bare):
        return Period.containing(date.fromisocalendar(int(found[1]), int(found[2]), 1), PeriodKind.WEEK, calendar)
    if found := _TERM.fullmatch(bare):
        return Period.term(int(found[1]), int(found[2]))
    if found := _DAYS.fullmatch(bare):
        first = date.fromisoformat(found[2])
        last = date.fromisoformat(found[3]) if found[3] else None
        return Period.event(first, last) if found[1] else Period.days(first, last or first)
    if found := _OF_YEAR.fullmatch(bare):
        year, month, quarter, half, nine_months = found.groups()
        kind, index = PeriodKind.YEAR, 0
        if month:
            kind, index = PeriodKind.MONTH, int(month) - 1
        elif quarter:
            kind, index = PeriodKind.QUARTER, 3 * (int(quarter) - 1)
        elif half:
            kind, index = PeriodKind.HALF, 6 * (int(half) - 1)
        elif nine_months:
            kind = PeriodKind.NINE_MONTHS
        return Period.containing(first_day(int(year) * 12 + index, calendar), kind, calendar)
    raise UnknownCode(code=code[:40])


def _day_after(day: date) -> date:
    if day.year > LAST_YEAR:
        raise BeyondCalendar(first=FIRST_YEAR, last=LAST_YEAR - 1)
    return day + _ONE_DAY


def _a_year_before(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)
