"""Who wrote a text and who took its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from giaoban.core.reading.blocks import BLANK, BOILERPLATE, DATELINE, TITLE, Block
from giaoban.core.reading.facts import LIKELY, SURE, Byline
from giaoban.core.reading.names import CAPITALS, SYLLABLE
from giaoban.core.reading.page import Page
from giaoban.core.reading.posts import degree_end, post_start

_TEXT = r"[Tt]in|[Bb]ài|[Tt]ác giả|[Nn]gười viết|[Tt]hực hiện|[Pp]hóng viên|[Nn]gười tổng hợp|[Tt]ổng hợp|TIN|BÀI"
_PHOTO = r"[Ảả]nh(?: tư liệu| chụp)?|[Cc]lip|[Vv]ideo|[Đđ]ồ họa|ẢNH"
_LABEL = re.compile(
    rf" {{0,8}}\(?(?P<first>{_TEXT}|{_PHOTO})"
    r"(?:(?:,| và| -| &|/| \+)? ?(?:bài|ảnh|Bài|Ảnh|clip|video|ẢNH|BÀI)){0,2} ?: *"
)
_INITIALS = frozenset(" (TtBbNnPpẢảCcVvĐđ")
_LONGEST_LINE = 200
_AND_PICTURES = re.compile(r"[;,.–-] ?(?:[Ảả]nh(?: tư liệu)?|[Cc]lip|[Vv]ideo) ?: ?")  # «Bài: Lam Giang; ảnh: …»
_IN_FRONT = re.compile(
    rf"\(({SYLLABLE}(?: {SYLLABLE}){{1,3}})\) ?[-–] ?(?=[{CAPITALS}])"
)  # «(Mai Phượng) - Sáng nay, …»
_GLUED = re.compile(r"Ảnh ?: ?(?:[A-Z]{2,8}/)?")
_NAME = re.compile(rf"{SYLLABLE}(?: {SYLLABLE}){{0,4}}")
_BETWEEN = re.compile(r" ?(?:,|;|-|–|&|/|\+|và) ?")
_AGENCY = re.compile(r"(?:[A-Z]{2,8}|P\.?V)(?=[\s.,/)–-]|$)")
_LONE = re.compile(
    rf"[ \t]*(?:(?:Nhà báo|ThS\.?|(?:PGS[.,] ?)?TS\.?|PV|CTV)[.:]? )?(?P<names>{SYLLABLE}(?: {SYLLABLE}){{0,3}}"
    rf"(?: ?(?:,|-|–|&|và) ?{SYLLABLE}(?: {SYLLABLE}){{0,3}}){{0,2}})"
    r"(?: ?[-–] ?[A-ZĐ][^\n(]{1,50})?"
    r"(?: ?\((?:[Tt]ổng hợp|[Tt]heo [^()\n]{1,40}|[Ss]ưu tầm|ST|TH|t/h|TTXVN|[Bb]iên soạn|[^()\n]{1,40})\))?[ .]*"
)
_CAPITALS = re.compile(
    rf"[ \t]*(?P<names>[{CAPITALS}]{{2,7}}(?: [{CAPITALS}]{{1,7}}){{1,3}})"
    rf"(?: ?[-–,] ?(?P<second>[{CAPITALS}]{{2,7}}(?: [{CAPITALS}]{{1,7}}){{1,3}}))?[ .]*"
)
_AFTER_SENTENCE = re.compile(rf"[.!?…”\"/]\)? {{1,60}}({SYLLABLE}(?: {SYLLABLE}){{0,3}}) *$")
_PARAGRAPH = 120  # characters
_IDLE = re.compile(r"[\W_]*$|[ \t]*\(?(?:[Nn]guồn|[Tt]heo|NGUỒN|THEO|Bình luận|BÌNH LUẬN)\b")
_NO_PEN_NAME = re.compile(
    r"(?:ban|bộ|ủy ban|văn phòng|tỉnh ủy|thành ủy|huyện ủy|sở|phòng|chi bộ|đảng|hết|nơi nhận|việt nam|kính|tạp chí"
    r"|báo|trang|xem|tin|các|đại|hội|trung tâm|công|trường|lưu|thời sự|chính trị|trân trọng|kết|in|tag|ảnh|thứ"
    r"|chủ nhật)(?!\w)"
)


def bylines(*, page: Page, rows: Sequence[Block]) -> list[Byline]:
    """The names of authors and photographers: behind «Tin:», «Ảnh:», or alone where the text ends or begins."""
    found: dict[int, Byline] = {}
    for fact in (*_labelled(page, rows), *_beside_pictures(page)):
        found.setdefault(fact.start, fact)
    if not any(fact.role == "text" for fact in found.values()):
        for fact in (*_at_the_end(page, rows), *_under_the_title(page, rows), *_in_front(page, rows)):
            found.setdefault(fact.start, fact)
    return [found[start] for start in sorted(found)]


def _labelled(page: Page, rows: Sequence[Block]) -> Iterator[Byline]:
    view = page.view
    for row in rows:
        if view[row.start : row.start + 1] not in _INITIALS or row.end - row.start > _LONGEST_LINE:
            continue
        label = _LABEL.match(view, row.start, row.end) if row.role not in (BOILERPLATE, TITLE) else None
        if label is None:
            continue
        role = "photo" if re.match(_PHOTO, label.group("first")) else "text"
        place = label.end()
        while (degree := degree_end(page, place, row.end)) > 0:
            place = degree + len(view[degree : row.end]) - len(view[degree : row.end].lstrip(" ,"))
        spans = list(_names(page, place, row.end))
        other = _CAPITALS.match(page.view, place, row.end) or _AGENCY.match(page.view, place, row.end)
        if not spans and other is not None:
            spans = [other.span(name) for name, text in other.groupdict().items() if text] or [other.span()]
        yield from (_byline(page, span, role, SURE) for span in spans)
        for picture in _AND_PICTURES.finditer(page.view, place, row.end):
            yield from (_byline(page, span, "photo", SURE) for span in _names(page, picture.end(), row.end))


def _beside_pictures(page: Page) -> Iterator[Byline]:
    """«… tại hội nghị. Ảnh: Mai Anh», and what is glued to the name before it."""
    place = page.view.find("Ảnh")
    while place >= 0:
        label = _GLUED.match(page.view, place)
        if label is not None:
            end = page.line(place)[1]
            capitals = _CAPITALS.match(page.view, label.end(), end)
            spans = [capitals.span("names")] if capitals else list(_names(page, label.end(), end))
            if not spans and (agency := _AGENCY.match(page.view, label.end(), end)):
                spans = [agency.span()]
            yield from (_byline(page, span, "photo", SURE) for span in spans)
        place = page.view.find("Ảnh", place + 3)


def _names(page: Page, place: int, end: int) -> Iterator[tuple[int, int]]:
    """The names of a list: «Hồng Hà, Mai Anh - Vũ Lê»."""
    while (name := _NAME.match(page.view, place, end)) is not None:
        if name.end() - name.start() == 1 and page.view[name.end() : name.end() + 1].isalnum():
            return  # «TTXVN»
        goes_on = page.view[name.end() : name.end() + 1] == " " and page.view[name.end() + 1 : name.end() + 2].islower()
        if goes_on and not page.low.startswith(" và ", name.end()):
            return  # «Ảnh: Đồng chí …» describes the picture
        yield name.span()
        between = _BETWEEN.match(page.view, name.end(), end)
        if between is None:
            return
        place = between.end()


def _at_the_end(page: Page, rows: Sequence[Block]) -> Iterator[Byline]:
    """A lone name as the last line of the text, or behind its last full stop."""
    body = _written(rows)
    while body and (_IDLE.match(page.view, body[-1].start, body[-1].end) or body[-1].role == DATELINE):
        body.pop()
    if len(body) < 3:
        return
    last, before = body[-1], page.view[body[-2].start : body[-2].end].strip()
    lone = _LONE.fullmatch(page.view, last.start, last.end) or _CAPITALS.fullmatch(page.view, last.start, last.end)
    if lone is not None:
        signed = before.isupper() or before.startswith("(") or (len(before) <= 60 and _is_post(page, body[-2]))
        if not signed and _is_pen_name(page, lone.group("names")):
            spans = list(_names(page, lone.start("names"), last.end))
            if not spans:
                spans = [lone.span(name) for name, text in lone.groupdict().items() if text]
            yield from (_byline(page, span, "text", LIKELY) for span in spans)
        return
    if last.end - last.start > 80:
        tail = _AFTER_SENTENCE.search(page.view, last.end - 60, last.end)
        if tail is not None and _is_pen_name(page, tail.group(1)):
            yield _byline(page, tail.span(1), "text", LIKELY)


def _written(rows: Sequence[Block]) -> list[Block]:
    """The lines of the text itself: none behind the furniture that follows the last real paragraph."""
    last = max((index for index, row in enumerate(rows) if row.end - row.start > _PARAGRAPH), default=0)
    tail = next((index for index in range(last, len(rows)) if rows[index].role == BOILERPLATE), len(rows))
    return [row for row in rows[:tail] if row.role not in (BOILERPLATE, BLANK)]


def _in_front(page: Page, rows: Sequence[Block]) -> Iterator[Byline]:
    """A name in brackets with which the first paragraph begins."""
    first = next(
        (row for row in rows if row.role not in (BOILERPLATE, TITLE) and page.view.startswith("(", row.start)), None
    )
    name = _IN_FRONT.match(page.view, first.start, first.end) if first else None
    if name is not None and _is_pen_name(page, name.group(1)):
        yield _byline(page, name.span(1), "text", LIKELY)


def _under_the_title(page: Page, rows: Sequence[Block]) -> Iterator[Byline]:
    """A full name alone on one of the two lines under the title."""
    head = [row for row in rows if row.role != BLANK]
    title = next((index for index, row in enumerate(head[:8]) if row.role == TITLE), None)
    if title is None:
        return
    for row in head[title + 1 : title + 3]:
        lone = _LONE.fullmatch(page.view, row.start, row.end)
        if (
            lone is not None
            and _is_pen_name(page, lone.group("names"))
            and page.words.naming.surnames.get(lone.group("names").split()[0])
        ):
            yield from (_byline(page, span, "text", LIKELY) for span in _names(page, lone.start("names"), row.end))


def _is_post(page: Page, row: Block) -> bool:
    line = page.view[row.start : row.end]
    return post_start(page, row.start + len(line) - len(line.lstrip())) > 0


def _is_pen_name(page: Page, text: str) -> bool:
    """Not a place, not the beginning of a body's name; one syllable alone has at least two letters."""
    return text not in page.words.naming.places and len(text) > 1 and not _NO_PEN_NAME.match(text.lower())


def _byline(page: Page, span: tuple[int, int], role: str, confidence: str) -> Byline:
    quote = page.quote(*span)
    name = " ".join(quote.split())
    return Byline(start=span[0], end=span[1], quote=quote, confidence=confidence, name=name, role=role)
