"""The body that speaks in a document: named once, where the text first names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from giaoban.core.reading.blocks import BLANK, BOILERPLATE, BYLINE, DATELINE, TITLE, Block
from giaoban.core.reading.facts import LIKELY, SURE, Issuer
from giaoban.core.reading.names import CAPITALS
from giaoban.core.reading.page import Page
from giaoban.core.reading.posts import phrase_end

_READ = 3_000  # characters of the head of a document in which its speaker is looked for
_CAPITAL = re.compile(rf"[{CAPITALS}][^\W\d_]{{1,7}}")
_KEPT = (
    "kiểm sát",
    "giao thông",
    "giao dịch",
    "quản lý",
    "phòng cháy",
    "tài chính",
    "vận tải",
    "xây dựng đảng",
    "kiểm tra tỉnh",
    "kiểm tra thành",
    "kiểm tra huyện",
    "kiểm tra đảng",
    "kiểm tra trung",
)
_NO_BODY = (
    "bộ trưởng",
    "bộ chính trị",
    "bộ máy",
    "bộ đội",
    "phòng trào",
    "trường hợp",
    "viện trợ",
    "vụ việc",
    "cục diện",
)
_WITH_COMMA = ("sở", "bộ", "phòng", "ủy ban")  # «Sở Văn hóa, Thể thao và Du lịch»
_ACRONYMS = ("UBND", "HĐND", "UBKT")
# Before these words of a body stands a post: «Chánh Văn phòng», «Phó Bí thư Thường trực».
_POSTS = ("tướng", "chánh", "bí thư", "chủ tịch", "phó ban", "trưởng ban", "trưởng", "phó")
_ACTS = re.compile(
    r"(?: \([^()\n]{2,40}\))?,? (?:đã |vừa |tiếp tục |sẽ |cũng |xin |luôn |chủ trì |phối hợp |trân trọng |tích cực )?"
    r"(?:báo cáo|tổ chức|tiếp tục|ban hành|tham mưu|họp|chỉ đạo|triển khai|bám sát|thông báo|yêu cầu|đề nghị"
    r"|hoàn thành|phối hợp|thực hiện|chủ trì|chủ động|khẳng định|xây dựng|đã|có|khai mạc|tập trung|xác định|quyết định"
    r"|phát động|kiểm tra|sơ kết|tổng kết|đánh giá|giao ban|kết luận|trao|gửi|công bố|tiếp nhận|làm việc|hướng dẫn"
    r"|phát triển|lưu ý)(?!\w)"
)
_OF_OTHERS = (
    " của", " theo", "bí thư", "chủ tịch", "giám đốc", "trưởng", "chánh", "phó", "thư ký", "chủ nhiệm", "ủy viên",
    " trình", " về", " với", " gửi", " cho", " và", " cùng", " từ", " các", " đạo", " tại", " giúp", "căn cứ", " đến",
    " là", " số", " ở", " bởi",
)  # fmt: skip


class _Mention(NamedTuple):
    start: int
    end: int
    name: str
    weight: int


def issuers(*, page: Page, rows: Sequence[Block]) -> list[Issuer]:
    """The speaker, where it is first named in the text; in the letterhead or title when it is named nowhere else."""
    title = next((row for row in rows if row.role == TITLE), None)
    letterhead, body, used = [], [], 0
    for row in rows:
        line = page.view[row.start : row.end]
        if row.role in (BOILERPLATE, BLANK, DATELINE, BYLINE, TITLE) or "\t" in line:
            continue
        before_title = title is not None and row.start < title.start
        if before_title or (len(line) < 90 and line.isupper() and used < 200):
            letterhead.append(row)
            continue
        body.append(row)
        used += row.end - row.start
        if used > _READ:
            break
    named = [mention for row in body for mention in _mentions(page, row.start, min(row.end, row.start + _READ))]
    heading = [] if title is None else list(_mentions(page, title.start, title.end))
    if heading and heading[-1].end >= _title_end(page, title) and page.low.endswith("của ", 0, heading[-1].start):
        return [_issuer(page, heading[-1].start, heading[-1].end, SURE)]
    head_line = _letterhead_line(page, letterhead)
    chosen = _chosen(named, heading, page.low[head_line[0] : head_line[1]] if head_line else "")
    if chosen is not None:
        first = next(mention for mention in named if mention.name == chosen.name)
        return [_issuer(page, first.start, first.end, SURE if chosen.weight > 1 else LIKELY)]
    if head_line:
        return [_issuer(page, *head_line, LIKELY)]
    return [_issuer(page, heading[0].start, heading[0].end, LIKELY)] if heading else []


def _title_end(page: Page, title: Block | None) -> int:
    """Where the words of the title end."""
    return len(page.view[: title.end].rstrip(" .")) if title else 0


def _chosen(named: Sequence[_Mention], heading: Sequence[_Mention], letterhead: str) -> _Mention | None:
    """The mention that speaks: named in the letterhead or title as well, else the first that acts, else the first."""
    if not named:
        return None
    for mention in named:
        low = mention.name.lower()
        if letterhead and (low.startswith(letterhead.strip()[:12]) and mention.weight > 0):
            return mention
    for other in (mention for mention in heading if mention.weight > 0):
        for mention in named:
            if mention.weight > 0 and (other.name in mention.name or mention.name in other.name):
                return mention
    best = max(named, key=lambda mention: (mention.weight, -mention.start))
    return best if best.weight > 0 else None


def _mentions(page: Page, start: int, end: int) -> Iterator[_Mention]:
    """Bodies named in a stretch, with how much speaks for each: 2 it acts, 1 neutral, 0 somebody's object."""
    low = page.low
    cursor = start
    for match in _CAPITAL.finditer(page.view, start, end):
        place = match.start()
        word = match.group()
        if place < cursor or page.view[place - 1 : place].isalnum() or (word.isupper() and word not in _ACRONYMS):
            continue
        for head in page.words.naming.speakers.get(word.lower(), ()):
            if low.startswith(head, place) and not low[place + len(head) : place + len(head) + 1].isalnum():
                if low.startswith(_NO_BODY, place):
                    break
                comma = page.view.find(",", place, end) if head not in _WITH_COMMA else -1
                cursor = _name_end(page, place + len(head), comma if comma >= place + len(head) else end)
                name = " ".join(page.view[place:cursor].split())
                if " " in name and not _is_post(low, place, head):
                    yield _Mention(place, cursor, name, _weight(low, place, cursor, start))
                break


def _is_post(low: str, place: int, head: str) -> bool:
    return head in ("thường trực", "thường vụ", "văn phòng", "thanh tra") and low[
        max(0, place - 12) : place
    ].rstrip().endswith(_POSTS)


def _weight(low: str, place: int, end: int, start: int) -> int:
    before = low[max(start, place - 12) : place].rstrip()
    if before.endswith("theo") and low[end : end + 1] == ",":
        return 2  # «Theo Ban Tổ chức Tỉnh ủy, …»
    if _ACTS.match(low, end) and not before.endswith(_OF_OTHERS):
        return 2
    return 0 if before.endswith(_OF_OTHERS) or low[end : end + 1] == "," else 1


def _name_end(page: Page, place: int, limit: int) -> int:
    """Where the name of a body ends: before the verb, or before the name of the person who heads it."""
    end = phrase_end(page, place, min(limit, place + 80))
    cursor = place
    words_left = page.view[place:end].split(" ")
    for index, word in enumerate(words_left):
        following = words_left[index + 1] if index + 1 < len(words_left) else ""
        verb = word in page.words.naming.body_ends and not page.low.startswith(_KEPT, cursor)
        person = (
            page.words.naming.surnames.get(word)
            and following[:1].isupper()
            and f"{word} {following}" not in page.words.naming.places
        )
        if verb or person or word[:1].isdigit():
            return max(cursor - 1, place)
        cursor += len(word) + 1
    return end


def _letterhead_line(page: Page, rows: Sequence[Block]) -> tuple[int, int] | None:
    """The last line of the letterhead that names a body: the one that issues stands under its superior."""
    best = None
    for row in rows[:8]:
        line = page.view[row.start : row.end].strip(" *")
        low = line.lower()
        if low.startswith(("đảng cộng sản", "cộng hòa", "độc lập", "số", "báo cáo", "thông báo")):
            continue
        if line and any(low.startswith(head) for head in page.words.naming.speakers.get(low.split()[0], ())):
            start = page.view.index(line, row.start)
            best = (start, start + len(line))
    return best


def _issuer(page: Page, start: int, end: int, confidence: str) -> Issuer:
    quote = page.quote(start, end)
    return Issuer(start=start, end=end, quote=quote, confidence=confidence, name=" ".join(quote.split()))
