"""From the words a page sends to plain values: numbers, pages of a list, texts, names and kinds of files."""

from __future__ import annotations

import unicodedata

from django.http import QueryDict

from giaoban.core.formlang.inputs import clean

ANY_BYTES = "application/octet-stream"
LAST_PAGE = 100_000  # no list is longer; far beyond it a database counts in too small numbers
LONGEST_NAME = 200  # letters of a file's name
_MOST_DIGITS = 18
_ENDING = 20  # letters of an ending that are kept when a name is cut
_GIVEN_BACK = frozenset(  # as they are; anything else is only bytes to a browser
    {
        "application/pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "image/jpeg",
        "image/png",
        "text/plain",
    }
)


def number(text: str | None, *, default: int = 0) -> int:
    """A positive number in an address or a hidden box; `default` for anything else.

    >>> number("12", default=1), number("-3", default=1), number("²", default=1), number(None)
    (12, 1, 1, 0)
    """
    if text and text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS:
        return int(text) or default
    return default


def page_number(sent: QueryDict) -> int:
    """Which page of a list is asked for, 1 for anything that is none.

    >>> page_number(QueryDict("page=3")), page_number(QueryDict("page=-3")), page_number(QueryDict("page=" + 18 * "9"))
    (3, 1, 100000)
    """
    return min(number(sent.get("page"), default=1), LAST_PAGE)


def typed(sent: QueryDict, name: str) -> str:
    """A box's text, composed, without control characters, trimmed."""
    return clean(sent.get(name, "")).strip()


def file_name(given: str) -> str:
    """A file's own name: composed letters, no folders, no control characters, its ending kept when it is cut.

    >>> file_name("C:\\\\bc\\\\../Báo cáo.docx"), file_name("..")
    ('Báo cáo.docx', 'tệp')
    """
    bare = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    bare = "".join(letter for letter in bare if letter.isprintable()).strip(" .")
    if len(bare) > LONGEST_NAME:
        stem, dot, ending = bare.rpartition(".")
        tail = dot + ending[:_ENDING] if stem else ""
        bare = bare[: LONGEST_NAME - len(tail)] + tail
    return bare or "tệp"


def media_type(claimed: str | None) -> str:
    """The claimed type when it is one we give back, else plain bytes.

    >>> media_type("application/PDF; charset=x"), media_type("text/html")
    ('application/pdf', 'application/octet-stream')
    """
    bare = (claimed or "").split(";")[0].strip().lower()
    return bare if bare in _GIVEN_BACK else ANY_BYTES
