"""Parsing of the designer's input: rows of boxes to the JSON of a form version, and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from giaoban.core.formlang import Field, FieldKind, FormSpec
from giaoban.core.formlang.fields import NUMBERS, usual_rollup
from giaoban.core.refusal import Fault, Refusal
from giaoban.core.text_vi.numbers import read_scaled, write_scaled

SPARE_FIELDS = 2
SPARE_CHECKS = 1
MAX_ROWS = 500
_NTH_FIELD, _NTH_CHECK = re.compile(r"cột (\d+)"), re.compile(r"kiểm tra (\d+)")
_NUMBERED = {kind.value for kind in NUMBERS}


@dataclass(frozen=True)
class FieldRow:
    """One field as the designer's boxes hold it: text as typed, so that nothing is lost on a fault."""

    code: str = ""
    label: str = ""
    label_en: str = ""
    kind: str = "whole"
    places: str = "0"
    measure: str = "flow"
    rollup: str = ""
    section: str = ""
    hint: str = ""
    formula: str = ""
    minimum: str = "0"
    choices: str = ""  # «mã: nhãn», one a line
    aliases: str = ""  # one a line
    part: str = "value"
    required: str = ""
    ratio_num: str = ""
    ratio_den: str = ""
    ratio_times: str = "100"

    @property
    def is_used(self) -> bool:
        return bool(self.code or self.label)


@dataclass(frozen=True)
class CheckRow:
    expression: str = ""
    message: str = ""
    level: str = "block"

    @property
    def is_used(self) -> bool:
        return bool(self.expression or self.message)


@dataclass(frozen=True)
class Sheet:
    """The whole designer page."""

    title: str
    sections: str
    fields: tuple[FieldRow, ...]
    checks: tuple[CheckRow, ...]

    def with_spares(self) -> Sheet:
        """The same with empty rows at the end to write on."""
        used = tuple(row for row in self.fields if row.is_used)
        checks = tuple(row for row in self.checks if row.is_used)
        return replace(self, fields=used + (FieldRow(),) * SPARE_FIELDS, checks=checks + (CheckRow(),) * SPARE_CHECKS)


def sheet_of(spec: FormSpec | None) -> Sheet:
    """A version as boxes, with spare empty rows to add to."""
    if spec is None:
        return Sheet("", "", (), ()).with_spares()
    return Sheet(
        title=spec.title,
        sections="\n".join(spec.sections),
        fields=tuple(_field_row(field) for field in spec.fields),
        checks=tuple(CheckRow(check.expression.source, check.message, check.level.value) for check in spec.checks),
    ).with_spares()


def _field_row(field: Field) -> FieldRow:
    usual = usual_rollup(field.kind, field.measure)
    return FieldRow(
        code=field.code,
        label=field.label,
        label_en=field.label_en,
        kind=field.kind.value,
        places=str(field.places),
        measure=field.measure.value,
        rollup="" if field.rollup is usual else field.rollup.value,
        section=field.section,
        hint=field.hint,
        formula=field.formula or "",
        minimum="" if field.minimum is None else write_scaled(field.minimum, places=field.places),
        choices="\n".join(f"{choice.code}: {choice.label}" for choice in field.choices),
        aliases="\n".join(field.aliases),
        part=field.part.value,
        required="on" if field.required else "",
        ratio_num=field.ratio.num if field.ratio else "",
        ratio_den=field.ratio.den if field.ratio else "",
        ratio_times=str(field.ratio.times) if field.ratio else "100",
    )


def sheet_from(post: QueryDict) -> Sheet:
    """The boxes as they were sent, in the order asked for; rows marked to be left out are gone."""
    fields: list[tuple[tuple[int, int], FieldRow]] = []
    for at in _rows(post, "field", "code"):
        if f"field-{at}-remove" not in post:
            fields.append((_place(post, at), FieldRow(**_sent(post, f"field-{at}-", FieldRow.__dataclass_fields__))))
    checks = [
        CheckRow(**_sent(post, f"check-{at}-", CheckRow.__dataclass_fields__))
        for at in _rows(post, "check", "expression")
    ]
    ordered = tuple(row for _, row in sorted(fields, key=lambda pair: pair[0]))
    return Sheet(_typed(post, "title"), post.get("sections", ""), moved(ordered, post.get("move", "")), tuple(checks))


def _rows(post: QueryDict, name: str, box: str) -> Iterable[int]:
    at = 0
    while f"{name}-{at}-{box}" in post and at < MAX_ROWS:
        yield at
        at += 1


def _sent(post: QueryDict, prefix: str, names: Iterable[str]) -> dict[str, str]:
    """The boxes of one row; a box that was not sent stands as in a new row."""
    return {name: _typed(post, prefix + name) for name in names if prefix + name in post}


def _typed(post: QueryDict, name: str) -> str:
    return unicodedata.normalize("NFC", post.get(name, "")).strip()


def _place(post: QueryDict, at: int) -> tuple[int, int]:
    """Where a row wants to stand: the number in its order box; it pushes aside who stands there."""
    asked = post.get(f"field-{at}-order", "")
    now = at + 1
    wanted = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else now
    return 2 * wanted + (wanted > now) - (wanted < now), at


def moved(rows: tuple[FieldRow, ...], asked: str) -> tuple[FieldRow, ...]:
    """The rows with one of them a step up or down, as «up-3» or «down-0» asks; anything else changes nothing.

    >>> [row.code for row in moved((FieldRow("a"), FieldRow("b"), FieldRow("c")), "up-2")]
    ['a', 'c', 'b']
    """
    way, _, number = asked.partition("-")
    step = {"up": -1, "down": 1}.get(way)
    if step is None or not (number.isascii() and number.isdecimal() and len(number) < 6):
        return rows
    at, to = int(number), int(number) + step
    if not (0 <= at < len(rows) and 0 <= to < len(rows)):
        return rows
    found = list(rows)
    found[at], found[to] = found[to], found[at]
    return tuple(found)


def data_of(sheet: Sheet) -> dict[str, Any]:
    """The JSON of a form version; faults in it are formlang's to find."""
    return {
        "title": sheet.title,
        "sections": _lines(sheet.sections),
        "fields": [_field_data(row) for row in sheet.fields if row.is_used],
        "checks": [
            {"expression": row.expression, "message": row.message, "level": row.level}
            for row in sheet.checks
            if row.is_used
        ],
    }


def _field_data(row: FieldRow) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": row.code,
        "label": row.label,
        "label_en": row.label_en,
        "kind": row.kind,
        "measure": row.measure,
        "section": row.section,
        "hint": row.hint,
        "aliases": _lines(row.aliases),
        "part": row.part or "value",
        "required": bool(row.required),
    }
    if row.rollup:
        data["rollup"] = row.rollup
    if row.kind == FieldKind.DECIMAL:
        data["places"] = _number_or_text(row.places)
    if row.kind in _NUMBERED:
        data["minimum"] = _minimum(row)
    if row.formula:
        data["formula"] = row.formula
    if row.ratio_num or row.ratio_den:
        times = _number_or_text(row.ratio_times or "100")
        data["ratio"] = {"num": row.ratio_num, "den": row.ratio_den, "times": times}
    if row.choices:
        pairs = (line.partition(":") for line in _lines(row.choices))
        data["choices"] = [{"code": code.strip(), "label": label.strip() or code.strip()} for code, _, label in pairs]
    return data


def _minimum(row: FieldRow) -> int | str | None:
    """The smallest figure that may be typed, scaled as the field stores it; none: negatives are allowed."""
    if not row.minimum:
        return None
    places = _number_or_text(row.places) if row.kind == FieldKind.DECIMAL else 0
    try:
        return read_scaled(row.minimum, places=places if isinstance(places, int) else 0, allow_negative=True)
    except Refusal:
        return row.minimum


def _number_or_text(text: str) -> int | str:
    """A whole number where there is one; else the text, for formlang to refuse with its place."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(text) < 20 else text


def _lines(text: str) -> list[str]:
    return [line.strip() for line in unicodedata.normalize("NFC", text).splitlines() if line.strip()]


@dataclass(frozen=True)
class Told:
    """Which faults stand at which row; `elsewhere` belong to the form as a whole."""

    fields: Mapping[int, Sequence[Fault]]
    checks: Mapping[int, Sequence[Fault]]
    elsewhere: Sequence[Fault]


def told_at(sheet: Sheet, faults: Iterable[Fault]) -> Told:
    """Find the row of each fault: formlang names a field's code, «cột 3» or «kiểm tra 2» among the rows used."""
    fields = [at for at, row in enumerate(sheet.fields) if row.is_used]
    checks = [at for at, row in enumerate(sheet.checks) if row.is_used]
    at_fields: dict[int, list[Fault]] = {}
    at_checks: dict[int, list[Fault]] = {}
    elsewhere = []
    for fault in faults:
        named = [at for at in fields if sheet.fields[at].code == fault.place]
        if nth := _NTH_FIELD.fullmatch(fault.place):
            named = fields[int(nth[1]) - 1 : int(nth[1])]
        for at in named:
            at_fields.setdefault(at, []).append(fault)
        if nth := _NTH_CHECK.fullmatch(fault.place):
            for at in checks[int(nth[1]) - 1 : int(nth[1])]:
                at_checks.setdefault(at, []).append(fault)
        elif not named:
            elsewhere.append(fault)
    return Told(at_fields, at_checks, elsewhere)
