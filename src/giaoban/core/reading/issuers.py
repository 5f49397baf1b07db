"""The body that speaks in a document: named once, where the text first names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from giaoban.core.reading.blocks import BLANK, BOILERPLATE, BYLINE, DATELINE, TITLE, Block
from giaoban.core.reading.facts import LIKELY, SURE, Issuer
from giaoban.core.reading.page import Page
from giaoban.core.reading.posts import phrase_end

_READ = 3_000  # characters of the head of a document in which its speaker is looked for
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
# Before these words of a body stands a post: «Chánh Văn phòng», «Phó Bí thư Thường trực».
_HEADED = ("chủ tịch", "giám đốc", "trưởng", "bí thư")
_DEPUTIES = ("phó chủ tịch", "phó giám đốc", "phó trưởng", "phó bí thư")
_CHAIR = re.compile(r"(?:quyền )?(?:chủ tịch|giám đốc|bộ trưởng|chánh|hiệu trưởng|tổng giám đốc) ")
_ENACTED = ("quyết định", "nghị quyết", "chỉ thị")
_BOARD = re.compile(r"(?:ban thường vụ|ban thường trực|thường trực|ban chấp hành) ")
_PARAGRAPH = 200  # characters
_NUMBERED = ("số", "khu", "đoàn", "đội", "tổ", "quận", "phường", "cục", "vụ")  # «Quân khu 10»
_DONE = re.compile(r"((?:công ty|tổng công ty|nhà máy|xí nghiệp|hợp tác xã))(?: [^\W\d_]{1,7}){1,2} (?:được|đạt) ")
_POSTS = ("tướng", "chánh", "bí thư", "chủ tịch", "phó ban", "trưởng ban", "trưởng", "phó")
_ACTS = re.compile(
    r"(?: \([^()\n]{2,40}\))?,? (?:đã |vừa |tiếp tục |sẽ |cũng |xin |luôn |chủ trì |phối hợp |trân trọng |tích cực )?"
    r"(?:báo cáo|kính|hiện|ra quân|long trọng|trọng thể|trịnh trọng|nhận thấy|nhất trí|đăng ký|kiến nghị|thông qua"
    r"|tổ chức|tiếp tục|ban hành|tham mưu|họp|chỉ đạo|triển khai|bám sát|thông báo|yêu cầu|đề nghị"
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
    if (enacting := _enacting(page, rows)) is not None:
        return [_issuer(page, *enacting, SURE)]
    title = next((row for row in rows if row.role == TITLE), None)
    letterhead, body = _parts(page, rows, title)
    heading = [] if title is None else list(_mentions(page, title.start, title.end))
    if heading and heading[-1].end >= _title_end(page, title) and page.low.endswith("của ", 0, heading[-1].start):
        return [_issuer(page, heading[-1].start, heading[-1].end, SURE)]
    head_line = _letterhead_line(page, letterhead)
    chosen = _chosen(
        (mention for row in body for mention in _mentions(page, row.start, min(row.end, row.start + _READ))),
        [mention for mention in heading if mention.weight > 0],
        page.low[head_line[0] : head_line[1]] if head_line else "",
    )
    if chosen is not None:
        return [_issuer(page, chosen.start, chosen.end, SURE if chosen.weight > 1 else LIKELY)]
    if head_line:
        return [_issuer(page, *head_line, LIKELY)]
    return [_issuer(page, heading[0].start, heading[0].end, LIKELY)] if heading else []


def _parts(page: Page, rows: Sequence[Block], title: Block | None) -> tuple[list[Block], list[Block]]:
    """The lines of the letterhead and those of the body, as far as the speaker is looked for."""
    letterhead, body, used = [], [], 0
    dated = _dateline(rows)
    for index, row in enumerate(rows):
        line = page.view[row.start : row.end]
        if row.role in (BOILERPLATE, BLANK, DATELINE, BYLINE) or "\t" in line:
            continue
        in_capitals = len(line) < 90 and line.isupper() and used < 200
        if in_capitals or (row.role != TITLE and (index < dated or (title is not None and row.start < title.start))):
            letterhead.append(row)
        elif row.role != TITLE:
            body.append(row)
            used += row.end - row.start
            if used > _READ:
                break
    return letterhead, body


def _dateline(rows: Sequence[Block]) -> int:
    """The line of the day near the top: what stands above it is no body, unless there are paragraphs."""
    for index, row in enumerate(rows[:12]):
        if row.end - row.start > _PARAGRAPH:
            break
        if row.role == DATELINE:
            return index
    return 0


def _enacting(page: Page, rows: Sequence[Block]) -> tuple[int, int] | None:
    """The body named in capitals above «Căn cứ …», as decisions and resolutions do: «CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ»."""
    place = page.low.find("\ncăn cứ ", 0, _READ)
    if place < 0:
        return None
    first = page.line_index(place + 1)
    for row in reversed(rows[max(0, first - 5) : first]):
        line = page.low[row.start : row.end].strip(" .")
        if line in _ENACTED:
            return None
        start = page.low.index(line, row.start)
        post = _CHAIR.match(line)
        start += post.end() if post else 0
        line = line[post.end() :] if post else line
        heads = page.words.naming.speakers.get(line.split(" ", 1)[0], ())
        if page.view[row.start : row.end].isupper() and any(line.startswith(head) for head in heads):
            return start, start + len(line)
    return None


def _title_end(page: Page, title: Block | None) -> int:
    """Where the words of the title end."""
    return len(page.view[: title.end].rstrip(" .")) if title else 0


def _chosen(found: Iterator[_Mention], heading: Sequence[_Mention], letterhead: str) -> _Mention | None:
    """The mention that speaks: named in the letterhead or title as well, else the first that acts, else the first.

    It is read only as far as is needed to tell.
    """
    named: list[_Mention] = []
    fits: list[_Mention] = []
    for mention in found:
        named.append(mention)
        if mention.weight == 0:
            continue
        if letterhead or heading:
            if _in_letterhead(mention, letterhead) if letterhead else _in_heading(mention, heading):
                fits.append(mention)
                if mention.weight > 1:
                    break
        elif mention.weight > 1:
            break
    if letterhead and not fits:
        fits = [mention for mention in named if mention.weight and _in_heading(mention, heading)]
    best = max(fits or named, key=lambda mention: (mention.weight, -mention.start), default=None)
    if best is None or best.weight == 0:
        return None
    first = next(mention for mention in fits or named if f"{mention.name} ".startswith(f"{best.name} "))
    return first._replace(weight=best.weight)


def _in_letterhead(mention: _Mention, letterhead: str) -> bool:
    letterhead = letterhead.strip()
    low = mention.name.lower()
    board = _BOARD.match(low)
    return low.startswith(letterhead[:12], board.end() if board else 0) or letterhead.startswith(f"{low} ")


def _in_heading(mention: _Mention, heading: Sequence[_Mention]) -> bool:
    return any(
        other.name in mention.name or (mention.name in other.name and 2 * len(mention.name) > len(other.name))
        for other in heading
    )


def _mentions(page: Page, start: int, end: int) -> Iterator[_Mention]:
    """Bodies named in a stretch, with how much speaks for each: 2 it acts, 1 neutral, 0 somebody's object."""
    low, view, speakers = page.low, page.view, page.words.naming.speakers
    cursor = start
    for match in page.words.naming.speaker_starts.finditer(view, start, end):
        place = match.start()
        if place < cursor or view[place - 1 : place].isalnum():
            continue
        for head in speakers[match.group().lower()]:
            after = place + len(head)
            if low.startswith(head, place) and not low[after : after + 1].isalnum():
                if low.startswith(_NO_BODY, place):
                    break
                comma = view.find(",", place, end) if head not in _WITH_COMMA else -1
                cursor = _name_end(page, place + len(head), comma if comma >= after else end)
                done = _DONE.match(low, place, cursor + 6)  # «Công ty sản xuất được …»
                cursor = done.end(1) if done else cursor
                name = " ".join(view[place:cursor].split())
                if " " in name and not _is_post(low, place, head):
                    yield _Mention(place, cursor, name, 2 if done else _weight(low, place, cursor, start))
                break


def _is_post(low: str, place: int, head: str) -> bool:
    return head in ("thường trực", "thường vụ", "văn phòng", "thanh tra") and low[
        max(0, place - 12) : place
    ].rstrip().endswith(_POSTS)


def _weight(low: str, place: int, end: int, start: int) -> int:
    before = low[max(start, place - 12) : place].rstrip()
    if before.endswith("theo") and low[end : end + 1] == ",":
        return 2  # «Theo Ban Tổ chức Tỉnh ủy, …»
    if _ACTS.match(low, end):
        if not before.endswith(_OF_OTHERS):
            return 2
        if before.endswith(_HEADED) and not before.endswith(_DEPUTIES):
            return 1  # «Chủ tịch Ủy ban nhân dân tỉnh yêu cầu»
    return 0 if before.endswith(_OF_OTHERS) or low[end : end + 1] == "," else 1


def _name_end(page: Page, place: int, limit: int) -> int:
    """Where the name of a body ends: before the verb, or before the name of the person who heads it."""
    end = phrase_end(page, place, min(limit, place + 80))
    lists = page.words.naming
    verbs, surnames = lists.body_ends, lists.sure_surnames
    cursor, previous = place, ""
    words_left = [*page.view[place:end].split(" "), ""]
    for word, following in pairwise(words_left):
        if word in verbs:
            verb = not page.low.startswith(_KEPT, cursor) and (word != "ban" or following == "hành")
        else:
            verb = word in surnames and following[:1].isupper() and f"{word} {following}" not in lists.places
        if verb or (word[:1].isdigit() and previous not in _NUMBERED):
            return max(cursor - 1, place)
        cursor += len(word) + 1
        previous = word
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
