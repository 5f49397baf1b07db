"""Parsing of the designer's input: rows of boxes to the JSON of a form version, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from giaoban.core.formlang import FormSpec

SPARE_FIELDS = 2
SPARE_CHECKS = 1
MAX_ROWS = 300


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


@dataclass(frozen=True)
class CheckRow:
    expression: str = ""
    message: str = ""
    level: str = "block"


@dataclass(frozen=True)
class Sheet:
    """The whole designer page."""

    title: str
    sections: str
    fields: tuple[FieldRow, ...]
    checks: tuple[CheckRow, ...]


def sheet_of(spec: FormSpec | None) -> Sheet:
    """A version as boxes, with spare empty rows to add to."""
    if spec is None:
        return Sheet("", "", (FieldRow(),) * SPARE_FIELDS, (CheckRow(),) * SPARE_CHECKS)
    data: Mapping[str, Any] = spec.as_json()
    fields = tuple(_field_row(field) for field in data["fields"])
    checks = tuple(
        CheckRow(check["expression"], check["message"], check.get("level", "block")) for check in data.get("checks", ())
    )
    return Sheet(
        title=data.get("title", ""),
        sections="\n".join(data.get("sections", ())),
        fields=fields + (FieldRow(),) * SPARE_FIELDS,
        checks=checks + (CheckRow(),) * SPARE_CHECKS,
    )


def _field_row(field: Mapping[str, Any]) -> FieldRow:
    ratio = field.get("ratio") or {}
    return FieldRow(
        code=field["code"],
        label=field["label"],
        label_en=field.get("label_en", ""),
        kind=field["kind"],
        places=str(field.get("places", 0)),
        measure=field.get("measure", "flow"),
        rollup=field.get("rollup", ""),
        section=field.get("section", ""),
        hint=field.get("hint", ""),
        formula=field.get("formula") or "",
        minimum="" if field.get("minimum") is None else str(field["minimum"]),
        choices="\n".join(f"{choice['code']}: {choice['label']}" for choice in field.get("choices", ())),
        aliases="\n".join(field.get("aliases", ())),
        part=field.get("part", "value"),
        required="on" if field.get("required") else "",
        ratio_num=ratio.get("num", ""),
        ratio_den=ratio.get("den", ""),
    )


def sheet_from(post: QueryDict) -> Sheet:
    """The boxes as they were sent; rows left empty are kept out of the form, not off the page."""
    fields, at = [], 0
    while f"field-{at}-code" in post and at < MAX_ROWS:
        if f"field-{at}-remove" not in post:
            names = FieldRow.__dataclass_fields__
            fields.append(FieldRow(**{name: post.get(f"field-{at}-{name}", "").strip() for name in names}))
        at += 1
    checks, at = [], 0
    while f"check-{at}-expression" in post and at < MAX_ROWS:
        names = CheckRow.__dataclass_fields__
        checks.append(CheckRow(**{name: post.get(f"check-{at}-{name}", "").strip() for name in names}))
        at += 1
    return Sheet(post.get("title", "").strip(), post.get("sections", ""), tuple(fields), tuple(checks))


def data_of(sheet: Sheet) -> dict[str, Any]:
    """The JSON of a form version; faults in it are formlang's to find."""
    return {
        "title": sheet.title,
        "sections": _lines(sheet.sections),
        "fields": [_field_data(row) for row in sheet.fields if row.code or row.label],
        "checks": [
            {"expression": row.expression, "message": row.message, "level": row.level}
            for row in sheet.checks
            if row.expression or row.message
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
    if row.kind == "decimal":
        data["places"] = _number_or_text(row.places)
    if row.kind in {"whole", "decimal"} and row.minimum:
        data["minimum"] = _number_or_text(row.minimum)
    if row.formula:
        data["formula"] = row.formula
    if row.ratio_num or row.ratio_den:
        data["ratio"] = {"num": row.ratio_num, "den": row.ratio_den}
    if row.choices:
        pairs = (line.partition(":") for line in _lines(row.choices))
        data["choices"] = [{"code": code.strip(), "label": label.strip() or code.strip()} for code, _, label in pairs]
    return data


def _number_or_text(text: str) -> int | str:
    """A whole number where there is one; else the text, for formlang to refuse with its place."""
    digits = text.lstrip("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(text) < 20 and text.count("-") < 2 else text


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
