"""A text with its hand-made facts in one file, as docs/guides/annotating.md describes it.

The text, a line of five hyphens, and one fact a line: `kind | quote | key=value …`. `quote@2` means its second
occurrence, `first…last` everything between two pieces, `short=n` only the first n characters, and `_` stands for a
blank in values (in quotes for a line break). `titles=A;B` is a list, `titles=` an empty one. A row
`boilerplate | first…last |` names lines that are furniture of the page the text came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from giaoban.core.reading.scoring import KEYS, Row
from giaoban.core.refusal import Refusal
from giaoban.core.text_vi.canonical import canonical

RULE = "\n-----\n"
_BOILERPLATE = "boilerplate"
_LETTERS = ("a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n")


class BadAnnotation(Refusal):
    """A row that is not written as rows are."""

    says = "Văn bản mẫu «{name}», dòng «{row}»: cần dạng «loại | câu chữ | tên=giá_trị»; hãy sửa dòng này."


class KindUnknown(BadAnnotation):
    """A row of a kind nobody reads."""

    says = "Văn bản mẫu «{name}», dòng «{row}»: không có loại «{kind}»; hãy dùng một trong: {known}."


class WordsMissing(BadAnnotation):
    """A row whose words do not stand in the text."""

    says = "Văn bản mẫu «{name}», dòng «{row}»: văn bản không có câu chữ này; hãy chép đúng từng chữ."


class FieldUnknown(BadAnnotation):
    """A row with a field its kind does not have."""

    says = "Văn bản mẫu «{name}», dòng «{row}»: loại này không có «{field}»; hãy bỏ hoặc đổi tên."


@dataclass(frozen=True)
class Annotated:
    """A text in canonical spelling and its hand-made facts; `boilerplate` holds numbers of lines, from 1."""

    name: str
    text: str
    facts: tuple[Row, ...]
    boilerplate: frozenset[int]


def parse(*, name: str, text: str) -> Annotated:
    """Read an annotated text. Raises BadAnnotation and its kinds; each names the file and the row."""
    prose, _, rows = text.partition(RULE)
    prose = canonical(prose).text
    facts = [_fact(name, prose, row) for row in rows.splitlines() if row.strip()]
    return Annotated(
        name=name,
        text=prose,
        facts=tuple(fact for fact in facts if fact["kind"] != _BOILERPLATE),
        boilerplate=frozenset(line for fact in facts if fact["kind"] == _BOILERPLATE for line in _lines(prose, fact)),
    )


def _lines(text: str, fact: Row) -> range:
    start, end = int(str(fact["start"])), int(str(fact["end"]))
    return range(text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 2)


def _fact(name: str, text: str, row: str) -> Row:
    pieces = [piece.strip(" ") for piece in row.split("|")]
    told = row.strip()
    if len(pieces) != 3:
        raise BadAnnotation(name=name, row=told)
    kind, quote, values = pieces
    if kind not in KEYS and kind != _BOILERPLATE:
        raise KindUnknown(name=name, row=told, kind=kind, known=", ".join([*KEYS, _BOILERPLATE]))
    fields = _fields(name, told, values)
    span = _span(text, quote)
    if span is None:
        raise WordsMissing(name=name, row=told)
    start, end = span
    if (short := fields.pop("short", None)) is not None:
        if not (short.isascii() and short.isdecimal() and len(short) < 6):
            raise BadAnnotation(name=name, row=told)
        end = start + int(short)
    if strange := set(fields) - set(KEYS.get(kind, ())):
        raise FieldUnknown(name=name, row=told, field=min(strange))
    known = {key: _value(key, value) for key, value in fields.items()}
    return {"kind": kind, "start": start, "end": end, "text": text[start:end], **known}


def _fields(name: str, row: str, values: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for pair in values.split():
        key, equals, value = pair.partition("=")
        if not equals:
            raise BadAnnotation(name=name, row=row)
        fields[key] = value
    return fields


def _value(key: str, value: str) -> object:
    plain = None if value == "none" else value.replace("_", " ")
    if key == "ordinal" and plain in _LETTERS:
        return _LETTERS.index(plain) + 1  # a) is the first
    if key == "titles":
        return [title.strip() for title in (plain or "").split(";") if title.strip()]
    return plain


def _span(text: str, quote: str) -> tuple[int, int] | None:
    first, dots, last = quote.partition("…")
    first, _, nth = first.partition("@")
    first = first.replace("_", "\n")
    start = -1
    for _ in range(int(nth) if nth.isascii() and nth.isdecimal() and len(nth) < 6 else 1):
        start = text.find(first, start + 1)
        if start < 0:
            return None
    if not dots:
        return start, start + len(first)
    end = text.find(last, start + len(first))
    return (start, end + len(last)) if end >= 0 else None


def gold_rows(rows: object) -> tuple[Mapping[str, object], ...]:
    """Facts given as data (a list of objects with `kind`, `start` and `end`), those of unknown kinds left out.

    >>> gold_rows([{"kind": "date", "start": 0, "end": 9, "iso": "2020-08-25"}, {"kind": "mood", "start": 0, "end": 1}])
    ({'kind': 'date', 'start': 0, 'end': 9, 'iso': '2020-08-25'},)
    """
    found = rows if isinstance(rows, list) else []
    return tuple(row for row in found if isinstance(row, dict) and row.get("kind") in KEYS and _is_span(row))


def _is_span(row: Mapping[str, object]) -> bool:
    start, end = row.get("start"), row.get("end")
    return isinstance(start, int) and isinstance(end, int) and 0 <= start <= end
