"""Decisions on reports in prose, without a database."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass

from giaoban.core.formlang import Field, FieldKind, FormSpec
from giaoban.core.reading import FieldTerm
from giaoban.core.refusal import Kind, Refusal

MAX_TEXT = 2_000_000  # characters of one pasted text
SURE = 90  # the score from which words fit


class NoText(Refusal):
    says = "Chưa có nội dung để đọc; hãy chọn một tệp .docx, .txt hoặc dán văn bản."


class TextTooLong(Refusal):
    kind = Kind.TOO_LARGE
    says = "Văn bản dài hơn {limit} ký tự; hãy chia nhỏ rồi đọc từng phần."


class Decided(Refusal):
    kind = Kind.CONFLICT
    says = "Đề xuất cho chỉ tiêu «{field}» đã được quyết định; hãy mở lại trang."


@dataclass(frozen=True)
class Stretch:
    """A run of a text: plain, or one fact the page marks. `proposal` names the form's field it speaks for."""

    text: str
    kind: str = ""
    field: str = ""
    is_sure: bool = True


def terms(spec: FormSpec) -> tuple[FieldTerm, ...]:
    """What the reader looks for: every number a person would type into the form."""
    return tuple(
        FieldTerm(code=field.code, label=field.label, aliases=field.aliases, part=field.part.value)
        for field in spec.fields
        if field.is_number and not field.is_computed
    )


def figure(field: Field, value: int) -> int:
    """A number read in a text as the form stores it: scaled for a field with decimals.

    Texts give whole numbers; 12 in a field with one decimal is 120.
    """
    return value * 10**field.places if field.kind is FieldKind.DECIMAL else value


Mark = tuple[int, int, str, str, bool]  # start, end, kind of fact, field it is proposed for, is it sure


def paragraphs(text: str, marks: Iterable[Mark]) -> list[list[Stretch]]:
    """A text as paragraphs, each cut along the marks in it; empty lines are left out.

    Of two marks that overlap the earlier, longer one stays; one that runs over a line's end is marked up to it.

    >>> found = paragraphs("Đã họp 12/15 xã.\\nHết.", [(7, 12, "figure", "held", True)])
    >>> [[one.text for one in line] for line in found]
    [['Đã họp ', '12/15', ' xã.'], ['Hết.']]
    """
    waiting = deque(sorted(marks, key=lambda mark: (mark[0], -mark[1])))
    found, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            found.append(_stretches(text, start, end, waiting))
        start = end + 1
    return found


def _stretches(text: str, at: int, line_end: int, waiting: deque[Mark]) -> list[Stretch]:
    found: list[Stretch] = []
    while waiting and waiting[0][0] < line_end:
        start, end, kind, field, is_sure = waiting.popleft()
        if start < at:
            continue
        if start > at:
            found.append(Stretch(text[at:start]))
        at = min(end, line_end)
        found.append(Stretch(text[start:at], kind, field, is_sure))
    if at < line_end:
        found.append(Stretch(text[at:line_end]))
    return found


@dataclass(frozen=True)
class Offered:
    """What a proposal claims: a figure of the text (its place) for a field, how well the words fit (0 to 100)."""

    field: str
    start: int
    end: int
    score: int


def sure(offers: Iterable[Offered]) -> set[Offered]:
    """The proposals that may be taken unseen: the words fit, nothing else fits this figure or this field better.

    >>> a, b = Offered("received", 7, 9, 100), Offered("answered", 7, 9, 91)
    >>> sure([a, b]) == {a}
    True
    """
    offered = list(offers)
    by_place: defaultdict[tuple[int, int], int] = defaultdict(int)
    by_field: defaultdict[str, list[int]] = defaultdict(list)
    for one in offered:
        by_place[one.start, one.end] = max(by_place[one.start, one.end], one.score)
        by_field[one.field].append(one.score)
    return {
        one
        for one in offered
        if one.score >= SURE
        and one.score == by_place[one.start, one.end]
        and one.score == max(by_field[one.field])
        and by_field[one.field].count(one.score) == 1
    }
