"""What a briefing is called with: its plan, its agenda, its sites, and what is wrong with them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import models

from giaoban.apps.briefings.rules.life import ItemKind, Reply
from giaoban.core.formlang.inputs import clean
from giaoban.core.periods import Period, PeriodKind
from giaoban.core.refusal import Kind as No
from giaoban.core.refusal import Refusal
from giaoban.core.text_vi.dates import write_day
from giaoban.core.text_vi.folding import fold

MAX_TITLE, MAX_NAME, MAX_POST, MAX_PLACE, MAX_WORDS, MAX_ADDRESS, MAX_CODE = 300, 160, 200, 200, 4_000, 500, 40
MOST_ITEMS, MOST_SITES, MOST_MINUTES = 40, 200, 480
_HOUR = re.compile(r"(\d{1,2})(?:\s*(?:[:hg.]|gio)\s*(\d{2})?(?:\s*phut)?)?", re.ASCII)


class Rhythm(models.TextChoices):
    """Nhịp: how often briefings of a series are held."""

    WEEKLY = "week", "hằng tuần"
    MONTHLY = "month", "hằng tháng"
    QUARTERLY = "quarter", "hằng quý"
    HALF_YEARLY = "half", "sáu tháng"
    YEARLY = "year", "hằng năm"


@dataclass(frozen=True, kw_only=True)
class PlannedItem:
    """One item of an agenda as it is planned. `presenter_unit` is a unit's id; `presenter` says who in words."""

    title: str
    kind: str = ItemKind.REPORT
    minutes: int = 10
    presenter: str = ""
    presenter_unit: int | None = None
    item_id: int | None = None

    def to_json(self) -> dict[str, object]:
        """As it stands in a series' template."""
        return {"title": self.title, "kind": self.kind, "minutes": self.minutes, "presenter": self.presenter}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A briefing as it is planned: `sites` are ids of units besides the centre, `secretaries` ids of accounts."""

    title: str
    starts_at: datetime | None
    period: Period
    place: str = ""
    is_online: bool = False
    media_address: str = ""
    chair_id: int | None = None
    chair_name: str = ""
    chair_post: str = ""
    secretaries: tuple[int, ...] = ()
    sites: tuple[int, ...] = ()
    agenda: tuple[PlannedItem, ...] = field(default=())


@dataclass(frozen=True)
class AskedOf:
    """What a site is asked to speak on, and who leads it."""

    asked_on: str = ""
    head: str = ""


class NoTitle(Refusal):
    says = "Chưa ghi tên cuộc giao ban; hãy ghi tên như trong giấy mời."


class NoMoment(Refusal):
    says = "Chưa ghi ngày giờ họp; hãy ghi như 24-8-2020 và 14:00."


class NotAnHour(Refusal):
    says = "«{typed}» chưa đọc được thành giờ; hãy ghi như 14:00 hoặc 8 giờ 30."


class PastMoment(Refusal):
    says = "Giờ họp {day} đã qua; hãy chọn ngày từ {today} trở đi."


class NoSites(Refusal):
    says = "Chưa có điểm cầu nào; hãy chọn ít nhất một đơn vị dự họp."


class NoAgenda(Refusal):
    says = "Chương trình chưa có mục nào; hãy thêm ít nhất một mục trước khi gửi giấy mời."


class NoItemTitle(Refusal):
    says = "Mục {number} của chương trình chưa có tên; hãy ghi tên mục hoặc bỏ mục này."


class NotMinutes(Refusal):
    says = "Mục {number}: thời lượng là số phút từ 1 đến {most}; hãy ghi lại."


class TooManyItems(Refusal):
    says = "Chương trình có {count} mục, nhiều hơn {most} mục cho phép; hãy gộp bớt."


class TooManySites(Refusal):
    says = "Có {count} điểm cầu, nhiều hơn {most} điểm cầu cho phép; hãy chia thành nhiều cuộc."


class WordsTooLong(Refusal):
    says = "Ô này dài {length} ký tự, nhiều hơn {most} ký tự cho phép; hãy viết ngắn lại."


class NotAnAddress(Refusal):
    says = "«{typed}» không phải địa chỉ truyền hình; hãy dán cả địa chỉ bắt đầu bằng https://."


class NoSubstitute(Refusal):
    says = "Chưa ghi người dự thay; hãy ghi họ tên và chức vụ."


class NoReasonGiven(Refusal):
    says = "Chưa ghi lý do vắng; hãy ghi một câu để chủ trì biết."


def fitting(text: str, *, most: int = MAX_WORDS) -> str:
    """The text composed, without control characters or blanks at its ends. Raises WordsTooLong.

    >>> fitting("  Giao ban tuần ", most=60)
    'Giao ban tuần'
    """
    words = clean(text).strip()
    if len(words) > most:
        raise WordsTooLong(length=len(words), most=most)
    return words


def fitting_address(text: str) -> str:
    """An https address or nothing. Raises NotAnAddress.

    >>> fitting_address(" https://hop.example/giaoban ")
    'https://hop.example/giaoban'
    """
    address = fitting(text, most=MAX_ADDRESS)
    if address and not (address.startswith("https://") and " " not in address and len(address) > len("https://")):
        raise NotAnAddress(typed=address[:60])
    return address


def check_agenda(items: Sequence[PlannedItem]) -> None:
    """Raises NoItemTitle, NotMinutes, TooManyItems."""
    if len(items) > MOST_ITEMS:
        raise TooManyItems(count=len(items), most=MOST_ITEMS)
    for number, item in enumerate(items, start=1):
        if not item.title:
            raise NoItemTitle(number=number)
        if not 1 <= item.minutes <= MOST_MINUTES:
            raise NotMinutes(number=number, most=MOST_MINUTES)


def check_sites(count: int) -> None:
    """Raises NoSites, TooManySites; `count` is without the centre."""
    if not count:
        raise NoSites()
    if count > MOST_SITES:
        raise TooManySites(count=count, most=MOST_SITES)


def check_starts(starts_at: datetime | None, *, on: date) -> datetime:
    """The moment itself. Raises NoMoment, PastMoment for a day gone by."""
    if starts_at is None:
        raise NoMoment()
    if starts_at.date() < on:
        raise PastMoment(day=write_day(starts_at.date()), today=write_day(on))
    return starts_at


def starts(minutes: Iterable[int], begins: datetime) -> list[datetime]:
    """When each item should begin, given how many minutes each takes.

    >>> [at.strftime("%H:%M") for at in starts([10, 45], datetime(2020, 8, 24, 14, 0))]
    ['14:00', '14:10']
    """
    found, at = [], begins
    for length in minutes:
        found.append(at)
        at += timedelta(minutes=length)
    return found


def next_held(rhythm: str, *, weekday: int | None, day: int | None, after: date) -> date:
    """The next day on which a briefing of a series is held, after a day.

    Weekly ones on their weekday (Monday is 0); the others on that day of the month after their period, at its end
    when the month is shorter, or on its first day.

    >>> next_held("week", weekday=0, day=None, after=date(2020, 8, 19))
    datetime.date(2020, 8, 24)
    >>> next_held("month", weekday=None, day=3, after=date(2020, 9, 1))
    datetime.date(2020, 9, 3)
    >>> next_held("quarter", weekday=None, day=None, after=date(2020, 8, 24))
    datetime.date(2020, 10, 1)
    """
    if rhythm == Rhythm.WEEKLY:
        ahead = ((weekday or 0) - after.weekday()) % 7 or 7
        return after + timedelta(days=ahead)
    now = Period.containing(after, PeriodKind(rhythm))
    found = (_in_month(first, day or 1) for first in (now.from_day, now.until_day))
    return next(held for held in found if held > after)


def _in_month(first: date, day: int) -> date:
    """That day of the month which begins with `first`, or its last."""
    return first.replace(day=min(day, monthrange(first.year, first.month)[1]))


def covered(rhythm: str, held: date) -> Period:
    """The last whole period before the day a briefing is held; the week before for one held on a Monday.

    >>> covered("week", date(2020, 8, 24)).label(), covered("half", date(2020, 7, 1)).label()
    ('Tuần 17–23/8/2020', '6 tháng đầu năm 2020')
    """
    kind = PeriodKind(rhythm)
    return Period.containing(held, kind).previous()


def read_hour(text: str) -> time:
    """The hour as it is typed. Raises NotAnHour.

    >>> read_hour("14:00"), read_hour("8 giờ 30"), read_hour("7h")
    (datetime.time(14, 0), datetime.time(8, 30), datetime.time(7, 0))
    """
    found = _HOUR.fullmatch(fold(text).strip())
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise NotAnHour(typed=text.strip()[:20])
    return time(int(found[1]), int(found[2] or 0))


def usual_hour(hour: time | None) -> time:
    """When a briefing begins unless its series says otherwise."""
    return hour or time(14, 0)


def check_reply(reply: str, *, substitute: str, reason: str) -> None:
    """Raises NoSubstitute, NoReasonGiven when an answer lacks what the chair must know."""
    if reply == Reply.SUBSTITUTE and not substitute:
        raise NoSubstitute()
    if reply == Reply.DECLINED and not reason:
        raise NoReasonGiven()


def from_template(agenda: Iterable[Mapping[str, object]]) -> tuple[PlannedItem, ...]:
    """The planned items of a series' template."""
    return tuple(
        PlannedItem(
            title=str(item["title"]),
            kind=str(item["kind"]),
            minutes=int(str(item["minutes"])),
            presenter=str(item.get("presenter", "")),
        )
        for item in agenda
    )


@dataclass(frozen=True)
class Letter:
    """An invitation as it is mailed."""

    subject: str
    text: str


class NoReasonToCancel(Refusal):
    says = "Chưa ghi lý do hủy; hãy ghi một câu để các điểm cầu biết."


class AlreadyPrepared(Refusal):
    kind = No.CONFLICT
    says = "Kỳ này đã có cuộc giao ban «{title}»; hãy mở cuộc đó để chuẩn bị tiếp."


class PresenterElsewhere(Refusal):
    says = "Mục {number}: đơn vị trình bày không phải là điểm cầu của cuộc này; hãy chọn điểm cầu hoặc ghi tên người."


class NotCalled(Refusal):
    kind = No.CONFLICT
    says = "Chưa gửi giấy mời nên chưa gửi được tài liệu; hãy gửi giấy mời trước."


class NoDocument(Refusal):
    says = "Chưa chọn tài liệu; hãy đính kèm một tệp hoặc dán một địa chỉ bắt đầu bằng https://."


USUAL_AGENDA = (  # what a series begins with until somebody writes its own
    PlannedItem(title="Kết quả công tác trong kỳ", kind=ItemKind.REPORT, minutes=20),
    PlannedItem(title="Ý kiến các điểm cầu", kind=ItemKind.DISCUSSION, minutes=40),
    PlannedItem(title="Kết luận của chủ trì", kind=ItemKind.CONCLUSION, minutes=15),
)
