"""What joins figures: a percentage to the figure before it, a day to the figures of its sentence, parts to a whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from giaoban.core.reading import checks
from giaoban.core.reading.facts import AsOf, Figure
from giaoban.core.reading.page import Page
from giaoban.core.text_vi.folding import fold

# What may stand between a figure and its percentage.
_LEADS = re.compile(
    r"(?:(?<!\w)(?:đạt|chiếm|bằng|tương đương|tương ứng|tỷ lệ|tỉ lệ|là|=|với)"
    r"(?: (?:tỷ lệ|tỉ lệ|bình quân))?(?: (?:đạt|là|chiếm|bằng))?|[(=:]|,)\s*"
    r"(?:(?:gần|trên|hơn|khoảng|xấp xỉ|chừng|ước(?: đạt)?|dưới)\s+)?$"
)
_PARTS = re.compile(r"(?<!\w)(?:trong đó|gồm|bao gồm|trong số đó|cụ thể)(?!\w)")
_REMAINDER = re.compile(r"(?<!\w)còn lại(?!\w)")


def link(*, page: Page, found: Sequence[Figure], as_of: Sequence[AsOf]) -> list[Figure]:
    """The figures with their percentages, days, wholes and checks; a linked percentage is no figure of its own."""
    joined = _join_percents(page, found)
    joined = _join_days(page, joined, as_of)
    return _join_parts(page, joined)


def _join_percents(page: Page, found: Sequence[Figure]) -> list[Figure]:
    joined: list[Figure] = []
    for figure in found:
        before = joined[-1] if joined else None
        if before is not None and _belongs(page, before, figure):
            joined[-1] = _with_percent(before, figure)
        else:
            joined.append(figure)
    return joined


def _belongs(page: Page, before: Figure, figure: Figure) -> bool:
    if (
        figure.sub != "percent"
        or figure.pct is None
        or before.sub not in ("ratio", "count", "money")
        or before.pct is not None
    ):
        return False
    between = page.low[before.end : figure.start]
    if len(between) > 170 or any(mark in between for mark in ";\n\t") or ". " in between:
        return False
    if figure.delta or not _LEADS.search(between):
        return False
    words = between.split()
    if between.rstrip().endswith(",") and len(words) > 1 and between.strip() != ",":
        return _alone(page, figure)
    return True


def _alone(page: Page, figure: Figure) -> bool:
    return page.low[figure.end : figure.end + 1] in ("", ".", ",", ";", ")", "\n")


def _with_percent(before: Figure, figure: Figure) -> Figure:
    assert figure.pct is not None
    check = None
    if before.sub == "ratio" and before.num is not None and before.den:
        check = checks.share(part=before.num, whole=before.den, stated=figure.pct, approx=figure.approx)
    return replace(before, pct=figure.pct, pct_approx=figure.approx, check=check)


def _join_days(page: Page, found: Sequence[Figure], as_of: Sequence[AsOf]) -> list[Figure]:
    """A day goes to the figures behind it in its sentence; further only where the same noun is counted again."""
    starts = [fact.start for fact in as_of]
    last: tuple[AsOf, str] | None = None
    joined = []
    for figure in found:
        index = bisect_right(starts, figure.start) - 1
        if index >= 0:
            day = as_of[index]
            same = page.sentence_index(day.start) == page.sentence_index(figure.start)
            if same and figure.sub != "percent":
                last = (day, fold(figure.unit or ""))
                figure = replace(figure, as_of=day.iso)
            elif last and last[0] is day and figure.unit and fold(figure.unit) == last[1] and _near(day, figure):
                figure = replace(figure, as_of=day.iso)
        joined.append(figure)
    return joined


def _near(day: AsOf, figure: Figure) -> bool:
    return figure.start - day.end <= 600


def _join_parts(page: Page, found: Sequence[Figure]) -> list[Figure]:
    """«trong đó» makes the figures behind it parts of the one before it; «còn lại» is what they leave."""
    joined: list[Figure] = []
    whole: Figure | None = None
    parts = 0
    for figure in found:
        before = joined[-1] if joined else None
        value = size(figure)
        if value is None or figure.sub == "percent":
            joined.append(figure)
            continue
        if whole is not None and _is_remainder(page, figure) and _close(whole, figure):
            figure = _as_remainder(figure, whole, parts, value)
            whole = None
        elif before is not None and _opens_parts(page, before, figure):
            whole, parts = (before, value) if size(before) is not None else (None, 0)
            figure = _as_part(figure, whole, value) if whole else figure
        elif whole is not None and _same_sentence(page, whole, figure) and _lists_on(page, before, figure):
            parts += value
            figure = _as_part(figure, whole, value)
        elif whole is not None and not _close(whole, figure):
            whole = None
        joined.append(figure)
    return joined


def size(figure: Figure) -> int | None:
    """How many a figure says: the numerator of a ratio, the value of a count."""
    if figure.sub == "ratio":
        return figure.num
    if figure.sub == "count" and figure.value is not None:
        return figure.value.whole
    return None


def _same_sentence(page: Page, whole: Figure, figure: Figure) -> bool:
    return page.sentence_index(whole.start) == page.sentence_index(figure.start) and figure.start - whole.end <= 600


def _close(whole: Figure, figure: Figure) -> bool:
    return figure.start - whole.end <= 300


def _lists_on(page: Page, before: Figure | None, figure: Figure) -> bool:
    return before is not None and ";" not in page.low[before.end : figure.start]


def _opens_parts(page: Page, before: Figure, figure: Figure) -> bool:
    between = page.low[before.end : figure.start]
    if len(between) > 170 or "\n" in between or "\t" in between:
        return False
    match = _PARTS.search(between)
    if match is None or figure.sub != "count" or before.sub != "count":
        return False
    return ". " not in between[match.end() :] and not (match[0] == "cụ thể" and "." not in between)


def _is_remainder(page: Page, figure: Figure) -> bool:
    return bool(figure.unit and _REMAINDER.search(figure.unit.lower())) or bool(
        re.search(r"còn lại (?:là )?$", page.left(figure.start, 14))
    )


def _as_part(figure: Figure, whole: Figure, value: int) -> Figure:
    total = size(whole)
    assert total is not None
    check = figure.check or checks.part_within(part=value, whole=total)
    return replace(figure, part_of=total, parent=whole.start, check=check)


def _as_remainder(figure: Figure, whole: Figure, parts: int, value: int) -> Figure:
    total = size(whole)
    assert total is not None
    check = checks.remainder(whole=total, parts=parts, stated=value)
    return replace(figure, part_of=total, parent=whole.start, check=check)
