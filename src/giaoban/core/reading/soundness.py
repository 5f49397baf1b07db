"""Whether one text agrees with itself: percentages, parts and wholes, lists; and what in it nobody has read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from giaoban.core.reading import checks, findings
from giaoban.core.reading.facts import Check, Directive, Figure, PeriodFact, Task
from giaoban.core.reading.findings import MISMATCH, WARN, Finding, Side
from giaoban.core.reading.lists import announced_lists
from giaoban.core.reading.reader import Reading
from giaoban.core.reading.scaled import parse
from giaoban.core.text_vi.numbers import MINUS, write_scaled, write_whole

_LISTS_ALL = re.compile(r"(?<!\w)(?:bao gồm|gồm)(?!\w)")
_REST = re.compile(r"(?<!\w)còn(?: lại)?(?: là)? $")
_REST_OF = re.compile(r"(?<!\w)(?:còn lại|chưa)(?!\w)")
_PERCENT_WITHIN = 190  # characters behind a figure
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
# What overlaps with its neighbours: parts so named need not add up to their whole.
_OVERLAPS = re.compile(r"(?<!\w)(?:nữ|trẻ|dân tộc|tôn giáo|đảng viên|đoàn viên|dự bị|tuổi|trình độ|tái cử)(?!\w)")
# Digits that count nothing and that no fact needs to account for: marks of items, names, lengths of time, clocks.
_NAMED = re.compile(
    r"(?:(?<!\w)(?:khóa|thứ|điều|khoản|chương|mục|phần|tổ|số|trung ương|phụ lục|biểu|mẫu|trang|quốc lộ|tỉnh lộ"
    r"|chỉ thị|nghị quyết|điện thoại|ngày)|(?:\d|trung ương \d{1,2}),|[a-zđ]+-|\d[hg:]|giờ|\()\s?$"
)
_LASTS = re.compile(r"\s?(?:\)|h\d|g\d|:\d\d|(?:năm|tháng|ngày|giờ|phút|tuần|tuổi|giây|h)(?!\w))")
_OPENS = re.compile(r"\s*(?:[IVX]+\.|\d{1,2}(?:[.)]|(?:\.\d{1,2}){1,3}\.?)(?=\s)|\d{1,3}\t)")


def within(reading: Reading) -> tuple[Finding, ...]:
    """What in a text does not agree with the same text, in its order.

    - A stated percentage against the computed one, to the printed decimals (`checks.share`).
    - A part larger than its whole; parts behind «gồm» that add up to more than it (a warning behind «trong đó» and
      where they may overlap, as women and young people do); «còn lại» that is not what they leave.
    - «Còn n … chưa» behind a ratio of the sentence that leaves another number: a warning.
    - Another count announced than listed: a warning, for a list may be shortened.
    - A list whose numbers skip: a warning.
    """
    figures = [fact for fact in reading.facts if isinstance(fact, Figure)]
    found = [*_percents(figures), *_parts(reading, figures), *_rests(reading, figures), *_lists(reading)]
    once = {finding.key: finding for finding in reversed(found)}
    return tuple(sorted(once.values(), key=lambda one: (one.text.start or 0, one.kind)))


def of_another_period(reading: Reading, *, period: tuple[date, date], name: str) -> tuple[Finding, ...]:
    """A warning where a text names the period it reports on and that lies outside the one asked for, called `name`.

    `period`: its days, both included. A text that names several is of this period when one of them touches it.
    """
    spoken = [
        fact
        for fact in reading.facts
        if isinstance(fact, PeriodFact)
        and fact.role == "reporting"
        and isinstance(fact.start_date, date)
        and isinstance(fact.end_date, date)
    ]
    if not spoken or any(_touches(fact, period) for fact in spoken):
        return ()
    first = spoken[0]
    return (
        Finding(
            kind=findings.PERIOD,
            verdict=WARN,
            text=Side(says=first.quote, start=first.start, end=first.end),
            other=Side(says=name),
        ),
    )


def _touches(fact: PeriodFact, period: tuple[date, date]) -> bool:
    assert isinstance(fact.start_date, date)
    assert isinstance(fact.end_date, date)
    return fact.start_date <= period[1] and fact.end_date >= period[0]


def unclaimed(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Sentences with digits that stand in no fact, so that a person looks at them: half-open places, in order.

    The furniture of a page, marks of items, names («khóa 13»), clocks and lengths of time ask for no look.
    """
    covered = _merged([*_spans(reading), *reading.boilerplate])
    found: list[tuple[int, int]] = []
    cursor = 0
    for match in _DIGITS.finditer(reading.text):
        start, end = match.span()
        while cursor < len(covered) and covered[cursor][1] <= start:
            cursor += 1
        if cursor < len(covered) and covered[cursor][0] <= start:
            continue
        sentence = reading.sentence(start)
        if sentence not in found[-1:] and not _counts_nothing(reading.text, start, end, sentence[0]):
            found.append(sentence)
    return tuple(found)


def _counts_nothing(text: str, start: int, end: int, sentence: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    opened = any(one and end <= one.end() for one in (_OPENS.match(text, sentence), _OPENS.match(text, line)))
    named = _NAMED.search(text[max(0, start - 14) : start].lower())
    if named and named[0].strip() == "(":
        return opened or text[end : end + 1] == ")"
    return opened or named is not None or _LASTS.match(text, end) is not None


def _spans(reading: Reading) -> Iterable[tuple[int, int]]:
    """Where facts stand that account for the digits in them; a whole sentence accounts for none."""
    for fact in reading.facts:
        if fact.kind not in ("directive", "task", "event"):
            yield fact.start, fact.end
        if isinstance(fact, Figure) and fact.sub != "percent" and fact.pct is not None:
            yield from _percent_of(reading.text, fact)


def _percent_of(text: str, figure: Figure) -> Iterable[tuple[int, int]]:
    """The place of the percentage that was joined to a figure before it."""
    for match in _DIGITS.finditer(text, figure.end, figure.end + _PERCENT_WITHIN):
        if parse(match[0]) == figure.pct:
            yield match.span()
            return


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _percents(figures: Sequence[Figure]) -> Iterable[Finding]:
    for figure in figures:
        part, whole, stated = _size(figure), figure.den if figure.sub == "ratio" else figure.part_of, figure.pct
        if stated is None or part is None or not whole:
            continue
        check = checks.share(part=part, whole=whole, stated=stated, approx=figure.pct_approx)
        if check.verdict != checks.OK:
            of = figure.quote if figure.sub == "ratio" else f"{write_whole(part)}/{write_whole(whole)}"
            yield Finding(
                kind=findings.PERCENT,
                verdict=check.verdict,
                text=_side(figure, says=f"{_approx(figure.pct_approx)}{stated}%"),
                other=Side(says=_computed(part, whole, check), of=of),
            )


def _computed(part: int, whole: int, check: Check) -> str:
    """The computed percentage; to the printed decimals where only the last digit is in doubt."""
    if check.verdict != checks.WARN:
        return f"{write_scaled(check.computed.units, places=check.computed.decimals)}%"
    unit = 100 * 10**check.stated.decimals
    return f"{write_scaled((2 * part * unit + whole) // (2 * whole), places=check.stated.decimals)}%"


def _approx(word: str | None) -> str:
    return f"{word} " if word else ""


def _parts(reading: Reading, figures: Sequence[Figure]) -> Iterable[Finding]:
    wholes = {figure.start: figure for figure in figures}
    children: defaultdict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.parent is not None and figure.part_of is not None and _size(figure) is not None:
            children[figure.parent].append(figure)
    for start, below in children.items():
        whole = wholes.get(start)
        if whole is None:
            continue
        rest = [part for part in below if _is_rest(reading, part)]
        parts = [part for part in below if part not in rest]
        yield from _too_large(whole, parts)
        yield from _too_many(reading, whole, parts)
        for part in rest:
            yield from _wrong_rest(part, whole, parts)


def _too_large(whole: Figure, parts: Sequence[Figure]) -> Iterable[Finding]:
    for part in parts:
        if _known(part) > _known(whole):
            yield Finding(
                kind=findings.PART,
                verdict=MISMATCH,
                text=_side(part, says=write_whole(_known(part))),
                other=_side(whole, says=write_whole(_known(whole))),
            )


def _too_many(reading: Reading, whole: Figure, parts: Sequence[Figure]) -> Iterable[Finding]:
    total = sum(map(_known, parts))
    if len(parts) < 2 or total <= _known(whole) or any(_known(part) > _known(whole) for part in parts):
        return
    lead = reading.text[whole.end : parts[0].start].lower()
    overlap = any(_OVERLAPS.search((part.unit or "").lower()) for part in parts)
    yield Finding(
        kind=findings.SUM,
        verdict=MISMATCH if _LISTS_ALL.search(lead) and not overlap else WARN,
        text=Side(
            says=write_whole(total),
            of=" + ".join(write_whole(_known(part)) for part in parts[:8]) + (" + …" if len(parts) > 8 else ""),
            start=parts[0].start,
            end=parts[-1].end,
        ),
        other=_side(whole, says=write_whole(_known(whole))),
    )


def _wrong_rest(rest: Figure, whole: Figure, parts: Sequence[Figure]) -> Iterable[Finding]:
    left = _known(whole) - sum(map(_known, parts))
    if left >= 0 and left != _known(rest):
        of = f" {MINUS} ".join(write_whole(_known(one)) for one in (whole, *parts[:8]))
        yield Finding(
            kind=findings.REMAINDER,
            verdict=MISMATCH,
            text=_side(rest, says=write_whole(_known(rest))),
            other=Side(says=write_whole(left), of=of, start=whole.start, end=whole.end),
        )


def _rests(reading: Reading, figures: Sequence[Figure]) -> Iterable[Finding]:
    """«đã có 612/640 tổ chức …; còn 28 đơn vị chưa tổ chức»."""
    for before, figure in pairwise(figures):
        if before.sub != "ratio" or before.num is None or before.den is None or figure.sub != "count":
            continue
        number = _size(figure)
        first, last = reading.sentence(before.start)
        if number is None or figure.parent is not None or figure.start >= last:
            continue
        if not _REST.search(reading.text[max(first, figure.start - 12) : figure.start].lower()):
            continue
        if not _REST_OF.search(reading.text[figure.start - 8 : min(last, figure.end + 60)].lower()):
            continue
        left = before.den - before.num
        if left >= 0 and left != number:
            yield Finding(
                kind=findings.REMAINDER,
                verdict=WARN,
                text=_side(figure, says=write_whole(number)),
                other=_side(
                    before, says=write_whole(left), of=f"{write_whole(before.den)} {MINUS} {write_whole(before.num)}"
                ),
            )


def _lists(reading: Reading) -> Iterable[Finding]:
    for fact in reading.facts:
        if isinstance(fact, Task) and fact.count and fact.listed and fact.count != fact.listed:
            yield _miscounted(Side(says=write_whole(fact.count), start=fact.start, end=fact.end), fact.listed)
    for one in announced_lists(reading.text):
        if one.items and one.items != one.announced:
            yield _miscounted(Side(says=write_whole(one.announced), start=one.start, end=one.end), one.items)
    items = [fact for fact in reading.facts if isinstance(fact, Directive) and fact.ordinal is not None]
    for before, item in zip([None, *items], items, strict=False):
        if item.warn == "gap" and before is not None and before.ordinal is not None:
            yield Finding(
                kind=findings.ORDINAL,
                verdict=WARN,
                text=Side(says=str(item.ordinal), start=item.start, end=item.end),
                other=Side(says=str(before.ordinal), start=before.start, end=before.end),
            )


def _miscounted(announced: Side, listed: int) -> Finding:
    return Finding(kind=findings.ANNOUNCED, verdict=WARN, text=announced, other=Side(says=write_whole(listed)))


def _is_rest(reading: Reading, figure: Figure) -> bool:
    before = reading.text[max(0, figure.start - 14) : figure.start].lower()
    return "còn lại" in (figure.unit or "").lower() or re.search(r"còn lại (?:là )?$", before) is not None


def _size(figure: Figure) -> int | None:
    """How many a figure says: the numerator of a ratio, the value of a count."""
    if figure.sub == "ratio":
        return figure.num
    return figure.value.whole if figure.sub == "count" and figure.value is not None else None


def _known(figure: Figure) -> int:
    size = _size(figure)
    assert size is not None
    return size


def _side(figure: Figure, *, says: str, of: str = "") -> Side:
    return Side(says=says, of=of, start=figure.start, end=figure.end)
