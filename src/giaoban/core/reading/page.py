"""A text laid out for reading: its canonical form, its sentences, and small views to either side of a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from giaoban.core.reading.lexicon import DEFAULT, Words
from giaoban.core.text_vi.canonical import canonical

CLOSERS = "\"'”’»)]"
_CLOSING = frozenset(CLOSERS)
# A mark that may end a sentence: not one between digits or small letters.
_STOP = re.compile(r"[.!?…]+(?![^\W_A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ])|\n")
# What opens a paragraph of its own: an item, a head, a day.
_ITEM = re.compile(
    r"(?:[0-9]{1,2}[.)/] |[0-9]{1,2}- (?=[A-ZĐ][^A-Z\W])|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\.? "
    r"|\((?:[0-9]{1,2}|i{1,3}|iv|vi{0,3})\) |[a-zđ][.)] |[-+*•☐] ?[^\W\d]"
    r"|[-+*•] ?[0-9]{1,2} ?[hg:]|[IVX]{1,4}[.-] |(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám)(?: là|, )|Thứ \w{1,5}(?:,| -)"
    r"|(?:Điều|Bước) [0-9]{1,3}[.:]|(?:Ngày|Cập nhật|Đăng|Ngày đăng)[^\n]{0,20}[0-9]|[0-9]{1,2}[:h][0-9])"
)
_PAGE_NUMBER = re.compile(r" {0,60}(?:- {0,2}|trang |Trang )?[0-9]{1,3}(?: {0,2}-|/[0-9]{1,3})? {0,20}")
_NUMBER_LINE = re.compile(rf"(?<=\n)({_PAGE_NUMBER.pattern})(?=\n|$)")
_SHORT = ("tp", "tx", "tt", "ts", "ths", "pgs", "gs", "đ/c", "t.ư", "tr", "st", "mr", "ks", "bs", "p", "q", "v.v", "vv")


@dataclass(frozen=True)
class Page:
    """`text` is what spans index; `view` is the same with soft line breaks as blanks; `low` is `view` in small letters.

    All three have one length. `sentences` are half-open spans without the blanks around them, in order. `words` are
    those the text is read with.
    """

    words: Words
    text: str
    view: str
    low: str
    sentences: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    lines: tuple[tuple[int, int], ...]
    line_starts: tuple[int, ...]
    source_offsets: tuple[int, ...] | None = None
    numbers: tuple[tuple[int, int], ...] = ()  # lines that only number a page of a text broken at a width

    def quote(self, start: int, end: int) -> str:
        """The words of a span."""
        return self.text[start:end]

    def left(self, place: int, width: int = 40) -> str:
        """The small letters before a place."""
        return self.low[place - width if place > width else 0 : place]

    def right(self, place: int, width: int = 40) -> str:
        """The small letters from a place on."""
        return self.low[place : place + width]

    def sentence_index(self, place: int) -> int:
        """Which sentence a place belongs to; the one before it when it stands between two."""
        return max(0, bisect_right(self.starts, place) - 1)

    def sentence(self, place: int) -> tuple[int, int]:
        """The span of the sentence a place belongs to."""
        return self.sentences[self.sentence_index(place)] if self.sentences else (0, len(self.text))

    def line(self, place: int) -> tuple[int, int]:
        """The span of the paragraph a place belongs to, soft breaks joined."""
        return self.lines[self.line_index(place)]

    def line_index(self, place: int) -> int:
        """Which paragraph a place belongs to."""
        return max(0, bisect_right(self.line_starts, place) - 1)


def lay_out(text: str, words: Words | None = None) -> Page:
    """Prepare a text for reading, with the words of the house unless others are given. Any string is accepted."""
    spelled = canonical(text)
    view = _join_soft_breaks(spelled.text)
    low = view.lower()
    if len(low) != len(view):  # a letter outside Vietnamese whose small form has another length
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in view)
    sentences = tuple(_sentences(view))
    lines = tuple(_lines(view))
    return Page(
        words=words or DEFAULT.words(),
        text=spelled.text,
        view=view,
        low=low,
        sentences=sentences,
        starts=tuple(start for start, _ in sentences),
        lines=lines,
        line_starts=tuple(start for start, _ in lines),
        source_offsets=spelled.source_offsets,
        numbers=_page_numbers(spelled.text, view),
    )


def _page_numbers(text: str, view: str) -> tuple[tuple[int, int], ...]:
    if "\n" not in text:
        return ()
    places = (match.span(1) for match in _NUMBER_LINE.finditer(text))
    return tuple((start, end) for start, end in places if view[start:end].isspace())


def _join_soft_breaks(text: str) -> str:
    """Turn the line breaks that only fill a page into blanks: the sentence goes on behind them."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    width = _page_width(lines)
    if width:
        lines = _without_page_numbers(lines)
    pieces = [lines[0]]
    said = lines[0]  # the last line that says anything
    for before, line in pairwise(lines):
        number = width and line.isspace()
        over_number = width and before.isspace()
        pieces.append(" " if number or _goes_on(said if over_number else before, line, width) else "\n")
        pieces.append(line)
        said = said if number else line
    return "".join(pieces)


def _without_page_numbers(lines: list[str]) -> list[str]:
    """Lines of the same lengths in which the number of a page, and the line it splits, read on."""
    kept = list(lines)
    for index, line in enumerate(lines):
        if _PAGE_NUMBER.fullmatch(line):
            kept[index] = " " * len(line)
    return kept


def _page_width(lines: list[str]) -> int:
    """The width at which a text was broken into lines, 0 when its lines are paragraphs."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip() and "\t" not in line)
    if len(lengths) < 4 or lengths[-1] > 140:
        return 0
    width = lengths[-1]
    if width < 40:
        return 0
    full = sum(length >= 0.8 * width for length in lengths)
    return width if 3 * full >= len(lengths) or _breaks_sentences(lines, width) else 0


def _breaks_sentences(lines: list[str], width: int) -> bool:
    """Whether several full lines are followed by one that begins with a small letter: paragraphs never are."""
    broken = sum(
        5 * len(before) >= 4 * width and before[-1:].isalnum() and line[:1].islower()
        for before, line in pairwise(lines)
    )
    return broken >= 3


def _goes_on(before: str, line: str, width: int) -> bool:
    """Whether a line only continues the one before it.

    A small letter after an open line does. In a text broken at a width so does anything after a full line, except
    the sign of an item or the line of a date.
    """
    head, tail = line.lstrip(), before.rstrip()
    if not head or not tail or "\t" in line or "\t" in before or _ITEM.match(head):
        return False
    if head[0].islower():
        if tail[-1] == ":" and width:
            return 5 * len(tail) >= 4 * width
        return tail[-1] not in (".:!?…" if width else ".:;!?…")
    return 5 * len(tail) >= 4 * width > 0 and (tail[-1] != ":" or head[0].isdigit())


def _lines(view: str) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for line in view.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _sentences(view: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _STOP.finditer(view):
        dot, end = match.span()
        if view[dot] != "\n":
            while view[end : end + 1] in _CLOSING:
                end += 1
            if not _ends_sentence(view, dot, end):
                continue
        _add(spans, view, start, end)
        start = end
    _add(spans, view, start, len(view))
    return spans


def _add(spans: list[tuple[int, int]], view: str, start: int, end: int) -> None:
    piece = view[start:end].rstrip()
    if piece:
        last = start + len(piece)
        spans.append((last - len(piece.lstrip()), last))


def _ends_sentence(view: str, dot: int, end: int) -> bool:
    following = view[end : end + 2]
    if not following:
        return True
    if following[0] == "\n":
        return True
    before = view[max(0, dot - 8) : dot]
    if following[0].isspace():
        after = view[end : end + 12].lstrip()
        if after[:1].islower():
            return False
        word = before.split()[-1].lower() if before.split() else ""
        if word in _SHORT:
            return False
        return not (word.isdigit() and len(word) <= 2 and _opens_line(view, dot - len(word)))
    return (
        following[0].isupper()
        and before[-1:].isalnum()
        and not before[-1:].isupper()
        and before.split()[-1].lower() not in _SHORT
    )


def _opens_line(view: str, place: int) -> bool:
    before = view[max(0, place - 12) : place]
    return (place <= 12 or "\n" in before) and not before.rpartition("\n")[2].strip()
