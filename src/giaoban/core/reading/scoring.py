"""How well a reading agrees with facts found by hand: strict, one to one, span and key fields together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
}
# How much two spans must have in common (intersection over union).
OVERLAP = {"directive": 0.8, "issuer": 0.7, "byline": 0.7, "person": 0.7}


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

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


@dataclass(frozen=True)
class Comparison:
    """The score of each kind, and the rows behind it: what was missed and what was invented."""

    scores: Mapping[str, Score]
    missed: tuple[Row, ...]
    wrong: tuple[Row, ...]


def compare(*, found: Sequence[Row], gold: Sequence[Row], kinds: Iterable[str]) -> Comparison:
    """Match found facts to hand-made ones inside each kind, the best overlap first."""
    scores: dict[str, Score] = {}
    missed: list[Row] = []
    wrong: list[Row] = []
    for kind in kinds:
        ours = [row for row in found if row["kind"] == kind]
        theirs = [row for row in gold if row["kind"] == kind]
        pairs = _pairs(kind, ours, theirs)
        missed.extend(row for index, row in enumerate(theirs) if index not in pairs.values())
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


def _pairs(kind: str, ours: Sequence[Row], theirs: Sequence[Row]) -> dict[int, int]:
    candidates = []
    for mine, row in enumerate(ours):
        for other, gold in enumerate(theirs):
            shared = overlap(row, gold)
            if shared > OVERLAP.get(kind, 0.5) and same(kind, row, gold):
                candidates.append((shared, mine, other))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, mine, other in sorted(candidates, reverse=True):
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
    """Whether the key fields agree; years as ends of terms may be numbers or words."""
    return all(_plain(row.get(key)) == _plain(gold.get(key)) for key in KEYS.get(kind, ()))


def _plain(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, tuple | list):
        return ";".join(str(item) for item in value)
    text = str(value)
    return text.removesuffix(".0")


def confusion(rows: Iterable[Row]) -> Counter[str]:
    """How many rows of each kind, for a summary of what was missed or invented."""
    return Counter(str(row["kind"]) for row in rows)
