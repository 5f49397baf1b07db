"""The body that speaks in a document: named once, where the text first names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from giaoban.core.reading.blocks import BLANK, BOILERPLATE, BYLINE, DATELINE, TITLE, Block
from giaoban.core.reading.data import words
from giaoban.core.reading.facts import LIKELY, SURE, Issuer
from giaoban.core.reading.names import CAPITALS, PLACES, SURNAMES
from giaoban.core.reading.page import Page

_READ = 3_000  # characters of the head of a document in which its speaker is looked for
_CAPITAL = re.compile(rf"[{CAPITALS}][^\W\d_]{{1,7}}")
_HEADS: dict[str, tuple[str, ...]] = {}
for _row in words("bodies"):
    _first = _row[0].split()[0]
    _HEADS[_first] = tuple(sorted((*_HEADS.get(_first, ()), _row[0]), key=len, reverse=True))
# Small words inside the name of a body.
_INSIDE = frozenset(
    """ủy ương tỉnh thành phố huyện quận thị xã phường trấn khối cơ quan và nhân dân chức giáo vận tra chính tế vụ hành
    đoàn dục tạo hóa thao lịch học nghệ nghiệp thôn nguyên binh hội động niên nữ an sự huy pháp sát hiểm thuế lực thủy
    sản thương tử thông công viên khoa quốc phòng nước việt các khu đặc tài chiến tịch trị quân vụ ngoại tập hiệp trung
    tâm bộ ty trường kiểm trưởng trực""".split()
)  # fmt: skip
_GENERIC = frozenset("tổ chức ban hành chỉ đạo tập huấn công bố thông báo công tác thực hiện trung bình".split())
_ACTS = re.compile(
    r"(?: \([^()\n]{2,40}\))?,? (?:đã |vừa |tiếp tục |sẽ |cũng |xin |luôn |chủ trì |phối hợp |trân trọng |tích cực |tập trung )?"
    r"(?:báo cáo|tổ chức|tiếp tục|ban hành|tham mưu|họp|chỉ đạo|triển khai|bám sát|thông báo|yêu cầu|đề nghị|hoàn thành"
    r"|phối hợp|thực hiện|chủ trì|chủ động|khẳng định|xây dựng|đã|có|khai mạc|tập trung|xác định|quyết định|phát động"
    r"|kiểm tra|sơ kết|tổng kết|đánh giá|giao ban|kết luận|trao|gửi|công bố|tiếp nhận|làm việc|hướng dẫn|phát triển)(?!\w)"
)
_OF_OTHERS = (
    " của", " theo", " trình", " về", " với", " gửi", " cho", " và", " cùng", " do", " từ", " các", " đạo", " tại", " giúp",
    "căn cứ", " đến", " là", " số", " ở", " bởi",
)  # fmt: skip
_CAPS = re.compile(r"[^a-zà-ỹđ\n]{6,80}$")


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
        if row.role in (BOILERPLATE, BLANK, DATELINE, BYLINE, TITLE):
            continue
        line = page.view[row.start : row.end]
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
    if heading and heading[-1].end >= title_end(page, title) and page.low[: heading[-1].start].endswith("của "):
        return [_issuer(page, heading[-1].start, heading[-1].end, SURE)]
    head_line = _letterhead_line(page, letterhead)
    chosen = _chosen(named, heading, page.low[head_line[0] : head_line[1]] if head_line else "")
    if chosen is not None:
        first = next(mention for mention in named if mention.name == chosen.name)
        return [_issuer(page, first.start, first.end, SURE if chosen.weight > 1 else LIKELY)]
    if head_line:
        return [_issuer(page, *head_line, LIKELY)]
    return [_issuer(page, heading[0].start, heading[0].end, LIKELY)] if heading else []


def title_end(page: Page, title: Block | None) -> int:
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
    for other in heading:
        for mention in named:
            if mention.name.startswith(other.name) or other.name.startswith(mention.name):
                return mention
    return max(named, key=lambda mention: (mention.weight, -mention.start))


def _mentions(page: Page, start: int, end: int) -> Iterator[_Mention]:
    """Bodies named in a stretch, with how much speaks for each: 2 it acts, 1 neutral, 0 somebody's object."""
    low = page.low
    cursor = start
    for match in _CAPITAL.finditer(page.view, start, end):
        place = match.start()
        if place < cursor or page.view[place - 1 : place].isalnum():
            continue
        for head in _HEADS.get(match.group().lower(), ()):
            if low.startswith(head, place) and not low[place + len(head) : place + len(head) + 1].isalnum():
                cursor = _name_end(page, place + len(head), end)
                name = " ".join(page.view[place:cursor].split())
                if " " in name and not low.startswith("bộ chính trị", place):
                    yield _Mention(place, cursor, name, _weight(low, place, cursor, start))
                break


def _weight(low: str, place: int, end: int, start: int) -> int:
    before = low[max(start, place - 12) : place].rstrip()
    if _ACTS.match(low, end) and not before.endswith(_OF_OTHERS):
        return 2
    return 0 if before.endswith(_OF_OTHERS) else 1


def _name_end(page: Page, place: int, limit: int) -> int:
    """Where the name of a body ends: capitalised words, and small words that stand inside such names."""
    end = cursor = place
    after_place = False
    view = page.view
    while cursor < limit and view[cursor] == " ":
        stop = min(position for sign in " ,;:.()\n" if (position := _find(view, sign, cursor + 1, limit)) >= 0)
        word = view[cursor + 1 : stop]
        following = view[stop + 1 : stop + 12].split(" ")[0] if view[stop : stop + 1] == " " else ""
        if not word or f"{word} {following}" in ("tổ chức", "ban hành", "thông báo", "công bố", "và các", "tập trung"):
            break
        if word[0].isupper():
            if word in SURNAMES and following[:1].isupper() and f"{word} {following}" not in PLACES:
                break
            end = stop
        elif word in _INSIDE and not (after_place and word in _SPEAKS):
            end = stop if word != "và" else end
        else:
            break
        after_place = word[0].isupper()
        cursor = stop
        if view[stop : stop + 1] != " ":
            break
    return end


_SPEAKS = frozenset(("công", "tập", "trung", "thông", "khoa", "phòng", "kiểm", "chức"))


def _find(view: str, sign: str, start: int, limit: int) -> int:
    found = view.find(sign, start, limit)
    return found if found >= 0 else limit


def _letterhead_line(page: Page, rows: Sequence[Block]) -> tuple[int, int] | None:
    """The last line of the letterhead that names a body: the one that issues stands under its superior."""
    best = None
    for row in rows[:8]:
        line = page.view[row.start : row.end].strip(" *")
        low = line.lower()
        if low.startswith(("đảng cộng sản", "cộng hòa", "độc lập", "số", "báo cáo", "thông báo")):
            continue
        if line and any(low.startswith(head) for head in _HEADS.get(low.split()[0], ())):
            start = page.view.index(line, row.start)
            best = (start, start + len(line))
    return best


def _issuer(page: Page, start: int, end: int, confidence: str) -> Issuer:
    quote = page.quote(start, end)
    return Issuer(start=start, end=end, quote=quote, confidence=confidence, name=" ".join(quote.split()))
