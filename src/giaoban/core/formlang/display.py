"""A figure as people read it and as an input box holds it."""

from __future__ import annotations

from datetime import date

from giaoban.core.formlang.fields import Field, FieldKind
from giaoban.core.formlang.inputs import Figure
from giaoban.core.text_vi import dates, numbers

MISSING = "–"
_WORDS = {True: "Có", False: "Không"}


def write(field: Field, value: Figure | None) -> str:
    """Display text by the house rules; a missing figure is a dash, never a zero.

    >>> write(Field("a", "A", FieldKind.DECIMAL, places=2), 119250)
    '1.192,50'
    """
    return MISSING if value is None else _written(field, value)


def raw(field: Field, value: Figure | None) -> str:
    """What the input box holds, so that reading it back gives the same figure.

    >>> raw(Field("a", "A", FieldKind.WHOLE), 1192), raw(Field("a", "A", FieldKind.YES_NO), True)
    ('1.192', 'yes')
    """
    if value is None:
        return ""
    match field.kind:
        case FieldKind.YES_NO:
            return "yes" if value else "no"
        case FieldKind.CHOICE | FieldKind.DATE:
            return str(value)
    return _written(field, value)


def _written(field: Field, value: Figure) -> str:
    match field.kind:
        case FieldKind.WHOLE | FieldKind.DECIMAL:
            return numbers.write_scaled(int(value), places=field.places)
        case FieldKind.YES_NO:
            return _WORDS[bool(value)]
        case FieldKind.CHOICE:
            return next((choice.label for choice in field.choices if choice.code == value), str(value))
        case FieldKind.DATE:
            return dates.write_day(date.fromisoformat(str(value)))
    return str(value)
