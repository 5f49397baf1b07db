"""A deadline as offices give it: a day, or the end of a month, a quarter, a half or a year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db import models
from django.utils.translation import gettext

from giaoban.core.periods import Period, PeriodKind
from giaoban.core.refusal import Refusal
from giaoban.core.text_vi.dates import write_day
from giaoban.core.text_vi.folding import fold

MAX_DUE_WORDS = 80
_NEXT_YEAR_AFTER_MONTHS = 6  # «15/1» said in December is the coming January, «30/9» said in October is past
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}

_LEAD = re.compile(
    r"^(?:(?:han|xong|hoan thanh|truoc|cham nhat|la|vao|den|het|trong|cuoi|ngay|tu nay den|ke tu nay den)\s+)+"
)
_SEP = r"\s*[-/.]\s*"
_DAY = re.compile(rf"(\d{{1,2}})(?:{_SEP}|\s+thang\s+)(\d{{1,2}})(?:(?:{_SEP}|\s+nam\s+)(\d{{4}}))?")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR = rf"(?:(?:{_SEP}|\s+nam\s+|\s+)(\d{{4}}))"
_MONTH = re.compile(rf"thang\s+(\d{{1,2}}){_YEAR}?|(\d{{1,2}}){_SEP}(\d{{4}})")
_QUARTER = re.compile(rf"qu[yi]\s+(iv|i{{1,3}}|[1-4]){_YEAR}?")
_HALF = re.compile(r"(?:6|sau)\s+thang\s+(dau|cuoi)\s+nam(?:\s+(\d{4}))?")
_WHOLE_YEAR = re.compile(r"(?:nam\s+)?(\d{4})")


class Precision(models.TextChoices):
    """Độ chính xác của hạn: how exactly the deadline was given."""

    DAY = "day", "ngày"
    MONTH = "month", "hết tháng"
    QUARTER = "quarter", "hết quý"
    HALF = "half", "hết 6 tháng"
    YEAR = "year", "hết năm"


class NotADeadline(Refusal):
    says = "«{typed}» chưa đọc được thành thời hạn; hãy ghi như 15-9-2020, tháng 9-2020 hoặc quý III/2020."


@dataclass(frozen=True)
class Deadline:
    """The last day, how exactly it was given, and the words it was given in (empty: none but the day)."""

    day: date
    precision: str = Precision.DAY
    words: str = ""

    def label(self, language: Literal["vi", "en"] = "vi") -> str:
        """The deadline as pages write it; the words it was given in stand beside it where they say more.

        >>> Deadline(date(2020, 9, 15)).label(), Deadline(date(2020, 9, 30), Precision.MONTH).label()
        ('15-9-2020', 'hết tháng 9/2020')
        """
        if self.precision == Precision.DAY:
            return write_day(self.day)
        name = Period.containing(self.day, PeriodKind(self.precision)).label(language)
        if language == "vi":  # what stands in a box must be read again, whatever the page speaks
            return f"hết {name[0].lower()}{name[1:]}"
        return gettext("hết {period}").format(period=name)

    @property
    def typed(self) -> str:
        """The deadline as it is typed into a box."""
        return self.words or self.label()


def end_of(day: date, precision: str) -> date:
    """The last day of the stretch that holds `day`.

    >>> end_of(date(2020, 8, 24), Precision.QUARTER)
    datetime.date(2020, 9, 30)
    """
    return day if precision == Precision.DAY else Period.containing(day, PeriodKind(precision)).last_day


def read_deadline(text: str, *, on: date) -> Deadline:
    """Read a deadline as it is said; a year left out is that of `on`, or the next when that lies half a year back.

    Raises NotADeadline. An empty field is the caller's business.

    >>> on = date(2020, 8, 24)
    >>> [read_deadline(text, on=on).day.isoformat() for text in ("15/9/2020", "30/9", "ngày 5 tháng 10 năm 2020")]
    ['2020-09-15', '2020-09-30', '2020-10-05']
    >>> [read_deadline(text, on=on).label() for text in ("tháng 9-2020", "đến hết tháng 9-2020", "trong 12/2020")]
    ['hết tháng 9/2020', 'hết tháng 9/2020', 'hết tháng 12/2020']
    >>> [read_deadline(text, on=on).label() for text in ("quý III/2020", "6 tháng cuối năm 2020", "hết năm 2020")]
    ['hết quý III/2020', 'hết 6 tháng cuối năm 2020', 'hết năm 2020']
    >>> read_deadline("15/1", on=date(2020, 12, 1)).day, read_deadline("30/9", on=date(2020, 10, 2)).day
    (datetime.date(2021, 1, 15), datetime.date(2020, 9, 30))
    """
    words = " ".join(text.split())
    typed = words if len(words) <= 40 else words[:39] + "…"
    bare = _LEAD.sub("", fold(words).strip(" .,;"))
    try:
        day, precision = _read(bare, on)
        end_of(day, Precision.YEAR)  # a year no calendar of the house knows is a slip of the pen
    except (ValueError, Refusal) as error:
        raise NotADeadline(typed=typed) from error
    return Deadline(day, precision, words[:MAX_DUE_WORDS] if _says_more(bare, words) else "")


def _says_more(bare: str, words: str) -> bool:
    """Words are kept where they are more than a bare day."""
    return not (_DAY.fullmatch(bare) or _YEAR_FIRST.fullmatch(bare)) or fold(words) != bare


def _read(bare: str, on: date) -> tuple[date, Precision]:
    if found := _YEAR_FIRST.fullmatch(bare):
        return date(int(found[1]), int(found[2]), int(found[3])), Precision.DAY
    if found := _MONTH.fullmatch(bare):
        month, year = int(found[1] or found[2 + 1]), found[2] or found[4]
        return _month_end(month, _year(year, month, on)), Precision.MONTH
    if found := _DAY.fullmatch(bare):
        month = int(found[2])
        return date(_year(found[3], month, on), month, int(found[1])), Precision.DAY
    if found := _QUARTER.fullmatch(bare):
        month = 3 * _QUARTERS[found[1]]
        return _month_end(month, _year(found[2], month, on)), Precision.QUARTER
    if found := _HALF.fullmatch(bare):
        month = 6 if found[1] == "dau" else 12
        return _month_end(month, _year(found[2], month, on)), Precision.HALF
    if found := _WHOLE_YEAR.fullmatch(bare):
        return end_of(date(int(found[1]), 1, 1), Precision.YEAR), Precision.YEAR
    raise ValueError(bare)


def _year(written: str | None, month: int, on: date) -> int:
    if written:
        return int(written)
    return on.year + (on.month - month >= _NEXT_YEAR_AFTER_MONTHS)


def _month_end(month: int, year: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])
