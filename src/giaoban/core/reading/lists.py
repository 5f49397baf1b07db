"""Lists that a sentence announces with their number: «3 nội dung sau:», and how many items then stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMERALS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_ORDINALS = {"một": 1, "nhất": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
             "chín": 9, "mười": 10}  # fmt: skip
_ANNOUNCED = re.compile(
    r"(?<![\w/.,-])(\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) "
    r"(?:nội dung|nhiệm vụ|vấn đề|việc|công việc|giải pháp|kiến nghị|nhóm|điểm|ý kiến|bài học|yêu cầu|đề xuất|hạn chế"
    r"|kết quả|nguyên nhân|mục tiêu|chỉ tiêu|văn bản|khâu|bước)(?!\w)[^.;:\n]{0,110}:",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"\s*(?:(?P<dash>[-+•*])\s|(?P<la>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) là\b"
    r"|thứ (?P<thu>nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\b"
    r"|\((?P<paren>\d{1,2}|[a-zđ])\)|(?P<num>\d{1,2})[.)]\s|(?P<letter>[a-zđ])\)\s)",
    re.IGNORECASE,
)
_LATER = re.compile(r"[;.:,] +(?=\(\d{1,2}\)|[a-zđ]\) |(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) là\b"
                    r"|thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\b)", re.IGNORECASE)  # fmt: skip
_LETTERS = "abcdđeghik"
_REACH = 20_000  # how far a list is followed
_BETWEEN = 3  # paragraphs that may stand between two numbered items


@dataclass(frozen=True)
class AnnouncedList:
    """A sentence that announces `announced` things and the number of `items` listed right behind it, 0 for none.

    The place is that of the announcing words, up to the colon.
    """

    start: int
    end: int
    announced: int
    items: int


def announced_lists(text: str) -> tuple[AnnouncedList, ...]:
    """Every announced list of a text, in order.

    >>> announced_lists("Họp về 3 việc sau: (1) thu; (2) chi.")
    (AnnouncedList(start=7, end=18, announced=3, items=2),)
    """
    found = []
    for match in _ANNOUNCED.finditer(text):
        number = match[1].lower()
        announced = _NUMERALS.get(number) or int(number)
        items = _items(text, match.end())
        found.append(AnnouncedList(match.start(), match.end(), announced, items))
    return tuple(found)


@dataclass(frozen=True)
class _Item:
    style: str
    ordinal: int | None


def _items(text: str, place: int) -> int:
    """How many items follow a colon: in the rest of its paragraph, or else as the paragraphs behind it."""
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    if text[place:end].strip():
        return _in_line(text[place:end])
    return _in_paragraphs(text[end : end + _REACH].split("\n"))


def _in_line(rest: str) -> int:
    items = [_item(piece) for piece in _LATER.split(rest)]
    first = items[0]
    if first is None:
        return 0
    return _count([item for item in items if item is not None and item.style == first.style])


def _in_paragraphs(lines: Sequence[str]) -> int:
    items: list[_Item] = []
    apart = 0
    for line in lines:
        if not line.strip():
            continue
        item = _item(line)
        goes_on = item is not None and (not items or item.style == items[0].style)
        if goes_on and item is not None and _follows(items, item):
            items.append(item)
            apart = 0
        elif not items or items[0].style == "dash" or (goes_on and item is not None):
            break
        else:
            apart += 1
            if apart > _BETWEEN:
                break
    return _count(items)


def _follows(items: Sequence[_Item], item: _Item) -> bool:
    """A list goes on with a higher number; a lower one begins another."""
    if not items:
        return item.ordinal in (None, 1)
    last = items[-1].ordinal
    return item.ordinal is None or last is None or item.ordinal > last


def _count(items: Sequence[_Item]) -> int:
    if not items or items[0].ordinal not in (None, 1):
        return 0
    count, last = 0, 0
    for item in items:
        if item.ordinal is not None and item.ordinal <= last:
            break
        last = item.ordinal or last
        count += 1
    return count


def _item(piece: str) -> _Item | None:
    match = _MARK.match(piece)
    if match is None or match.lastgroup is None:
        return None
    return _Item(match.lastgroup, _ordinal(match[match.lastgroup].lower()))


def _ordinal(mark: str) -> int | None:
    if mark.isdecimal():
        return int(mark)
    if mark in _ORDINALS:
        return _ORDINALS[mark]
    return _LETTERS.index(mark) + 1 if mark in _LETTERS else None
