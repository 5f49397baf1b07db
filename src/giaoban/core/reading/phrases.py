"""A list of phrases, asked whether one of them begins at a place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_FIRST = re.compile(r"\w+")


class Phrases:
    """Phrases in small letters, found by their first word; the longest is tried first.

    >>> units = Phrases(["đảng bộ", "đảng bộ cơ sở", "người"])
    >>> units.at("đảng bộ cơ sở xã", 0), units.at("đảng bộc", 0), units.at("người.", 0)
    (13, 0, 5)
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        by_first: dict[str, list[str]] = {}
        for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
            first = _FIRST.match(phrase)
            by_first.setdefault(first[0] if first else "", []).append(phrase)
        self._by_first = {first: tuple(rows) for first, rows in by_first.items()}

    def __iter__(self) -> Iterator[str]:
        return (phrase for rows in self._by_first.values() for phrase in rows)

    def at(self, text: str, place: int) -> int:
        """How many characters of the text from a place on are a phrase, as whole words; 0 when none begins there."""
        first = _FIRST.match(text, place)
        if first is None:
            return 0
        for phrase in self._by_first.get(first[0], ()):
            if text.startswith(phrase, place):
                end = place + len(phrase)
                if not text[end : end + 1].isalpha():
                    return len(phrase)
        return 0
