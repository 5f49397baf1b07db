"""What leaves the house: the calendar as a file for calendar programs, the letter that reminds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, tzinfo
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, ngettext

from giaoban.apps.tasks import queries
from giaoban.apps.tasks.rules import icalendar, reminding, weekly
from giaoban.core.periods import Period, PeriodKind
from giaoban.core.text_vi.dates import write_day

_OFFICE_HOURS = {  # what a whole half day blocks in a calendar program
    weekly.Session.MORNING: (time(8), time(11, 30)),
    weekly.Session.AFTERNOON: (time(13, 30), time(17)),
}


def calendar_file(feed: queries.Feed, *, base: str, zone: tzinfo) -> bytes:
    """The feed as iCalendar. `base` begins its links («https://giaoban.example»); hours are those of `zone`."""
    entries = [_entry(one, base=base, zone=zone) for one in feed.events]
    deadlines = [_deadline(one, base=base) for one in feed.tasks]
    return icalendar.calendar(
        name=gettext("Lịch công tác: {name}").format(name=feed.name), components=[*entries, *deadlines]
    )


def _entry(one: queries.FedEvent, *, base: str, zone: tzinfo) -> icalendar.Component:
    starts, ends = _span(one.day, one.hours, zone)
    week = Period.containing(one.day, PeriodKind.WEEK).code
    words = (
        (gettext("Hoãn"), one.reason),
        (gettext("Chủ trì"), one.chair),
        (gettext("Thành phần"), one.attends),
        (gettext("Chuẩn bị"), one.prepares),
        (gettext("Ghi chú"), one.note),
        (gettext("Lịch của"), one.unit),
    )
    return icalendar.Component(
        uid=_uid("event", one.event_id),
        summary=one.title,
        starts=starts,
        ends=ends,
        changed_at=one.changed_at,
        sequence=one.revision - 1,
        location=one.place,
        description=_lines(words),
        url=f"{base}{reverse('tasks:week')}?{urlencode({'unit': one.unit_code, 'week': week})}",
        is_cancelled=one.is_cancelled,
    )


def _deadline(one: queries.FedTask, *, base: str) -> icalendar.Component:
    starts, ends = icalendar.whole_day(one.due_day)
    words = (
        (gettext("Chủ trì"), one.lead),
        (gettext("Người thực hiện"), one.officer),
        (gettext("Sản phẩm phải có"), one.product),
    )
    return icalendar.Component(
        uid=_uid("task", one.task_id),
        summary=gettext("Hạn: {title}").format(title=one.title),
        starts=starts,
        ends=ends,
        changed_at=one.changed_at,
        sequence=one.revision - 1,
        description=_lines(words),
        url=f"{base}{reverse('tasks:show', args=[one.task_id])}",
        is_free=True,
    )


def _span(day: date, hours: weekly.Hours, zone: tzinfo) -> tuple[datetime | date, datetime | date]:
    if hours.begins is None and hours.session not in _OFFICE_HOURS:
        return icalendar.whole_day(day)
    if hours.begins is None:
        begins, until = _OFFICE_HOURS[weekly.Session(hours.session)]
        return datetime.combine(day, begins, tzinfo=zone), datetime.combine(day, until, tzinfo=zone)
    starts = datetime.combine(day, hours.begins, tzinfo=zone)
    return starts, weekly.ending(starts, hours)


def _lines(words: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{label}: {text}" for label, text in words if text)


def _uid(kind: str, number: int) -> str:
    """The same for one row at every reading, and another in every installation."""
    seal = salted_hmac("tasks.uid", f"{kind}-{number}", algorithm="sha256").hexdigest()[:16]
    return f"{kind}-{number}-{seal}@giaoban"


def reminder_letter(*, name: str, rows: Sequence[reminding.Due], on: date) -> reminding.Letter:
    """The letter to one person: what is late, due today, due soon, and what waits for their decision."""
    lines = [
        gettext("Kính gửi đồng chí {name},").format(name=name),
        "",
        gettext("Tính đến ngày {day}, đồng chí có:").format(day=write_day(on)),
    ]
    left = reminding.MOST_LINES
    for group in queries.grouped(rows):
        lines += ["", f"{group.label} ({len(group.rows)})"]
        lines += [_reminder(row) for row in group.rows[: max(0, left)]]
        left -= len(group.rows)
    if left < 0:
        more = ngettext("và {n} việc nữa.", "và {n} việc nữa.", -left).format(n=-left)
        lines += ["", more]
    told = ngettext("Nhắc việc ngày {day}: {n} việc", "Nhắc việc ngày {day}: {n} việc", len(rows))
    lines += [
        "",
        gettext("Mở Giaoban, mục «Nhắc việc» trên bàn làm việc, để xem và làm từng việc."),
        gettext("Không muốn nhận thư này nữa thì tắt ở trang Nhắc việc."),
    ]
    return reminding.Letter(told.format(day=write_day(on), n=len(rows)), "\n".join(lines) + "\n")


def _reminder(row: reminding.Due) -> str:
    if row.kind == "asked":
        words = gettext("- {title} ({lead}): xin đến {until}, hạn đang có {due}")
        return words.format(title=row.title, lead=row.lead, until=row.asked_until, due=row.due)
    if row.days < 0:
        said = gettext("quá {n} ngày").format(n=-row.days)
    else:
        said = gettext("hôm nay") if row.days == 0 else gettext("còn {n} ngày").format(n=row.days)
    return gettext("- {title} ({lead}): hạn {due}, {said}").format(
        title=row.title, lead=row.lead, due=row.due, said=said
    )
