"""How well a reading agrees with facts found by hand: strict, one to one, span and key fields together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from giaoban.core.reading.reader import Reading
from giaoban.core.text_vi.canonical import INVISIBLE, canonical

Row = Mapping[str, object]

# Which fields must be equal for a fact to count as found.
KEYS: dict[str, tuple[str, ...]] = {
    "figure": ("sub", "num", "den", "value", "pct", "lo", "hi"),
    "date": ("iso",),
    "period": ("start_date", "end_date"),
    "as_of": ("iso",),
    "deadline": ("iso",),
    "citation": ("type", "number", "symbol"),
    "person": ("titles",),
    "directive": ("role", "ordinal"),
    "task": ("assigner", "count"),
    "event": ("type", "date"),
    "issuer": (),
    "byline": (),
    "award": (),
}
KINDS = tuple(KEYS)
# How much two spans must have in common (intersection over union): more than this; names are short and stand alone.
OVERLAP = {"directive": 0.8, "issuer": 0.7, "byline": 0.7, "person": 0.7, "award": 0.7}
_HALF = 0.5
_AMOUNTS = frozenset({"num", "den", "value", "pct", "lo", "hi", "count", "ordinal", "start_date", "end_date"})


@dataclass(frozen=True)
class Score:
    """Facts found, facts invented and facts missed, of one kind."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1_per_mille(self) -> int:
        """The F1 measure in thousandths; 1000 when there was nothing to find and nothing was invented.

        >>> Score(right=9, wrong=1, missed=1).f1_per_mille
        900
        """
        total = 2 * self.right + self.wrong + self.missed
        return 1000 if total == 0 else (2000 * self.right + total // 2) // total

    @property
    def precision_per_mille(self) -> int | None:
        """How many of the facts read are there, in thousandths; None when none was read."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall_per_mille(self) -> int | None:
        """How many of the facts there are read, in thousandths; None when there is none."""
        return _share(self.right, self.right + self.missed)

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


@dataclass(frozen=True)
class Comparison:
    """The score of each kind, and the rows behind it: what was missed and what was invented.

    `boilerplate` counts lines of the page's furniture.
    """

    scores: Mapping[str, Score]
    missed: tuple[Row, ...]
    wrong: tuple[Row, ...]
    boilerplate: Score = field(default_factory=Score)


def judge(*, reading: Reading, source: str, gold: Sequence[Row], boilerplate: Set[int]) -> Comparison:
    """Compare a reading with what a person found in `source`, the text as it was given to the reader.

    Spans of `gold` count code points of the source, `boilerplate` holds numbers of its lines, from 1.
    """
    found = [_in_source(reading, fact.as_json()) for fact in reading.facts]
    facts = compare(found=found, gold=gold, kinds=KINDS)
    lines = furniture_lines(reading=reading, source=source)
    told = Score(right=len(lines & boilerplate), wrong=len(lines - boilerplate), missed=len(boilerplate - lines))
    return Comparison(scores=facts.scores, missed=facts.missed, wrong=facts.wrong, boilerplate=told)


def compare(*, found: Sequence[Row], gold: Sequence[Row], kinds: Iterable[str]) -> Comparison:
    """Match found facts to hand-made ones inside each kind, the best overlap first."""
    scores: dict[str, Score] = {}
    missed: list[Row] = []
    wrong: list[Row] = []
    for kind in kinds:
        ours = [row for row in found if row["kind"] == kind]
        theirs = [row for row in gold if row["kind"] == kind]
        pairs = _pairs(kind, ours, theirs)
        matched = set(pairs.values())
        missed.extend(row for index, row in enumerate(theirs) if index not in matched)
        wrong.extend(row for index, row in enumerate(ours) if index not in pairs)
        scores[kind] = Score(len(pairs), len(ours) - len(pairs), len(theirs) - len(pairs))
    return Comparison(scores=scores, missed=tuple(missed), wrong=tuple(wrong))


def total(comparisons: Iterable[Comparison]) -> dict[str, Score]:
    """The scores of several documents together."""
    sums: dict[str, Score] = {}
    for comparison in comparisons:
        for kind, score in comparison.scores.items():
            sums[kind] = sums.get(kind, Score()) + score
    return sums


def furniture_lines(*, reading: Reading, source: str) -> frozenset[int]:
    """The numbers (from 1) of the lines of the source that the reading takes for furniture of the page."""
    spans = [_places(reading, start, end) for start, end in reading.boilerplate]
    firsts = [start for start, _ in spans]
    found = set()
    for number, (start, end) in enumerate(_line_spans(source), start=1):
        index = bisect_right(firsts, start) - 1
        if index >= 0 and end <= spans[index][1]:
            found.add(number)
    return frozenset(found)


def _line_spans(source: str) -> Iterator[tuple[int, int]]:
    """Each line without what is not seen at its ends."""
    place = 0
    for line in source.split("\n"):
        bare = line.strip(INVISIBLE + "\r\t \u00a0")
        start = place + (line.find(bare) if bare else 0)
        yield start, start + len(bare)
        place += len(line) + 1


def _in_source(reading: Reading, row: dict[str, object]) -> Row:
    start, end = _places(reading, int(str(row["start"])), int(str(row["end"])))
    return {**row, "start": start, "end": end}


def _places(reading: Reading, start: int, end: int) -> tuple[int, int]:
    offsets = reading.source_offsets
    return (start, end) if offsets is None else (offsets[start], offsets[end])


def _share(part: int, whole: int) -> int | None:
    return (2000 * part + whole) // (2 * whole) if whole else None


def _pairs(kind: str, ours: Sequence[Row], theirs: Sequence[Row]) -> dict[int, int]:
    candidates = []
    for mine, row in enumerate(ours):
        for other, gold in enumerate(theirs):
            shared = overlap(row, gold)
            if shared > OVERLAP.get(kind, _HALF) and same(kind, row, gold):
                candidates.append((shared, mine, other))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, mine, other in sorted(candidates, key=lambda row: (-row[0], row[1], row[2])):
        if mine not in pairs and other not in used:
            pairs[mine] = other
            used.add(other)
    return pairs


def overlap(one: Row, other: Row) -> float:
    """Intersection over union of two spans."""
    first, last = (int(str(one[key])) for key in ("start", "end"))
    start, end = (int(str(other[key])) for key in ("start", "end"))
    shared = min(last, end) - max(first, start)
    return shared / (max(last, end) - min(first, start)) if shared > 0 else 0.0


def same(kind: str, row: Row, gold: Row) -> bool:
    """Whether the key fields agree, whatever their spelling: numbers by value, words in canonical form."""
    return all(_plain(key, row.get(key)) == _plain(key, gold.get(key)) for key in KEYS.get(kind, ()))


def _plain(key: str, value: object) -> object:
    if key == "titles":  # named without a post: an empty list, or none at all
        return tuple(canonical(str(item)).text for item in value) if isinstance(value, list | tuple) else ()
    if value is None:
        return None
    if key in _AMOUNTS:
        try:
            return Decimal(str(value))
        except InvalidOperation:  # a day as an end of a period
            return str(value)
    return canonical(str(value)).text
