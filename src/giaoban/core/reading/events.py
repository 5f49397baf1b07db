"""Meetings and occasions: what is named in full together with its day, and what a text reports on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.core.reading.blocks import BODY, LEAD, Block
from giaoban.core.reading.facts import LIKELY, SURE, AsOf, DateFact, Deadline, Event, Fact, Figure
from giaoban.core.reading.page import Page

# What a name begins with; the longest that fits counts.
_HEAD = re.compile(
    r"hội nghị|giao ban|đại hội|(?:buổi |lễ )?(?:họp mặt|gặp mặt)|lễ (?!hội|nghi|tân|phục)|hội thảo|tọa đàm|phiên họp"
    r"|kỳ họp|cuộc họp|buổi họp|buổi làm việc|lớp (?:bồi dưỡng|tập huấn|đào tạo)|họp (?!báo cáo)|làm việc với"
    r"|sinh hoạt chuyên đề|kiểm tra (?:tại|việc|công tác)|giám sát (?:tại|việc)|hội thi|tập huấn"
)
_TYPES = (
    ("giao ban", "giao ban"), ("sơ kết", "sơ kết"), ("tổng kết", "tổng kết"), ("đại hội", "đại hội"),
    ("tập huấn", "tập huấn"), ("bồi dưỡng", "bồi dưỡng"), ("hội thảo", "hội thảo"), ("tọa đàm", "hội thảo"),
    ("trao giải", "trao giải"), ("trao tặng", "trao giải"), ("khen thưởng", "trao giải"),
    ("trao huy hiệu", "trao giải"),
    ("kỷ niệm", "kỷ niệm"), ("làm việc", "làm việc"), ("kiểm tra", "kiểm tra"), ("giám sát", "kiểm tra"),
    ("phiên họp", "phiên họp"), ("kỳ họp", "phiên họp"), ("cuộc họp", "phiên họp"), ("họp", "phiên họp"),
)  # fmt: skip
_STOP = re.compile(
    r"[.;:\n(“\"]| (?:tại(?! hội)|với sự|do|dưới|vào|được|đã|nhằm|để|hôm|cho biết|diễn ra|thành công|trong không khí|có"
    r"|trên cả nước|trước khi|sau khi|sẽ|thông qua|bằng hình thức|theo hình thức|kết nối)(?!\w)"
)
_COMMA = re.compile(
    r",(?! (?:triển khai|phương hướng|nhiệm vụ|đánh giá|tổng kết|sơ kết|quán triệt|rút kinh nghiệm|góp ý|bàn"
    r"|thành phố|huyện|đảng ủy|tỉnh ủy)(?!\w))"
)
_HELD = re.compile(
    r"(?:tổ chức|chủ trì|dự|tham dự|diễn ra|khai mạc|bế mạc|tiến hành|triệu tập|phối hợp|họp|đồng chủ trì|tại)(?!\w)"
)
_PLACE = re.compile(
    r"tại (?P<place>(?:(?:hội trường|trụ sở|nhà|trung tâm|thành phố|tỉnh|huyện|xã|phường)(?: [^\s,.;:()]+){0,8}|"
    r"[^\s,.;:()]+(?: [^\s,.;:()]+){0,3}))"
)
_CHAIR = re.compile(r"chủ trì(?: hội nghị| cuộc họp| buổi làm việc| phiên họp)?")
_LONGEST = 170


@dataclass(frozen=True)
class _Named:
    start: int
    end: int
    type: str


def events(
    *, page: Page, rows: Sequence[Block], times: Sequence[Fact], figures: Sequence[Figure], reported: str
) -> list[Event]:
    """The events of a document in order. `reported` is its title in small letters: it tells which one is meant."""
    days = _event_days(times)
    found: list[Event] = []
    seen: set[tuple[str, date | None]] = set()
    cursor = 0
    told = 0
    for start, end in page.sentences:
        if rows[page.line_index(start)].role not in (BODY, LEAD):
            continue
        told += 1
        while cursor < len(days) and days[cursor].start < start:
            cursor += 1
        here = []
        while cursor < len(days) and days[cursor].start < end:
            here.append(days[cursor])
            cursor += 1
        if not here and told > 6:
            continue
        for named in _names(page, start, end):
            day = _day_of(page, named, here)
            is_main = not any(event.main for event in found) and (
                _is_reported(page, named, reported) or (told <= 2 and day is not None)
            )
            if (day is None and not is_main) or (named.type, day) in seen:
                continue
            if day is None and any(event.type == named.type for event in found):
                continue
            seen.add((named.type, day))
            found.append(_event(page, named, (start, end), day, figures, is_main=is_main))
    return found


def _event_days(times: Sequence[Fact]) -> list[DateFact]:
    """Days that are neither those of papers nor bounds of something else."""
    bounds = [(fact.start, fact.end) for fact in times if isinstance(fact, AsOf | Deadline)]
    return [
        fact
        for fact in times
        if isinstance(fact, DateFact)
        and fact.role in ("event", "other")
        and not any(start <= fact.start < end for start, end in bounds)
    ]


def _names(page: Page, start: int, end: int) -> list[_Named]:
    found: list[_Named] = []
    place = start
    while (match := _HEAD.search(page.low, place, end)) is not None:
        place = match.end()
        if match.start() > start and page.low[match.start() - 1].isalnum():
            continue
        last = _end_of_name(page, match.start(), end)
        name = page.low[match.start() : last]
        kind = next((kind for word, kind in _TYPES if word in name), "hội nghị")
        if _is_full(page, match.start(), name):
            found.append(_Named(match.start(), last, kind))
            place = max(place, last)
    return found


def _end_of_name(page: Page, start: int, end: int) -> int:
    limit = min(end, start + _LONGEST)
    stop = _STOP.search(page.low, start + 4, limit)
    last = stop.start() if stop else limit
    comma = _COMMA.search(page.low, start, last)
    last = comma.start() if comma else last
    return start + len(page.low[start:last].rstrip(' .,;…”"'))


def _is_full(page: Page, start: int, name: str) -> bool:
    """A name says more than «hội nghị»: what kind of meeting, of whom, on what."""
    if len(name.split()) < 3:
        return False
    return (
        page.view[start].isupper() or bool(_HELD.search(page.left(start, 60))) or name.startswith(("giao ban", "họp "))
    )


def _day_of(page: Page, named: _Named, days: Sequence[DateFact]) -> date | None:
    """The nearest day of the sentence; one before the name is preferred."""
    before = [day for day in days if day.start < named.end]
    after = [day for day in days if day.start >= named.end]
    if before:
        return before[-1].iso
    return after[0].iso if after and after[0].start - named.end <= 170 else None


def _is_reported(page: Page, named: _Named, reported: str) -> bool:
    """Whether the title speaks of an event of this kind."""
    return named.type in reported and (named.type != "hội nghị" or "hội nghị" in reported)


def _event(
    page: Page,
    named: _Named,
    sentence: tuple[int, int],
    day: date | None,
    figures: Sequence[Figure],
    *,
    is_main: bool,
) -> Event:
    start, end = sentence
    around = page.low[start : min(len(page.low), end + 200)]
    sites = next(
        (
            figure.value.whole
            for figure in figures
            if start <= figure.start < end + 200 and figure.value and (figure.unit or "").lower().startswith("điểm cầu")
        ),
        None,
    )
    place = _PLACE.search(page.low, start, end)
    return Event(
        start=named.start,
        end=named.end,
        quote=page.quote(named.start, named.end),
        confidence=SURE if day and is_main else LIKELY,
        type=named.type,
        date=day,
        online=("trực tuyến" in page.low[named.start : named.end] or sites is not None or "trực tuyến" in around[:200])
        or None,
        sites=sites,
        place=page.text[place.start("place") : place.end("place")] if place and _is_place(page, place) else None,
        main=is_main or None,
    )


def _is_place(page: Page, match: re.Match[str]) -> bool:
    first = page.view[match.start("place")]
    return first.isupper() or page.low.startswith(("hội trường", "trụ sở", "nhà", "trung tâm"), match.start("place"))
