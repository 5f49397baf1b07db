"""Which lines of a text are its title, its dateline, its body, and which are furniture of the page it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from giaoban.core.reading.page import Page

TITLE, DATELINE, SECTION, LEAD, BODY, BYLINE, BOILERPLATE, BLANK = (
    "title", "dateline", "section", "lead", "body", "byline", "boilerplate", "blank",
)  # fmt: skip

_WEEKDAY = r"(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
_DATELINE = re.compile(
    rf"^[\s(\[]*(?:(?:ngày (?:đăng|cập nhật|xuất bản)|cập nhật(?: lúc| ngày)?|đăng (?:ngày|lúc)|xuất bản)\s*:?\s*)?"
    rf"(?:{_WEEKDAY}\s*[,-]?\s*)?(?:ngày\s+)?(?:[0-9]{{1,2}}\s?(?:[:h]|giờ)\s?[0-9]{{2}}['’′]?[\s,|-]*"
    rf"(?:{_WEEKDAY}\s*[,-]?\s*)?(?:ngày\s+)?)?"
    r"[0-9]{1,2}\s?[/.-]\s?[0-9]{1,2}\s?[/.-]\s?[0-9]{4}(?![0-9])[^\w]{0,6}"
    r"(?:[0-9]{1,2}[:h][0-9]{2})?['’′]?\s*(?:\[?gmt\+7\]?|\(gmt\+7\)|am|pm)?[\s)\]|]*$"
)
_PLACE_AND_DAY = re.compile(r"^[^\d\n]{0,60}?,?\s*ngày\s+[0-9]{1,2}\s+tháng\s+[0-9]{1,2}\s+năm\s+[0-9]{4}\s*$")
_CLOCK = re.compile(r"[0-9]{1,2} ?(?::|h|giờ) ?[0-9]{2}")
_TRAILING = re.compile(
    r"\((?:[0-9]{1,2}[:h][0-9]{2}['’′]?[\s,]*)?[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}"
    r"(?:[\s,]+[0-9]{1,2}[:h][0-9]{2})?\)\s*$"
)
_BYLINE = re.compile(
    r"^(?:tin|bài|ảnh|tin,? bài|tin,? ảnh|bài,? ảnh|tác giả|nguồn|theo)(?:\s*(?:và|,|-)\s*ảnh)?\s*:\s*\S"
)
_LETTERHEAD = re.compile(
    r"^(?:đảng cộng sản việt nam|cộng hòa xã hội|độc lập - tự do|số\s*:?\s*[0-9]*\s?-|[*_\s-]+$|v/v)"
)


# A line that only names the kind of paper; the title is the line under it.
_KINDS = (
    "báo cáo",
    "thông báo",
    "chương trình",
    "kế hoạch",
    "kết luận",
    "tờ trình",
    "nghị quyết",
    "hướng dẫn",
    "bản tin",
)


_CAPITAL_KINDS = tuple(kind.upper() for kind in _KINDS)


@dataclass(frozen=True)
class Block:
    """One line of the view and what part of the document it is."""

    start: int
    end: int
    role: str


def blocks(page: Page) -> tuple[Block, ...]:
    """The role of every line, in order."""
    lows = [page.low[start:end].strip() for start, end in page.lines]
    roles = [_role(line, page.words.widget_lines) for line in lows]
    _mark_tail(page, lows, roles)
    _mark_bars(page, lows, roles)
    _mark_head(page, lows, roles)
    return tuple(Block(start=start, end=end, role=role) for (start, end), role in zip(page.lines, roles, strict=True))


def is_dateline(line: str) -> bool:
    """Whether a line in small letters says nothing but when the text appeared."""
    return len(line) <= 90 and bool(_DATELINE.match(line))


def _role(line: str, widgets: tuple[str, ...]) -> str:
    if not line:
        return BLANK
    if len(line) <= 90 and (_DATELINE.match(line) or _PLACE_AND_DAY.match(line)):
        return DATELINE
    if len(line) <= 60 and line.startswith(widgets) and _is_widget(line, widgets):
        return BOILERPLATE
    if len(line) <= 80 and _BYLINE.match(line):
        return BYLINE
    return BODY


def _is_widget(line: str, widgets: tuple[str, ...]) -> bool:
    """«Lượt xem: 4», «Họ và tên (*)», «In trang»: the word alone, or with a sign behind it."""
    rests = (line[len(widget) :].lstrip() for widget in widgets if line.startswith(widget))
    return any(not rest or rest[0] in ":(*" for rest in rests)


def _mark_tail(page: Page, lows: list[str], roles: list[str]) -> None:
    """From the first furniture heading on everything is furniture, unless real paragraphs follow."""
    long_after = 0
    for index in range(len(lows) - 1, -1, -1):
        long_after += len(lows[index]) > 400
        if len(lows[index]) <= 60 and lows[index].startswith(page.words.widget_tails) and not long_after:
            roles[index:] = [BOILERPLATE] * (len(roles) - index)


def _mark_head(page: Page, lows: list[str], roles: list[str]) -> None:
    """The title is the first real line of the head; a short line before a longer one is the site's section."""
    _mark_sections(lows, roles)
    head = [index for index, role in enumerate(roles) if role in (BODY, DATELINE, BYLINE)][:12]
    if not head:
        return
    bodies = [index for index in head if roles[index] == BODY and not _LETTERHEAD.match(lows[index])]
    if not bodies:
        return
    while len(bodies) > 1 and _is_menu(page, lows[bodies[0]]) and bodies[1] - bodies[0] <= 2:
        roles[bodies.pop(0)] = BOILERPLATE
    first = bodies[0]
    first = _named(page, lows, bodies) or first
    text = lows[first]
    dated = _TRAILING.search(text) is not None or any(roles[i] == DATELINE for i in head if abs(i - first) <= 3)
    if len(text) <= 300 and (text[-1] not in ".:;" or dated) and (len(text) <= 200 or dated):
        roles[first] = TITLE
        follows = [index for index in bodies if index > first]
        if follows:
            roles[follows[0]] = LEAD if len(lows[follows[0]]) > 120 else BODY
    _demote_far_datelines(roles, lows)


_BAR = re.compile(r" {2,}|\t| [|>»/•] ")
_BAR_WORDS = 6


def _mark_bars(page: Page, lows: list[str], roles: list[str]) -> None:
    """Menus, paths and rows of buttons: short words side by side on one line.

    In the head of a page any such line is furniture, further down only one that holds a word of the widgets.
    """
    seen = 0
    for index, line in enumerate(lows):
        if roles[index] == BLANK:
            continue
        seen += 1
        if roles[index] != BODY or len(line) > 140 or line[-1] in ".;:":
            continue
        pieces = [piece.strip(" |>»/•") for piece in _BAR.split(line)]
        short = all(len(piece.split()) <= _BAR_WORDS for piece in pieces)
        if len(pieces) < 2 or not short or "\t" in page.view[page.lines[index][0] : page.lines[index][1]]:
            continue
        known = sum(piece.startswith((*page.words.widget_lines, *page.words.menus)) for piece in pieces)
        is_bar = seen <= 4 and not any(c.isdigit() for c in line) and (len(pieces) > 2 or known > 0)
        if is_bar or (known and 2 * known >= len(pieces)):
            roles[index] = BOILERPLATE


def _mark_sections(lows: list[str], roles: list[str]) -> None:
    """Short lines above the title of a page with a dateline under it name the section of the site."""
    dateline = next((index for index, role in enumerate(roles[:14]) if role == DATELINE), None)
    if dateline is None or not _CLOCK.search(lows[dateline]):
        return
    above = [index for index in range(dateline) if roles[index] == BODY]
    if not above or above[-1] != max(index for index in range(dateline) if roles[index] != BLANK):
        return
    names = above[:-1]
    if all(_may_name_a_section(lows[index]) for index in names):
        for index in names:
            roles[index] = BOILERPLATE


def _may_name_a_section(line: str) -> bool:
    plain = len(line) <= 60 and line[-1] not in ".:;?!" and not any(c.isdigit() for c in line)
    return plain and not _LETTERHEAD.match(line)


def _is_menu(page: Page, line: str) -> bool:
    """The name of the site's section above the title."""
    short = len(line) <= 40 and line[-1:] not in ".:" and not any(c.isdigit() for c in line)
    return short and line.startswith(page.words.menus)


def _named(page: Page, lows: list[str], bodies: list[int]) -> int | None:
    """The line under the name of the kind of paper, or the line that begins with that name in capitals."""
    for place, index in enumerate(bodies):
        if lows[index] in _KINDS and place + 1 < len(bodies) and bodies[place + 1] - index <= 3:
            return bodies[place + 1]
        line = page.view[page.lines[index][0] : page.lines[index][1]].strip()
        if line.startswith(_CAPITAL_KINDS) and not line.isupper():
            return index
    return None


def _demote_far_datelines(roles: list[str], lows: list[str]) -> None:
    """A line with nothing but a date deep in the body is a line of the body."""
    written = 0
    for index, role in enumerate(roles):
        if role == DATELINE and written > 900 and not _PLACE_AND_DAY.match(lows[index]):
            roles[index] = BODY
        written += len(lows[index])


def furniture(page: Page, rows: tuple[Block, ...]) -> tuple[tuple[int, int], ...]:
    """The spans that are no part of the document, neighbouring lines joined; the numbers of pages among them."""
    spans: list[tuple[int, int]] = []
    open_span = False
    for row in rows:
        if row.role == BOILERPLATE:
            if open_span:
                spans[-1] = (spans[-1][0], row.end)
            else:
                spans.append((row.start, row.end))
        open_span = row.role == BOILERPLATE
    return tuple(sorted(span for span in (*spans, *page.numbers) if span[1] > span[0]))
