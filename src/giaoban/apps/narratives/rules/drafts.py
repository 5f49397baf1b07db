"""What a superior's text asks for, as draft tasks a person keeps or dismisses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from giaoban.apps.narratives.rules.papers import is_own_number, paper, symbol_written
from giaoban.core.formlang.inputs import clean
from giaoban.core.reading import DEFAULT, Reading
from giaoban.core.reading.facts import Citation, Deadline, Directive
from giaoban.core.refusal import Kind, Refusal
from giaoban.core.text_vi.dates import write_day

MAX_WORDS = 2_000  # letters of one task
A_DAY = timedelta(days=1)
SOON = 7 * A_DAY
OVERDUE, IS_SOON = "overdue", "soon"
DAY, WEEK, MONTH, QUARTER, YEAR = "day", "week", "month", "quarter", "year"  # how exactly a deadline is written
_ROLES = ("directive", "plan")
_MARKER = re.compile(
    r"(?:[-–•+*]|\(?\d{1,2}(?:\.\d{1,2})*[.)]?|\(?[a-zđ][.)]|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) là[,:]?"
    r"|thứ \w{2,4}[,:])\s+",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    rf"(?<!\w)(?:đề nghị|yêu cầu|giao(?! ban)|phân công|cần|phải|{'|'.join(DEFAULT.words().imperatives)})(?!\w)"
)
_PAST = re.compile(r"(?<!\w)(?:đã|vừa qua)(?!\w)")


class DraftDecided(Refusal):
    kind = Kind.CONFLICT
    says = "Việc này đã được quyết định; hãy mở lại trang để xem ai đã giữ hay bỏ."


class NoWords(Refusal):
    says = "Chưa ghi việc phải làm; hãy ghi nội dung việc hoặc chọn «Bỏ»."


class WordsTooLong(Refusal):
    kind = Kind.TOO_LARGE
    says = "Nội dung việc dài quá {limit} ký tự; hãy rút gọn."


class DueBeforeIssued(Refusal):
    says = "Hạn {day} sớm hơn ngày ra văn bản chỉ đạo ({issued}); hãy sửa lại hạn."


class NotYourUnit(Refusal):
    says = "Chưa chọn đơn vị nhận văn bản; hãy chọn một đơn vị đồng chí soạn hoặc duyệt báo cáo."


@dataclass(frozen=True)
class Draft:
    """One thing to do, as read. `start`, `end`: what is marked in the text; `is_strict`: before that day, not on it."""

    start: int
    end: int
    words: str
    role: str
    deadline: date | None = None
    precision: str = ""
    deadline_words: str = ""
    event: str = ""
    is_strict: bool = False


def drafts(found: Reading) -> list[Draft]:
    """One draft for each directive or plan, and for each deadline in any other sentence that orders something."""
    deadlines = [fact for fact in found.facts if isinstance(fact, Deadline)]
    asked = outermost([fact for fact in found.facts if isinstance(fact, Directive) and fact.role in _ROLES], found.text)
    spans = [(one.start, one.end, one.role) for one in asked]
    for due in deadlines:
        start, end = found.sentence(due.start)
        is_free = not any(first < end and start < last for first, last, _ in spans)
        if is_free and orders(found.text[start:end]):
            spans.append((start, end, "directive"))
    return [_draft(found.text, start, end, role, deadlines) for start, end, role in sorted(spans)]


def outermost(directives: Sequence[Directive], text: str) -> list[Directive]:
    """Of an item and what is nested in it one remains: the parts when the item only leads into them."""
    kept: list[Directive] = []
    for one in sorted(directives, key=lambda each: (each.start, -each.end)):
        if kept and one.start < kept[-1].end:
            if text[kept[-1].start : one.start].rstrip().endswith(":"):
                kept[-1] = one
            continue
        kept.append(one)
    return kept


def orders(sentence: str) -> bool:
    """Whether a sentence tells somebody to act, not what was done.

    >>> orders("Các huyện ủy gửi báo cáo trước ngày 5-9-2020."), orders("Đã hoàn thành trước ngày 5-9-2020.")
    (True, False)
    """
    low = sentence.lower()
    return bool(_ORDERS.search(low)) and not _PAST.search(low)


def _draft(text: str, start: int, end: int, role: str, deadlines: Sequence[Deadline]) -> Draft:
    due = next((one for one in deadlines if start <= one.start < end and (one.iso or one.event or one.recurring)), None)
    words = plain_words(text[start:end])[:MAX_WORDS]
    if due is None:
        return Draft(start, end, words, role)
    return Draft(
        start=start,
        end=end,
        words=words,
        role=role,
        deadline=due.iso,
        precision=precision(due.quote) if due.iso else "",
        deadline_words=" ".join(due.quote.split())[:200],
        event=(due.event or "")[:200],
        is_strict=bool(due.strict) and not due.time,  # «trước 17 giờ ngày 27-8» is that day still
    )


def plain_words(quote: str) -> str:
    """An item without its marker, on one line.

    >>> plain_words("1. Rà soát hồ sơ."), plain_words("Hai là, gửi báo cáo."), plain_words("(2) Họp")
    ('Rà soát hồ sơ.', 'gửi báo cáo.', 'Họp')
    """
    return " ".join(_MARKER.sub("", quote, count=1).split() if _MARKER.match(quote) else quote.split())


def precision(quote: str) -> str:
    """How exactly a deadline was written.

    >>> [precision(said) for said in ("trước ngày 31-8-2020", "từ nay đến hết tháng 9-2020", "hết quý III")]
    ['day', 'month', 'quarter']
    """
    low = quote.lower()
    if "ngày" not in low:
        for word, found in (("tuần", WEEK), ("tháng", MONTH), ("quý", QUARTER), ("năm", YEAR)):
            if re.search(rf"(?<!\w){word}(?!\w)", low):
                return found
    return DAY


def own_symbol(found: Reading) -> str:
    """The number and symbol a text gives itself at its head, empty when it gives none."""
    for fact in found.facts:
        if isinstance(fact, Citation) and is_own_number(found.text, fact):
            return symbol_written(paper(fact, branch=""))
    return ""


@dataclass(frozen=True)
class Correction:
    """What a person writes for a draft: its words and its last day."""

    words: str
    deadline: date | None


def checked(given: Correction, *, issued: date | None) -> Correction:
    """The words in one line. Raises NoWords, WordsTooLong, DueBeforeIssued."""
    told = " ".join(clean(given.words).split())
    if not told:
        raise NoWords()
    if len(told) > MAX_WORDS:
        raise WordsTooLong(limit=MAX_WORDS)
    if given.deadline and issued and given.deadline < issued:
        raise DueBeforeIssued(day=write_day(given.deadline), issued=write_day(issued))
    return Correction(told, given.deadline)


def last_day(deadline: date, *, is_strict: bool) -> date:
    """The last day on which the work is still in time: «trước ngày 31-8» ends on the 30th."""
    return deadline - A_DAY if is_strict else deadline


def urgency(deadline: date | None, *, is_strict: bool, on: date) -> str:
    """How a deadline stands on a day.

    >>> due = date(2020, 8, 31)
    >>> [urgency(due, is_strict=True, on=date(2020, 8, day)) for day in (20, 24, 31)]
    ['', 'soon', 'overdue']
    """
    if deadline is None:
        return ""
    last = last_day(deadline, is_strict=is_strict)
    if last < on:
        return OVERDUE
    return IS_SOON if last - on <= SOON else ""


@dataclass(frozen=True)
class Run:
    """Some words of a text; `draft` is the id of the draft they were read into, 0 for the rest."""

    text: str
    draft: int = 0


def paragraphs(text: str, spans: Mapping[tuple[int, int], int]) -> list[list[Run]]:
    """A text as paragraphs, cut along the spans in it (span -> draft id); empty lines are left out.

    >>> found = paragraphs("Nghe báo cáo.\\n1. Họp ngay.\\n", {(14, 26): 7})
    >>> [[(run.text, run.draft) for run in line] for line in found]
    [[('Nghe báo cáo.', 0)], [('1. Họp ngay.', 7)]]
    """
    found, first = [], 0
    ordered = sorted(spans.items())
    for line in text.split("\n"):
        if line.strip():
            found.append(_runs(text, first, first + len(line), ordered))
        first += len(line) + 1
    return found


def _runs(text: str, first: int, last: int, spans: Sequence[tuple[tuple[int, int], int]]) -> list[Run]:
    found, at = [], first
    begin = bisect_left(spans, first, key=lambda span: span[0][1])
    for (start, end), draft in spans[begin:]:
        if start >= last:
            break
        if start > at:
            found.append(Run(text[at:start]))
        if end > max(start, at):
            found.append(Run(text[max(start, at) : min(end, last)], draft))
        at = max(at, min(end, last))
    if at < last:
        found.append(Run(text[at:last]))
    return found
