"""Decisions on reports in prose, without a database."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from giaoban.core.formlang import FieldKind, FormSpec, Measure
from giaoban.core.formlang.inputs import clean
from giaoban.core.reading.findings import Known
from giaoban.core.reading.proposals import Wanted
from giaoban.core.refusal import Kind, Refusal

MAX_TEXT = 2_000_000  # characters of one pasted text
MAX_REASON = 500
WIDE = frozenset({"directive", "task", "event"})  # whole sentences: marking them would hide what stands in them


class NoText(Refusal):
    says = "Chưa có nội dung để đọc; hãy chọn một tệp .docx, .pdf, .html, .txt hoặc dán văn bản."


class TextTooLong(Refusal):
    kind = Kind.TOO_LARGE
    says = "Văn bản dài hơn {limit} ký tự; hãy chia nhỏ rồi đọc từng phần."


class Decided(Refusal):
    kind = Kind.CONFLICT
    says = "Đề xuất cho chỉ tiêu «{field}» đã được quyết định; hãy mở lại trang."


class NothingChosen(Refusal):
    says = "Chưa có đề xuất nào được chọn để ghi; hãy bấm «Ghi» ở từng đề xuất đúng."


class TwoForOneField(Refusal):
    says = "Có hai đề xuất cùng ghi vào chỉ tiêu «{field}»; hãy chọn một."


class NoReason(Refusal):
    says = "Cần ghi lý do bỏ qua phát hiện này, để người duyệt biết vì sao số liệu vẫn đúng."


class ReasonTooLong(Refusal):
    says = "Lý do bỏ qua dài {length} ký tự, nhiều hơn {most} ký tự cho phép; hãy viết ngắn lại."


class NoSuchFinding(Refusal):
    kind = Kind.CONFLICT
    says = "Phát hiện này không còn, vì số liệu đã đổi hoặc đã có người bỏ qua; hãy mở lại trang."


def fitting_reason(reason: str) -> str:
    """The reason without blanks at its ends. Raises NoReason, ReasonTooLong.

    >>> fitting_reason("  Hai chi bộ đã sáp nhập. ")
    'Hai chi bộ đã sáp nhập.'
    """
    words = clean(reason)
    if not words:
        raise NoReason()
    if len(words) > MAX_REASON:
        raise ReasonTooLong(length=len(words), most=MAX_REASON)
    return words


def terms(spec: FormSpec) -> tuple[Wanted, ...]:
    """What the reader looks for: every number a person would type into the form."""
    return tuple(
        Wanted(
            code=field.code,
            label=field.label,
            aliases=field.aliases,
            part=field.part.value,
            places=field.places if field.kind is FieldKind.DECIMAL else 0,
        )
        for field in spec.fields
        if field.is_number and not field.is_computed
    )


def known(spec: FormSpec, *, now: Mapping[str, Any], before: Mapping[str, Any]) -> tuple[Known, ...]:
    """What the form and the report before say about every number a person types."""
    return tuple(
        Known(
            code=field.code,
            part=field.part.value,
            places=field.places,
            is_stock=field.measure is Measure.STOCK,
            now=now.get(field.code),
            before=before.get(field.code),
        )
        for field in spec.fields
        if field.is_number and not field.is_computed
    )


# ------------------------------------------------------------------ a text, cut along what is marked in it


@dataclass(frozen=True)
class Mark:
    """A fact's place in a text. `fields`: the fields of the form it is proposed for."""

    start: int
    end: int
    kind: str
    fields: str = ""


@dataclass(frozen=True)
class Stretch:
    """A run of a text: plain, or one fact the page marks."""

    text: str
    kind: str = ""
    fields: str = ""


@dataclass(frozen=True)
class Piece:
    """Part of a paragraph: a sentence something points at (`place` is its start, None for the rest), in stretches.

    `fields`: the fields of the form that figures in it are proposed for.
    """

    stretches: tuple[Stretch, ...]
    place: int | None = None
    fields: str = ""


def paragraphs(text: str, marks: Iterable[Mark], sentences: Mapping[tuple[int, int], str]) -> list[list[Piece]]:
    """A text as paragraphs, cut along the sentences (their span -> the fields they speak of) and marks in it.

    Empty lines are left out. Of two marks that overlap the earlier, longer one stays; one that runs over the end of
    a piece is marked up to it.

    >>> found = paragraphs("Đã họp 12/15 xã.\\nHết.", [Mark(7, 12, "figure", "held")], {(0, 16): "held"})
    >>> [[one.text for one in piece.stretches] for line in found for piece in line]
    [['Đã họp ', '12/15', ' xã.'], ['Hết.']]
    """
    waiting = deque(sorted(marks, key=lambda mark: (mark.start, -mark.end)))
    spans = deque(sorted(sentences.items()))
    found, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            found.append(_pieces(text, start, end, spans, waiting))
        start = end + 1
    return found


def _pieces(
    text: str, at: int, line_end: int, spans: deque[tuple[tuple[int, int], str]], waiting: deque[Mark]
) -> list[Piece]:
    found: list[Piece] = []
    while spans and spans[0][0][0] < line_end:
        (start, end), fields = spans[0]
        is_begun = start < at
        begin, until = max(start, at), min(end, line_end)
        if begin > at:
            found.append(Piece(_stretches(text, at, begin, waiting)))
        if until > begin:
            found.append(Piece(_stretches(text, begin, until, waiting), None if is_begun else start, fields))
        at = max(at, until)
        if end > line_end:
            break
        spans.popleft()
    if at < line_end:
        found.append(Piece(_stretches(text, at, line_end, waiting)))
    return found


def _stretches(text: str, at: int, until: int, waiting: deque[Mark]) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    while waiting and waiting[0].start < until:
        mark = waiting.popleft()
        if mark.start < at:
            continue
        if mark.start > at:
            found.append(Stretch(text[at : mark.start]))
        at = min(mark.end, until)
        found.append(Stretch(text[mark.start : at], mark.kind, mark.fields))
    if at < until:
        found.append(Stretch(text[at:until]))
    return tuple(found)


def joined(codes: Collection[str]) -> str:
    """Field codes as one attribute of a page, each once, in order.

    >>> joined(["held", "due", "held"])
    'held due'
    """
    return " ".join(dict.fromkeys(codes))
