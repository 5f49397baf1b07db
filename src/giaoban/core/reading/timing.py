"""Dates, periods, as-of days and deadlines of a document, from its calendar tokens."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.core.reading.calendar import Calendar, Stretch
from giaoban.core.reading.dues import due_in_cells
from giaoban.core.reading.facts import LIKELY, SURE, AsOf, DateFact, Deadline, Fact, PeriodFact
from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import (
    Cited,
    Day,
    DayRange,
    Month,
    Months,
    Quarter,
    Relative,
    Token,
    UntilEvent,
    Week,
    Year,
)

_TO = r"(?:cho )?(?:đến|tới)"
_CUE = re.compile(
    rf"(?<!\w)(?:(?P<now>từ (?:nay {_TO}|{_TO} hết)(?: trước)?(?: hết| cuối)?)"
    r"|(?P<late>(?:chậm|muộn) nhất(?: là)?(?: vào| đến| trước| trong)?(?: hết| cuối)?)"
    r"|(?P<before>trước(?: hết| khi hết| cuối)?)"
    r"|(?P<due>(?:thời hạn|hạn chót|hạn cuối(?: cùng)?|hạn)(?: hoàn thành| nộp| gửi| báo cáo| xong)?(?: là"
    r"| đến| vào|:)?(?: hết| cuối)?)"
    r"|(?P<within>(?:hoàn thành|xong|kết thúc)(?: xong)?(?: ngay)? (?:trong|vào))"
    rf"|(?P<until>(?P<firm>tính |số liệu |cập nhật |kể |thống kê |tính từ .{{1,20}} )?{_TO}(?: hết| cuối| thời điểm)?))"
    r"\s*(?:[0-9]{1,2}\s?(?:h|giờ|:)\s?(?:[0-9]{2})?(?:\s?phút)?,?\s*)?(?:(?:thứ \w{2,4}|chủ nhật),?\s*)?"
    r"(?:\(?ngày|mùng|hết ngày)?\s*$"
)
_WITHIN = re.compile(r"(?<!\w)(?:hoàn thành|xong|kết thúc|ban hành)(?!\w)[^.;:\n]{0,80} (?P<inside>(?:ngay )?trong )$")
_FUTURE = re.compile(
    r"(?:phấn đấu|hoàn thành|xong|báo cáo|trình|gửi|nộp|ban hành|thực hiện|tổ chức|kết thúc|yêu cầu|đề nghị|sẽ"
    r"|cần|phải)"
)
_MONTHLY = ("hằng tháng", "hàng tháng", "mỗi tháng", "định kỳ tháng")
_PLAN = re.compile(
    r"(?:nhiệm vụ|phương hướng|kế hoạch|triển khai|chương trình|dự kiến|lịch|thời gian tới)[^.;:,]{0,40}$"
)
_BASELINE = re.compile(r"(?:so với|cùng kỳ|so cùng kỳ)[^.;:,]{0,24}$")
_PAPER_DAY = re.compile(r"(?:^[\s,(]{0,3}|[^\n;]{0,24}[\s,(])(?:ban hành |ký )?ngày\s*$")
_EVENT = re.compile(r"(?:hội nghị|giao ban|tổ chức|diễn ra|đại hội|họp|lễ|tại|làm việc|khai mạc|phát biểu)")


@dataclass(frozen=True)
class Cue:
    """The words before a day that make it an as-of day or a deadline."""

    name: str
    start: int
    firm: bool = False
    time: str | None = None
    closing: bool = False  # «hết», «cuối»: the end of the period is meant


def timing(*, page: Page, tokens: Sequence[Token], calendar: Calendar) -> list[Fact]:
    """Every date, period, as-of day and deadline, in the order of the text."""
    facts: list[Fact] = []
    spoken_of = {token.count for token in tokens if isinstance(token, Months) and not token.bare}
    paper_end = -100
    for index, token in enumerate(tokens):
        if isinstance(token, Cited):
            paper_end = token.end
        elif isinstance(token, Day):
            facts.extend(_day(page, token, calendar, borrowed_year(page, tokens, index), paper_end))
        elif isinstance(token, UntilEvent):
            facts.append(
                Deadline(
                    start=token.start,
                    end=token.end,
                    quote=page.quote(token.start, token.end),
                    iso=None,
                    event=token.event,
                )
            )
        elif isinstance(token, Months) and token.bare and not _is_spoken_of(token, spoken_of, calendar):
            continue
        elif isinstance(token, DayRange | Month | Quarter | Months | Week | Year | Relative):
            facts.extend(_period(page, token, calendar, borrowed_year(page, tokens, index)))
    facts.extend(due_in_cells(page=page, facts=facts))
    return _without_echoes(facts)


def _is_spoken_of(token: Months, spoken_of: Container[int], calendar: Calendar) -> bool:
    """Bare «9 tháng»: a period in a text about those months, or one written just after them."""
    day = calendar.reference.day
    return token.count in spoken_of or (day is not None and day.month in (token.count, token.count + 1))


def borrowed_year(page: Page, tokens: Sequence[Token], index: int) -> int | None:
    """A year written beside a period of the same sort: «6 tháng đầu năm …, 6 tháng cuối năm 2020»."""
    token = tokens[index]
    _, sentence_end = page.sentence(token.start)
    for later in tokens[index + 1 : index + 5]:
        if later.start >= min(sentence_end, token.end + 170):
            break
        if isinstance(later, Months | Month | Quarter) and later.year is not None and not isinstance(token, Day):
            return later.year
    sentence_start, _ = page.sentence(token.start)
    for earlier in reversed(tokens[max(0, index - 3) : index]):
        if earlier.start < max(sentence_start, token.start - 120):
            break
        if isinstance(earlier, Year) and earlier.until is None and not isinstance(token, Day):
            return earlier.year if not _BASELINE.search(page.left(earlier.start, 40)) else None
        if isinstance(earlier, Month | Quarter) and earlier.year and isinstance(token, Month | Quarter):
            return earlier.year
    return None


def cue_before(page: Page, place: int) -> Cue | None:
    """The as-of or deadline words that end at a place."""
    left = page.low[place - 64 if place > 64 else 0 : place].rpartition("\n")[2]
    match = _CUE.search(left) if _may_hold_cue(left) else None
    if match is None:
        return _cue_within(page, place) if left.endswith("trong ") else None
    name = next(key for key in ("now", "late", "before", "due", "within", "until") if match[key])
    clock = re.search(r"([0-9]{1,2})\s?(?:h|giờ|:)\s?([0-9]{2})?", match[0])
    time = f"{int(clock[1]):02d}:{clock[2] or '00'}" if clock else None
    closing = "hết" in match[0] or "cuối" in match[0]
    return Cue(name=name, start=place - len(left) + match.start(), firm=bool(match["firm"]), time=time, closing=closing)


def _may_hold_cue(left: str) -> bool:
    """Whether one of the words stands there without which there is no cue; spelled out, it is quicker than a loop."""
    return (
        "đến" in left
        or "trước" in left
        or "nhất" in left
        or "tới" in left
        or "hạn" in left
        or "xong" in left
        or "hoàn thành" in left
        or "kết thúc" in left
    )


def _cue_within(page: Page, place: int) -> Cue | None:
    """«Hoàn thành việc … trong tháng 8»: the verb stands further left in the sentence."""
    start, _ = page.sentence(place)
    left = page.low[max(start, place - 100) : place]
    match = _WITHIN.search(left)
    if match is None or "đã" in left[: match.start("inside")].split():
        return None
    return Cue(name="within", start=place - len(left) + match.start("inside"))


def _day(page: Page, token: Day, calendar: Calendar, borrowed: int | None, paper_end: int) -> list[Fact]:
    cue = cue_before(page, token.start)
    ahead = cue is not None and cue.name != "until"
    iso = calendar.day(token, ahead=ahead, borrowed=borrowed)
    recurring = token.month is None and _is_monthly(page, token.start)
    facts: list[Fact] = []
    if cue is not None and (iso is not None or recurring) and not (token.month is None and cue.name == "until"):
        due = None if recurring else iso
        facts.append(_bounded(page, cue, token, due, calendar, recurring="monthly" if recurring else None))
    if iso is None or token.month is None:
        return facts
    in_paper = token.start - paper_end <= 40 and bool(_PAPER_DAY.match(page.low[paper_end : token.start]))
    role = "other"
    if token.start == calendar.reference.start:
        role = "published" if token.year else "other"
    elif in_paper:
        role = "document"
    elif token.daypart or (not facts and _EVENT.search(page.left(token.start, 60) + page.right(token.end, 60))):
        role = "event"
    facts.append(
        DateFact(
            start=token.start,
            end=token.end,
            quote=page.quote(token.start, token.end),
            confidence=SURE if token.year else LIKELY,
            iso=iso,
            time=token.time,
            daypart=token.daypart,
            role=role,
            year_inferred=None if token.year else True,
        )
    )
    return facts


def _is_monthly(page: Page, place: int) -> bool:
    start, end = page.sentence(place)
    return any(word in page.low[max(start, place - 80) : min(end, place + 40)] for word in _MONTHLY)


def _bounded(
    page: Page, cue: Cue, token: Token, iso: date | None, calendar: Calendar, *, recurring: str | None = None
) -> Fact:
    """An as-of day or a deadline, by the cue and by which side of the document's day it lies."""
    if cue.name == "until" and iso is not None and _is_as_of(page, cue, token, iso, calendar):
        sure = SURE if cue.firm or calendar.reference.day else LIKELY
        return AsOf(start=cue.start, end=token.end, quote=page.quote(cue.start, token.end), confidence=sure, iso=iso)
    return Deadline(
        start=cue.start,
        end=token.end,
        quote=page.quote(cue.start, token.end),
        confidence=LIKELY if cue.name in ("until", "within") else SURE,
        iso=iso,
        time=cue.time,
        strict=True if cue.name == "before" else None,
        recurring=recurring,
    )


def _is_as_of(page: Page, cue: Cue, token: Token, iso: date, calendar: Calendar) -> bool:
    if cue.firm:
        return True
    around = calendar.reference.day
    if around is not None:
        return iso <= around
    before = page.left(cue.start, 60).rstrip()
    opens = not before or before[-1] in ".,;:(\n-"
    past = " đã " in page.right(token.end, 60)
    return past or (opens and not _FUTURE.search(page.right(token.end, 30)))


def _period(page: Page, token: Token, calendar: Calendar, borrowed: int | None) -> list[Fact]:
    cue = cue_before(page, token.start)
    stretch = calendar.stretch(token, borrowed=borrowed)
    if cue is None and _lies_ahead(page, token, stretch, calendar):
        cue = Cue(name="within", start=token.start - len("trong "))
    facts: list[Fact] = []
    if isinstance(token, Relative) and token.end_only:
        return [_end_only(page, token, stretch)] if stretch.last else []
    if cue is not None and stretch.last is not None and _may_bound(cue, token):
        within = cue.name == "within" and " đã " in page.left(cue.start, 24) + " "
        if not within:
            facts.append(_bounded(page, cue, token, stretch.last, calendar))
    fact = _period_fact(page, token, stretch, calendar, bounded=bool(facts))
    return [*facts, fact] if fact else facts


def _lies_ahead(page: Page, token: Token, stretch: Stretch, calendar: Calendar) -> bool:
    """«trình Ban Chỉ đạo trong tháng 4», written in March: due by its end."""
    if not isinstance(token, Month | Quarter) or not page.low.endswith("trong ", 0, token.start):
        return False
    if page.low.endswith("diễn ra trong ", 0, token.start):
        return False
    around = calendar.reference.day
    return around is not None and stretch.first is not None and stretch.first > around


def _may_bound(cue: Cue, token: Token) -> bool:
    if isinstance(token, DayRange | Relative) or (isinstance(token, Year) and token.until is not None):
        return False
    if isinstance(token, Months):
        return cue.name in ("within", "late")
    if isinstance(token, Year):
        return cue.name in ("now", "late", "due", "within") or (cue.closing or cue.firm)
    return True


def _end_only(page: Page, token: Relative, stretch: Stretch) -> Fact:
    cue = cue_before(page, token.start)
    start = cue.start if cue else token.start
    return Deadline(start=start, end=token.end, quote=page.quote(start, token.end), confidence=LIKELY, iso=stretch.last)


_SUBS = {Month: "month", Quarter: "quarter", DayRange: "range", Year: "year", Week: "week", Months: "months"}


def _sub(token: Token) -> str:
    match token:
        case Relative(unit=unit, open=is_open):
            return "range" if is_open else unit
        case Months(count=6):
            return "half"
        case Month(until=int()):
            return "months"
        case Year(term=True):
            return "term"
        case Year(until=int()):
            return "range"
    return _SUBS[type(token)]


def _period_fact(page: Page, token: Token, stretch: Stretch, calendar: Calendar, *, bounded: bool) -> Fact | None:
    if stretch.first is None:
        return None
    sub = _sub(token)
    first: date | str = stretch.first
    last: date | str | None = stretch.last
    if sub == "term" and stretch.last is not None:
        first, last = str(stretch.first.year), str(stretch.last.year)
    return PeriodFact(
        start=token.start,
        end=token.end,
        quote=page.quote(token.start, token.end),
        confidence=LIKELY if stretch.inferred else SURE,
        sub=sub,
        start_date=first,
        end_date=last,
        role="horizon" if bounded else _period_role(page, token, stretch, calendar),
        year_inferred=True if stretch.inferred else None,
    )


def _period_role(page: Page, token: Token, stretch: Stretch, calendar: Calendar) -> str:
    if isinstance(token, Year) and token.term:
        return "term"
    if isinstance(token, DayRange) and token.anniversary:
        return "anniversary"
    left = page.left(token.start, 60)
    if ("so " in left or "cùng kỳ" in left) and _BASELINE.search(left):
        return "baseline"
    around = calendar.reference.day
    if around is not None and stretch.first is not None and stretch.first > around:
        return "next"
    if around is not None and stretch.last is not None and stretch.last < around:
        return "reporting"
    return "next" if _PLAN.search(left) else "reporting"


def _without_echoes(facts: list[Fact]) -> list[Fact]:
    """Leave out «tuần qua» where the document itself says which days it covers."""
    periods = [fact for fact in facts if isinstance(fact, PeriodFact)]
    stated = {(fact.start_date, fact.end_date) for fact in periods if not _is_relative(fact)}
    return [
        fact
        for fact in facts
        if not (isinstance(fact, PeriodFact) and _is_echo(fact) and (fact.start_date, fact.end_date) in stated)
    ]


def _is_echo(fact: PeriodFact) -> bool:
    return _is_relative(fact) and fact.role != "baseline"


def _is_relative(fact: PeriodFact) -> bool:
    return (
        fact.quote.split()[-1].lower() in ("qua", "rồi", "này", "nay", "trước", "tới", "sau", "theo")
        and "đến" not in fact.quote
    )
