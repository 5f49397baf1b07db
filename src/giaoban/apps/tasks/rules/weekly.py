"""The calendar of work: when something takes place, what an entry must not lack, and which entries clash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils.translation import gettext

from giaoban.apps.tasks.rules.assignment import MAX_TITLE, Lacking, WordsTooLong
from giaoban.core.refusal import Kind as No
from giaoban.core.refusal import Refusal
from giaoban.core.text_vi.dates import write_day
from giaoban.core.text_vi.folding import fold

MAX_CHAIR, MAX_ATTENDS, MAX_PLACE, MAX_PREPARES, MAX_NOTE = 200, 600, 200, 200, 300
MOST_YEARS = 10  # a calendar is leafed back and forth so far
_NOON, _EVENING, _MIDNIGHT = 12 * 60, 18 * 60, 24 * 60  # minutes of the day
_UNSAID = 60  # minutes an event is taken to last when nobody says how long
_HOUR = r"(\d{1,2})\s*(?:[:.hg]|gio)?\s*(?:(\d{2})(?:\s*phut)?)?"
_HOURS = re.compile(rf"(?:tu\s+|luc\s+)?{_HOUR}(?:\s*(?:-|den)\s*{_HOUR})?")


class Session(models.TextChoices):
    """Buổi: by the hour, or a whole half day or day."""

    HOURS = "hours", "theo giờ"
    MORNING = "morning", "cả buổi sáng"
    AFTERNOON = "afternoon", "cả buổi chiều"
    DAY = "day", "cả ngày"


_WHOLE = {
    "sang": Session.MORNING,
    "chieu": Session.AFTERNOON,
    "ngay": Session.DAY,
}
_SPANS = {Session.MORNING: (0, _NOON), Session.AFTERNOON: (_NOON, _EVENING), Session.DAY: (0, _MIDNIGHT)}
HALF_LABELS = (("day", "Cả ngày"), ("morning", "Sáng"), ("afternoon", "Chiều"), ("evening", "Tối"))


class NotHours(Refusal):
    says = "«{typed}» chưa đọc được thành giờ; hãy ghi như 8:00, 14h–16h30, sáng, chiều hoặc cả ngày."


class NoWords(Lacking):
    place = "title"
    says = "Chưa ghi nội dung công tác; hãy ghi việc sẽ làm."


class NoDay(Lacking):
    place = "day"
    says = "Chưa ghi ngày; hãy ghi như 24-8-2020."


class DayFarOff(Lacking):
    place = "day"
    says = "Ngày {day} cách hôm nay quá {years} năm; hãy kiểm tra lại năm."


class NoHours(Lacking):
    place = "hours"
    says = "Chưa ghi giờ; hãy ghi như 8:00, 14h–16h30, sáng, chiều hoặc cả ngày."


class EndsBeforeItBegins(Lacking):
    place = "hours"
    says = "Giờ kết thúc {until} không sau giờ bắt đầu {begins}; hãy sửa một trong hai giờ."


class NotAnEvent(Refusal):
    says = "Chưa ghi được vào lịch: còn {count} chỗ phải sửa; hãy sửa từng chỗ nêu dưới đây."


class ChangedMeanwhile(Refusal):
    kind = No.CONFLICT
    says = "Mục lịch này đã được sửa sau khi đồng chí mở trang; hãy xem lại nội dung mới rồi sửa tiếp."


class CancelledAlready(Refusal):
    kind = No.CONFLICT
    says = "Mục lịch này đã hoãn, không sửa được nữa; hãy ghi một mục mới."


class KeptElsewhere(Refusal):
    kind = No.CONFLICT
    says = "Mục lịch này theo cuộc giao ban của nó; hãy sửa hoặc hoãn ở trang giao ban, lịch sẽ tự theo."


@dataclass(frozen=True)
class Hours:
    """When on its day something takes place; without an end nobody said how long it lasts."""

    session: str = Session.HOURS
    begins: time | None = None
    until: time | None = None

    @property
    def minutes(self) -> tuple[int, int]:
        """Minutes of the day [from, until) it occupies; an hour when nobody said how long.

        >>> Hours(begins=time(8, 30)).minutes, Hours(Session.MORNING).minutes
        ((510, 570), (0, 720))
        """
        if self.begins is None:
            return _SPANS.get(Session(self.session), (0, _MIDNIGHT))
        first = _minute(self.begins)
        return first, _minute(self.until) if self.until else first + _UNSAID

    @property
    def half(self) -> str:
        """Under which part of the day it stands: the whole day, morning, afternoon or evening."""
        if self.session == Session.DAY:
            return "day"
        first = self.minutes[0]
        return "morning" if first < _NOON else "afternoon" if first < _EVENING else "evening"

    @property
    def order(self) -> tuple[int, int]:
        """Whole half days come before what has an hour."""
        return self.minutes[0], self.minutes[1]

    def label(self) -> str:
        """The hour as calendars write it.

        >>> Hours(begins=time(8)).label(), Hours(begins=time(14), until=time(16, 30)).label()
        ('8:00', '14:00–16:30')
        """
        if self.begins is None:
            return gettext(str(Session(self.session).label))
        if self.until is None:
            return write_hour(self.begins)
        return f"{write_hour(self.begins)}–{write_hour(self.until)}"

    @property
    def typed(self) -> str:
        """The hour as it is typed into a box, whatever language the page speaks."""
        return str(Session(self.session).label) if self.begins is None else self.label()


def ending(starts: datetime, hours: Hours) -> datetime:
    """When an event that begins at `starts` ends; after an hour when nobody said.

    >>> ending(datetime(2020, 8, 24, 14), Hours(begins=time(14)))
    datetime.datetime(2020, 8, 24, 15, 0)
    """
    first, last = hours.minutes
    return starts + timedelta(minutes=last - first)


def write_hour(hour: time) -> str:
    """An hour without a leading zero: «8:00»."""
    return f"{hour.hour}:{hour.minute:02d}"


def _minute(hour: time) -> int:
    return hour.hour * 60 + hour.minute


def read_hours(text: str) -> Hours:
    """Read when on its day something takes place. Raises NotHours; an empty box is the caller's business.

    >>> [read_hours(text).label() for text in ("8h", "8 giờ 30", "14:00 - 16h30", "từ 7.30 đến 11.30")]
    ['8:00', '8:30', '14:00–16:30', '7:30–11:30']
    >>> [read_hours(text).session.value for text in ("Sáng", "cả buổi chiều", "cả ngày")]
    ['morning', 'afternoon', 'day']
    """
    words = " ".join(text.split())
    bare = fold(words.replace("–", "-").replace("—", "-")).strip(" .")
    whole = _WHOLE.get(bare.removeprefix("ca ").removeprefix("buoi "))
    if whole is not None:
        return Hours(whole)
    found = _HOURS.fullmatch(bare)
    try:
        if found is None:
            raise ValueError(bare)
        begins = time(int(found[1]), int(found[2] or 0))
        return Hours(Session.HOURS, begins, time(int(found[3]), int(found[4] or 0)) if found[3] else None)
    except ValueError as error:
        raise NotHours(typed=words if len(words) <= 40 else words[:39] + "…") from error


@dataclass(frozen=True, kw_only=True)
class PlannedEvent:
    """One entry of a unit's calendar as it is written.

    `chair`, `attends`, `prepares` are words as the calendar shows them; the ids beside them are the accounts and units
    meant by them, as far as they are known. Words left empty are made from the ids. `origin` names the row the entry
    follows («briefings.briefing:7») and is used once.
    """

    unit_id: int
    title: str
    day: date | None
    hours: Hours | None
    chair: str = ""
    chair_id: int | None = None
    attends: str = ""
    account_ids: tuple[int, ...] = ()
    unit_ids: tuple[int, ...] = ()
    place: str = ""
    prepares: str = ""
    preparing_unit_id: int | None = None
    note: str = ""
    origin: str = ""


def lacking(event: PlannedEvent, *, on: date) -> Iterator[Lacking]:
    """Everything the entry lacks, in the order of its boxes.

    >>> wrong = PlannedEvent(unit_id=1, title="", day=date(2020, 8, 24), hours=Hours(begins=time(9), until=time(8)))
    >>> [type(one).__name__ for one in lacking(wrong, on=date(2020, 8, 24))]
    ['EndsBeforeItBegins', 'NoWords']
    """
    if event.day is None:
        yield NoDay()
    elif is_far_off(event.day, on=on):
        yield DayFarOff(day=write_day(event.day), years=MOST_YEARS)
    if event.hours is None:
        yield NoHours()
    elif event.hours.begins and event.hours.until and event.hours.until <= event.hours.begins:
        yield EndsBeforeItBegins(begins=write_hour(event.hours.begins), until=write_hour(event.hours.until))
    if not event.title:
        yield NoWords()
    for place, text, most in (
        ("title", event.title, MAX_TITLE),
        ("chair", event.chair, MAX_CHAIR),
        ("attends", event.attends, MAX_ATTENDS),
        ("place", event.place, MAX_PLACE),
        ("prepares", event.prepares, MAX_PREPARES),
        ("note", event.note, MAX_NOTE),
    ):
        if len(text) > most:
            yield WordsTooLong(place=place, length=len(text), most=most)


def is_far_off(day: date, *, on: date) -> bool:
    """Whether a day is so far from today that it must be a slip of the pen."""
    return abs((day - on).days) > MOST_YEARS * 366


@dataclass(frozen=True)
class Occupied:
    """What an event keeps from others: its minutes of a day, who chairs, who is there, and the room.

    People are keys that mean one person («12» for an account, «5/đinh văn a» for words of one unit's calendar); a room
    is a key of one unit's calendar too, because two offices may both have a «Phòng họp số 1».
    """

    event_id: int
    day: date
    minutes: tuple[int, int]
    chair: str = ""
    people: frozenset[str] = frozenset()
    room: str = ""


CLASH_LABELS = (("chair", "trùng người chủ trì"), ("people", "trùng người dự"), ("room", "trùng địa điểm"))


@dataclass(frozen=True)
class Clash:
    """Two events that cannot both be as written: the other one, and what they share."""

    with_id: int
    kind: str  # of CLASH_LABELS


def clashes(one: Occupied, others: Iterable[Occupied]) -> Sequence[Clash]:
    """What stands in the way of an event, one reason for each other event: chair before attendance before room.

    >>> day = date(2020, 8, 24)
    >>> first = Occupied(1, day, (480, 600), chair="7", people=frozenset({"7"}), room="1/phong a")
    >>> later = Occupied(2, day, (600, 660), chair="7", people=frozenset({"7"}))
    >>> beside = Occupied(3, day, (540, 570), chair="8", people=frozenset({"8", "7"}), room="1/phong a")
    >>> clashes(first, [first, later, beside])
    [Clash(with_id=3, kind='people')]
    """
    found = []
    for other in others:
        is_apart = one.minutes[1] <= other.minutes[0] or other.minutes[1] <= one.minutes[0]
        if other.event_id == one.event_id or other.day != one.day or is_apart:
            continue
        if one.chair and one.chair == other.chair:
            found.append(Clash(other.event_id, "chair"))
        elif one.people & other.people:
            found.append(Clash(other.event_id, "people"))
        elif one.room and one.room == other.room:
            found.append(Clash(other.event_id, "room"))
    return found
