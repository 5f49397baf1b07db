"""Suggestions for the fields of a form, each with the sentence it was read in. A person decides; nothing is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.core.reading.facts import GUESS, Figure
from giaoban.core.reading.lexicon import FieldTerm
from giaoban.core.reading.likeness import EXACT, FOLDED, LOOSE, Index, Name, Surroundings, likeness, name, surroundings
from giaoban.core.reading.reader import Reading
from giaoban.core.reading.scaled import Scaled

__all__ = ["EXACT", "FOLDED", "LEAST", "LOOSE", "PER_FIELD", "Proposal", "Wanted", "propose", "side"]

LEAST = 45  # a weaker likeness is not worth a person's look
PER_FIELD = 3
ROUNDED_MOST = 80  # a number the field cannot hold exactly is shown, and never taken unseen

_CLAUSE = 160
_PERCENT = re.compile(r"(?<!\d)%|(?<!\w)(?:tỷ lệ|tỉ lệ|phần trăm)(?!\w)")
_MONEY = re.compile(r"(?<!\w)(?:(nghìn|ngàn|triệu|tỷ|tỉ) )?(?:đồng|vnđ|vnd)(?!\w)(?! chí)")
_POWERS = {"": 0, "nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_LEAST_OF = re.compile(r"(?<!\w)(?:thấp nhất|tối thiểu|ít nhất|nhỏ nhất)(?!\w)")
_MOST_OF = re.compile(r"(?<!\w)(?:cao nhất|tối đa|nhiều nhất|lớn nhất)(?!\w)")


@dataclass(frozen=True)
class Wanted(FieldTerm):
    """A field and how it keeps its number: as an integer scaled by 10**places."""

    places: int = 0


@dataclass(frozen=True)
class Proposal:
    """One suggestion: this number, read here, may fill that field.

    `value` is scaled as the field keeps it. Spans are half-open places in the reading's text. `score` runs from 0 to
    100 and only orders suggestions; `match` says how the name was found: exact, folded (without marks), loose.
    """

    field_code: str
    value: int
    fact_start: int
    fact_end: int
    sentence_start: int
    sentence_end: int
    sentence: str
    quote: str
    score: int
    match: str


@dataclass(frozen=True)
class _Asked:
    """A field as the search sees it."""

    term: FieldTerm
    names: tuple[Name, ...]
    side: str
    power: int | None  # money: the power of ten its unit stands for
    places: int


def propose(
    *,
    reading: Reading,
    fields: Sequence[FieldTerm],
    as_of: date | None,
    period: tuple[date, date] | None,
) -> tuple[Proposal, ...]:
    """Suggest figures of a reading for fields, the best first inside each field, fields in the order given.

    A figure that stands on `as_of` gains points; one outside `period` (both days included; no period: on any other
    day) loses some, and is still shown, for offices report late and early. At most three suggestions are made for a
    field. A field whose name speaks of a rate takes stated percentages, one in đồng takes money in its unit, one of a
    least or a most also an end of a range; other fields take none of these.
    """
    figures = [fact for fact in reading.facts if isinstance(fact, Figure) and not fact.share]
    around = _surroundings(reading, figures)
    index = Index(around)
    found: list[Proposal] = []
    for asked in map(_asked, fields):
        here = []
        for place in index.near(asked.names):
            figure = figures[place]
            number = _number(figure, asked)
            if number is None:
                continue
            score, match = likeness(asked.names, around[place])
            if score < LEAST - 10:
                continue
            score += _timing(figure, as_of, period) + _standing(figure, asked)
            if number.decimals > asked.places:
                score = min(score, ROUNDED_MOST)
            if score >= LEAST:
                value = number.at(decimals=asked.places)
                here.append(_proposal(reading, figure, asked.term, value, min(100, score), match))
        here.sort(key=lambda row: (-row.score, row.fact_start))
        found.extend(here[:PER_FIELD])
    return tuple(found)


def side(term: FieldTerm) -> str:
    """Which number of a figure a field takes: num, den, pct, lo or hi. A plain count is a numerator too.

    A label may speak of «hoàn thành 100%» and still count.

    >>> side(FieldTerm("a", "Tỷ lệ chi bộ đã đại hội (%)")), side(FieldTerm("b", "Tổng số chi bộ", part="den"))
    ('pct', 'den')
    """
    low = term.label.lower()
    if _PERCENT.search(low):
        return "pct"
    if _LEAST_OF.search(low):
        return "lo"
    if _MOST_OF.search(low):
        return "hi"
    return "den" if term.part == "den" else "num"


def _asked(term: FieldTerm) -> _Asked:
    money = _MONEY.search(term.label.lower())
    return _Asked(
        term=term,
        names=tuple(name(_bare(text)) for text in (term.label, *term.aliases)),
        side=side(term),
        power=_POWERS[money[1] or ""] if money else None,
        places=term.places if isinstance(term, Wanted) else 0,
    )


def _bare(label: str) -> str:
    """A label without its unit in brackets and without the word «tỷ lệ», which no sentence repeats at the figure."""
    text = re.sub(r"\([^()]*(?:%|đồng|vnđ)[^()]*\)", "", label, flags=re.IGNORECASE)
    return re.sub(r"^\s*(?:tỷ lệ|tỉ lệ|phần trăm)\s+", "", text, flags=re.IGNORECASE).strip() or label


def _number(figure: Figure, asked: _Asked) -> Scaled | None:
    """The exact number a figure gives for a field, None when it says nothing of that kind or nothing it can hold."""
    number = _given(figure, asked)
    if number is None:
        return None
    number = number.times(1)
    return None if number.decimals and not asked.places else number


def _given(figure: Figure, asked: _Asked) -> Scaled | None:
    if asked.side == "pct":
        return figure.pct
    if asked.power is not None:
        if figure.sub != "money" or figure.value is None or figure.unit not in (None, "VND"):
            return None
        return Scaled(units=figure.value.units, decimals=figure.value.decimals + asked.power)
    if figure.sub == "range":
        return {"lo": figure.lo, "hi": figure.hi}.get(asked.side)
    if figure.sub == "ratio":
        number = figure.den if asked.side == "den" else figure.num
        return None if number is None else Scaled(units=number)
    return figure.value if figure.sub == "count" and asked.side != "den" else None


def _surroundings(reading: Reading, figures: Sequence[Figure]) -> list[Surroundings]:
    found = []
    for index, figure in enumerate(figures):
        first, last = reading.sentence(figure.start)
        first, last = max(first, figure.start - _CLAUSE), min(last, figure.end + _CLAUSE)
        begin = max(first, figures[index - 1].end if index else 0)
        until = min(last, figures[index + 1].start if index + 1 < len(figures) else last)
        before = reading.text[first : figure.start].rpartition(";")[2]
        after = reading.text[figure.end : last].partition(";")[0]
        scope = figure.scope if figure.scope != figure.unit else None
        unit = "" if figure.sub == "money" else " ".join(filter(None, (figure.unit, scope)))
        found.append(
            surroundings(
                unit=unit,
                before=_tail(reading.text[begin : figure.start]),
                behind=_head(reading.text[figure.end : max(figure.end, until)]),
                clause=f"{before} {after}",
            )
        )
    return found


def _tail(text: str) -> str:
    return text.rpartition(";")[2].rpartition("\n")[2]


def _head(text: str) -> str:
    return text.partition(";")[0].partition("\n")[0]


def _timing(figure: Figure, as_of: date | None, period: tuple[date, date] | None) -> int:
    if figure.as_of is None:
        return 0
    if figure.as_of == as_of:
        return 4
    if period is not None and period[0] <= figure.as_of <= period[1]:
        return 2 if as_of is None else 0
    return 0 if as_of is None and period is None else -12


def _standing(figure: Figure, asked: _Asked) -> int:
    points = 0
    if figure.delta:
        points -= 30  # a change, not an amount
    if figure.sub == "ratio" and asked.term.part == "value" and asked.side != "pct":
        points -= 10
    if figure.approx and asked.side not in ("lo", "hi"):
        points -= 8
    if figure.pct_approx and asked.side == "pct":
        points -= 8
    if figure.confidence == GUESS:
        points -= 8
    if figure.check is not None and figure.check.verdict == "mismatch":
        points -= 10
    return points


def _proposal(reading: Reading, figure: Figure, term: FieldTerm, value: int, score: int, match: str) -> Proposal:
    start, end = reading.sentence(figure.start)
    return Proposal(
        field_code=term.code,
        value=value,
        fact_start=figure.start,
        fact_end=figure.end,
        sentence_start=start,
        sentence_end=end,
        sentence=reading.text[start:end],
        quote=figure.quote,
        score=score,
        match=match,
    )
