"""The noun phrase a figure counts, and the words around it."""

from __future__ import annotations

import re

from giaoban.core.reading.islands_figures import begins_with
from giaoban.core.reading.page import Page
from giaoban.core.reading.words import APPROXIMATIONS, COUNTABLE, SCOPES, UNIT_GOES_ON, UNIT_STOPS

_WINDOW = 120
_WORD = re.compile(r"[^\s,.;:()\n\t\"“”]+")
_PAIRED = ("đảng bộ", "chi bộ", "cán bộ", "công chức", "viên chức", "xã", "phường", "thị trấn", "tập thể", "cá nhân",
    "nghị quyết", "chỉ thị", "kết luận", "quy định", "quyết định", "đảng ủy", "tổ chức", "huyện", "quận",
    "thị xã")  # fmt: skip
_DELTA = re.compile(r"(?<!\w)(tăng|giảm)(?: thêm| được| lên| bớt)?\s+(?:(?:gần|hơn|trên|khoảng)\s+)?$")
_APPROX = re.compile(rf"(?<!\w)({'|'.join(sorted(APPROXIMATIONS, key=len, reverse=True))})\s+$")


def unit_after(page: Page, end: int) -> tuple[int, int] | None:
    """The span of the noun phrase behind a number: up to a mark, a verb or a preposition."""
    text = page.low[end : end + _WINDOW]
    if not text[:1].isspace():
        return None
    place, first, last = 0, -1, -1
    taken = 0
    while taken < 14:
        gap = len(text) - place - len(text[place:].lstrip(" "))
        match = _WORD.match(text, place + gap)
        if match is None:
            if taken and _list_goes_on(text, place, first):
                place += 1
                continue
            break
        if _stops(text, match, taken):
            break
        first = match.start() if first < 0 else first
        last, place = match.end(), match.end()
        taken += 1
    return None if first < 0 else (end + first, end + last)


def _stops(text: str, match: re.Match[str], taken: int) -> bool:
    word = match[0]
    rest = text[match.start() : match.start() + 24]
    if any(c.isdigit() for c in word):
        return True
    if taken and begins_with(rest, ("tổ chức",)):
        before = text[: match.start()].rstrip()
        return not before.endswith(("việc", "công tác", "các", "ban", "cán bộ", "làm", "ngành"))
    if word not in UNIT_STOPS:
        return False
    return not begins_with(rest, UNIT_GOES_ON) and not (taken == 0 and begins_with(rest, COUNTABLE))


def _list_goes_on(text: str, place: int, first: int) -> bool:
    """«đảng bộ, chi bộ cơ sở»: a bare noun of a pair, a comma, the other noun."""
    return (
        text[place : place + 2] == ", "
        and text[first:place].strip() in _PAIRED
        and begins_with(text[place + 2 : place + 26], _PAIRED)
    )


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
    match = _APPROX.search(page.left(start, 20))
    return match[1] if match else None


def delta(page: Page, start: int) -> str | None:
    """tăng or giảm directly before a number."""
    match = _DELTA.search(page.left(start, 24))
    return match[1] if match else None


def scope(page: Page, start: int) -> str | None:
    """cả nước, toàn tỉnh … in the clause before a number."""
    left = page.left(start, 70)
    clause = left[max(left.rfind(mark) for mark in ".;\n") + 1 :]
    found = [(clause.rfind(name), name) for name in SCOPES if name in clause]
    return max(found)[1] if found else None
