"""A form's totals line by line: one for each field that adds up, one for each choice of a tally. No database."""

from __future__ import annotations

from dataclasses import dataclass

from giaoban.core.formlang import FormSpec
from giaoban.core.formlang.fields import Field, Rollup
from giaoban.core.rollup import Total

_NOT_ADDING = frozenset({Rollup.MAX, Rollup.MIN, Rollup.RATIO})


@dataclass(frozen=True)
class Line:
    """What one line is about; `choice` only for a tally."""

    key: str  # stands in addresses: the field's code, with the choice's for a tally
    field: Field
    choice: str = ""
    choice_label: str = ""

    @property
    def adds_up(self) -> bool:
        """Whether a unit's figure is the sum of those below it."""
        return self.field.rollup not in _NOT_ADDING


@dataclass(frozen=True)
class Said:
    """A line at one unit: `value` in the field's scale, None where nobody answered; of a ratio also both its sums."""

    value: int | None
    answered: int
    sums: tuple[int, int] | None = None


NOTHING_SAID = Said(None, 0)


def lines_of(spec: FormSpec) -> tuple[Line, ...]:
    """The lines of a form, in the order of its fields and choices."""
    found: list[Line] = []
    for field in spec.fields:
        if field.rollup is Rollup.TALLY:
            found += [Line(f"{field.code}.{one.code}", field, one.code, one.label) for one in field.choices]
        elif field.rollup is not Rollup.NONE:
            found.append(Line(field.code, field))
    return tuple(found)


def said(spec: FormSpec, line: Line, total: Total | None) -> Said:
    """What a total says on a line; nothing where there is no total, or the field was not asked for then."""
    value = total.values.get(line.field.code) if total else None
    if total is None or value is None:
        return NOTHING_SAID
    answered = total.answered[line.field.code]
    if isinstance(value, tuple):
        return Said(spec.ratio_of_total(line.field, *value), answered, value)
    if isinstance(value, int):
        return Said(value, answered)
    return Said(value.get(line.choice, 0), answered)


def difference(line: Line, *, before: Said, now: Said) -> int | None:
    """How much was added since; what nobody had answered adds nothing. None where there is no such number.

    Differences of the units below add up to that of the unit, on every line that adds up.
    """
    if before.value is None or now.value is None:
        is_number = line.adds_up and (before.value is not None or now.value is not None)
        return (now.value or 0) - (before.value or 0) if is_number else None
    return now.value - before.value


def fields_differing(one: Total, other: Total) -> int:
    """On how many fields two totals differ, in the value or in how many answered."""
    codes = one.values.keys() | other.values.keys()
    return sum(
        (one.values.get(code), one.answered.get(code, 0)) != (other.values.get(code), other.answered.get(code, 0))
        for code in codes
    )
