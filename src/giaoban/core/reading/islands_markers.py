"""Islands that open an item of an enumeration: Một là, Thứ nhất, (1), 1., 1.1., a), - ."""

from __future__ import annotations

import re

from giaoban.core.reading.islands import LINE, Island, ends_with
from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import Marker, Token
from giaoban.core.reading.words import NUMERALS, ORDINALS, ROMAN


def _opens(page: Page, place: int) -> bool:
    """Whether a place opens a sentence."""
    before = page.view[max(0, place - 4) : place].rstrip(" \t")
    return not before or before[-1] in '.:;!?…\n-+“"'


_COUNTED = tuple(NUMERALS)


def in_words(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Một là, Hai là: with a capital, or at the head of a clause. Found at «là»; the number stands left of it."""
    word = ends_with(page.low[max(0, match.start() - 6) : match.start()], _COUNTED)
    start = match.start() - len(word) - 1 if word else -1
    if word is None or not page.low.startswith(word, start) or not _opens(page, start):
        return None
    return [Marker(start=start, end=match.end(), style="la", ordinal=NUMERALS[word], line=_at_line(page, start))]


def ordinal_word(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Thứ nhất, Thứ hai; not the day of the week before a date."""
    if not _opens(page, match.start()) or re.match(
        r"[ ,(]{0,3}(?:(?:ngày )?[0-9]|chủ nhật|sáng|chiều)", page.right(match.end(), 12)
    ):
        return None
    return [
        Marker(
            start=match.start(),
            end=match.end(),
            style="thu",
            ordinal=ORDINALS[match["n"]],
            line=_at_line(page, match.start()),
        )
    ]


def bracketed(page: Page, match: re.Match[str]) -> list[Token] | None:
    """(1) Tham mưu: an item, not a note behind a word."""
    before = page.view[max(0, match.start() - 1) : match.start()]
    following = page.view[match.end() : match.end() + 2].lstrip()
    if (before and not before.isspace()) or not (following[:1].isalnum() or following[:1] in '“"'):
        return None
    opens = page.view[max(0, match.start() - 3) : match.start()].rstrip()
    if not following[:1].isupper() and opens and opens[-1] not in ":;.,\n" and not _at_line(page, match.start()):
        return None  # «thuộc Chi cục (2) và Phòng Dạy nghề (1)»
    return [
        Marker(
            start=match.start(),
            end=match.end(),
            style="paren",
            ordinal=int(match["n"]),
            line=_at_line(page, match.start()),
        )
    ]


def numbered(page: Page, match: re.Match[str]) -> list[Token] | None:
    """1. Rà soát, 2) Kiện toàn, 1.1. Công tác: at the head of a line, before a capital."""
    following = page.view[match.end() : match.end() + 1]
    if not (following.isupper() or following in "“\"'["):
        return None
    numbers = [int(part) for part in re.findall(r"[0-9]+", match[0])]
    return [
        Marker(start=match.start(), end=match.end(), style="num", ordinal=numbers[-1], line=True, depth=len(numbers))
    ]


def lettered(page: Page, match: re.Match[str]) -> list[Token] | None:
    """a) Công tác."""
    ordinal = "abcdđeghiklmnopqrstuvxy".find(match["letter"]) + 1
    style = "roman" if page.view[match.start()].isupper() else "letter"  # «B. Nhiệm vụ» heads a part
    return [Marker(start=match.start(), end=match.end(), style=style, ordinal=ordinal or None, line=True, depth=2)]


_BEHIND_DASH = re.compile(r"[0-9]{1,2} ?(?:h|g|giờ|:)|[0-9]{1,4}(?:/[0-9]{1,4})? [^\W\d]|[“\"(]")


def dashed(page: Page, match: re.Match[str]) -> list[Token] | None:
    """- Tiếp tục, + Rà soát."""
    if not page.view[match.end() : match.end() + 1].isalpha() and not _BEHIND_DASH.match(page.low, match.end()):
        return None
    depth = 4 if match[0][0] == "+" else 3
    return [Marker(start=match.start(), end=match.end(), style="dash", ordinal=None, line=True, depth=depth)]


def roman(page: Page, match: re.Match[str]) -> list[Token] | None:
    """II. NHIỆM VỤ: the head of a part."""
    if not page.view[match.start()].isupper() or match["n"] not in ROMAN:
        return None
    return [Marker(start=match.start(), end=match.end(), style="roman", ordinal=ROMAN[match["n"]], line=True, depth=0)]


def article(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Điều 4. Tổ chức thực hiện."""
    return [Marker(start=match.start(), end=match.end(), style="article", ordinal=int(match["n"]), line=True, depth=0)]


def step(page: Page, match: re.Match[str]) -> list[Token] | None:
    """Bước 1: Các đảng bộ tự kiểm tra."""
    return [Marker(start=match.start(), end=match.end(), style="step", ordinal=int(match["n"]), line=True)]


def _at_line(page: Page, place: int) -> bool:
    start, _ = page.line(place)
    return place - start <= 12 and not page.view[start:place].strip(" \t-")


_O = "|".join(sorted(ORDINALS, key=len, reverse=True))
ISLANDS = (
    Island("numbered", LINE, re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,3} ?[.)/-] {1,3}"), numbered),
    Island("outline", LINE, re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3} {1,3}"), numbered),
    Island("lettered", LINE, re.compile(r"(?P<letter>[a-zđ])[.)] {1,3}"), lettered),
    Island("roman", LINE, re.compile(r"(?P<n>[ivx]{1,5}) ?[./-] {0,3}"), roman),
    Island("article", LINE, re.compile(r"điều (?P<n>[0-9]{1,3}) ?[.:] {1,3}"), article),
    Island("step", LINE, re.compile(r"(?:bước|giai đoạn|đợt) (?P<n>[0-9]{1,2}) ?[:.] {1,3}"), step),
    Island("dashed", LINE, re.compile(r"[-+*•☐◦▪●○✓] {0,3}"), dashed),
    Island("in words", ("là",), re.compile(r"là(?!\w) {0,3}[,:]? {0,3}"), in_words),
    Island("ordinal word", ("thứ ",), re.compile(rf"thứ (?P<n>{_O})(?: là)? {{0,3}}[,:] {{0,3}}"), ordinal_word),
    Island("bracketed", ("(",), re.compile(r"\((?P<n>[0-9]{1,2})\)"), bracketed),
)
