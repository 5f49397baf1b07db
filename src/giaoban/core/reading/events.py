"""Meetings and occasions: what is named in full together with its day, and what a text reports on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.core.reading.blocks import BODY, LEAD, TITLE, Block
from giaoban.core.reading.facts import LIKELY, SURE, AsOf, DateFact, Deadline, Event, Fact, Figure
from giaoban.core.reading.page import Page

# What a name begins with; the longest that fits counts.
_HEAD = re.compile(
    r"hội nghị|giao ban|đại hội|(?:buổi |lễ )?(?:họp mặt|gặp mặt)|lễ (?!hội|nghi|tân|phục)|hội thảo|tọa đàm|phiên họp"
    r"|kỳ họp|cuộc họp|buổi họp|buổi làm việc|lớp (?:bồi dưỡng|tập huấn|đào tạo)|họp (?!báo cáo)|làm việc (?:với|tại)"
    r"|sinh hoạt chuyên đề|kiểm tra (?:tại|việc|công tác|hiện trường|thực tế|liên ngành|chuyên đề)"
    r"|giám sát (?:tại|việc)|hội thi|tập huấn"
    r"|(?:bế|khai) giảng lớp|kỷ niệm [0-9]{1,3} năm (?=ngày|thành lập)|chào cờ, giao ban"
)
_FIRST_LETTERS = (
    "hội ", "họp", "giao ban", "đại hội", "buổi ", "lễ ", "tọa đàm", "phiên họp", "kỳ họp", "cuộc họp", "lớp ",
    "làm việc ", "sinh hoạt ch", "kiểm tra", "giám sát", "tập huấn", "bế giảng", "khai giảng", "kỷ niệm ", "chào cờ",
)  # fmt: skip
_TYPES = (
    ("giao ban", "giao ban"), ("sơ kết", "sơ kết"), ("tổng kết", "tổng kết"), ("đại hội", "đại hội"),
    ("tập huấn", "tập huấn"), ("bồi dưỡng", "bồi dưỡng"), ("hội thảo", "hội thảo"), ("tọa đàm", "hội thảo"),
    ("trao giải", "trao giải"), ("trao tặng", "trao giải"), ("khen thưởng", "trao giải"),
    ("trao huy hiệu", "trao giải"),
    ("kỷ niệm", "kỷ niệm"), ("làm việc", "làm việc"), ("kiểm tra", "kiểm tra"), ("giám sát", "kiểm tra"),
    ("phiên họp", "phiên họp"), ("kỳ họp", "phiên họp"), ("cuộc họp", "phiên họp"), ("họp", "phiên họp"),
)  # fmt: skip
_STOP = re.compile(
    r"[.;:\n(“\"]| (?:tại(?! hội)|với(?! đoàn| ban| công| trưởng| tập đoàn)|do|dưới|vào|được|đã|nhằm|để|hôm"
    r"|cho biết|diễn ra|thành công|trong không khí|có(?! công)|trên cả nước|dự kiến"
    r"|nghe|bầu|thảo luận|quyết nghị|xem xét|thống nhất|đợt|trước khi|sau khi|sẽ"
    r"|thông qua|bằng hình thức|theo hình thức|kết nối"
    r"|(?:sáng|chiều|tối|các ngày|ngày|đêm) [0-9]+"
    r"|(?:sáng|chiều|tối) ngày|cho [0-9]+|trên [0-9]+|bắt đầu|kết thúc|vừa|này|đó|và (?:trao|trao đổi|dự))(?!\w)"
)
_COMMA = re.compile(
    r",(?! (?:triển khai|phương hướng|nhiệm vụ|đánh giá|tổng kết|sơ kết|quán triệt|rút kinh nghiệm|góp ý|bàn|nhiệm kỳ"
    r"|giám sát|viên chức|công chức|lao động|thành phố|huyện|đảng ủy|tỉnh ủy)(?!\w))"
)
_QUOTED = re.compile(r"(?: [^\W\d_]{1,8}){0,3} ?[“\"][^“”\"\n]{3,120}[”\"]")
_HELD = re.compile(
    r"(?:tổ chức|chủ trì|dự|tham dự|diễn ra|khai mạc|bế mạc|tiến hành|triệu tập|phối hợp|họp|tại|có|trong|chỉ đạo"
    r"|chuẩn bị|đã)"
    r"(?: (?:buổi|cuộc|một|thành công))? $"
)
_DATED = re.compile(r" ?\(?(?:vào )?(?:(?:(?:sáng|chiều|tối) )?(?:các )?ngày|sáng|chiều|tối|hôm) [0-9]")
_TODAY = re.compile(r"(?:sáng|chiều|tối|hôm) nay(?!\w)")
_PLACE = re.compile(
    r"tại (?P<place>(?:(?:hội trường|trụ sở|nhà|trung tâm|thành phố|tỉnh|huyện|xã|phường)(?: [^\s,.;:()]+){0,8}|"
    r"[^\s,.;:()]+(?: [^\s,.;:()]+){0,3}))"
)
_OF_ALL = re.compile(r"đại hội (?:[ivx]+(?!\w)|các cấp|đảng bộ các cấp|đảng(?! bộ)|lần thứ|đại biểu toàn quốc)")
_CALENDAR_HEAD = re.compile(r"(?:thứ \w+|chủ nhật|ngày|sáng|chiều|[-*•+] ?(?:thứ|ngày)|[0-9]{1,2}[/.])")
_CALENDAR_LINE = re.compile(r"[-*•+]? ?(?:[0-9]{1,2} ?(?:h|g|giờ|:)|sáng|chiều|tối|cả ngày)|[-*•+]")
_NUMBER = re.compile(r"(?:^|\n) *số ?:? ?[0-9]")  # of a paper, above its title
_MEETINGS = ("hội nghị ", "cuộc họp ", "buổi ", "họp ", "kỳ họp ", "phiên họp ")
_LONGEST = 170
_FULL_WORDS = 5


@dataclass(frozen=True)
class _Named:
    start: int
    end: int
    type: str

    def words(self, page: Page) -> int:
        return page.low.count(" ", self.start, self.end) + 1


def events(
    *,
    page: Page,
    rows: Sequence[Block],
    times: Sequence[Fact],
    figures: Sequence[Figure],
    today: date | None,
) -> list[Event]:
    """The events of a document in order, each where it is first named in full. `today` is the document's day."""
    days = _event_days(times)
    titled = _titled(page, rows)
    on_calendar = _calendar(page, days)
    found: list[Event] = []
    seen: set[tuple[str, date | None]] = set()
    caption: _Named | None = None
    cursor = told = 0
    for start, end in page.sentences:
        line = page.line_index(start)
        if rows[line].role not in (BODY, LEAD):
            continue
        told += 1
        while cursor < len(days) and days[cursor].start < start:
            cursor += 1
        first = cursor
        while cursor < len(days) and days[cursor].start < end:
            cursor += 1
        here = days[first:cursor]
        scheduled = on_calendar.get(line)
        if caption is None and page.low[end - 1] not in ".:;" and end - start <= _LONGEST:
            caption = next((one for one in _names(page, start, end) if one.start == start and one.end == end), None)
        if not here and told > 4 and scheduled is None:
            continue
        for named in _names(page, start, end):
            day = _day_of(page, named, here) or scheduled
            if day is None and _TODAY.search(page.low, start, named.start):
                day = today
            is_main = not any(event.main for event in found) and _is_reported(named, titled, told, day)
            known = (named.type, day) in seen or (day is None and any(event.type == named.type for event in found))
            if known or (day is None and not is_main):
                continue
            seen.add((named.type, day))
            best = _best_name(page, named, titled) if is_main else named
            found.append(_event(page, best, (start, end), day, figures, is_main=is_main))
    told_of = titled or caption
    if told_of is not None and not any(event.main for event in found):
        day = next((one.iso for one in days if 0 <= one.start - told_of.end <= 120), None) or _held_on(page, days)
        if (told_of.type, day) not in seen:
            found.append(_event(page, told_of, (told_of.start, told_of.end), day, figures, is_main=True))
    return sorted(found, key=lambda event: event.start)


_HELD_ON = re.compile(r"(?:^|\n)[^\n]{0,12}thời gian(?: (?:tổ chức|họp))?:")


def _held_on(page: Page, days: Sequence[DateFact]) -> date | None:
    """The day on a line «Thời gian: …»."""
    match = _HELD_ON.search(page.low)
    if match is None:
        return None
    line_end = page.low.find("\n", match.end())
    line_end = line_end if line_end >= 0 else len(page.low)
    return next((day.iso for day in days if match.end() <= day.start < line_end), None)


def _titled(page: Page, rows: Sequence[Block]) -> _Named | None:
    """The event the title names, if it names one."""
    row = next((row for row in rows if row.role == TITLE), None)
    return next(iter(_names(page, row.start, row.end, titled=True)), None) if row else None


def _best_name(page: Page, named: _Named, titled: _Named | None) -> _Named:
    """A body that says only «hội nghị giao ban» leaves the full name to the title; a paper is titled by the name."""
    if titled is None or titled.type != named.type:
        return named
    if _NUMBER.search(page.low, 0, titled.start):
        return titled
    if named.words(page) >= _FULL_WORDS:
        return named
    return titled if titled.words(page) > named.words(page) else named


def _calendar(page: Page, days: Sequence[DateFact]) -> dict[int, date]:
    """Line -> the day under whose heading it stands in a calendar of work."""
    by_line = {page.line_index(day.start): day for day in days}
    if len(by_line) < 2:
        return {}
    found: dict[int, date] = {}
    current: date | None = None
    for index, (start, end) in enumerate(page.lines):
        line = page.low[start : min(end, start + 80)].strip()
        if not line:
            continue
        if index in by_line and len(line) <= 60 and _CALENDAR_HEAD.match(line):
            current = by_line[index].iso
        elif current is not None and _CALENDAR_LINE.match(line):
            found[index] = current
        elif len(line) > 40:
            current = None
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


def _names(page: Page, start: int, end: int, *, titled: bool = False) -> list[_Named]:
    found: list[_Named] = []
    free_from = start
    for place in _heads(page.low, start, end):
        match = _HEAD.match(page.low, place, end) if place >= free_from else None
        if match is not None and page.low.endswith(("kỳ ", "phiên ", "cuộc ", "buổi "), start, place):
            continue
        if match is None or (place > start and page.low[place - 1].isalnum()):
            continue
        last = _end_of_name(page, match.start(), match.end(), end)
        name = page.low[match.start() : last]
        if (titled and name.startswith(_MEETINGS)) or _is_full(page, match.start(), start, name):
            kind = next((kind for word, kind in _TYPES if word in name), "hội nghị")
            found.append(_Named(match.start(), last, kind))
            free_from = last
    return found


def _heads(low: str, start: int, end: int) -> list[int]:
    """Where a name may begin, by its first letters: quicker than trying the pattern everywhere."""
    places = []
    for first in _FIRST_LETTERS:
        place = low.find(first, start, end)
        while place >= 0:
            places.append(place)
            place = low.find(first, place + 1, end)
    return sorted(places)


def _end_of_name(page: Page, start: int, head_end: int, end: int) -> int:
    quoted = _QUOTED.match(page.low, head_end)
    if quoted:
        return quoted.end()
    limit = min(end, start + _LONGEST)
    stop = _STOP.search(page.low, start + 4, limit)
    last = stop.start() if stop else limit
    about = page.low.find(" về ", start, last) if page.low.startswith("làm việc", start) else -1
    last = about if about > 0 else last
    comma = _COMMA.search(page.low, start, last)
    last = comma.start() if comma else last
    return start + len(page.low[start:last].rstrip(' .,;…”"'))


def _is_full(page: Page, start: int, sentence: int, name: str) -> bool:
    """A name says more than «hội nghị»: what kind of meeting, of whom, on what; and one is meant, not all of them."""
    if name.count(" ") < 2 or (name.startswith("đại hội") and _OF_ALL.match(name)):
        return False
    left = page.low[max(sentence, start - 40) : start]
    if left.rstrip().endswith(("các", "những", "sau", "tiến tới", "dự thảo", "văn kiện", "nghị quyết")):
        return False
    dated = bool(_DATED.match(page.low, start + len(name)))
    if left.endswith(("tại ", "phòng ")):
        return dated
    if dated and left.rstrip().endswith((";", ":")):
        return True
    opens = page.view[start].isupper() or name.startswith(("giao ban", "họp ", "làm việc "))
    return opens or bool(_HELD.search(left))


def _day_of(page: Page, named: _Named, days: Sequence[DateFact]) -> date | None:
    """The nearest day of the sentence; one before the name is preferred."""
    before = [day for day in days if day.start < named.end]
    if before:
        nearest = len(before) - 1
        while nearest and before[nearest].start - before[nearest - 1].end <= 12:  # «trong hai ngày 28 và 29/5»
            nearest -= 1
        return before[nearest].iso
    return days[0].iso if days and days[0].start - named.end <= 170 else None


def _is_reported(named: _Named, titled: _Named | None, told: int, day: date | None) -> bool:
    """Whether the text reports on it: its title names the kind, or it stands with its day at the very beginning."""
    return (told <= 2 and (day is not None or titled is not None)) or (titled is not None and titled.type == named.type)


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
        online=(sites is not None or "trực tuyến" in page.low[start:end]) or None,
        sites=sites,
        place=page.text[place.start("place") : place.end("place")] if place and _is_place(page, place) else None,
        main=is_main or None,
    )


def _is_place(page: Page, match: re.Match[str]) -> bool:
    first = page.view[match.start("place")]
    return first.isupper() or page.low.startswith(("hội trường", "trụ sở", "nhà", "trung tâm"), match.start("place"))
