"""Decisions on reports in prose, without a database."""

from __future__ import annotations

from dataclasses import dataclass

from giaoban.core.formlang import Field, FieldKind, FormSpec
from giaoban.core.reading import FieldTerm
from giaoban.core.refusal import Kind, Refusal

MAX_TEXT = 2_000_000  # characters of one pasted text


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


def stretches(text: str, marks: list[tuple[int, int, str, str, bool]]) -> list[Stretch]:
    """Cut a text along its marks (start, end, kind, field, is_sure); of two that overlap the earlier, longer stays.

    >>> [one.text for one in stretches("Đã họp 12/15 xã.", [(7, 12, "figure", "held", True)])]
    ['Đã họp ', '12/15', ' xã.']
    """
    found: list[Stretch] = []
    at = 0
    for start, end, kind, field, is_sure in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if start < at:
            continue
        if start > at:
            found.append(Stretch(text[at:start]))
        found.append(Stretch(text[start:end], kind, field, is_sure))
        at = end
    if at < len(text):
        found.append(Stretch(text[at:]))
    return found
