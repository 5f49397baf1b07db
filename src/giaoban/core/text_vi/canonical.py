"""One spelling of a text: the string that every span indexes.

Only three things may change a text. NFC composition and the deletion of invisible characters may shorten it, and
then a map of offsets says where each character came from. All other changes replace one character by one, so that
a span is valid before and after.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

_ONE_TO_ONE = str.maketrans(
    {
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-"),
        **dict.fromkeys("\u000b\u000c\u0085\u2028\u2029", "\n"),
        "\u00d0": "Đ",
        "\u0189": "Đ",
        "\u00f0": "đ",
        "\u2215": "/",
        "\u2044": "/",
        "\u0130": "I",  # the only capital whose small form is longer than itself
    }
)

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# Translating walks every character through a table; looking for those few first is ten times quicker.
_ODD = re.compile(f"[{''.join(map(chr, _ONE_TO_ONE))}]")

_PLAIN = {"oa": "aàáảãạ", "oe": "eèéẻẽẹ", "uy": "yỳýỷỹỵ"}
_FIRST = {"o": "oòóỏõọ", "u": "uùúủũụ"}
_MOVED = {
    pair[0] + marked: _FIRST[pair[0]][tone] + pair[1]
    for pair, row in _PLAIN.items()
    for tone, marked in enumerate(row)
    if tone
}
_MOVED |= {key[0].upper() + key[1]: value[0].upper() + value[1] for key, value in list(_MOVED.items())} | {
    key.upper(): value.upper() for key, value in list(_MOVED.items())
}
_OPEN_SYLLABLE = re.compile(r"[oOuU][àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ](?!\w)")


@dataclass(frozen=True)
class Canonical:
    """A text in the house's spelling.

    `source_offsets[i]` is the place in the source of character `i` (one entry more than there are characters, the
    last being the length of the source); None means that places are the same.
    """

    text: str
    source_offsets: tuple[int, ...] | None

    def source_span(self, *, start: int, end: int) -> tuple[int, int]:
        """Where a half-open span of `text` lies in the source."""
        if self.source_offsets is None:
            return start, end
        return self.source_offsets[start], self.source_offsets[end]


def nfc(text: str) -> str:
    """The composed form, so that a letter and its marks are one character.

    >>> len(nfc("e\\u0302\\u0301"))
    1
    """
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def canonical(text: str) -> Canonical:
    """Give a text the one spelling in which it is read, compared and quoted.

    Blanks become spaces, dashes hyphens, Eth becomes Đ, and the tone mark of an open oa, oe, uy moves to the first
    vowel (khoá → khóa, uỷ → ủy; never after q). TƯ stays TƯ: it is not TU.

    >>> canonical("khoá XV, Uỷ ban, quý IV, hoàn thành").text
    'khóa XV, Ủy ban, quý IV, hoàn thành'
    >>> canonical("chức\\u200b vụ").source_offsets
    (0, 1, 2, 3, 5, 6, 7, 8)
    """
    offsets: tuple[int, ...] | None = None
    if not unicodedata.is_normalized("NFC", text) or _INVISIBLE.search(text):
        text, offsets = _compose(text)
    return Canonical(text=_respell(text), source_offsets=offsets)


def _respell(text: str) -> str:
    if _ODD.search(text):
        text = _ODD.sub(_replaced, text)
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return _OPEN_SYLLABLE.sub(_move_tone, text)


def _replaced(match: re.Match[str]) -> str:
    return _ONE_TO_ONE[ord(match[0])]


def _move_tone(match: re.Match[str]) -> str:
    if match.start() and match.string[match.start() - 1] in "qQ":
        return match.group()
    return _MOVED.get(match.group(), match.group())


def _compose(text: str) -> tuple[str, tuple[int, ...]]:
    """Compose cluster by cluster, so that each piece knows where it came from.

    Invisible characters go first: one of them between a letter and its mark would keep the two apart.
    """
    kept = [place for place, character in enumerate(text) if character not in INVISIBLE]
    visible = "".join([text[place] for place in kept])
    whole = nfc(visible)
    offsets: list[int] = []
    start, length = 0, len(visible)
    while start < length:
        end = start + 1
        while end < length and not _starts_cluster(visible[end]):
            end += 1
        composed = nfc(visible[start:end])
        last = end - 1
        offsets.extend(kept[min(start + place, last)] for place in range(len(composed)))
        start = end
    if len(offsets) != len(whole):  # pieces that only compose together: keep the text, give coarse places
        offsets = [kept[min(place, length - 1)] for place in range(len(whole))]
    return whole, (*offsets, len(text))


def _starts_cluster(character: str) -> bool:
    """Whether nothing before this character can compose with it."""
    return character < "\u0300" or (
        unicodedata.combining(character) == 0
        and not "\u1160" <= character <= "\u11ff"
        and unicodedata.is_normalized("NFC", character)
        and unicodedata.category(character)[0] != "M"
    )
