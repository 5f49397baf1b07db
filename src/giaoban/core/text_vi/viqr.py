"""VIQR (RFC 1456): Vietnamese with its marks as punctuation, «ddo^`ng chi'», from mail and forums."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SHAPES: Final = {"(": "\u0306", "^": "\u0302", "+": "\u031b", "*": "\u031b"}
_TONES: Final = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_SIGN: Final = re.compile(r"[aeoAEO]\^")
_LETTER: Final = re.compile(
    r"\\([(^+*'`?~.dD\\])|([dD])[dD]|((?:[aA]\(|[aeoAEO]\^|[oOuU][+*]|[aeiouyAEIOUY]))(['`?~.]?)"
)
_GOES_ON: Final = re.compile(r"[A-Za-z]|[ \t,;:.!?)]{1,3}[a-z0-9(]")
_GOES_ON_IN_CAPITALS: Final = re.compile(r"[A-Za-z]|[ \t,;:.!?)]{1,3}[A-Za-z0-9(]")


def looks_so(text: str) -> bool:
    """A cheap look: no text of some length is without â, ê or ô."""
    return "^" in text and _SIGN.search(text) is not None


def to_unicode(text: str) -> str:
    """Convert a text known to be VIQR; a full stop or question mark that ends a sentence stays one.

    >>> to_unicode("Dda.i ho^.i dda~ ba^`u. Ba'o ca'o")
    'Đại hội đã bầu. Báo cáo'
    """
    return _LETTER.sub(_letter, text)


def _letter(match: re.Match[str]) -> str:
    escaped, stroke, vowel, tone = match.groups()
    if escaped:
        return str(escaped)
    if stroke:
        return "Đ" if stroke == "D" else "đ"
    kept = ""
    if tone and tone in ".?" and not _is_tone(match, vowel):
        tone, kept = "", tone
    marks = _SHAPES.get(vowel[1:], "") + _TONES.get(tone, "")
    return unicodedata.normalize("NFC", vowel[0] + marks) + kept


def _is_tone(match: re.Match[str], vowel: str) -> bool:
    goes_on = _GOES_ON_IN_CAPITALS if vowel[0].isupper() else _GOES_ON
    return goes_on.match(match.string, match.end()) is not None
