"""The head of a document: its title, when it appeared, who issued it, what sort of text it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.core.reading.blocks import BOILERPLATE, DATELINE, LEAD, TITLE, Block
from giaoban.core.reading.calendar import Reference
from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import Day, Token

_TRAILING_DAY = re.compile(r"\s*\([^()\n]{0,12}[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}[^()\n]{0,10}\)\s*$")
_ISSUER = re.compile(
    r"(?<!\w)(?:ban (?:tổ chức|tuyên giáo|dân vận|nội chính|kinh tế|chấp hành|thường vụ)|tỉnh ủy|thành ủy|huyện ủy"
    r"|quận ủy|thị ủy|đảng ủy"
    r"|ủy ban (?:kiểm tra|nhân dân|mặt trận)|ubnd|ubkt|văn phòng|sở|(?<!đảng )bộ|liên đoàn lao động|tỉnh đoàn|hội "
    r"(?:nông dân|liên hiệp phụ nữ|cựu chiến binh))(?!\w)"
)
_CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_REST = re.compile(
    rf"(?: (?:[{_CAPITAL}]\w{{0,12}}|ủy|ương|và|kiểm tra|chức|cơ quan|tỉnh|thông|dục|tế|vụ|hóa|trường|chính"
    rf"|thương|nghiệp|tạo|động|tư|thành phố|các|nhân dân|tuyên giáo)){{0,8}}"
)
_GENRES = (
    (
        "weekly_report",
        re.compile(r"(?:kết quả|báo cáo|tình hình|công tác)[^.\n]{0,80}tuần(?! lễ)|tuần (?:từ|thứ|[0-9])"),
    ),
    ("conclusion", re.compile(r"thông báo[^.\n]{0,20}kết luận")),
    ("quarterly_briefing", re.compile(r"giao ban[^.\n]{0,120}quý (?:i|[1-4])")),
    ("half_year_review", re.compile(r"(?:sơ kết|giao ban|báo cáo|kết quả)[^.\n]{0,160}6 tháng")),
    ("annual_review", re.compile(r"(?:tổng kết|báo cáo|kết quả)[^.\n]{0,100}năm [0-9]{4}")),
    ("monthly_briefing", re.compile(r"(?:giao ban|báo cáo|kết quả|trong|công tác)[^.\n]{0,120}tháng [0-9]{1,2}")),
    ("quarterly_report", re.compile(r"báo cáo[^.\n]{0,100}quý (?:i|[1-4])")),
    ("briefing", re.compile(r"giao ban")),
    ("report", re.compile(r"báo cáo")),
)


@dataclass(frozen=True)
class Header:
    """What a document says about itself. `published` is the day of its dateline."""

    title: str | None
    published: date | None
    issuer: str | None
    genre: str


def dateline_day(*, page: Page, rows: Sequence[Block], tokens: Sequence[Token]) -> Day | None:
    """The first full day that stands on a dateline, or in brackets behind the title."""
    head = [row for row in rows if row.role in (DATELINE, TITLE)]
    days = [token for token in tokens if isinstance(token, Day) and token.month and token.year]
    for row in head:
        trailing = _TRAILING_DAY.search(page.low, row.start, row.end) if row.role == TITLE else None
        start = row.start if row.role == DATELINE else trailing.start() if trailing else row.end
        for day in days:
            if start <= day.start < row.end:
                return day
    return None


def header(*, page: Page, rows: Sequence[Block], dateline: Day | None, reference: Reference) -> Header:
    """Title without its date, day, issuer and genre."""
    title_row = next((row for row in rows if row.role == TITLE), None)
    title = None
    if title_row is not None:
        title = _TRAILING_DAY.sub("", page.view[title_row.start : title_row.end]).strip()
    first = next(
        (row.start for row in rows if row.role not in (BOILERPLATE,) and page.view[row.start : row.end].strip()), 0
    )
    head_end = next((row.end for row in rows if row.role == LEAD), first + 600)
    return Header(
        title=title,
        published=reference.day if reference.basis == "dateline" else None,
        issuer=_issuer(page, first, min(head_end, first + 1_500)),
        genre=_genre(page, first, title_row),
    )


def _issuer(page: Page, start: int, end: int) -> str | None:
    for match in _ISSUER.finditer(page.low, start, end):
        if not page.view[match.start()].isupper() or page.low.startswith("bộ chính trị", match.start()):
            continue
        rest = _REST.match(page.view, match.end())
        last = rest.end() if rest else match.end()
        name = page.text[match.start() : last].removesuffix(" và").removesuffix(" các")
        centre = name.find("Trung ương")
        if centre > 0 and not name[centre:].startswith("Trung ương Đảng"):
            name = name[: centre + len("Trung ương")]
        if " " in name and last - match.start() > 6:
            return name
    return None


def _genre(page: Page, start: int, title_row: Block | None) -> str:
    title = page.low[title_row.start : title_row.end] if title_row else ""
    for text in (title, page.low[start : start + 700]):
        found = [(match.start(), name) for name, pattern in _GENRES if (match := pattern.search(text))]
        if found:
            return found[0][1] if text is title else min(found)[1]
    return "article"
