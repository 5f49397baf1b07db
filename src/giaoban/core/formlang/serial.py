"""A form written back as the JSON it is read from, leaving out what goes without saying."""

from __future__ import annotations

from collections.abc import Sequence

from giaoban.core.formlang.fields import Check, Field, Part


def as_json(title: str, sections: Sequence[str], fields: Sequence[Field], checks: Sequence[Check]) -> dict[str, object]:
    """The JSON of a form version; `blueprint.read` reads it back to equal fields and checks."""
    data: dict[str, object] = {"title": title} if title else {}
    if sections:
        data["sections"] = list(sections)
    data["fields"] = [field_as_json(field) for field in fields]
    if checks:
        data["checks"] = [
            {"expression": check.expression.source, "message": check.message, "level": check.level.value}
            for check in checks
        ]
    return data


def field_as_json(field: Field) -> dict[str, object]:
    data: dict[str, object] = {
        "code": field.code,
        "label": field.label,
        "kind": field.kind.value,
        "rollup": field.rollup.value,
        "measure": field.measure.value,
    }
    usual_minimum = 0 if field.is_number else None
    optional: dict[str, object] = {
        "label_en": field.label_en,
        "places": field.places,
        "required": field.required,
        "aliases": list(field.aliases),
        "part": "" if field.part is Part.VALUE else field.part.value,
        "choices": [{"code": choice.code, "label": choice.label} for choice in field.choices],
        "formula": field.formula,
        "hint": field.hint,
        "section": field.section,
    }
    data.update({key: value for key, value in optional.items() if value})
    if field.ratio:
        data["ratio"] = {"num": field.ratio.num, "den": field.ratio.den, "times": field.ratio.times}
    if field.minimum != usual_minimum:
        data["minimum"] = field.minimum
    return data
