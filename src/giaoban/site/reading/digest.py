"""What a person wants to know of a reading first: picked out and brought together, without a word about its looks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.core.reading import Reading
from giaoban.core.reading.facts import Citation, Deadline, Directive, Fact, Figure, PeriodFact, Person
from giaoban.core.text_vi.dates import write_day
from giaoban.site.reading.plain import flat

_NUMBER = re.compile(r"[0-9][0-9.,/:%-]*")
_NAMING = re.compile(r"(?:[^\W\d]|[-_+]|(?:khóa|lần thứ|thứ|điều|khoản|điểm|mục|chương|tổ|phòng|trung ương) )$")
_LASTING = re.compile(r" ?(?:năm|tháng|tuần|ngày|giờ|phút|buổi|tuổi|h)(?![^\W\d])")
_MARKER = re.compile(r"[\s(+*•-]*(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-zđ])[.)/:]\s")


@dataclass(frozen=True)
class Due:
    """Something due: when, in which words (`before`, the deadline itself, `after`), and who said so."""

    when: str
    before: str
    words: str
    after: str
    said_by: str | None


@dataclass(frozen=True)
class Named:
    """Somebody named, with every post the text gives, and how often."""

    name: str
    titles: tuple[str, ...]
    times: int


@dataclass(frozen=True)
class Loose:
    """A sentence around a number no fact speaks of; the three pieces are the whole sentence as it stands."""

    before: str
    number: str
    after: str


def periods(reading: Reading) -> list[str]:
    """The periods the report is about, in the order in which they are named."""
    seen: dict[tuple[object, object], str] = {}
    for fact in reading.facts:
        if isinstance(fact, PeriodFact) and fact.role == "reporting" and isinstance(fact.start_date, date):
            last = write_day(fact.end_date) if isinstance(fact.end_date, date) else "nay"
            seen.setdefault((fact.start_date, fact.end_date), f"{write_day(fact.start_date)} – {last}")
    return list(seen.values())


def figures(reading: Reading) -> list[Figure]:
    """Every figure, in the order of the text."""
    return [fact for fact in reading.facts if isinstance(fact, Figure)]


def verdicts(found: Sequence[Figure]) -> Counter[str]:
    """How many figures add up (ok), need a look (warn), do not add up (mismatch)."""
    return Counter(figure.check.verdict for figure in found if figure.check)


def main_figures(found: Sequence[Figure], *, most: int) -> list[Figure]:
    """The figures a report stands on, in the order of the text, each said once."""
    once: dict[tuple[object, ...], Figure] = {}
    for figure in found:
        once.setdefault((figure.sub, figure.num, figure.den, figure.value, figure.pct, figure.unit), figure)
    ranked = sorted(once.values(), key=lambda figure: (-_weight(figure), figure.start))
    return sorted(ranked[:most], key=lambda figure: figure.start)


def _weight(figure: Figure) -> int:
    weight = {"ratio": 4, "money": 3, "count": 2, "range": 1, "percent": 0}.get(figure.sub, 0)
    weight += 5 if figure.check is not None and figure.check.verdict != "ok" else 0
    weight += 2 * (figure.pct is not None and figure.sub != "percent") + 2 * (figure.as_of is not None)
    weight += (figure.unit is not None) - 2 * (figure.part_of is not None) - bool(figure.delta) - 2 * bool(figure.share)
    return weight


def due(reading: Reading) -> list[Due]:
    """What is due, the earliest first; deadlines without a day last. The same words for the same day are told once."""
    found = [fact for fact in reading.facts if isinstance(fact, Deadline)]
    found.sort(key=lambda fact: (fact.iso is None, fact.iso or date.max, fact.start))
    told: dict[tuple[str, str], Due] = {}
    for fact in found:
        one = _due(reading, fact)
        told.setdefault((one.when, one.before), one)
    return list(told.values())


def _due(reading: Reading, fact: Deadline) -> Due:
    start, end = reading.sentence(fact.start)
    if fact.iso is not None:
        when = write_day(fact.iso)
    else:
        when = flat(fact.event or "hằng tháng")
    if fact.time:
        when = f"{fact.time} {when}"
    around = [
        item
        for item in reading.facts
        if isinstance(item, Directive) and item.speaker and item.start <= fact.start < item.end
    ]
    said_by = flat(around[-1].speaker or "") if around else None
    return Due(
        when=when,
        before=flat(reading.text[start : fact.start]),
        words=flat(fact.quote),
        after=flat(reading.text[fact.end : max(end, fact.end)]),
        said_by=said_by,
    )


def people(reading: Reading) -> list[Named]:
    """Who is named, in the order in which they first appear."""
    found: dict[str, dict[str, None]] = {}
    times: Counter[str] = Counter()
    for fact in reading.facts:
        if isinstance(fact, Person):
            name = flat(fact.quote)
            times[name] += 1
            found.setdefault(name, {}).update((flat(title), None) for title in fact.titles)
    return [Named(name=name, titles=tuple(titles), times=times[name]) for name, titles in found.items()]


def papers(reading: Reading) -> list[str]:
    """The papers referred to, each once, as they are written at first."""
    names: dict[tuple[object, ...], str] = {}
    for fact in reading.facts:
        if isinstance(fact, Citation):
            quote = flat(fact.quote)
            key = (fact.type, fact.number, fact.symbol) if fact.number else (quote.lower(),)
            names.setdefault(key, quote)
    return list(names.values())


def of_kind(reading: Reading, kind: str) -> list[Fact]:
    """The facts of one kind, in the order of the text."""
    return [fact for fact in reading.facts if fact.kind == kind]


def unclaimed(reading: Reading) -> list[Loose]:
    """Sentences with a number no fact speaks of and that is no furniture of a page: for a person to look at.

    Numbers that only name or measure time are left out: the mark of an item, «COVID-19», «khóa 15», «90 năm»; so is
    a percentage that a figure of the sentence took for its own.
    """
    spans = _claimed(reading)
    starts = [start for start, _ in spans]
    shares = [(figure.start, str(figure.pct)) for figure in figures(reading) if figure.pct is not None]
    found: list[Loose] = []
    for start, end in reading.sentences:
        marker = _MARKER.match(reading.text, start, end)
        taken = shares[bisect_left(shares, (start,)) : bisect_left(shares, (end,))]
        for match in _NUMBER.finditer(reading.text, marker.end() if marker else start, end):
            index = bisect_right(starts, match.start()) - 1
            is_claimed = index >= 0 and match.start() < spans[index][1]
            is_share = match.group().rstrip(".,;:%") in {share for _, share in taken}
            if not (is_claimed or is_share or _only_names(reading.text, match)):
                before, after = reading.text[start : match.start()], reading.text[match.end() : end]
                found.append(Loose(before=before, number=match.group(), after=after))
                break
    return found


def _only_names(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 16) : match.start()].lower()
    is_mark = before.endswith("(") and text[match.end() : match.end() + 1] == ")"
    return bool(is_mark or _NAMING.search(before) or _LASTING.match(text, match.end()))


def _claimed(reading: Reading) -> list[tuple[int, int]]:
    """The stretches some fact answers for, joined; a directive or task answers for its words, not for its numbers."""
    return list(_joined(sorted([*_spans(reading), *reading.boilerplate])))


def _spans(reading: Reading) -> Iterator[tuple[int, int]]:
    return ((fact.start, fact.end) for fact in reading.facts if fact.kind not in ("directive", "task"))


def _joined(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, end = -1, -1
    for first, last in spans:
        if first > end:
            if end > start:
                yield start, end
            start, end = first, last
        else:
            end = max(end, last)
    if end > start:
        yield start, end
