"""The noun phrase a figure counts, and the words around it."""

from __future__ import annotations

import re

from giaoban.core.reading.islands import ends_with
from giaoban.core.reading.page import Page
from giaoban.core.reading.phrases import Phrases
from giaoban.core.reading.words import APPROXIMATIONS

_WINDOW = 120
_SEGMENT = re.compile(r"[^\t\n,.;:()\"“”]+")
_PAIRED = Phrases(
    ("đảng bộ", "chi bộ", "cán bộ", "công chức", "viên chức", "xã", "phường", "thị trấn", "tập thể", "cá nhân",
     "nghị quyết", "chỉ thị", "kết luận", "quy định", "quyết định", "đảng ủy", "tổ chức", "huyện", "quận", "thị xã")
)  # fmt: skip
_DELTA = re.compile(r"(?<!\w)(tăng|giảm)(?: thêm| được| lên| bớt)?\s+(?:(?:gần|hơn|trên|khoảng)\s+)?$")


def unit_after(page: Page, end: int) -> tuple[int, int] | None:
    """The span of the noun phrase behind a number: up to a mark, a verb or a preposition."""
    low = page.low
    first, last = -1, -1
    place, taken, limit = end, 0, end + _WINDOW
    while low[place : place + 1] == " ":
        segment = _SEGMENT.match(low, place, limit)
        if segment is None:
            break
        stopped = False
        for word in segment[0].split(" "):
            if word:
                if taken >= 14 or (_is_notable(page, word) and _stops(page, word, place, taken)):
                    stopped = True
                    break
                if first < 0:
                    first = place
                last = place + len(word)
                taken += 1
            place += len(word) + 1
        if stopped or not _list_goes_on(low, last, first):
            break
        place = last + 1
    return None if first < 0 else (first, last)


def _is_notable(page: Page, word: str) -> bool:
    return word in page.words.unit_stops or word == "tổ" or not word.isalpha()


def _stops(page: Page, word: str, start: int, taken: int) -> bool:
    if not word.isalpha() and any(c.isdigit() for c in word):
        return True
    if taken and word == "tổ" and page.low.startswith("tổ chức", start):
        before = page.low[max(0, start - 12) : start].rstrip()
        return not before.endswith(("việc", "công tác", "các", "ban", "cán bộ", "làm", "ngành"))
    words = page.words
    if word not in words.unit_stops or words.unit_goes_on.at(page.low, start):
        return False
    return not (taken == 0 and words.countable.at(page.low, start))


def _list_goes_on(low: str, place: int, first: int) -> bool:
    """«đảng bộ, chi bộ cơ sở»: a bare noun of a pair, a comma, the other noun."""
    return low.startswith(", ", place) and _PAIRED.at(low, first) == place - first and _PAIRED.at(low, place + 2) > 0


def unit_before(page: Page, start: int) -> tuple[int, int] | None:
    """The span of the noun phrase before a number: back to the mark that opens its clause."""
    left = page.low[max(0, start - 80) : start]
    bare = left.rstrip(" :")
    cut = max((bare.rfind(mark) for mark in ".,;:(\n\t"), default=-1) + 1
    for opener in (" và ", " có ", " đã ", " là ", "trong đó ", " gồm "):
        place = bare.rfind(opener, cut)
        cut = max(cut, place + len(opener)) if place >= 0 else cut
    phrase = bare[cut:]
    for tail in (" là", " đạt", " có", " bằng", " tăng", " giảm", " còn"):
        phrase = phrase.removesuffix(tail)
    first = cut + len(phrase) - len(phrase.lstrip(" -+"))
    last = cut + len(phrase.rstrip())
    base = max(0, start - 80)
    return (base + first, base + last) if last > first else None


def approximation(page: Page, start: int) -> str | None:
    """gần, trên, khoảng … directly before a number."""
    left = page.left(start, 20).rstrip(" ")
    return ends_with(left, APPROXIMATIONS) if left.endswith(APPROXIMATIONS) else None


def delta(page: Page, start: int) -> str | None:
    """tăng or giảm directly before a number."""
    left = page.left(start, 24)
    match = _DELTA.search(left) if "tăng" in left or "giảm" in left else None
    return match[1] if match else None


def scope(page: Page, start: int) -> str | None:
    """cả nước, toàn tỉnh … in the clause before a number."""
    left = page.left(start, 70)
    clause = left[max(left.rfind("."), left.rfind(";"), left.rfind("\n")) + 1 :]
    if "toàn" not in clause and "cả" not in clause and not page.words.other_scopes:
        return None
    found = [(clause.rfind(name), name) for name in page.words.scopes if name in clause]
    return max(found)[1] if found else None
