"""What joins figures: a percentage to the figure before it, a day to the figures of its sentence, parts to a whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from giaoban.core.reading import checks
from giaoban.core.reading.facts import AsOf, Figure
from giaoban.core.reading.figures import Found
from giaoban.core.reading.page import Page
from giaoban.core.text_vi.folding import fold

# What may stand between a figure and its percentage.
_LEADS = re.compile(
    r"(?:(?<!\w)(?:đạt|chiếm|bằng|tương đương|tương ứng|tỷ lệ|tỉ lệ|tức|là|=|với)"
    r"(?: (?:tỷ lệ|tỉ lệ|bình quân))?(?: (?:đạt|là|chiếm|bằng))?|[(=:]|,)\s*"
    r"(?:(?:gần|trên|hơn|khoảng|xấp xỉ|chừng|ước(?: đạt)?|dưới)\s+)?$"
)
_NEARLY = re.compile(r"(?:gần|trên|hơn|khoảng|xấp xỉ|chừng|ước(?: đạt)?|dưới)\s+$")
# Behind a percentage in brackets: it is still one of the figure before it.
_OF_THE_WHOLE = re.compile(r" (?:kế hoạch|dự toán|chỉ tiêu|so với|tổng|số|trên tổng|của|nghị quyết)(?!\w)")
# A count that goes on to something else before the percentage has none of its own.
_NEW_MATTER = re.compile(r", (?:bảo đảm|đảm bảo|phấn đấu|nâng|đưa|góp phần)(?!\w)| trong (?:tháng|quý|năm|tuần) ")
# «368 học sinh (dân tộc thiểu số chiếm 46%)»: the brackets speak of somebody else.
_OF_OTHERS = re.compile(r"\((?:[^\W\d_]+ ){2,}(?:chiếm|đạt|là) $")
_ALL = 100
_REACH = 170  # characters
_PARTS = re.compile(r"(?<!\w)(?:trong đó|gồm|bao gồm|trong số đó|cụ thể)(?!\w)")
_REMAINDER = re.compile(r"(?<!\w)còn lại(?!\w)")


def link(*, page: Page, found: Sequence[Found], as_of: Sequence[AsOf]) -> list[Figure]:
    """The figures with their percentages, days, wholes and checks; a linked percentage is no figure of its own."""
    joined = _join_percents(page, found)
    _join_days(page, joined, as_of)
    _join_parts(page, joined)
    return [figure.settled() for figure in joined]


def _join_percents(page: Page, found: Sequence[Found]) -> list[Found]:
    joined: list[Found] = []
    for figure in found:
        before = joined[-1] if joined else None
        exact = _exact(page, joined, figure)
        if exact is not None:
            _take_percent(exact, figure)
        elif before is not None and _belongs(page, before, figure):
            _take_percent(before, figure)
        else:
            joined.append(figure)
    return joined


_LOOKED_BACK = 4  # figures


def _exact(page: Page, joined: Sequence[Found], figure: Found) -> Found | None:
    """The ratio of the same clause whose share is the percentage to the printed decimals, over figures between."""
    if figure.sub != "percent" or figure.pct is None or figure.delta or figure.pct.whole == _ALL:
        return None
    for before in joined[: -_LOOKED_BACK - 1 : -1]:
        between = page.low[before.end : figure.start]
        if any(mark in between for mark in ";\n\t") or ". " in between or len(between) > _REACH:
            return None
        if before.sub == "ratio" and before.num is not None and before.den and before.pct is None:
            check = checks.share(part=before.num, whole=before.den, stated=figure.pct, approx=figure.approx)
            if check.verdict == "ok" and _LEADS.search(between) and not figure.approx:
                return before
    return None


def _is_threshold(page: Page, before: Found, figure: Found) -> bool:
    """«trúng cử đạt trên 90% phiếu»: what was required, not the share of the figure before."""
    if figure.approx not in ("trên", "dưới", "hơn") or _alone(page, figure):
        return False
    if before.sub == "ratio" and before.num is not None and before.den and figure.pct is not None:
        check = checks.share(part=before.num, whole=before.den, stated=figure.pct, approx=figure.approx)
        return check.verdict != "ok"
    return not _OF_THE_WHOLE.match(page.low, figure.end)


def _belongs(page: Page, before: Found, figure: Found) -> bool:
    if (
        figure.sub != "percent"
        or figure.pct is None
        or before.sub not in ("ratio", "count", "money")
        or before.pct is not None
    ):
        return False
    between = page.low[before.end : figure.start]
    if len(between) > 170 or any(mark in between for mark in ";\n\t") or ". " in between or "còn lại" in between:
        return False
    if figure.delta or not _LEADS.search(between) or _is_threshold(page, before, figure):
        return False
    if _OF_OTHERS.search(between):
        return False
    bare = _NEARLY.sub("", between).rstrip()
    if bare.endswith((",", ":", "(")) and bare not in (",", "(") and not _alone(page, figure):
        return bare.endswith("(") and bool(_OF_THE_WHOLE.match(page.low, figure.end))
    return before.sub == "ratio" or not _NEW_MATTER.search(between)


def _alone(page: Page, figure: Found) -> bool:
    return page.low[figure.end : figure.end + 1] in ("", ".", ",", ";", ")", "\n")


def _take_percent(before: Found, figure: Found) -> None:
    assert figure.pct is not None
    if before.sub == "ratio" and before.num is not None and before.den:
        before.check = checks.share(part=before.num, whole=before.den, stated=figure.pct, approx=figure.approx)
    before.pct, before.pct_approx = figure.pct, figure.approx


def _join_days(page: Page, found: Sequence[Found], as_of: Sequence[AsOf]) -> None:
    """A day goes to the figures behind it in its sentence; further only where the same noun is counted again."""
    starts = [fact.start for fact in as_of]
    last: tuple[AsOf, str] | None = None
    for figure in found if starts else ():
        index = bisect_right(starts, figure.start) - 1
        if index < 0:
            continue
        day = as_of[index]
        same = page.sentence_index(day.start) == page.sentence_index(figure.start)
        if same and figure.sub != "percent":
            last = (day, figure.unit or "")
            figure.as_of = day.iso
        elif last and last[0] is day and figure.unit and _near(day, figure) and _alike(figure.unit, last[1]):
            figure.as_of = day.iso


def _alike(one: str, other: str) -> bool:
    return one == other or (len(one) == len(other) and fold(one) == fold(other))


def _near(day: AsOf, figure: Found) -> bool:
    return figure.start - day.end <= 600


def _join_parts(page: Page, found: Sequence[Found]) -> None:
    """«trong đó» makes the figures behind it parts of the one before it; «còn lại» is what they leave."""
    before: Found | None = None
    whole: Found | None = None
    parts = 0
    for figure in found:
        value = figure.size
        if value is not None:
            if whole is not None and _is_remainder(page, figure) and _close(whole, figure):
                _leave(figure, whole, parts, value)
                whole = None
            elif before is not None and _opens_parts(page, before, figure):
                whole, parts = (before, value) if before.size is not None else (None, 0)
                _take_part(figure, whole, value)
            elif whole is not None and _same_sentence(page, whole, figure) and _lists_on(page, before, figure):
                parts += value
                _take_part(figure, whole, value)
            elif whole is not None and not _close(whole, figure):
                whole = None
        before = figure


def _same_sentence(page: Page, whole: Found, figure: Found) -> bool:
    return page.sentence_index(whole.start) == page.sentence_index(figure.start) and figure.start - whole.end <= 600


def _close(whole: Found, figure: Found) -> bool:
    return figure.start - whole.end <= 300


def _lists_on(page: Page, before: Found | None, figure: Found) -> bool:
    return before is not None and ";" not in page.low[before.end : figure.start]


def _opens_parts(page: Page, before: Found, figure: Found) -> bool:
    between = page.low[before.end : figure.start]
    if len(between) > 170 or "\n" in between or "\t" in between:
        return False
    match = _PARTS.search(between)
    if match is None or figure.sub != "count" or before.sub != "count":
        return False
    return ". " not in between[match.end() :] and not (match[0] == "cụ thể" and "." not in between)


def _is_remainder(page: Page, figure: Found) -> bool:
    return bool(figure.unit and _REMAINDER.search(figure.unit.lower())) or bool(
        re.search(r"còn lại (?:là )?$", page.left(figure.start, 14))
    )


def _take_part(figure: Found, whole: Found | None, value: int) -> None:
    total = whole.size if whole else None
    if whole is not None and total is not None:
        figure.check = figure.check or checks.part_within(part=value, whole=total)
        figure.part_of, figure.parent = total, whole.start


def _leave(figure: Found, whole: Found, parts: int, value: int) -> None:
    total = whole.size
    if total is not None:
        figure.check = checks.remainder(whole=total, parts=parts, stated=value)
        figure.part_of, figure.parent = total, whole.start
