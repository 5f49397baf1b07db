"""Suggestions for the fields of a form, each with the sentence it was read in. A person decides; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.core.reading.facts import Figure
from giaoban.core.reading.lexicon import FieldTerm
from giaoban.core.reading.reader import Reading
from giaoban.core.text_vi.canonical import canonical
from giaoban.core.text_vi.folding import fold, words

EXACT, FOLDED, LOOSE = "exact", "folded", "loose"
LEAST = 45  # a weaker likeness is not worth a person's look
PER_FIELD = 3

_CLAUSE = 160
_EMPTY_WORDS = frozenset(words("số tổng lượng đã các những của được và có là tại trong"))
# A word on one side only that turns the meaning: cấp trên cơ sở against cấp cơ sở, đảng viên nữ against đảng viên.
_TELLING = frozenset(
    words("trên nữ không chưa mới dự bị điểm trực tiếp thiếu lại đầu cuối giảm tăng hoãn"),
)


@dataclass(frozen=True)
class Proposal:
    """One suggestion: this number, read here, may fill that field.

    Spans are half-open places in the reading's text. `score` runs from 0 to 100 and only orders suggestions.
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
class _Context:
    """The words a figure stands among."""

    unit: str
    folded: str
    unit_words: frozenset[str]
    clause_words: frozenset[str]


@dataclass(frozen=True)
class _Name:
    low: str
    folded: str
    words: frozenset[str]


def propose(
    *,
    reading: Reading,
    fields: Sequence[FieldTerm],
    as_of: date | None,
    period: tuple[date, date] | None,
) -> tuple[Proposal, ...]:
    """Suggest figures of a reading for fields, the best first inside each field, fields in the order given.

    A figure that stands on another day than `as_of`, or outside `period` (both days included), loses points; it is
    still shown, for offices report late and early. At most three suggestions are made for a field.
    """
    figures = [fact for fact in reading.facts if isinstance(fact, Figure) and not fact.share]
    contexts = [_context(reading, figure) for figure in figures]
    found: list[Proposal] = []
    for term in fields:
        names = [_name(text) for text in (term.label, *term.aliases)]
        here = []
        for figure, context in zip(figures, contexts, strict=True):
            value = _value(figure, term.part)
            if value is None:
                continue
            likenesses = [_likeness(name, context) for name in names]
            score, match = max(likenesses, key=lambda row: (row[0], row[1] == EXACT))
            score += _timing(figure, as_of, period) + _standing(figure, term.part)
            if score >= LEAST:
                here.append(_proposal(reading, figure, term, value, min(100, score), match))
        here.sort(key=lambda row: (-row.score, row.fact_start))
        found.extend(here[:PER_FIELD])
    return tuple(found)


def _value(figure: Figure, part: str) -> int | None:
    """The exact integer a figure gives for one side of a field."""
    if figure.sub == "ratio":
        return figure.den if part == "den" else figure.num
    if figure.sub in ("count", "money") and figure.value is not None and part != "den":
        return figure.value.whole
    return None


def _context(reading: Reading, figure: Figure) -> _Context:
    start, end = reading.sentence(figure.start)
    first, last = max(start, figure.start - _CLAUSE), min(end, figure.end + _CLAUSE)
    before = reading.text[first : figure.start].rpartition(";")[2]
    after = reading.text[figure.end : last].partition(";")[0]
    unit = " ".join(filter(None, (figure.unit, figure.scope if figure.scope != figure.unit else None)))
    return _Context(
        unit=unit.lower(),
        folded=fold(unit),
        unit_words=frozenset(words(unit)) - _EMPTY_WORDS,
        clause_words=frozenset(words(before + " " + after)),
    )


def _name(text: str) -> _Name:
    low = canonical(text).text.lower().strip()
    for opener in ("tổng số ", "số lượng ", "số "):
        low = low.removeprefix(opener)
    return _Name(low=low, folded=fold(low), words=frozenset(words(low)) - _EMPTY_WORDS)


def _likeness(name: _Name, context: _Context) -> tuple[int, str]:
    """How well a name fits: its words in the unit count fully, elsewhere in the clause by three fifths."""
    if not name.words or not context.unit_words:
        return 0, LOOSE
    shared = name.words & context.unit_words
    around = (name.words - shared) & context.clause_words
    covered = (10 * len(shared) + 6 * len(around)) * 100 // (10 * len(name.words))
    explained = 100 * len(shared) // len(context.unit_words)
    score = (6 * covered + 4 * explained) // 10
    missing = (name.words - shared - around) | (context.unit_words - name.words)
    score -= 18 * len(missing & _TELLING)
    if _holds(name.low, context.unit):
        return min(100, score + 8), EXACT
    if _holds(name.folded, context.folded):
        return min(100, score + 4), FOLDED
    return (score, LOOSE) if shared else (0, LOOSE)


def _holds(name: str, unit: str) -> bool:
    """Whether one phrase holds the other, as whole words."""
    short, long = sorted((name, unit), key=len)
    return bool(short) and f" {short} " in f" {long.replace(',', ' ').replace('  ', ' ')} "


def _timing(figure: Figure, as_of: date | None, period: tuple[date, date] | None) -> int:
    if figure.as_of is None:
        return 0
    if as_of is not None:
        return 4 if figure.as_of == as_of else -12
    if period is not None:
        return 2 if period[0] <= figure.as_of <= period[1] else -12
    return 0


def _standing(figure: Figure, part: str) -> int:
    points = 0
    if figure.delta:
        points -= 30  # a change, not an amount
    if figure.sub == "ratio" and part == "value":
        points -= 10
    if figure.approx:
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
