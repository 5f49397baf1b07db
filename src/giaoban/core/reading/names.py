"""Where names of persons may stand: runs of capitalised syllables that begin with a surname or follow an honorific."""

from __future__ import annotations

import re
from typing import NamedTuple

from giaoban.core.reading.namelists import NameLists
from giaoban.core.reading.page import Page
from giaoban.core.reading.posts import head_at

# The two cases from an explicit alphabet: in Unicode they are mixed, so that a range would swallow the next verb.
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĬŎŬČ"
SMALLS = CAPITALS.lower()
SYLLABLE = rf"[{CAPITALS}](?:['’][{CAPITALS}{SMALLS}])?[{SMALLS}]{{0,11}}"
# A run is found by a pattern without particles, and read again where one stands at its ends: «Ksor H'Bơ Khăp».
_PLAIN = rf"[{CAPITALS}][{SMALLS}'’]{{0,12}}+"
_RUN = re.compile(rf"({_PLAIN}) {_PLAIN}(?: {_PLAIN}){{0,6}}")
_WITH_PARTICLES = re.compile(rf"({SYLLABLE}) {SYLLABLE}(?: {SYLLABLE}){{0,6}}")
_SIGN = re.compile(r"[^\w /]")
_OPENING = re.compile(r"[(\[“\"-]")
_LAST = re.compile(r"([^\W_]*)[^\w]*$")  # the letters a word ends with: «chí» of «2020.đồng chí,»
_SMALL_WORD = re.compile(rf" ([{SMALLS}]{{1,11}})")
# A lone given name is read only behind a word of address. Found by plain search, which is faster than a pattern.
_LONE_CUES = ("ồng chí ", "/c ", " ông ", " bà ", " anh ", " chị ")
_LONE = re.compile(rf"(?![{CAPITALS}] ){SYLLABLE}(?![\w'’/])(?! [{CAPITALS}])")
# «H' Lim Niê», «K' Brẻo»: the particle stands apart.
_PARTED = re.compile(rf"[HKY]['’] {SYLLABLE}(?: {SYLLABLE}){{0,3}}")

_ADDRESS = frozenset(("Ông", "Bà", "Anh", "Chị", "Em", "Cô", "Chú", "Bác", "Cụ", "Thầy", "Cháu", "Mẹ", "Ngài"))
_ADDRESS_LONE = ("Ông", "Bà")
_QUOTES = "'’"
_PARTICLE_ENDS = ("'", "’")
_CAPITAL = frozenset(CAPITALS)
_SURE_MIDDLES = (" Thị ", " Văn ")
_LONG = 13  # characters of the shortest run that holds a place and a name
_SHORTEST_WITH_POST = 3  # syllables of a run in which a post may begin
_MIDDLE = frozenset(
    ("Văn", "Thị", "Đình", "Hữu", "Đức", "Xuân", "Quang", "Minh", "Ngọc", "Thanh", "Quốc", "Công", "Thế", "Sĩ", "Bá",
     "Duy", "Trọng", "Mạnh")
)  # fmt: skip
_BEFORE_UNION = ("trung ương ", "tỉnh ", "thành ", "huyện ", "quận ", "thị ", "xã ")
_EVIDENT = ("address", "learned", "other", "work")


class Name(NamedTuple):
    """A place where a name may stand, and what speaks for it.

    `cue` is the kind of the word before it (see `data/honorifics.txt`, `data/namesakes.txt`), or none; `honorific`
    spans a word of address, degree or profession; `strong` says that the form alone makes a person likely.
    """

    start: int
    end: int
    cue: str
    honorific: tuple[int, int] | None
    strong: bool
    syllables: int


def names(page: Page) -> list[Name]:
    """The candidates in the order of the text; what is plainly the name of a thing is left out."""
    view, low, lists = page.view, page.low, page.words.naming
    surnames, not_run = lists.surnames, lists.not_run
    honorific_ends, honorific_tails = lists.honorific_ends, lists.honorific_tails
    found: list[Name] = []
    cursor = 0
    for match in _RUN.finditer(view):
        first = match.group(1)
        start, end = match.span()
        if (first in not_run and end - start <= _LONG) or start < cursor:
            continue
        if first[-1] in _QUOTES or view[end - 1] in _QUOTES or view[start - 1 : start] in _PARTICLE_ENDS:
            name, cursor = _with_particle(page, start)
            if name is not None:
                found.append(name)
            continue
        if len(first) == 1 and view[start - 1 : start].isalnum():  # the end of «NSƯT», «TS»
            start = match.end(1) + 1
            first = view[start:end].split(" ", 1)[0]
        name = None
        if first in surnames:
            name = _candidate(page, start, end)
        elif first in _ADDRESS:
            name = _addressed(page, start, end, first)
        elif (
            low[max(0, start - 3) : start - 1] in honorific_tails
            and low[max(0, start - 8) : start - 1].rpartition(" ")[2].strip('(“[".-') in honorific_ends
        ):
            name = _unknown(page, start, end)
        elif end - start > 8 and view.startswith(_SURE_MIDDLES, start + len(first)):
            name = _candidate(page, start, end, known=False)
        if name is None and end - start > _LONG and first not in surnames:
            name = _behind_place_name(page, start, end)
        if name is not None:
            found.append(name)
    return found


def _addressed(page: Page, start: int, end: int, first: str) -> Name | None:
    """The name behind a word of address with a capital: «Ông Lê Văn Ba», «Bà Hoa»; none in «núi Bà Đen»."""
    place = start + len(first) + 1
    name = _candidate(page, place, end) or _unknown(page, place, end)
    if name is None and first in _ADDRESS_LONE and cue_before(page, start)[0] != "thing":
        return _lone(page, place)
    return name


def _with_particle(page: Page, start: int) -> tuple[Name | None, int]:
    """The name that has a particle in the run from a place on («H'Bơ Niê», «H' Lim Niê»), and where the run ends."""
    view = page.view
    start -= 2 * (view[start - 1 : start] in _PARTICLE_ENDS and start > 1)
    if (parted := _parted(page, start)) is not None:
        return parted, parted.end
    match = _WITH_PARTICLES.match(view, start)
    if match is None:
        return None, start
    first = match.group(1)
    if first in _ADDRESS:
        start += len(first) + 1
    known = first in page.words.naming.surnames or first in _ADDRESS
    return (_candidate(page, start, match.end()) if known else None) or _unknown(page, start, match.end()), match.end()


def _behind_place_name(page: Page, start: int, end: int) -> Name | None:
    """«An Giang Lê Hồng Quang»: the run begins with a place."""
    run = page.view[start:end].split(" ")
    skipped = _behind_place(page.words.naming, run)
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


def _parted(page: Page, start: int) -> Name | None:
    match = _PARTED.match(page.view, start) if start >= 0 else None
    if match is None or page.view[start - 1 : start].isalnum():
        return None
    cue, place = cue_before(page, start)
    return Name(start, match.end(), cue, place if cue in _EVIDENT else None, False, match.group().count(" ") + 1)


def _lone(page: Page, start: int) -> Name | None:
    match = _LONE.match(page.view, start)
    lists = page.words.naming
    if match is None or match.group() in lists.not_lone or head_at(page, start) > 0:
        return None
    small = _SMALL_WORD.match(page.view, match.end())
    if small and f"{match.group().lower()} {small.group(1)}" in lists.compounds:
        return None
    cue, honorific = cue_before(page, start)
    if cue != "address":
        return None
    return Name(start, match.end(), cue, honorific, False, 1)


def cue_before_comma(page: Page, place: int) -> tuple[str, tuple[int, int]]:
    """As `cue_before`, for a word that a comma follows at a place: «PGS, TS …»."""
    lists = page.words.naming
    words = page.low[max(0, place - 30) : place - 1].split(" ")
    for count in (4, 3, 2, 1):
        key = " ".join(words[-count:])
        for form in (key, key.rstrip("."), _SIGN.split(key.rstrip("."))[-1]):
            if form in lists.cues:
                return lists.cues[form], _found_before(page, place, form)
    return "", (place, place)


def cue_before(page: Page, start: int) -> tuple[str, tuple[int, int]]:
    """The kind of the word or words directly before a place, and their span; kind "" when they say nothing."""
    before = page.low[max(0, start - 30) : start]
    if before[-1:] not in (" ", "."):
        return "", (start, start)
    lists = page.words.naming
    cues = lists.cues
    bare = before.rstrip(" ")
    last = bare.rpartition(" ")[2]
    counts = lists.cue_lasts.get(last)
    if counts is None:
        ending = None if last.isalpha() else _LAST.search(last)
        counts = lists.cue_lasts.get(ending[1]) if ending else None
        if counts is None:
            return "", (start, start)
    parts = bare.split(" ")
    for count in counts:
        key = " ".join(parts[-count:])
        if key in cues:
            end = start - len(before) + len(bare)
            return cues[key], (end - len(key), end)
    if _SIGN.search(bare):
        short = bare.rstrip(".")
        for form in (short, _SIGN.split(short)[-1], _OPENING.split(bare)[-1]):  # «2020.đồng chí», «(ông», «(DS.»
            parts = form.split(" ")
            for count in counts:
                key = " ".join(parts[-count:])
                if key in cues:
                    return cues[key], _found_before(page, start, key)
    return "", (start, start)


def _found_before(page: Page, start: int, words_before: str) -> tuple[int, int]:
    at = page.low.rfind(words_before, max(0, start - 30), start)
    return at, at + len(words_before)


def _behind_place(lists: NameLists, run: list[str]) -> int:
    """How many syllables of a run are a place that a name follows: «An Giang Lê Hồng Quang»."""
    surnames, places = lists.surnames, lists.places
    for count in (3, 2):
        if len(run) >= count + 2 and run[count] in surnames and " ".join(run[:count]) in places:
            return count
    if run[0] in surnames:
        weak = not surnames[run[0]] and len(run) >= 5 and run[1] not in _MIDDLE
        return 2 if weak and surnames.get(run[2]) else 0
    for count in (2, 1, 3):
        if len(run) >= count + 3 and surnames.get(run[count]) and not (count == 1 and run[1] in _MIDDLE):
            return count
    return 0


def _candidate(page: Page, start: int, end: int, *, known: bool = True) -> Name | None:
    lists = page.words.naming
    surnames, places = lists.surnames, lists.places
    start, run = _left_trimmed(page, start, page.view[start:end].split(" "))
    if len(run) >= 4 and (skipped := _behind_place(lists, run)):
        start += sum(len(word) + 1 for word in run[:skipped])
        run = run[skipped:]
    run = _right_trimmed(page, start, run)
    cue, place = cue_before(page, start)
    if cue == "work" and not _is_full_name(lists, run):
        cue = ""
    addressed = cue in _EVIDENT
    if (
        len(run) < 2
        or cue == "thing"
        or (known and run[0] not in surnames)
        or (not surnames.get(run[0]) and head_at(page, start) > 0)
        or (len(run) > 5 and not addressed)
    ):
        return None
    run = run[:5]
    text = " ".join(run)
    if text in places and not addressed and (not places[text] or cue):
        return None
    if cue in ("unit", "committee") and (len(run) < 3 or text in places):
        return None
    strong = len(run) >= 3 and text not in places and (surnames.get(run[0]) or run[1] in _MIDDLE)
    return Name(start, start + len(text), cue, place if addressed else None, bool(strong), len(run))


def _is_full_name(lists: NameLists, run: list[str]) -> bool:
    sure = lists.surnames.get(run[0]) or run[1:2] in (["Văn"], ["Thị"])
    return len(run) > 2 and bool(sure) and " ".join(run[:2]) not in lists.places


def _unknown(page: Page, start: int, end: int) -> Name | None:
    """A run without a known surname is a name only behind an honorific: «đồng chí K'Brểu»."""
    if page.view[start - 1 : start] != " ":
        return None
    lists = page.words.naming
    cue, place = cue_before(page, start)
    if cue not in _EVIDENT or cue == "work":
        return None
    run = _right_trimmed(page, start, page.view[start:end].split(" "))[:5]
    if len(run) < 2 or run[0] in lists.not_lone or " ".join(run) in lists.places or " ".join(run[:2]) in lists.places:
        return None
    return Name(start, start + len(" ".join(run)), cue, place, False, len(run))


def _left_trimmed(page: Page, start: int, run: list[str]) -> tuple[int, list[str]]:
    """Without a first syllable that is only the end of a longer word, or that of «Trung ương Đoàn», «Huyện Đoàn»."""
    cut = start > 0 and page.view[start - 1].isalnum()
    youth = run[0] == "Đoàn" and len(run) > 2 and run[1] in page.words.naming.surnames
    if (cut and len(run) > 1) or (youth and page.low.endswith(_BEFORE_UNION, 0, start)):
        return start + len(run[0]) + 1, run[1:]
    return start, run


def _right_trimmed(page: Page, start: int, run: list[str]) -> list[str]:
    """Without a last syllable that begins another word: «… Nguyễn Văn An Giám đốc», «… Đảng XIII»."""
    lists = page.words.naming
    end = start + sum(map(len, run)) + len(run) - 1
    if len(run[-1]) == 1 and page.view[end : end + 1].isupper():
        return run[:-1]
    if page.view[end : end + 1] == " " and page.view[end + 1 : end + 2].islower():
        small = _SMALL_WORD.match(page.view, end)
        if small is not None and f"{run[-1].lower()} {small.group(1)}" in lists.compounds:
            run = run[:-1]
            if len(run) == 2 and (run[1] in lists.not_run or run[1] in lists.not_lone):
                return run[:1]  # «Trình Ban Thường vụ»
    if len(run) < _SHORTEST_WITH_POST:
        return run
    place = start + len(run[0]) + len(run[1]) + 2
    for index in range(2, len(run)):
        if run[index].lower() in lists.starters and head_at(page, place) > 0:
            return run[:index]
        place += len(run[index]) + 1
    return run
