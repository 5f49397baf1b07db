"""Where names of persons may stand: runs of capitalised syllables that begin with a surname or follow an honorific."""

from __future__ import annotations

import re
from typing import NamedTuple

from giaoban.core.reading.data import words
from giaoban.core.reading.page import Page
from giaoban.core.reading.posts import STARTERS, head_at

# The two cases from an explicit alphabet: in Unicode they are mixed, so that a range would swallow the next verb.
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĬŎŬČ"
SMALLS = CAPITALS.lower()
SYLLABLE = rf"[{CAPITALS}](?:['’][{CAPITALS}{SMALLS}])?[{SMALLS}]{{0,11}}"
_RUN = re.compile(rf"({SYLLABLE}) {SYLLABLE}(?: {SYLLABLE}){{0,6}}")
_SMALL_WORD = re.compile(rf" ([{SMALLS}]{{1,11}})")
# A lone given name is read only behind a word of address. Found by plain search, which is faster than a pattern.
_LONE_CUES = ("ồng chí ", " ông ", "Ông ", " bà ", "Bà ")
_LONE = re.compile(rf"(?![{CAPITALS}] ){SYLLABLE}(?![\w'’/])(?! [{CAPITALS}])")

SURNAMES = {row[0]: row[1:] != ("weak",) for row in words("surnames")}
PLACES = {row[0]: row[1:] == ("person",) for row in words("places")}
HONORIFICS = {row[0]: row[1] for row in words("honorifics")}
_NAMESAKES = {row[0]: row[1] if len(row) > 1 else "thing" for row in words("namesakes")}
_CUES = _NAMESAKES | HONORIFICS
_ADDRESS = frozenset(("Ông", "Bà", "Anh", "Chị", "Em", "Cô", "Chú", "Bác", "Cụ", "Thầy", "Cháu", "Mẹ", "Ngài"))
_CUE_ENDS = frozenset(phrase.split()[-1].rstrip(".") for phrase in HONORIFICS)
_CUE_LASTS = frozenset(phrase.split()[-1].rstrip(".").rpartition(".")[2] for phrase in _CUES)
_CAPITAL = frozenset(CAPITALS)
_SURE_MIDDLES = (" Thị ", " Văn ")
_LONG = 13  # characters of the shortest run that holds a place and a name
_MIDDLE = frozenset(("Văn", "Thị", "Đình", "Hữu", "Đức", "Xuân", "Quang", "Minh", "Ngọc", "Thanh", "Quốc", "Công"))
_NOT_LONE, _BODIES, _COMPOUNDS = (
    frozenset(word for row in words("not_names") if row[0] == kind for word in row[1:])
    for kind in ("lone", "run", "pair")
)


class Name(NamedTuple):
    """A place where a name may stand, and what speaks for it.

    `cue` is the kind of the word before it: address, learned (degrees), unit, ủy, or none; `honorific` spans the word
    of address, `strong` says that the form alone makes a person likely.
    """

    start: int
    end: int
    cue: str
    honorific: tuple[int, int] | None
    strong: bool
    syllables: int


def names(page: Page) -> list[Name]:
    """The candidates in the order of the text; what is plainly the name of a thing is left out."""
    view, low = page.view, page.low
    found = []
    for match in _RUN.finditer(view):
        first = match.group(1)
        start, end = match.span()
        if first in _BODIES and end - start <= _LONG:
            continue
        if len(first) == 1 and view[start - 1 : start].isalnum():  # the end of «NSƯT», «TS»
            start = match.end(1) + 1
            first = view[start:end].split(" ", 1)[0]
        name = None
        if first in SURNAMES:
            name = _candidate(page, start, end)
        elif first in _ADDRESS:
            start += len(first) + 1
            name = _candidate(page, start, end) or _unknown(page, start, end)
        elif low[start - 8 : start - 1].rpartition(" ")[2].strip('(“[".-') in _CUE_ENDS:
            name = _unknown(page, start, end)
        elif end - start > 8 and view.startswith(_SURE_MIDDLES, start + len(first)):
            name = _candidate(page, start, end, known=False)
        if name is None and end - start > _LONG and first not in SURNAMES:
            name = _behind_place_name(page, start, end)
        if name is not None:
            found.append(name)
    return found


def _behind_place_name(page: Page, start: int, end: int) -> Name | None:
    """«An Giang Lê Hồng Quang»: the run begins with a place."""
    run = page.view[start:end].split(" ")
    skipped = _behind_place(run)
    if not skipped:
        return None
    return _candidate(page, start + sum(len(word) + 1 for word in run[:skipped]), end)


def lone_names(page: Page) -> list[Name]:
    """Given names alone behind a word of address: «đồng chí Bảo»."""
    view = page.view
    found = []
    for literal in _LONE_CUES:
        place = view.find(literal)
        while place >= 0:
            start = place + len(literal)
            if view[start : start + 1] in _CAPITAL and (name := _lone(page, start)) is not None:
                found.append(name)
            place = view.find(literal, start)
    return found


def _lone(page: Page, start: int) -> Name | None:
    match = _LONE.match(page.view, start)
    if match is None or match.group() in _NOT_LONE or head_at(page.low, start) > 0:
        return None
    small = _SMALL_WORD.match(page.view, match.end())
    if small and f"{match.group().lower()} {small.group(1)}" in _COMPOUNDS:
        return None
    cue, honorific = cue_before(page, start)
    if cue != "address":
        return None
    return Name(start, match.end(), cue, honorific, False, 1)


def cue_before(page: Page, start: int) -> tuple[str, tuple[int, int]]:
    """The kind of the word or words directly before a place, and their span; kind "" when they say nothing."""
    before = page.low[max(0, start - 30) : start]
    if before[-1:] not in (" ", "."):
        return "", (start, start)
    parts = before.split()[-3:]
    if parts and parts[-1].rstrip(".,").rpartition("(")[2].rpartition(".")[2].strip('“"[-') not in _CUE_LASTS:
        return "", (start, start)
    keys = [" ".join(parts[-count:]) for count in range(len(parts), 0, -1)]
    for key in keys:
        if key in _CUES:
            return _CUES[key], _found_before(page, start, key)
    for key in keys:
        for form in (key.rstrip("."), _last_piece(key)):
            if form in _CUES:
                return _CUES[form], _found_before(page, start, form)
    return "", (start, start)


def _found_before(page: Page, start: int, words_before: str) -> tuple[int, int]:
    at = page.low.rfind(words_before, max(0, start - 30), start)
    return at, at + len(words_before)


def _last_piece(key: str) -> str:
    """What stands behind the last sign of a key: «2020.đồng chí», «(ông»."""
    for place in range(len(key) - 1, -1, -1):
        if not (key[place].isalnum() or key[place] in " /"):
            return key[place + 1 :].strip()
    return key


def _behind_place(run: list[str]) -> int:
    """How many syllables of a run are a place that a name follows: «An Giang Lê Hồng Quang»."""
    for count in (3, 2):
        if len(run) >= count + 2 and run[count] in SURNAMES and " ".join(run[:count]) in PLACES:
            return count
    if run[0] in SURNAMES:
        weak = not SURNAMES[run[0]] and len(run) >= 5 and run[1] not in _MIDDLE
        return 2 if weak and SURNAMES.get(run[2]) else 0
    for count in (1, 2, 3):
        if len(run) >= count + 3 and SURNAMES.get(run[count]):
            return count
    return 0


def _candidate(page: Page, start: int, end: int, *, known: bool = True) -> Name | None:
    start, run = _left_trimmed(page, start, page.view[start:end].split(" "))
    if len(run) >= 4 and (skipped := _behind_place(run)):
        start += sum(len(word) + 1 for word in run[:skipped])
        run = run[skipped:]
    run = _right_trimmed(page, start, run)
    cue, place = cue_before(page, start)
    addressed = cue in ("address", "learned")
    if (
        len(run) < 2
        or cue == "thing"
        or (known and run[0] not in SURNAMES)
        or (not SURNAMES.get(run[0]) and head_at(page.low, start) > 0)
        or (len(run) > 5 and not addressed)
    ):
        return None
    run = run[:5]
    text = " ".join(run)
    if text in PLACES and not addressed and (not PLACES[text] or cue):
        return None
    if cue in ("unit", "ủy") and (len(run) < 3 or text in PLACES):
        return None
    strong = len(run) >= 3 and text not in PLACES and (SURNAMES.get(run[0]) or run[1] in _MIDDLE)
    return Name(start, start + len(text), cue, place if addressed else None, bool(strong), len(run))


def _unknown(page: Page, start: int, end: int) -> Name | None:
    """A run without a known surname is a name only behind an honorific: «đồng chí K'Brểu»."""
    if page.view[start - 1 : start] != " ":
        return None
    cue, place = cue_before(page, start)
    if cue not in ("address", "learned"):
        return None
    run = _right_trimmed(page, start, page.view[start:end].split(" "))[:5]
    if len(run) < 2 or run[0] in _NOT_LONE or " ".join(run) in PLACES or " ".join(run[:2]) in PLACES:
        return None
    return Name(start, start + len(" ".join(run)), cue, place, False, len(run))


def _left_trimmed(page: Page, start: int, run: list[str]) -> tuple[int, list[str]]:
    """Without a first syllable that is only the end of a longer word."""
    if start > 0 and page.view[start - 1].isalnum() and len(run) > 1:
        return start + len(run[0]) + 1, run[1:]
    return start, run


def _right_trimmed(page: Page, start: int, run: list[str]) -> list[str]:
    """Without a last syllable that begins another word: «… Nguyễn Văn An Giám đốc», «… Đảng XIII»."""
    end = start + len(" ".join(run))
    following = page.view[end : end + 1]
    if len(run[-1]) == 1 and following.isupper():
        return run[:-1]
    small = _SMALL_WORD.match(page.view, end)
    if small is not None and f"{run[-1].lower()} {small.group(1)}" in _COMPOUNDS:
        end -= len(run[-1]) + 1
        run = run[:-1]
    while len(run) > 2 and run[-1].lower() in STARTERS and head_at(page.low, end - len(run[-1])) > 0:
        end -= len(run[-1]) + 1
        run = run[:-1]
    return run
