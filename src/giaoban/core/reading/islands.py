"""The island parser: look for digits and a few rare literals, then try a short table of anchored patterns there.

Everything between the islands is passed over at the speed of the C library. Each pattern is anchored and bounded, so
the work grows with the number of islands and never with the square of anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import Token

_DIGITS = re.compile(r"[0-9]+")
# A line is worth trying when it opens with a digit, a mark, a letter or a Roman number with a stop behind it.
_SIGN = re.compile(r"[^\W\d_]{1,5} ?[.)/-]|[^\w\s]|[0-9]|(?:bước|đợt|giai đoạn|điều) |[^\W\d_]{2,4}, ")
LINE, DIGIT = "line", "digit"
BLANK_DIGIT = tuple(f" {digit}" for digit in "0123456789")  # behind a run of digits: the next group of one

Builder = Callable[[Page, "re.Match[str]"], "Sequence[Token] | None"]
Rows = tuple[tuple[Callable[[str, int], "re.Match[str] | None"], Builder], ...]


@dataclass(frozen=True)
class Island:
    """One reading of one kind of place.

    `at` is LINE (the first character of a paragraph), DIGIT (a run of digits) or a tuple of literals in small
    letters. `pattern` is matched on the small letters from that place; `build` answers None for "not this reading".

    The rest only saves trying what cannot match at a run of digits. `after`: what may stand behind the run, each
    entry one character, or a blank and the character behind it. `left`: the last word before the run must be one of
    these. `opens`: how the run may begin. `size`: the least length of the run.
    """

    name: str
    at: str | tuple[str, ...]
    pattern: re.Pattern[str]
    build: Builder
    after: tuple[str, ...] | None = None
    left: frozenset[str] | None = None
    opens: tuple[str, ...] | None = None
    size: int = 1


@dataclass(frozen=True)
class Scan:
    """Tokens in the order of the text, never overlapping, and how many patterns were tried to find them."""

    tokens: tuple[Token, ...]
    attempts: int


class Table:
    """Islands arranged by where they are tried; where several begin at one place the earlier row wins."""

    def __init__(self, islands: Sequence[Island]) -> None:
        rows: dict[str, list[Island]] = {}
        for island in islands:
            for anchor in (island.at,) if isinstance(island.at, str) else island.at:
                rows.setdefault(anchor, []).append(island)
        self.literals = {anchor: _rows(table) for anchor, table in rows.items() if anchor not in (LINE, DIGIT)}
        self.line = _rows(rows.get(LINE, ()))
        self._digit = tuple(rows.get(DIGIT, ()))
        self._ends = _ends(island.left for island in self._digit if island.left is not None)
        self._known: dict[tuple[str, str, str], Rows] = {}

    def digits(self, low: str, start: int, end: int) -> Rows:
        """The islands worth trying for a run of digits, by what stands around it; the choice is remembered."""
        following = low[end : end + 2]
        if following[:1] != " ":
            following = following[:1]
        left = self._ends.get(low[start - 4 if start > 4 else 0 : start], "")
        opening = low[start:end] if end - start > 3 or low[start] == "0" else ""
        if opening:
            opening = f"{opening[:2]}{min(len(opening), 16)}"
        key = (following, left, opening)
        rows = self._known.get(key)
        if rows is None:
            rows = _rows(island for island in self._digit if _may(island, following, left, opening, low[start:end]))
            self._known[key] = rows
        return rows


def _ends(words: Iterable[frozenset[str]]) -> dict[str, str]:
    """What may stand in the four characters before a number: an end of a word -> the last three letters of the word."""
    ends: dict[str, str] = {}
    for word in frozenset[str]().union(*words):
        last = word[-3:]
        heads = ("",) if len(last) == 3 else (" ", "\n", "(", "-", '"', "“")
        for head in heads:
            ends[f"{head}{last} "[-4:]] = last
            ends[f"{head}{last}  "[-4:]] = last
            ends[f"{head}{last}"[-4:]] = last
    return ends


def _may(island: Island, following: str, left: str, opening: str, run: str) -> bool:
    return (
        (island.after is None or following in island.after)
        and (island.left is None or any(word[-3:] == left for word in island.left))
        and (island.opens is None or (bool(opening) and run.startswith(island.opens)))
        and (island.size == 1 or (bool(opening) and len(run) >= island.size))
    )


def _rows(islands: Iterable[Island]) -> Rows:
    return tuple((island.pattern.match, island.build) for island in islands)


def scan(*, page: Page, table: Table) -> Scan:
    """Find every token of a page."""
    tokens: list[Token] = []
    attempts = 0
    free_from = 0
    low = page.low
    for place, _, rows in _places(page, table):
        if place < free_from:
            continue
        for match_at, build in rows:
            attempts += 1
            match = match_at(low, place)
            if match is None:
                continue
            found = build(page, match)
            if found is not None:
                tokens.extend(found)
                free_from = found[0].end if len(found) == 1 else max([place, *(token.end for token in found)])
                break
    tokens.sort(key=_start)
    return Scan(tokens=tuple(tokens), attempts=attempts)


def _start(token: Token) -> int:
    return token.start


Place = tuple[int, int, Rows]


def _places(page: Page, table: Table) -> list[Place]:
    """Where to try what, in the order of the text; at one place a line's head first, then literals, then digits."""
    low = page.low
    found: list[Place] = []
    for start, end in page.lines:
        head = low[start : min(end, start + 12)]
        bare = head.lstrip()
        if bare and _SIGN.match(bare):
            found.append((start + len(head) - len(bare), 0, table.line))
    for order, (literal, rows) in enumerate(table.literals.items(), start=1):
        step = len(literal)
        place = low.find(literal)
        while place >= 0:
            if place == 0 or not low[place - 1].isalpha():
                found.append((place, order, rows))
            place = low.find(literal, place + step)
    last = len(table.literals) + 1
    for match in _DIGITS.finditer(low):
        start, end = match.span()
        found.append((start, last, table.digits(low, start, end)))
    found.sort()  # no two have one place and one order, so the third is never compared
    return found


def ends_with(left: str, words: tuple[str, ...]) -> str | None:
    """Which of the words a left context ends with, the longest first; None when none does.

    >>> ends_with("trong tổng số ", ("số", "tổng số"))
    'tổng số'
    >>> ends_with("thẩm định ", ("quy định",)) is None
    True
    """
    bare = left.rstrip(" \t")
    if not bare.endswith(words):
        return None
    best = None
    for word in words:
        if bare.endswith(word) and not bare[: -len(word)][-1:].isalpha() and (best is None or len(word) > len(best)):
            best = word
    return best
