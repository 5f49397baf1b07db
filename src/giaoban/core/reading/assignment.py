"""One number for one field: which suggestions are so much the best that a person may take them unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SURE = 90  # the score from which words fit
MARGIN = 6  # how much better than its rivals a suggestion must be


@dataclass(frozen=True)
class Offer:
    """One suggestion: a number of the text (its place and which side of the figure it is) for a field."""

    field: str
    start: int
    side: str  # num | den | pct | lo | hi
    value: int
    score: int

    @property
    def number(self) -> tuple[int, str]:
        return self.start, self.side


def pairs(offers: Iterable[Offer]) -> Mapping[str, Offer]:
    """Field -> the suggestion it gets when every number goes to one field at most, the best fit first.

    A ratio holds two numbers, so it may serve two fields. Ties go to the earlier place in the text.

    >>> a, b = Offer("received", 7, "num", 12, 100), Offer("answered", 7, "num", 12, 91)
    >>> list(pairs([a, b]))
    ['received']
    """
    taken: set[tuple[int, str]] = set()
    found: dict[str, Offer] = {}
    for offer in sorted(offers, key=lambda one: (-one.score, one.start, one.field)):
        if offer.field not in found and offer.number not in taken:
            found[offer.field] = offer
            taken.add(offer.number)
    return found


def settled(offers: Sequence[Offer]) -> frozenset[Offer]:
    """The suggestions that are paired, fit well, and have no rival.

    A rival is another number for the field, or another field for the number, that fits nearly as well and is not
    better placed itself; the same number said twice is no rival.

    >>> a, b = Offer("received", 7, "num", 12, 100), Offer("answered", 7, "num", 12, 97)
    >>> settled([a, b])
    frozenset()
    >>> settled([a, b, Offer("answered", 30, "num", 9, 100)]) == {a, Offer("answered", 30, "num", 9, 100)}
    True
    """
    paired = pairs(offers)
    holder = {offer.number: offer for offer in paired.values()}
    of_field: defaultdict[str, list[Offer]] = defaultdict(list)
    of_number: defaultdict[tuple[int, str], list[Offer]] = defaultdict(list)
    for offer in offers:
        of_field[offer.field].append(offer)
        of_number[offer.number].append(offer)
    return frozenset(
        offer
        for offer in paired.values()
        if offer.score >= SURE
        and not any(_contests(other, offer, holder.get(other.number)) for other in of_field[offer.field])
        and not any(_contests(other, offer, paired.get(other.field)) for other in of_number[offer.number])
    )


def _contests(other: Offer, offer: Offer, placed: Offer | None) -> bool:
    """Whether `other` might as well be right; `placed` is what its own number or field was paired with."""
    if other.score <= offer.score - MARGIN or other == offer:
        return False
    if other.field == offer.field and other.value == offer.value:
        return False
    return placed is None or placed == offer or placed.score < other.score
