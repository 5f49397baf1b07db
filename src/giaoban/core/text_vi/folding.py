"""The key that words are searched and matched by: small letters without marks.

Folding merges words (năm/nam, từ/tư, quý/quy, TƯ/TU), so it serves searching and matching, never the identity of a
document: 35-CT/TW and 35-CT/TU are two papers.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_D = str.maketrans("đĐðÐ", "dddd")


@lru_cache(maxsize=65_536)
def _fold_letter(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter.translate(_D))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def fold(text: str) -> str:
    """A text in small letters without marks, đ as d; any two spellings of a word give the same key.

    >>> fold("Đảng uỷ Khối các cơ quan")
    'dang uy khoi cac co quan'
    """
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_letter, text))


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, punctuation left out.

    >>> words("Đảng bộ, chi bộ (cơ sở)")
    ('dang', 'bo', 'chi', 'bo', 'co', 'so')
    """
    return tuple("".join(c if c.isalnum() else " " for c in fold(text)).split())
