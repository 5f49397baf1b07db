"""Calendars as calendar programs read them: RFC 5545, and the few words of RFC 7986 that name a feed.

Times are written in UTC, so that no table of time zones need be sent; days stay days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MEDIA_TYPE = "text/calendar; charset=utf-8"
LONGEST_LINE = 75  # octets, without the line break (RFC 5545, 3.1)
PRODUCT = "-//Giaoban//Giaoban//VI"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_REFRESH = "PT1H"


@dataclass(frozen=True, kw_only=True)
class Component:
    """One VEVENT. `starts` and `ends` are moments, or days for what takes whole days (the end day not included).

    `changed_at` is when what is said here was last changed, `sequence` how often. `is_free` does not block the time.
    """

    uid: str
    summary: str
    starts: datetime | date
    ends: datetime | date
    changed_at: datetime
    sequence: int = 0
    location: str = ""
    description: str = ""
    url: str = ""
    is_cancelled: bool = False
    is_free: bool = False


def escaped(text: str) -> str:
    """A text as a value of type TEXT (RFC 5545, 3.3.11); control characters have no way to be written and go.

    >>> print(escaped("Họp A, B; phòng 1\\nMang tài liệu"))
    Họp A\\, B\\; phòng 1\\nMang tài liệu
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one in "\n\t" or one.isprintable()).translate(_ESCAPED)


def folded(line: str) -> str:
    """A content line broken so that none is longer than 75 octets; a letter is never cut in two.

    >>> [len(part.encode()) for part in folded("SUMMARY:" + 60 * "ộ").split("\\r\\n")]
    [74, 73, 43]
    """
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += width
    return "\r\n".join(parts)


def calendar(*, name: str, components: Iterable[Component]) -> bytes:
    """The whole file; the same components give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}",
        f"X-PUBLISHED-TTL:{_REFRESH}",
    ]
    for one in components:
        lines.extend(_event(one))
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _event(one: Component) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(one.uid)}"
    yield f"DTSTAMP:{_moment(one.changed_at)}"
    yield f"LAST-MODIFIED:{_moment(one.changed_at)}"
    yield f"SEQUENCE:{one.sequence}"
    yield f"DTSTART{_when(one.starts)}"
    yield f"DTEND{_when(one.ends)}"
    yield f"SUMMARY:{escaped(one.summary)}"
    if one.location:
        yield f"LOCATION:{escaped(one.location)}"
    if one.description:
        yield f"DESCRIPTION:{escaped(one.description)}"
    if one.url:
        yield f"URL:{one.url}"
    yield f"STATUS:{'CANCELLED' if one.is_cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'TRANSPARENT' if one.is_free or one.is_cancelled else 'OPAQUE'}"
    yield "END:VEVENT"


def _when(at: datetime | date) -> str:
    if isinstance(at, datetime):
        return f":{_moment(at)}"
    return f";VALUE=DATE:{at:%Y%m%d}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def whole_day(day: date) -> tuple[date, date]:
    """A day as start and end of an event that takes all of it.

    >>> whole_day(date(2020, 8, 31))
    (datetime.date(2020, 8, 31), datetime.date(2020, 9, 1))
    """
    return day, day + timedelta(days=1)
