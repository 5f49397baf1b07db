"""Posts beside a name: where one begins, how far it goes, and which stand before or behind a place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from giaoban.core.reading.page import Page

Span = tuple[int, int]

LONGEST = 170  # characters of one post with its body and place
_WORD = re.compile(r"[^\W\d_]+(?:\.ư)?\.?")
_TOKEN = re.compile(r"\S+")
_HARD = re.compile(r"[,;:()\[\]\n\t“”\"…!?|*.–-]")
_SIGNS = re.compile(r'[,;:()\n\t“”"…!?|]')
_PREFIX = re.compile(r"(?:nguyên|quyền|cựu) ")
_NOW = re.compile(r"(?:hiện nay là|hiện là|nay là|hiện|là) ")
_BODY_AT_ONCE = re.compile(
    r" (?:chi bộ|ban |phòng |tổ |trường |quốc hội|hđnd|hội đồng|khoa |đảng ủy|đoàn |công an|ủy ban|huyện"
    r"|tỉnh|sở |xã|phường|trung tâm)"
)
_SHORT = ("trưởng", "phó", "quyền")  # given names as well: only before a body or another post
_CAPITAL_NEXT = re.compile(r" (?:[A-ZĐ]|Ủ)")
_ABBREVIATED = frozenset(("tp", "tx", "tt", "q", "p", "t", "ts", "ths", "gs", "pgs"))
# What joins a second part of a body's name that has a comma inside: «Sở Văn hóa, Thể thao và Du lịch».
_SECOND_PART = re.compile(r", ?[A-ZĐ][^\W\d_]{0,7}(?: [^\W\d_]{1,8}){0,4} và [A-ZĐ][^\W\d_]{0,7}")
# A unit and the body it belongs to: «Vụ trưởng Vụ Cơ sở đảng, Ban Tổ chức Trung ương».
_UNITS = ("vụ ", "cục ", "phòng ", "khoa ", "viện ", "trung tâm ")
_SUPERIOR = re.compile(
    r", (?:ban (?:tổ chức|tuyên giáo|dân vận|nội chính|kinh tế|đối ngoại)|bộ (?!trưởng|chính trị)|ủy ban |văn phòng "
    r"|học viện |sở |đại học |trường |công an |tổng cục )"
)
_PAIR = re.compile(
    r", (?:giám sát|chữa bệnh|chữa cháy|cứu hộ|chống|khen thưởng|thể thao|công nghệ|viên chức"
    r"|(?<=đảng, )đảng viên)(?!\w)"
)
_NOBODY_BEHIND_AND = frozenset(
    (
        "các", "đại", "lãnh", "đoàn", "một", "nhiều", "toàn", "đông", "đồng", "ông", "bà", "hơn", "gần", "trên", "cùng",
        "đ/c", "những", "tập", "cá", "chị", "anh", "hai", "ba", "bốn", "trưởng", "đảng", "Giấy", "Bằng", "Huân", "Huy",
        "Cờ", "Kỷ",
    )
)  # fmt: skip


_DIGITS = frozenset("0123456789")


@dataclass(frozen=True)
class Before:
    """Posts that lead up to a name, and the place where the first word that belongs to it stands."""

    spans: tuple[Span, ...]
    start: int


def head_at(page: Page, place: int) -> int:
    """The end of the word or words that begin a post at a place; -1 when none begins there."""
    first = _WORD.match(page.low, place)
    lists = page.words.naming
    heads = lists.ranks.get(first.group()) if first else None
    match = heads.match(page.low, place) if heads else None
    if match is None:
        return -1
    post, end = match.group(), match.end()
    if post in _SHORT:
        return end if _CAPITAL_NEXT.match(page.view, end) or _BODY_AT_ONCE.match(page.low, end) else -1
    if (post in lists.wide and not _BODY_AT_ONCE.match(page.low, end)) or post in lists.signed:
        return -1
    return end


def post_start(page: Page, place: int) -> int:
    """As `head_at`, with «nguyên», «quyền» before the post allowed."""
    low = page.low
    prefix = _PREFIX.match(low, place) if low[place : place + 1] in ("n", "q", "c") else None
    return head_at(page, prefix.end() if prefix else place)


_SHORT_TITLE = re.compile(r"[^\W\d_]{2,5}(?:\.[^\W\d_]{2,5}){0,3}\.?(?!\w)")


def degree_end(page: Page, place: int, limit: int) -> int:
    """The end of a degree written short at a place, «TS.» and «PGS.TS» alike; -1 when none stands there."""
    word = _SHORT_TITLE.match(page.low, place, limit)
    cues = page.words.naming.cues
    if word is None or not all(cues.get(part) == "learned" for part in word.group().rstrip(".").split(".")):
        return -1
    return word.end()


def phrase_end(page: Page, place: int, limit: int) -> int:
    """Where a post or the name of a body that has begun before `place` ends, at most at `limit`."""
    limit = min(limit, place + LONGEST, len(page.view))
    cursor = place
    while True:
        hard = _HARD.search(page.view, cursor, limit)
        stop = hard.start() if hard else limit
        if (soft := _soft_end(page, cursor, stop)) >= 0:
            return _trimmed(page.view, place, soft)
        if hard is None or not _goes_on(page, hard.start(), limit):
            return _trimmed(page.view, place, stop)
        cursor = hard.end()


def _goes_on(page: Page, sign: int, limit: int) -> bool:
    """Whether a sign does not end the phrase: the dot of «TP.», the hyphen of «Tổ chức - Hành chính»."""
    view = page.view
    if view[sign] == ".":
        before = view[max(0, sign - 6) : sign].rpartition(" ")[2]
        return before.lower() in _ABBREVIATED or (len(before) == 1 and view[sign + 1 : sign + 2].isalpha())
    if view[sign] in "-–":
        inside = view[sign - 1] != " " and view[sign + 1 : sign + 2] != " "
        place = sign + 1 + (view[sign + 1 : sign + 2] == " ")
        if inside or place + 1 >= limit or post_start(page, place) > 0:
            return inside
        word = view[place : place + 12].split(" ")[0].rstrip(",.;:)")
        return view[place].isupper() or (word in page.words.naming.quiet and view[sign - 2].islower())
    if view[sign] != ",":
        return False
    low = page.low
    if not view[sign + 2 : sign + 3].isupper():
        return bool(_PAIR.match(low, sign, limit) or _SECOND_PART.match(view, sign, limit))
    if post_start(page, sign + 2) > 0:
        return False
    if _SUPERIOR.match(low, sign, limit):
        return any(word in low[max(0, sign - 40) : sign].rpartition(",")[2] for word in _UNITS)
    if _PAIR.match(low, sign, limit):
        return True
    following = view[sign + 2 : sign + 12].split(" ")[0]
    return following not in page.words.naming.sure_surnames and bool(_SECOND_PART.match(view, sign, limit))


def _soft_end(page: Page, start: int, end: int) -> int:
    """The place of the first word with which the sentence goes on; -1 when the phrase fills the span."""
    view, lists = page.view, page.words.naming
    quiet = lists.quiet
    place = start
    for word in view[start:end].split(" "):
        if word not in quiet and word and not word[0].isupper():
            earlier, previous = (["", "", *view[max(0, place - 32) : place].split()])[-2:]
            previous = previous.rstrip(",")
            if (word in lists.stoppers or word[0] in _DIGITS) and is_end(page, place, word, previous.lower(), end):
                return place
            unknown = word not in lists.body_words and word.isalpha() and word.islower()
            if unknown and (previous[:1].islower() or earlier[:1].isupper()):
                return place
        place += len(word) + 1
    return -1


def is_end(page: Page, place: int, word: str, previous: str, limit: int) -> bool:
    """Whether a word of a phrase no longer belongs to it."""
    if word == "và":
        following = _TOKEN.match(page.view, place + 3, limit)
        if following is None:
            return True
        after = following.group()
        return (
            after in _NOBODY_BEHIND_AND
            or after[0] in _DIGITS
            or page.words.naming.cues.get(after.lower().split(".")[0]) == "learned"
            or (
                after in page.words.naming.sure_surnames
                and page.view[following.end() + 1 : following.end() + 2].isupper()
            )
            or post_start(page, place + 3) > 0
            or is_end(page, place + 3, after, "và", limit)
        )
    if word[0].isdigit():
        return page.low.startswith(" tuổi", place + len(word)) or "/" in word
    if not word[0].islower():
        return False
    for end in page.words.naming.ends.get(word, ()):
        stop = place + len(end.phrase)
        if page.view.startswith(end.phrase, place) and not page.view[stop : stop + 1].isalnum():
            return not end.kept and previous not in end.behind
    return False


def _trimmed(view: str, start: int, end: int) -> int:
    while end > start and view[end - 1] in " ,-–.&":
        end -= 1
    for tail in (" và", " phụ trách"):
        if view.endswith(tail, start, end):
            return _trimmed(view, start, end - len(tail))
    return end


def posts_behind(
    page: Page, place: int, limit: int, next_name: int, *, several: bool = False
) -> tuple[tuple[Span, ...], int]:
    """The posts that follow a name from `place` on, and where the last of them ends.

    A post that leads up to the next name belongs to that name. `several` says that the name ends a list, behind which
    «các», «cùng là» may stand before the post.
    """
    view = page.view
    if not several and view[place : place + 1] == " " and view[place + 1 : place + 2].islower():
        return (), place
    spans: list[Span] = []
    cursor = _note_skipped(page, place, limit)
    bracket = -1
    while cursor < limit:
        of_all = _OF_ALL.match(page.low, cursor) if several and not spans else None
        start, opened = (of_all.end(), False) if of_all else _separated(view, cursor, limit, first=not spans)
        if start >= 0 and (now := _NOW.match(page.low, start)):
            start = now.end()
        degree = degree_end(page, start, limit) if start >= 0 else -1
        if start < 0 or (degree < 0 and not 0 <= (head := post_start(page, start)) <= limit):
            break
        end = degree if degree >= 0 else phrase_end(page, head, min(limit, next_name))
        if end >= next_name or (next_name <= limit and not view[end:next_name].strip(" ")):
            break
        spans.append((start, end))
        bracket = cursor if opened else bracket
        cursor = end
        if bracket >= 0 and view[end : end + 1] == ")":
            cursor, bracket = end + 1, -1
        elif bracket < 0:
            cursor = _note_skipped(page, end, limit)
    return tuple(spans), cursor if spans else place


# Before a post that is said of several persons: «A và B, cùng là Phó Chánh Văn phòng».
_OF_ALL = re.compile(r"(?:,| -)? (?:(?:cùng|đều) (?:là|giữ chức) (?:các )?|(?:là )?các )")


def _separated(view: str, place: int, limit: int, *, first: bool) -> tuple[int, bool]:
    """Where the next part begins behind a comma, a dash or, at first, an opening bracket; -1 when none does."""
    sign, after = view[place : place + 1], view[place + 1 : place + 2]
    if place >= limit or sign == "":
        return -1, False
    if sign == ",":
        return place + 1 + (after == " "), False
    if sign == " ":
        if after == "-" and view[place + 2 : place + 3] == " ":
            return place + 3, False
        if first and after == "(":
            return place + 2, True
        # «đồng chí Nguyễn Văn A Phó Chủ tịch …»: the comma is missing
        return (place + 1 if first and after.isupper() else -1), False
    if (sign == "-" and after == " ") or sign == "\t":
        return place + 1 + (sign == "-"), False
    return (place + 1, True) if first and sign == "(" else (-1, False)


_NOTE = re.compile(r" ?\(([^()\n]{1,60})\)")


def _note_skipped(page: Page, place: int, limit: int) -> int:
    """Behind a remark in brackets that is no post, when a comma and more follow it: «(thứ hai từ trái sang),»."""
    if "(" not in page.view[place : place + 2]:
        return place
    note = _NOTE.match(page.view, place, limit)
    if note is None or post_start(page, note.start(1)) > 0:
        return place
    return note.end() if page.view[note.end() : note.end() + 1] in (",", "-") else place


def posts_before(page: Page, place: int, floor: int) -> Before:
    """The posts that lead up to a place without a sign between: «Trưởng Ban Tổ chức Tỉnh ủy», «T1, T2»."""
    floor = max(floor, place - 2 * LONGEST)
    left = _part_start(page.view, floor, place)
    start = _post_in(page, left, place)
    if start < 0 and page.view[left - 1 : left] == "," and left - 1 > floor:
        left = _part_start(page.view, floor, left - 1)  # «Sở Văn hóa, Thể thao và Du lịch» has a comma inside
        start = _post_in(page, left, place)
        start = start if start >= 0 and phrase_end(page, post_start(page, start), place) >= place - 1 else -1
    if start < 0:
        return Before((), place)
    spans = [(start, _trimmed(page.view, start, place))]
    while page.view[start - 2 : start] == ", " and start - 2 > floor:
        end = start - 2
        left = _part_start(page.view, floor, end)
        start = _post_in(page, left, end)
        if start < 0 or _speaks_of_others(page.low, left, start):
            break
        spans.insert(0, (start, end))
    return Before(tuple(spans), spans[0][0])


def _part_start(view: str, floor: int, end: int) -> int:
    """The beginning of the part of a sentence that ends at a place."""
    start = end - len(_SIGNS.split(view[floor:end])[-1])
    dot = view.rfind(".", start, end)
    while dot >= 0:
        if view[max(start, dot - 3) : dot].rpartition(" ")[2].lower() not in _ABBREVIATED:
            return dot + 1
        dot = view.rfind(".", start, dot)
    return start


def _post_in(page: Page, start: int, end: int) -> int:
    """Where in a part of a sentence the post begins that fills it up to its end; -1 when none does."""
    lists = page.words.naming
    stoppers, starters = lists.stoppers, lists.starters
    found, skip, previous, place = -1, start, "", start
    for word in page.view[start:end].split(" "):
        if place >= skip and word:
            low = word.lower()
            if found >= 0 and (word in stoppers or word[0] in _DIGITS) and is_end(page, place, word, previous, end):
                found = -1
            if found < 0 and low.rstrip(".") in starters and previous not in ("ban", "thay", "mặt"):
                head = post_start(page, place)
                if 0 < head <= end:
                    found, skip = place, head
            previous = low.rstrip(",")
        place += len(word) + 1
    return found


def _speaks_of_others(low: str, start: int, end: int) -> bool:
    """«Thừa ủy quyền của Chủ tịch nước, …», «Thay mặt Thường trực, …»: the post is somebody else's."""
    lead = low[start:end].rstrip()
    return lead.endswith(("quyền của", "lệnh của", "ý của", "thay mặt", "mặt", "sự của"))
