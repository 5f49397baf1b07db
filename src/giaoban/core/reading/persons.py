"""Persons by name, with the posts the text gives them there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from giaoban.core.reading.blocks import Block
from giaoban.core.reading.facts import GUESS, LIKELY, SURE, Person
from giaoban.core.reading.names import Name, cue_before, cue_before_comma, lone_names, names
from giaoban.core.reading.page import Page
from giaoban.core.reading.posts import Span, phrase_end, post_start, posts_before, posts_behind

# «các đồng chí», «hai ông», «03 đồng chí»: one post may stand for all the names that follow.
_SEVERAL = re.compile(
    r"(?:các|hai|ba|bốn|năm|sáu|bảy|[0-9]{1,2}) (?:đồng chí|đ/c|ông, bà|ông|bà|anh|chị|vị|thầy|cô)(?!\w)"
    r"|(?:các|hai|ba|bốn)(?= )"
)
_COUNTED = re.compile(r"(?:[0-9]|bốn|năm|sáu|bảy) (?:đồng chí|đ/c|ông|bà)")
_RANK = re.compile(r"(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy)$|chuẩn đô đốc$|phó đô đốc$|đô đốc$")
_GLUED = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,5})\.$")
_TITLES = ("learned", "work")  # the words before a name that count among the posts
_SHORTEST_LEAD = 4
_LONGEST_LINK = 20
_OF_ALL = (" các ", "cùng là ", "đều là ", "giữ chức ")
_LINK = re.compile(r"(?:,|;)? ?(?:và |cùng |hoặc )?$")
_NO_PERSON_BEHIND = ("ở ", "tại ", "từ ", "về ", "huyện ", "tỉnh ", "xã ")
# What may stand between two names of which a post behind the second is expressly said: «ông A và bà B, đều là …».
_LINKS_BOTH = re.compile(r"(?:,|;)? ?(?:và |cùng )?(?:đồng chí |đ/c |ông |bà |anh |chị )?$")
_SETS_UP = re.compile(
    r"(?:thành lập|kiện toàn)[^\n]{0,250}?"
    r"(?:có tên sau|gồm (?:có )?(?:các )?(?:ông|đồng chí|thành viên)[^\n]{0,25}): ?\n"
)
_ITEM = re.compile(r" {0,4}(?:[-+*•]|[0-9]{1,2}[.)/]|[a-zđ][.)])")
_TEAM = re.compile(
    r"(?:tổ trưởng|tổ phó|(?:phó )?(?:trưởng )?(?:ban|đoàn|tiểu ban)|trưởng nhóm|ủy viên|thành viên|thư ký)"
    r"(?: (?:thường trực|ban chỉ đạo|kiêm thư ký|tổ công tác))?"
)
_SIGNED = re.compile(r"\(?(?:đã ký|ký tên|chữ ký|ký)")


@dataclass
class _Found:
    """A name while its posts are being gathered."""

    name: Name
    before: tuple[Span, ...] = ()
    behind: tuple[Span, ...] = ()
    shared: tuple[Span, ...] = ()
    honorific: Span | None = None
    end: int = 0
    group: int = -1
    linked: bool = False  # to the name before
    of_all: bool = False  # the post behind is expressly that of several
    sign: str = ""  # what stands between the name before and this one


def persons(*, page: Page, rows: Sequence[Block], apart: Sequence[Span] = ()) -> list[Person]:
    """The persons a text names, in its order. `apart` are spans of names that are bylines."""
    candidates = sorted([*names(page), *lone_names(page)], key=lambda name: name.start)
    taken = set(apart)
    kept = [name for name in candidates if (name.start, name.end) not in taken]
    found = _gathered(page, kept)
    _share(found)
    _leave_appointments(page, found)
    known = {_text(page, one.name) for one in found if one.honorific or one.before or one.behind or one.shared}
    known = {text for text in known if " " in text}
    return [person for one in found if (person := _person(page, one, known)) is not None]


def _gathered(page: Page, candidates: Sequence[Name]) -> list[_Found]:
    found: list[_Found] = []
    floor = 0
    groups = 0
    for index, name in enumerate(candidates):
        if name.start < floor:
            continue
        following = candidates[index + 1].start if index + 1 < len(candidates) else len(page.view) + 1
        line_start, line_end = page.line(name.start)
        one = _Found(name, honorific=name.honorific if name.cue not in _TITLES else None)
        left = max(floor, line_start)
        _look_left(page, one, left)
        previous = found[-1] if found and found[-1].end >= left else None
        _look_for_group(page, one, previous, left, groups)
        _look_right(page, one, previous, line_end, following)
        groups += one.group == groups
        if not (one.behind or one.honorific or one.shared):
            one.before = (*_signed_post(page, one), *one.before)
        found.append(one)
        floor = one.end
    return found


def _look_right(page: Page, one: _Found, previous: _Found | None, line_end: int, following: int) -> None:
    name = one.name
    if previous is not None:
        start = one.before[0][0] if one.before else name.start
        one.linked = start - previous.end < _LONGEST_LINK and bool(_LINKS_BOTH.match(page.low[previous.end : start]))
    one.behind, one.end = posts_behind(page, name.end, line_end, following, several=one.linked)
    one.end = max(one.end, name.end)
    if one.before and one.behind and page.view[name.end] == "," and _leads_on(page, one.end, following):
        one.behind, one.end = (), name.end  # «T1 Name, T2, T3 Name»: T2 and T3 are the next one's
    one.of_all = bool(one.behind) and page.low.endswith(_OF_ALL, name.end, one.behind[0][0])


def _leads_on(page: Page, end: int, following: int) -> bool:
    """Whether one more post stands behind a comma and leads up to the next name."""
    if page.view[end : end + 2] != ", " or following > len(page.view):
        return False
    head = post_start(page, end + 2)
    return 0 < head < following and not page.view[phrase_end(page, head, following) : following].strip()


def _look_left(page: Page, one: _Found, left: int) -> None:
    """Posts before the name; behind «đồng chí», «ông» those on the left are somebody else's."""
    name = one.name
    if name.cue == "address":
        return
    start = name.honorific[0] if name.honorific else name.start
    degrees: tuple[Span, ...] = ()
    if name.cue in _TITLES:
        degrees, start = _degrees(page, name, left)
        cue, span = cue_before(page, start)
        if cue == "address":
            one.before, one.honorific = degrees, span
            return
        start -= 2 * (page.view[start - 2 : start] == ", ")
    before = posts_before(page, start, left)
    one.before = (*before.spans, *degrees)
    if not before.spans:
        return
    lead = page.low[max(left, before.start - 12) : before.start].rstrip()
    for word in ("đồng chí", "đ/c", "ông", "bà", "anh", "chị"):
        if lead.endswith(word) and not lead[: -len(word)][-1:].isalnum():
            end = max(left, before.start - 12) + len(lead)
            one.honorific = one.honorific or (end - len(word), end)


def _degrees(page: Page, name: Name, left: int) -> tuple[tuple[Span, ...], int]:
    """The degrees and professions before a name, the last with its dot, and where the first begins: «PGS, TS.»."""
    spans: list[Span] = []
    cue, span = name.cue, name.honorific or (name.start, name.start)
    while cue in _TITLES and span[0] >= left and span[0] < span[1]:
        start, end = span[0], span[1] + (page.view[span[1] : span[1] + 1] == ".")
        start = _glued(page, start, left)
        spans.insert(0, (start, end))
        place = start - (page.view[start - 2 : start] == ", ")
        cue, span = cue_before(page, place) if place == start else cue_before_comma(page, place)
    return tuple(spans), spans[0][0] if spans else name.start


def _glued(page: Page, start: int, left: int) -> int:
    """Where the degrees begin that are written together with one from `start` on: «TTND.PGS.TS»."""
    while (part := _GLUED.search(page.view, max(left, start - 8), start)) is not None:
        if page.words.naming.cues.get(part[1].lower()) != "learned":
            break
        start = part.start()
    return start


def _look_for_group(page: Page, one: _Found, previous: _Found | None, left: int, number: int) -> None:
    """Whether the name stands in a list under «các đồng chí …», and which posts are said of the whole list."""
    name = one.name
    ranked = bool(one.before) and all(_is_rank(page, span) for span in one.before)
    if previous is not None and previous.group >= 0 and (not one.before or ranked):
        gap = page.view[previous.end : one.before[0][0] if ranked else name.start]
        link = _LINK.match(gap)
        if link is not None:
            one.group, one.shared, one.sign = previous.group, previous.shared, gap.strip()
            one.honorific = one.honorific or previous.honorific
            return
    start = (one.honorific or (one.before[0] if one.before else (name.start, 0)))[0]
    if start - left < _SHORTEST_LEAD:
        return
    lead = page.low[max(left, start - 220) : name.start]
    base = name.start - len(lead)
    several = None
    counted = "các " in lead or "hai " in lead or "ba " in lead or _COUNTED.search(lead)
    for match in _SEVERAL.finditer(lead) if counted else ():
        several = match
    if several is None:
        _post_and_colon(page, one, left)
        return
    inner = lead[several.end() :]
    place = base + several.end()
    if inner.strip(" :") == "":
        one.group = number
    elif inner.rstrip().endswith(":") or inner[:1] == " ":
        titles = _titles_of_all(page, place, one.before[0][0] if ranked else name.start)
        if titles:
            one.group, one.shared, one.before = number, titles, one.before if ranked else ()
        elif inner.rstrip().endswith(":") and ";" not in inner and "." not in inner:
            one.group = number
    if one.group >= 0 and " " in several.group():
        words = several.group().split(" ", 1)
        one.honorific = (place - len(words[1]), place)


def _is_rank(page: Page, span: Span) -> bool:
    """Whether a title is a rank or degree, which belongs to its name also behind a post said of all."""
    word = page.low[span[0] : span[1]]
    cues = page.words.naming.cues
    short = word.rstrip(".")
    return bool(_RANK.match(word)) or "learned" in (cues.get(word), cues.get(short), cues.get(short.split(".")[-1]))


def _titles_of_all(page: Page, place: int, end: int) -> tuple[Span, ...]:
    """The posts between «các đồng chí» and the first name, when there is nothing but posts."""
    spans: list[Span] = []
    cursor = place + (page.view[place : place + 1] == " ")
    cursor += 3 * page.low.startswith("là ", cursor)
    while (head := post_start(page, cursor)) > 0:
        stop = phrase_end(page, head, end)
        spans.append((cursor, stop))
        rest = page.view[stop:end].strip(" ")
        if rest in ("", ":"):
            return tuple(spans)
        if page.view[stop : stop + 2] != ", ":
            return ()
        cursor = stop + 2
    return ()


def _post_and_colon(page: Page, one: _Found, left: int) -> None:
    """«Trưởng ban: Nguyễn Văn A», «Trưởng đoàn: đồng chí …»."""
    start = one.honorific[0] if one.honorific else one.name.start
    if one.before or page.view[start - 2 : start] != ": ":
        return
    before = posts_before(page, start - 2, left)
    starts_line = not page.view[left : before.start].strip(" -+*0123456789.);,")
    if before.spans and starts_line:
        one.before = before.spans


def _signed_post(page: Page, one: _Found) -> tuple[Span, ...]:
    """The post in the line above a name that stands alone on its own or in its cell, as signatures do."""
    first, last = one.before[0][0] if one.before else one.name.start, one.name.end
    if one.before and not all(_is_rank(page, span) for span in one.before):
        return ()
    start, end = page.line(first)
    cells = page.view[start:end].split("\t")
    column = page.view.count("\t", start, first)
    if cells[column].strip(" .") != page.view[first:last]:
        return _post_in_column(page, first, last)
    index = page.line_index(first)
    for above in range(index - 1, max(-1, index - 7), -1):
        begin, stop = page.lines[above]
        others = page.view[begin:stop].split("\t")
        if len(others) == len(cells):
            begin += sum(len(cell) + 1 for cell in others[:column])
            line = others[column].strip()
        else:
            line = page.view[begin:stop].strip()
        if not line or line.isdigit() or _SIGNED.match(line.lower()):
            continue
        begin = page.view.index(line, begin)
        return ((begin, begin + len(line)),) if _is_signers_post(page, begin, line) else ()
    return ()


_GAP = re.compile(r" {3,}")


def _post_in_column(page: Page, first: int, last: int) -> tuple[Span, ...]:
    """The post above a name where blanks part two signatures, counted from the right."""
    start, end = page.line(first)
    pieces = [piece.strip(" .") for piece in _GAP.split(page.view[start:end].strip())]
    if len(pieces) < 2 or page.view[first:last] not in pieces:
        return ()
    column = pieces[::-1].index(page.view[first:last])
    index = page.line_index(first)
    for above in range(index - 1, max(-1, index - 7), -1):
        begin, stop = page.lines[above]
        others = _GAP.split(page.view[begin:stop].strip())
        if column >= len(others) or (len(others) == 1 and not (others[0].isupper() and column == 0)):
            continue
        line = others[-1 - column].strip()
        if line and _is_signers_post(page, page.view.rindex(line, begin, stop), line):
            begin = page.view.rindex(line, begin, stop)
            return ((begin, begin + len(line)),)
    return ()


def _is_signers_post(page: Page, place: int, line: str) -> bool:
    if len(line) > 60 or line[-1] in ".;:,":
        return False
    lists, low = page.words.naming, line.lower()
    return post_start(page, place) > 0 or low in lists.signed or (line.isupper() and low in lists.wide)


def _share(found: Sequence[_Found]) -> None:
    """A post behind the last of several names in a list belongs to each of them."""
    for index in range(len(found) - 2, -1, -1):
        one, after = found[index], found[index + 1]
        if one.behind or one.shared:
            continue
        if (one.group >= 0 and one.group == after.group and after.sign in (",", "và", ", và", "cùng")) or (
            after.of_all and after.linked
        ):
            one.behind, one.of_all = after.behind, after.of_all


def _leave_appointments(page: Page, found: Sequence[_Found]) -> None:
    """In the list of a body that is being set up, the last post is only about to be given: «- A, Giám đốc, Tổ phó»."""
    given = [one for one in found if one.behind and _TEAM.fullmatch(page.low, *one.behind[-1])]
    if not given:
        return
    for match in _SETS_UP.finditer(page.low):
        index = page.line_index(match.end())
        while index < len(page.lines) and _ITEM.match(page.view, *page.lines[index]):
            start, end = page.lines[index]
            for one in given:
                if start <= one.name.start < end:
                    one.behind = one.behind[:-1]
            index += 1


def _person(page: Page, one: _Found, known: set[str]) -> Person | None:
    name, text = one.name, _text(page, one.name)
    titles = tuple(_words(page, span) for span in (*one.shared, *one.before, *one.behind))
    evident = bool(one.honorific or titles)
    if name.cue in ("unit", "committee") and not ((one.before or one.shared) and name.strong):
        return None
    if not evident and (text not in known and not name.strong):
        return None
    if not one.before and not one.honorific and not one.shared:
        if page.low[max(0, name.start - 6) : name.start].endswith(_NO_PERSON_BEHIND):
            return None
        if not name.strong and text not in known and name.syllables == 2 and not one.behind:
            return None
    if text == "Hồ Chí Minh" and titles[-1:] not in (("Chủ tịch",), ("chủ tịch",)):
        return None
    if (one.honorific and name.syllables > 1) or (titles and name.strong):
        confidence = SURE
    else:
        confidence = LIKELY if evident or text in known else GUESS
    honorific = page.view[one.honorific[0] : one.honorific[1]] if one.honorific else None
    former = True if any(title.lower().startswith(("nguyên ", "cựu ")) for title in titles) else None
    return Person(
        start=name.start,
        end=name.end,
        quote=page.quote(name.start, name.end),
        confidence=confidence,
        titles=titles,
        honorific=honorific,
        former=former,
    )


def _text(page: Page, name: Name) -> str:
    return page.view[name.start : name.end]


def _words(page: Page, span: Span) -> str:
    """The words of a post as printed, a line break as one blank."""
    return " ".join(page.view[span[0] : span[1]].split())
