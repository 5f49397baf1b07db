"""The island parser: look for digits and a few rare literals, then try a short table of anchored patterns there.

Everything between the islands is passed over at the speed of the C library. Each pattern is anchored and bounded, so
the work grows with the number of islands and never with the square of anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import Token

_DIGITS = re.compile(r"[0-9]+")
LINE, DIGIT = "line", "digit"

Builder = Callable[[Page, "re.Match[str]"], "Sequence[Token] | None"]


@dataclass(frozen=True)
class Island:
    """One reading of one kind of place.

    `at` is LINE (the first character of a paragraph), DIGIT (a run of digits) or a tuple of literals in small
    letters. `pattern` is matched on the small letters from that place; `build` answers None for "not this reading".
    """

    name: str
    at: str | tuple[str, ...]
    pattern: re.Pattern[str]
    build: Builder


@dataclass(frozen=True)
class Scan:
    """Tokens in the order of the text, never overlapping, and how many patterns were tried to find them."""

    tokens: tuple[Token, ...]
    attempts: int


def scan(*, page: Page, islands: Sequence[Island]) -> Scan:
    """Find every token of a page. Where several islands begin at one place the earlier row of the table wins."""
    tokens: list[Token] = []
    attempts = 0
    free_from = 0
    for place, rows in _places(page, islands):
        if place < free_from:
            continue
        for island in rows:
            attempts += 1
            match = island.pattern.match(page.low, place)
            found = island.build(page, match) if match else None
            if found is not None:
                tokens.extend(found)
                free_from = max([place, *(token.end for token in found)])
                break
    tokens.sort(key=lambda token: token.start)
    return Scan(tokens=tuple(tokens), attempts=attempts)


def _places(page: Page, islands: Sequence[Island]) -> list[tuple[int, tuple[Island, ...]]]:
    rows: dict[str, list[Island]] = {}
    for island in islands:
        for anchor in (island.at,) if isinstance(island.at, str) else island.at:
            rows.setdefault(anchor, []).append(island)
    found: list[tuple[int, int, tuple[Island, ...]]] = []
    for order, (anchor, table) in enumerate(rows.items()):
        found.extend((place, order, tuple(table)) for place in _anchors(page, anchor))
    found.sort(key=lambda row: row[:2])
    return [(place, table) for place, _, table in found]


def _anchors(page: Page, anchor: str) -> list[int]:
    low = page.low
    if anchor == DIGIT:
        return [match.start() for match in _DIGITS.finditer(low)]
    if anchor == LINE:
        heads = (low[start : min(end, start + 12)] for start, end in page.lines)
        return [
            start + len(head) - len(head.lstrip())
            for (start, _), head in zip(page.lines, heads, strict=True)
            if head.strip()
        ]
    places = []
    place = low.find(anchor)
    while place >= 0:
        if place == 0 or not low[place - 1].isalpha():
            places.append(place)
        place = low.find(anchor, place + len(anchor))
    return places


def ends_with(left: str, words: Sequence[str]) -> str | None:
    """Which of the words a left context ends with, the longest first; None when none does.

    >>> ends_with("trong tổng số ", ("số", "tổng số"))
    'tổng số'
    >>> ends_with("thẩm định ", ("quy định",)) is None
    True
    """
    bare = left.rstrip(" \t")
    best = None
    for word in words:
        if bare.endswith(word) and not bare[: -len(word)][-1:].isalpha() and (best is None or len(word) > len(best)):
            best = word
    return best
