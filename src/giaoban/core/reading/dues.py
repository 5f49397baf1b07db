"""What is due besides what its own words say: in a column of a table, inside something to be done, before an event."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from giaoban.core.reading import tables
from giaoban.core.reading.calendar import Calendar
from giaoban.core.reading.facts import LIKELY, DateFact, Deadline, Fact, PeriodFact
from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import Day, Token

_AHEAD = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|hạn(?: chót)?)(?: là)?(?: [0-9]{1,2} ?(?:h|giờ)[^,]{0,10})?(?: ngày)? ?$"
)


def due_days(page: Page, tokens: Sequence[Token]) -> frozenset[int]:
    """Where full days begin that something is due on."""
    return frozenset(
        token.start
        for token in tokens
        if isinstance(token, Day) and token.year and _AHEAD.search(page.left(token.start, 40))
    )


def _due_cells(page: Page) -> list[tuple[int, int]]:
    """The cells of columns that say until when."""
    found: list[tuple[int, int]] = []
    for index, row in tables.rows(page).items() if "\t" in page.text else ():
        ends = (*(start - 1 for start in row.starts[1:]), page.lines[index][1])
        found.extend(
            (start, end) for start, end in zip(row.starts, ends, strict=True) if tables.is_due(row.head(start))
        )
    return found


def due_in_cells(*, page: Page, facts: Sequence[Fact]) -> list[Deadline]:
    """A day or a month alone in such a cell is due; a range of days is none. In columns that say until when."""
    found = []
    for start, end in _due_cells(page):
        inside = [fact for fact in facts if start <= fact.start and fact.end <= end]
        if any(isinstance(fact, Deadline) for fact in inside):
            continue
        for fact in inside:
            day = fact.iso if isinstance(fact, DateFact) else getattr(fact, "end_date", None)
            bare = page.view[start:end].strip() == page.view[fact.start : fact.end]
            if isinstance(day, date) and bare and getattr(fact, "sub", "day") != "range":
                found.append(Deadline(start=fact.start, end=fact.end, quote=fact.quote, confidence=LIKELY, iso=day))
    return found


def due_within_work(
    *, page: Page, times: Sequence[Fact], work: Sequence[tuple[int, int]], calendar: Calendar
) -> list[Deadline]:
    """«trình Bộ trong tháng 7» in the middle of July is due by its end when it stands in something to be done."""
    around = calendar.reference.day
    if around is None:
        return []
    taken = {fact.end for fact in times if isinstance(fact, Deadline)}
    found = []
    spans = sorted(work)
    for fact in times:
        if not isinstance(fact, PeriodFact) or fact.end in taken or fact.sub not in _BOUNDING:
            continue
        index = bisect_right(spans, (fact.start, len(page.text))) - 1
        inside = index >= 0 and fact.end <= spans[index][1]
        last = fact.end_date
        if not inside or not isinstance(last, date) or last < around or not page.low.endswith("trong ", 0, fact.start):
            continue
        if page.sentence(fact.start)[0] >= fact.start - len("trong "):  # «Trong 6 tháng cuối năm, …» is a topic
            continue
        start = fact.start - len("trong ")
        found.append(
            Deadline(start=start, end=fact.end, quote=page.quote(start, fact.end), confidence=LIKELY, iso=last)
        )
    return found


_BEFORE = re.compile(
    r"trước (?:khi (?:vào |khai mạc )?)?(?P<event>(?:tết|khai giảng|kỳ họp|năm học|học kỳ|mùa)[^.,;:\n(]{0,40})"
)


def due_before_events(*, page: Page, work: Sequence[tuple[int, int]]) -> list[Deadline]:
    """«kiện toàn 20 đội trước khai giảng»: due at something that has no day here."""
    found = []
    for start, end in sorted(work):
        for match in _BEFORE.finditer(page.low, start, end):
            if match.start() and page.low[match.start() - 1].isalnum():
                continue
            last = match.end() - len(match["event"]) + len(match["event"].rstrip())
            event = page.text[match.start("event") : last]
            quote = page.quote(match.start(), last)
            found.append(Deadline(start=match.start(), end=last, quote=quote, confidence=LIKELY, iso=None, event=event))
    return found


_BOUNDING = frozenset(("month", "quarter", "half", "year"))
