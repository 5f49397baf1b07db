"""One number for one field: which suggestions are so much the best that a person may take them unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SURE = 90  # the score from which words fit
MARGIN = 8  # how much worse the whole must become without a suggestion
_ROUNDS = 200  # exchanges looked for at most; each makes the sum larger, so that few are ever made

Number = tuple[int, str]


@dataclass(frozen=True)
class Offer:
    """One suggestion: a number of the text (its place and which side of the figure it is) for a field."""

    field: str
    start: int
    side: str  # num | den | pct | lo | hi
    value: int
    score: int

    @property
    def number(self) -> Number:
        return self.start, self.side


class _Table:
    """The offers by field and by number, and who has what so far."""

    def __init__(self, offers: Iterable[Offer]) -> None:
        self.of_field: defaultdict[str, list[Offer]] = defaultdict(list)
        self.of_number: defaultdict[Number, list[Offer]] = defaultdict(list)
        self.paired: dict[str, Offer] = {}
        self.holder: dict[Number, Offer] = {}
        self.offers = sorted(set(offers), key=lambda one: (-one.score, one.start, one.field, one.side))
        for offer in self.offers:
            self.of_field[offer.field].append(offer)
            self.of_number[offer.number].append(offer)

    def place(self, offer: Offer) -> None:
        self.paired[offer.field] = self.holder[offer.number] = offer

    def lift(self, offer: Offer | None) -> None:
        if offer is not None:
            del self.paired[offer.field], self.holder[offer.number]

    def instead(self, field: str, *, of: Offer, released: Offer | None) -> Offer | None:
        """The best other offer of a field on a number that is free, or becomes so when `released` is lifted."""
        for other in self.of_field[field]:
            holder = self.holder.get(other.number)
            if other.number != of.number and (holder is None or holder == released):
                return other
        return None


def pairs(offers: Iterable[Offer]) -> Mapping[str, Offer]:
    """Field -> the suggestion it gets when every number goes to one field at most and the sum of scores is large.

    The best fit is placed first; then two fields exchange numbers as long as both together fit better. A ratio holds
    two numbers, so it may serve two fields. Ties go to the earlier place in the text.

    >>> a, b = Offer("received", 7, "num", 12, 100), Offer("answered", 7, "num", 12, 91)
    >>> list(pairs([a, b]))
    ['received']
    """
    return _placed(offers).paired


def settled(offers: Iterable[Offer]) -> frozenset[Offer]:
    """The suggestions that are paired, fit well, and without which the whole would fit clearly worse.

    Another number for the field, or another field for the number, speaks against one when the sum of scores would be
    nearly as large with it; the same number said twice does not.

    >>> a, b = Offer("received", 7, "num", 12, 100), Offer("answered", 7, "num", 12, 97)
    >>> settled([a, b])
    frozenset()
    >>> settled([a, b, Offer("answered", 30, "num", 9, 100)]) == {a, Offer("answered", 30, "num", 9, 100)}
    True
    """
    table = _placed(offers)
    return frozenset(
        offer
        for offer in table.paired.values()
        if offer.score >= SURE and all(_loses(table, offer, other) >= MARGIN for other in _rivals(table, offer))
    )


def _placed(offers: Iterable[Offer]) -> _Table:
    table = _Table(offers)
    for offer in table.offers:
        if offer.field not in table.paired and offer.number not in table.holder:
            table.place(offer)
    for _ in range(_ROUNDS):
        if not any(_exchange(table, offer) for offer in table.offers):
            break
    return table


def _exchange(table: _Table, wish: Offer) -> bool:
    """Give `wish` its number when both fields together then fit better. Returns whether it was done."""
    holder = table.holder.get(wish.number)
    if holder is None or holder.field == wish.field or _loses(table, holder, wish) >= 0:
        return False
    before = table.paired.get(wish.field)
    other = table.instead(holder.field, of=wish, released=before)
    table.lift(holder)
    table.lift(before)
    table.place(wish)
    if other is not None:
        table.place(other)
    return True


def _rivals(table: _Table, offer: Offer) -> Iterable[Offer]:
    for other in table.of_field[offer.field]:
        if other.value != offer.value:
            yield other
    for other in table.of_number[offer.number]:
        if other.field != offer.field:
            yield other


def _loses(table: _Table, offer: Offer, other: Offer) -> int:
    """How much smaller the sum of scores is when `other` is placed instead of `offer`; negative: larger.

    Whoever loses a number by that takes the best that is left for it.
    """
    displaced = table.paired.get(other.field) if other.field != offer.field else table.holder.get(other.number)
    if other.field != offer.field:
        left = table.instead(offer.field, of=other, released=displaced)
    else:
        left = table.instead(displaced.field, of=other, released=offer) if displaced is not None else None
    now = offer.score + (displaced.score if displaced is not None else 0)
    return now - other.score - (left.score if left is not None else 0)
