"""FormSpec: one version of a report form, read from JSON and ready to work."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from giaoban.core.formlang import blueprint, display, inputs, limits, wiring
from giaoban.core.formlang.column import Column
from giaoban.core.formlang.evaluate import divide, round_half_up
from giaoban.core.formlang.fields import Check, Field, FieldKind, Level, Measure, Ratio, Rollup
from giaoban.core.formlang.inputs import Figure, Inputs
from giaoban.core.formlang.nodes import Value
from giaoban.core.formlang.refusals import BadForm
from giaoban.core.formlang.serial import as_json
from giaoban.core.refusal import Fault


@dataclass(frozen=True)
class Problem:
    """What stands in the way of a report (level block) or should be looked at (warn)."""

    level: Level
    fields: tuple[str, ...]
    message: str
    place: str  # a field code, or «kiểm tra 2»


@dataclass(frozen=True)
class FormSpec:
    """Biểu mẫu, one version. Build it with `FormSpec.parse`; equal when the JSON means the same."""

    title: str
    sections: tuple[str, ...]
    fields: tuple[Field, ...]
    checks: tuple[Check, ...]
    wiring: wiring.Wiring = dataclasses.field(repr=False, compare=False)

    @classmethod
    def parse(cls, data: object) -> FormSpec:
        """Read the JSON of a form version.

        Raises BadForm with a Fault for every place that is wrong: the field's code, «kiểm tra 2»,
        or «cột 3» for a field whose code cannot be read.

        >>> spec = FormSpec.parse({"fields": [{"code": "nu", "label": "Đảng viên nữ", "kind": "whole"}]})
        >>> spec.fields[0].rollup
        <Rollup.SUM: 'sum'>
        """
        plan = blueprint.read(data)
        wired = wiring.wire(plan.fields, plan.checks, plan.faults)
        if plan.faults:
            raise BadForm(faults=plan.faults, count=len(plan.faults))
        return cls(plan.title, plan.sections, plan.fields, plan.checks, wired)

    def as_json(self) -> dict[str, object]:
        """JSON that `parse` reads back to an equal form."""
        return as_json(self.title, self.sections, self.fields, self.checks)

    @cached_property
    def by_code(self) -> Mapping[str, Field]:
        return {field.code: field for field in self.fields}

    def in_section(self, section: str) -> tuple[Field, ...]:
        """The fields of one section, in order; "" for those of none."""
        return tuple(field for field in self.fields if field.section == section)

    # ---- one report

    def compute(self, figures: Mapping[str, Figure | None]) -> dict[str, Figure]:
        """The figures with every computed field worked out anew; missing ones are absent.

        A computed figure beyond the signed 64-bit range is missing too, and a problem.
        """
        return self._worked_out(figures)[0]

    def problems(self, figures: Mapping[str, Figure | None], *, nothing: bool = False) -> tuple[Problem, ...]:
        """What is wrong with a report: required boxes first, then results too large, then checks in order.

        `nothing`: the unit declares «không phát sinh», so that only stocks are still required of it.
        """
        complete, too_large = self._worked_out(figures)
        found = [
            Problem(Level.BLOCK, (field.code,), f"Chưa có số liệu «{field.label}».", field.code)
            for field in self.fields
            if field.required
            and field.code not in complete
            and field.code not in too_large
            and not (nothing and field.measure is Measure.FLOW)
        ]
        for code in too_large:
            message = f"«{self.by_code[code].label}» tính ra quá lớn; hãy kiểm tra lại các số đã nhập."
            found.append(Problem(Level.BLOCK, (code,), message, code))
        values = self.values(complete)
        for number, check in enumerate(self.checks, 1):
            if check.expression.value(values) is False:
                used = tuple(field.code for field in self.fields if field.code in check.expression.uses)
                found.append(Problem(check.level, used, check.message, f"kiểm tra {number}"))
        return tuple(found)

    def values(self, figures: Mapping[str, Figure | None]) -> dict[str, Value]:
        """Stored figures as the exact values an expression works with (scaled integers become fractions)."""
        return {
            field.code: _value(field, figure)
            for field in self.fields
            if (figure := figures.get(field.code)) is not None
        }

    def _worked_out(self, figures: Mapping[str, Figure | None]) -> tuple[dict[str, Figure], tuple[str, ...]]:
        complete = {
            code: figure
            for code, figure in figures.items()
            if figure is not None and not (code in self.by_code and self.by_code[code].is_computed)
        }
        values = self.values(complete)
        too_large: list[str] = []
        for field in self.wiring.order:
            value = self._computed(field, values)
            if value is None:
                continue
            figure = _figure(field, value)
            if field.is_number and abs(int(figure)) > limits.LARGEST:
                too_large.append(field.code)
                continue
            complete[field.code] = figure
            values[field.code] = value
        return complete, tuple(too_large)

    def _computed(self, field: Field, values: Mapping[str, Value]) -> Value | None:
        if field.ratio is None:
            return self.wiring.formulas[field.code].value(values)
        num, den = values.get(field.ratio.num), values.get(field.ratio.den)
        if num is None or den is None:
            return None
        return _ratio(field, field.ratio, num, den)

    # ---- in and out

    def read_input(self, raw: Mapping[str, str]) -> Inputs:
        """Exact figures from the boxes of a page; computed fields and unknown names are left alone.

        Every fault is one Vietnamese sentence naming the field's label, at the field's code.
        """
        return inputs.read(self.fields, raw)

    def figure_faults(self, figures: Mapping[str, object]) -> tuple[Fault, ...]:
        """What is wrong with figures handed over as JSON (API, applied readings); empty when all may be stored."""
        return inputs.faults_of(self.fields, figures)

    def write(self, field: Field, value: Figure | None) -> str:
        """Display text; a dash for a missing figure."""
        return display.write(field, value)

    def raw(self, field: Field, value: Figure | None) -> str:
        """What the input box holds; `read_input` reads it back to the same figure."""
        return display.raw(field, value)

    # ---- roll-up

    def columns(self) -> tuple[Column, ...]:
        """The columns the roll-up keeps for this version, in the order of the fields."""
        return tuple(column for field in self.fields for column in self._columns_of(field))

    def ratio_of_total(self, field: Field, num: int, den: int) -> int | None:
        """The figure of a ratio field for summed numerator and denominator (scaled as their fields store them).

        None when the denominator is 0: a share of nothing has no value.
        """
        assert field.ratio is not None
        top = _value(self.by_code[field.ratio.num], num)
        bottom = _value(self.by_code[field.ratio.den], den)
        value = _ratio(field, field.ratio, top, bottom)
        return None if value is None else int(_figure(field, value))

    def _columns_of(self, field: Field) -> tuple[Column, ...]:
        code, measure = field.code, field.measure.value
        match field.rollup:
            case Rollup.NONE:
                return ()
            case Rollup.TALLY:
                return tuple(Column(code, choice, "tally", measure=measure) for choice in field.choice_codes)
            case Rollup.RATIO:
                assert field.ratio is not None
                parts = (("num", field.ratio.num), ("den", field.ratio.den))
                return tuple(
                    Column(code, part, "ratio", source, self.by_code[source].measure.value) for part, source in parts
                )
        return (Column(code, "value", field.rollup.value, measure=measure),)


def _value(field: Field, figure: Figure) -> Value:
    match field.kind:
        case FieldKind.DECIMAL:
            return Fraction(int(figure), 10**field.places)
        case FieldKind.DATE:
            return date.fromisoformat(str(figure))
    return figure


def _figure(field: Field, value: Value) -> Figure:
    """The stored form of a computed value; `wiring` made sure that it is exact."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | str):
        return value
    scaled = value * Fraction(10**field.places)
    if scaled.denominator != 1:
        raise AssertionError(f"{field.code} is not exact to {field.places} places")
    return scaled.numerator


def _ratio(field: Field, ratio: Ratio, num: Value, den: Value) -> int | Fraction | None:
    assert isinstance(num, int | Fraction)
    assert isinstance(den, int | Fraction)
    share = divide(num * ratio.times, den)
    return None if share is None else round_half_up(share, field.places)
