"""A formula cut into words: numbers, names, quoted text and signs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from giaoban.core.formlang import limits, refusals


class Sort(Enum):
    NUMBER = "number"
    NAME = "name"
    TEXT = "text"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True)
class Token:
    sort: Sort
    text: str  # a sign or keyword in its one canonical spelling; quoted text without its quotes
    at: int


KEYWORDS = {  # every spelling -> the canonical one
    "and": "and", "or": "or", "not": "not", "true": "true", "false": "false",
    "và": "and", "hoặc": "or", "không": "not", "đúng": "true", "sai": "false",
}  # fmt: skip
SPELLINGS = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">=", "×": "*", "÷": "/", "−": "-"}

_WORD = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<text>\"[^\"\n]*\"|'[^'\n]*')"
    r"|(?P<sign><=|>=|==|!=|<>|[-+*/()=<>,≠≤≥×÷−])"
)
_LOOKS_GROUPED = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


def clean(source: str) -> str:
    """One spelling for every accented letter, so that «và» typed on a Mac is «và»."""
    return unicodedata.normalize("NFC", source)


def tokens(source: str) -> list[Token]:
    """Cut a cleaned formula into tokens, END last.

    Raises a `BadFormula` at the first letter that cannot begin a word. Numbers are written with a
    dot: `1192`, `0.5`. `1.192` is refused because a Vietnamese reader takes it for 1192.

    >>> [token.text for token in tokens("không (a ≥ 0.5)")]
    ['not', '(', 'a', '>=', '0.5', ')', '']
    """
    if len(source) > limits.FORMULA_LENGTH:
        raise refusals.FormulaTooLong(source=source, at=limits.FORMULA_LENGTH, limit=limits.FORMULA_LENGTH)
    found: list[Token] = []
    at = 0
    while at < len(source):
        match = _WORD.match(source, at)
        if match is None:
            if source[at] in "\"'":
                raise refusals.UnfinishedText(source=source, at=at)
            raise refusals.UnknownSign(source=source, at=at, sign=source[at])
        text = match.group()
        match match.lastgroup:
            case "number":
                _refuse_unclear_number(source, at, text)
                found.append(Token(Sort.NUMBER, text, at))
            case "name":
                keyword = KEYWORDS.get(text.lower())
                found.append(Token(Sort.SIGN if keyword else Sort.NAME, keyword or text, at))
            case "text":
                found.append(Token(Sort.TEXT, text[1:-1], at))
            case "sign":
                found.append(Token(Sort.SIGN, SPELLINGS.get(text, text), at))
        at += len(text)
    found.append(Token(Sort.END, "", len(source)))
    return found


def _refuse_unclear_number(source: str, at: int, text: str) -> None:
    whole, _, decimals = text.partition(".")
    if len(whole) > limits.LITERAL_DIGITS or len(decimals) > limits.PLACES:
        raise refusals.NumberTooLong(source=source, at=at, digits=limits.LITERAL_DIGITS, places=limits.PLACES)
    if _LOOKS_GROUPED.fullmatch(text):
        raise refusals.AmbiguousNumber(source=source, at=at, number=text, joined=text.replace(".", ""))
    end = at + len(text)
    if source[end : end + 1] == "," and source[end + 1 : end + 2].isdigit():
        raise refusals.CommaInNumber(source=source, at=end)
