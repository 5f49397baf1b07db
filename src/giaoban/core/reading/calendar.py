"""Placing what was written on the calendar. The reference day comes from the document; today is never consulted."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from giaoban.core.reading.islands_days import possible
from giaoban.core.reading.tokens import Cited, Day, DayRange, Month, Months, Quarter, Relative, Token, Week, Year

_Build = Callable[[int], tuple[date, date]]


@dataclass(frozen=True)
class Reference:
    """The day of the document and what it was taken from: dateline, given, latest_date, year or none.

    With basis "year" only `year` is known.
    """

    day: date | None
    year: int | None
    basis: str
    start: int = -1


@dataclass(frozen=True)
class Stretch:
    """Days from `first` to `last`, both included; None is open or unknown. `inferred`: the year was not written."""

    first: date | None
    last: date | None
    inferred: bool = False


def reference(
    *, tokens: Sequence[Token], dateline: Day | None, given: date | None, due: Container[int] = ()
) -> Reference:
    """The day from which a document counts: its dateline, the day given, its latest full date, its commonest year.

    `due`: where days begin that something is due on; they lie ahead of the document.
    """
    if dateline is not None and dateline.month and dateline.year:
        day = date(dateline.year, dateline.month, dateline.day)
        return Reference(day=day, year=day.year, basis="dateline", start=dateline.start)
    if given is not None:
        return Reference(day=given, year=given.year, basis="given")
    years = _years(tokens)
    common = years.most_common(1)[0][1] if years else 0
    latest = max(_full_days(tokens, due), default=None)
    if latest is not None and years[latest.year] >= min(common, 2):
        return Reference(day=latest, year=latest.year, basis="latest_date")
    if years:
        best = max(year for year, times in years.items() if times == common)
        return Reference(day=None, year=best, basis="year")
    return Reference(day=None, year=None, basis="none")


def _full_days(tokens: Sequence[Token], due: Container[int]) -> list[date]:
    days = []
    paper_end = -100
    for token in tokens:
        if isinstance(token, Cited):
            paper_end = token.end
        if isinstance(token, Day) and token.start - paper_end > 12 and token.start not in due:
            days.extend(_full(token))
        if isinstance(token, DayRange) and not token.anniversary and token.last is not None:
            days.extend(_full(token.last))
    return days


def _full(day: Day) -> list[date]:
    return [date(day.year, day.month, day.day)] if day.year and day.month and possible(day) else []


def _years(tokens: Sequence[Token]) -> Counter[int]:
    years: Counter[int] = Counter(day.year for day in _full_days(tokens, ()))
    for token in tokens:
        if isinstance(token, Month | Quarter | Months) and token.year:
            years[token.year] += 1
        if isinstance(token, Year) and token.until is None:
            years[token.year] += 1
    return years


class Calendar:
    """Resolves partial days and periods of one document."""

    def __init__(self, *, reference: Reference) -> None:
        self.reference = reference

    def day(self, token: Day, *, ahead: bool = False, borrowed: int | None = None) -> date | None:
        """The day meant. Without a year it is the nearest one, the past preferred, or the future if `ahead`."""
        if token.month is None:
            return self._day_of_month(token.day, ahead=ahead)
        if token.year is not None:
            return _make(token.year, token.month, token.day)
        around = self.reference.day
        if around is None:
            year = borrowed or self.reference.year
            return _make(year, token.month, token.day) if year else None
        days = [_make(year, token.month, token.day) for year in (around.year - 1, around.year, around.year + 1)]
        return min((day for day in days if day), key=lambda day: _distance(day, around, ahead=ahead), default=None)

    def _day_of_month(self, day: int, *, ahead: bool) -> date | None:
        around = self.reference.day
        if around is None:
            return None
        found = _make(around.year, around.month, day)
        if ahead and (found is None or found < around):
            following = (around.replace(day=1) + timedelta(days=32)).replace(day=1)
            return _make(following.year, following.month, day)
        return found

    def stretch(self, token: Token, *, borrowed: int | None = None) -> Stretch:
        """The days a period token covers; `borrowed` is a year written beside it."""
        match token:
            case DayRange():
                return self._range(token, borrowed)
            case Month(month=month, until=until):
                return self._of_year(token.year, borrowed, lambda y: (date(y, month, 1), _month_end(y, until or month)))
            case Quarter(quarter=quarter):
                last = 3 * quarter
                return self._of_year(token.year, borrowed, lambda y: (date(y, last - 2, 1), _month_end(y, last)))
            case Months(count=count, past=True):
                return self._gone_by(count)
            case Months(count=count, last=False):
                return self._of_year(token.year, borrowed, lambda y: (date(y, 1, 1), _month_end(y, count)), by_end=True)
            case Months(count=count):
                return self._of_year(token.year, borrowed, lambda y: (date(y, 13 - count, 1), date(y, 12, 31)))
            case Week(number=number):
                return self._of_year(token.year, borrowed, lambda y: _week(y, number))
            case Year(year=year, until=until):
                return Stretch(date(year, 1, 1), date(until or year, 12, 31))
            case Relative():
                return self._relative(token)
        return Stretch(None, None)

    def _range(self, token: DayRange, borrowed: int | None) -> Stretch:
        if token.last is None:
            return Stretch(self.day(token.first, borrowed=borrowed), None, inferred=token.first.year is None)
        last = self.day(token.last, borrowed=borrowed)
        if last is None:
            return Stretch(None, None)
        month = token.first.month or last.month
        year = token.first.year or last.year
        first = _make(year, month, token.first.day)
        if first is not None and first > last:
            if token.first.month is None:
                before = date(last.year, last.month, 1) - timedelta(days=1)
                first = _make(before.year, before.month, token.first.day)
            elif token.first.year is None:
                first = _make(year - 1, month, token.first.day)
        if first is None or first > last:
            return Stretch(None, None)
        return Stretch(first, last, inferred=token.last.year is None)

    def _of_year(self, year: int | None, borrowed: int | None, build: _Build, *, by_end: bool = False) -> Stretch:
        if year is not None:
            return Stretch(*build(year))
        around = self.reference.day
        if borrowed is not None:
            return Stretch(*build(borrowed), inferred=True)
        if around is None:
            return Stretch(*build(self.reference.year), inferred=True) if self.reference.year else Stretch(None, None)
        spans = [build(around.year + shift) for shift in (-1, 0, 1)]
        best = min(spans, key=lambda span: _span_distance(span, around, by_end=by_end))
        return Stretch(*best, inferred=True)

    def _gone_by(self, count: int) -> Stretch:
        """The last full months before the document's day; a month that ends within a week counts as full."""
        around = self.reference.day
        if around is None:
            return Stretch(None, None)
        end = (around + timedelta(days=7)).replace(day=1) - timedelta(days=1)
        month = end.year * 12 + end.month - count
        return Stretch(date(month // 12, month % 12 + 1, 1), end, inferred=True)

    def _relative(self, token: Relative) -> Stretch:
        around = self.reference.day
        if around is None:
            if self.reference.year and token.unit == "year":
                year = self.reference.year + token.shift
                return Stretch(date(year, 1, 1), None if token.open else date(year, 12, 31))
            return Stretch(None, None)
        first, last = _unit_around(token.unit, around, token.shift)
        return Stretch(first, None if token.open else last, inferred=True)


def _unit_around(unit: str, around: date, shift: int) -> tuple[date, date]:
    if unit == "week":
        monday = around - timedelta(days=around.weekday()) + timedelta(weeks=shift)
        return monday, monday + timedelta(days=6)
    if unit == "year":
        return date(around.year + shift, 1, 1), date(around.year + shift, 12, 31)
    size = 1 if unit == "month" else 3
    index = (around.year * 12 + around.month - 1) // size + shift
    start = index * size
    last = start + size - 1
    return date(start // 12, start % 12 + 1, 1), _month_end(last // 12, last % 12 + 1)


def _week(year: int, number: int) -> tuple[date, date]:
    """A week by its number as ISO 8601 counts it; a 53rd week that a year lacks is its last."""
    monday = date.fromisocalendar(year, min(number, 52), 1) + timedelta(weeks=max(0, number - 52))
    return monday, monday + timedelta(days=6)


def _make(year: int, month: int, day: int) -> date | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _distance(day: date, around: date, *, ahead: bool) -> int:
    days = (day - around).days
    if ahead:
        return days if days >= 0 else -3 * days
    return 10 * -days if days <= 0 else 13 * days


def _span_distance(span: tuple[date, date], around: date, *, by_end: bool) -> int:
    first, last = span
    if by_end:
        return _distance(last, around, ahead=False)
    if first <= around <= last:
        return 0
    return _distance(last if last < around else first, around, ahead=False)
