"""What superior bodies assigned: «Đối với các công việc Bộ Chính trị giao, … đã thực hiện 6 nội dung»."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from giaoban.core.reading.facts import LIKELY, SURE, Figure, Task
from giaoban.core.reading.page import Page

_VERBS = ("giao", "phân công")
_NOT_GIVEN = re.compile(r" (?:ban|dịch|thông|lưu|nhận|hữu|đất|khoán|công)(?!\w)")
_NOUNS = re.compile(
    r"(?:nội dung|nhiệm vụ|đề án|công việc|việc|văn bản|chỉ tiêu|vấn đề|đầu việc|nhóm|chuyên đề|đề tài)(?!\w)"
)
_WORK = re.compile(r"(?:công việc|nhiệm vụ|nội dung|đề án|đầu việc|việc)(?!\w)")
_OPENER = re.compile(r"(?:về|đối với|với|trong)(?: (?:số|tổng số))?(?: các| những)? ")
_BETWEEN = re.compile(r" ?(?:(?:do|được|mà)(?: đồng chí)? ?)?$")
_REACH = 170
_LEFT = 110
# Small words that may stand inside the name of a body, behind its first words.
_INSIDE = frozenset(
    ("tỉnh", "thành", "phố", "huyện", "quận", "thị", "xã", "phường", "đảng", "bộ", "ủy", "cơ", "quan", "khối", "và",
     "trung", "ương", "nhân", "dân", "hội", "đồng", "ban", "lãnh", "đạo", "các", "cấp", "trực", "thuộc", "chính", "phủ",
     "tổ", "chức", "đoàn", "sư", "quân", "khu", "tổng", "công", "ty", "trường", "học", "đại", "sở", "viện", "quốc",
     "gia", "tư", "lệnh", "chỉ", "huy", "đạo", "sự", "chủ", "tịch", "vụ")
)  # fmt: skip


def tasks(*, page: Page, figures: Sequence[Figure]) -> list[Task]:
    """Every statement of how much a body assigned, with the parts named behind it and the items of its list."""
    starts = [figure.start for figure in figures]
    found: list[Task] = []
    for place, end in _verbs(page):
        body = _giver(page, place)
        if body is None or (found and body < found[-1].end):
            continue
        task = _task(page, body, place, end, figures, starts)
        if task is not None:
            found.append(task)
    return found


def _verbs(page: Page) -> list[tuple[int, int]]:
    low = page.low
    found = []
    for verb in _VERBS:
        place = low.find(verb)
        while place >= 0:
            end = place + len(verb)
            apart = place and low[place - 1] == " " and not low[end : end + 1].isalnum()
            if apart and (page.view[end + 1 : end + 2].isupper() or not _NOT_GIVEN.match(low, end)):
                found.append((place, end))
            place = low.find(verb, end)
    return sorted(found)


def _giver(page: Page, verb: int) -> int | None:
    """Where the name of the body begins that stands right before the verb."""
    sentence = page.sentence(verb)[0]
    base = max(sentence, verb - _LEFT)
    clause = page.low[base:verb].removesuffix(" ").removesuffix(" đã")
    first = max(clause.rfind(mark) for mark in ",;:(\n") + 1
    words = [match for match in re.finditer(r"[^\s]+", clause) if match.start() >= first]
    for index, word in enumerate(words):
        length = page.words.bodies.at(page.low, base + word.start())
        if not length or not page.view[base + word.start()].isupper():
            continue
        rest = [other for other in words[index:] if other.start() >= word.start() + length]
        if all(_names_on(page, base, other) for other in rest):
            return base + word.start()
    return None


def _names_on(page: Page, base: int, word: re.Match[str]) -> bool:
    return page.view[base + word.start()].isupper() or word[0] in _INSIDE


def _task(
    page: Page, body: int, verb: int, verb_end: int, figures: Sequence[Figure], starts: Sequence[int]
) -> Task | None:
    assigner = page.text[body:verb].rstrip().removesuffix(" đã").replace("\n", " ")
    _, sentence_end = page.sentence(verb)
    before = _figure_before(page, body, figures, starts)
    after = None if before else _figure_after(page, verb_end, sentence_end, figures, starts)
    counted = before or after
    colon = page.low.find(":", verb_end, min(sentence_end, verb_end + _REACH))
    if counted is None and (colon < 0 or not _WORK.search(page.low, max(0, body - 40), verb_end + 40)):
        return None
    start = before.start if before else _opening(page, body)
    if after is not None:
        end = _unit_end(page, after)
    else:
        end = verb_end if before else colon + 1
    listed = _listed(page, colon) if colon >= 0 and (after is None or colon >= after.end) else None
    parts = _parts(counted, figures) if counted else ()
    return Task(
        start=start,
        end=end,
        quote=page.quote(start, end),
        confidence=SURE if after else LIKELY,
        assigner=assigner,
        count=counted.value.whole if counted and counted.value else None,
        parts=parts or None,
        listed=listed if listed and listed > 1 else None,
    )


def _opening(page: Page, body: int) -> int:
    """Back to «Đối với các công việc», where the clause opens so."""
    sentence = page.sentence(body)[0]
    base = max(sentence, body - 60)
    clause = base + max(page.low[base:body].rfind(mark) for mark in ",;:(") + 1
    while page.low[clause : clause + 1].isspace():
        clause += 1
    return clause if _OPENER.match(page.low, clause) or _WORK.match(page.low, clause) else body


def _figure_before(page: Page, body: int, figures: Sequence[Figure], starts: Sequence[int]) -> Figure | None:
    """«12 nhiệm vụ do Tỉnh ủy giao»."""
    index = bisect_left(starts, body) - 1
    figure = figures[index] if index >= 0 else None
    if figure is None or figure.sub != "count" or body - figure.end > 60:
        return None
    between = page.low[figure.end : body]
    if not _NOUNS.match(between.lstrip()) or not _BETWEEN.search(between) or any(c in between for c in ",;:.\n"):
        return None
    return figure


def _figure_after(
    page: Page, verb_end: int, stop: int, figures: Sequence[Figure], starts: Sequence[int]
) -> Figure | None:
    """«… giao, Ban đã tham mưu 4 nội dung»."""
    for figure in figures[bisect_left(starts, verb_end) :]:
        if figure.start >= min(stop, verb_end + _REACH) or ";" in page.low[verb_end : figure.start]:
            return None
        if figure.sub == "count" and _NOUNS.match(page.low, figure.end + 1):
            return figure
    return None


def _unit_end(page: Page, figure: Figure) -> int:
    noun = _NOUNS.match(page.low, figure.end + 1)
    return noun.end() if noun else figure.end


def _parts(whole: Figure, figures: Sequence[Figure]) -> tuple[int, ...]:
    return tuple(
        figure.value.whole
        for figure in figures
        if figure.parent == whole.start and figure.value is not None and figure.value.whole is not None
    )


def _listed(page: Page, colon: int) -> int | None:
    """How many items stand behind a colon: parted by semicolons in its sentence, or one a line."""
    if page.view[colon + 1 : colon + 8].lstrip().startswith("(1)"):
        return _bracketed(page, colon)
    line_end = page.line(colon)[1]
    inline = page.view[colon + 1 : line_end].strip()
    if inline:
        stop = re.search(r"\.(?=\s|$)", inline)
        return inline[: stop.start() if stop else len(inline)].rstrip(" ;").count(";") + 1
    count = 0
    for start, end in page.lines[page.line_index(colon) + 1 :]:
        line = page.view[start:end].strip()
        if not line:
            continue
        if not re.match(r"[-+*•]|[0-9]{1,2}[.)]|\([0-9]{1,2}\)|[a-zđ]\)", line):
            break
        count += 1
    return count or None


def _bracketed(page: Page, colon: int) -> int:
    """How far (1), (2), (3) … count on behind a colon."""
    count, place = 0, colon
    while (found := page.view.find(f"({count + 1})", place, place + 600)) >= 0:
        count, place = count + 1, found
    return count
