"""The parts and items of a document, from the signs that open them and from headings without a sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from giaoban.core.reading.blocks import BODY, LEAD, Block
from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import Marker

_HEADING_LENGTH = 120
# The rank of a part by its sign: the smaller holds the greater. The depth of «1.1.» is added.
RANKS = {
    "head": 0,
    "roman": 0,
    "article": 0,
    "num": 0,
    "letter": 4,
    "paren": 5,
    "la": 5,
    "thu": 5,
    "step": 5,
    "dash": 6,
}
_PLAIN_HEAD = re.compile(
    r"(?:nơi nhận|kính gửi|thành phần|địa điểm|thời gian|bảng kiểm|ghi chú|chú thích|tải về|phụ lục)[^\n]{0,60}"
)
_LETTERHEAD = re.compile(
    r"(?:đảng cộng sản|cộng hòa xã hội|độc lập|ban |đảng bộ|đảng ủy|tỉnh ủy|thành ủy|huyện ủy|quận ủy|ủy ban|ubnd|hđnd"
    r"|hội đồng|sở |bộ |công ty|trường |bệnh viện|văn phòng|liên đoàn|hội |tm\.|t/m|kt\.|k/t|tl\.|phó |chủ tịch|bí thư"
    r"|giám đốc|trưởng|chánh|thông báo|báo cáo|kế hoạch|quyết định|nghị quyết|tờ trình|công điện|chỉ thị|kết luận"
    r"|chương trình|biên bản|hướng dẫn|lịch |đoàn |mặt trận|trung đoàn|thủ trưởng|thư ký|chủ trì|cục |chi cục)"
)


@dataclass(frozen=True)
class Unit:
    """A heading or an item: its span, where its words begin, its sign and number, and how deep it stands."""

    start: int
    end: int
    text: int
    style: str
    ordinal: int | None
    depth: int
    is_heading: bool

    @property
    def rank(self) -> int:
        return RANKS.get(self.style, 6) + (self.depth if self.style == "num" else 0)


def units(page: Page, rows: Sequence[Block], markers: Sequence[Marker]) -> list[Unit]:
    """Headings and items in the order of the text."""
    markers = _without_doubles(page, markers)
    found: list[Unit] = []
    for index, marker in enumerate(markers):
        following = markers[index + 1] if index + 1 < len(markers) else None
        before = found[-1] if found and not marker.line and found[-1].style == marker.style else None
        one_each = before is not None and page.sentence(before.end - 1)[0] <= before.start + 8
        end = _item_end(page, marker, following, one_each=one_each)
        heading = _is_heading(page, marker, end, following)
        depth = marker.depth if marker.style == "num" else 0
        found.append(Unit(marker.start, end, marker.end, marker.style, marker.ordinal, depth, heading))
    signed = {page.line_index(unit.start) for unit in found}
    found.extend(_plain_heads(page, rows, signed))
    return sorted(found, key=lambda unit: unit.start)


_TO_THOSE_BELOW = re.compile(
    r"kính gửi\s{0,3}:?\s{0,3}-? ?(?:các|ủy ban nhân dân các|ubnd các|thủ trưởng|phòng|chi bộ|đảng bộ)"
)


def is_addressed_below(page: Page) -> bool:
    """Whether a document is a letter to subordinate units."""
    return "kính gửi" in page.low[:1_500] and _TO_THOSE_BELOW.search(page.low, 0, 1_500) is not None


def _without_doubles(page: Page, markers: Sequence[Marker]) -> list[Marker]:
    """«+ Một là»: the dash in front of another sign is none."""
    kept = []
    for index, marker in enumerate(markers):
        following = markers[index + 1] if index + 1 < len(markers) else None
        if marker.style == "dash" and following is not None and following.start - marker.end <= 1:
            continue
        kept.append(marker)
    return kept


def _plain_heads(page: Page, rows: Sequence[Block], signed: set[int]) -> list[Unit]:
    """Lines all in capitals, and the few words that always head a list, without any sign."""
    found = []
    for index, row in enumerate(rows):
        if row.role not in (BODY, LEAD) or index in signed:
            continue
        line = page.view[row.start : row.end].strip()
        if not 4 <= len(line) <= _HEADING_LENGTH or "\t" in line:
            continue
        low = page.low[row.start : row.end].strip()
        shouted = line.isupper() and len(line) >= 8 and not _LETTERHEAD.match(low) and not line[-1].isdigit()
        if shouted or (line.endswith(":") and _PLAIN_HEAD.fullmatch(low)) or _PLAIN_HEAD.fullmatch(low.rstrip(":")):
            start = row.start + page.view[row.start : row.end].index(line)
            found.append(Unit(start, start + len(line), start, "head", None, 0, is_heading=True))
    return found


def _item_end(page: Page, marker: Marker, following: Marker | None, *, one_each: bool) -> int:
    """An item ends with its paragraph or where the next item begins.

    The last of several items in brackets ends with its sentence when those before it were of `one_each`.
    """
    end = page.line(marker.start)[1]
    if following is not None and following.start < end:
        end = following.start
    elif marker.style == "paren" and one_each:
        end = min(end, page.sentence(marker.end)[1])
    elif marker.style in ("la", "thu") and not marker.line:
        end = _before_another_speaks(page, marker, end)
    text = page.view[marker.start : end]
    return marker.start + len(text.rstrip())


_SPEAKS = re.compile(
    r"(?:đồng chí|bí thư|phó |trưởng|chủ tịch|ông|bà|đại hội|hội nghị)(?: [^\s,.;:]+){0,9} (?:đề nghị|yêu cầu|cho biết"
    r"|khẳng định|nhấn mạnh|chỉ đạo|phát biểu|lưu ý|đã )"
)


def _before_another_speaks(page: Page, marker: Marker, end: int) -> int:
    """The last item in running prose ends where the next sentence lets somebody speak."""
    index = page.sentence_index(marker.end) + 1
    while index < len(page.sentences) and page.sentences[index][0] < end:
        if _SPEAKS.match(page.low, page.sentences[index][0]):
            return page.sentences[index - 1][1]
        index += 1
    return end


def _is_heading(page: Page, marker: Marker, end: int, following: Marker | None) -> bool:
    """A short line without a full stop that other paragraphs follow is the head of a part, not an item."""
    if marker.style == "roman":
        return True
    if not marker.line or marker.style not in ("num", "letter", "article"):
        return False
    text = page.view[marker.end : end]
    if len(text) > _HEADING_LENGTH or text[-1:] in ".;!…":
        return False
    if marker.style == "article" or (marker.depth > 1 and marker.style == "num"):
        return True
    if text.isupper() or text.endswith(":"):
        return True
    next_line = page.line_index(marker.start) + 1
    while next_line < len(page.lines) and not page.view[slice(*page.lines[next_line])].strip():
        next_line += 1
    if next_line >= len(page.lines):
        return False
    if _opens_below(page, next_line, marker):
        return True
    sibling = (
        following is not None and page.line_index(following.start) == next_line and following.style == marker.style
    )
    return not sibling and page.lines[next_line][1] - page.lines[next_line][0] > len(text)


def _opens_below(page: Page, line: int, marker: Marker) -> bool:
    """Whether a line is a table's, or opens an item of a lower rank."""
    text = page.low[slice(*page.lines[line])].strip()
    if "\t" in text:
        return True
    if marker.style == "num" and re.match(r"[a-zđ][.)] |[0-9]{1,2}\.[0-9]", text):
        return True
    return bool(re.match(r"[-+*•☐] ?[^\W\d]", text))
