"""How the fields of a form hang together: names, types, and the order formulas are worked out in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from giaoban.core.formlang.checking import Sort, Type
from giaoban.core.formlang.expression import Expression
from giaoban.core.formlang.fields import Check, Field, Rollup
from giaoban.core.formlang.refusals import BadFormula, NotRounded, WrongType
from giaoban.core.refusal import Fault


@dataclass(frozen=True)
class Wiring:
    """`order`: computed fields, each after the fields it needs. `formulas`: those of them with a formula."""

    order: tuple[Field, ...]
    formulas: Mapping[str, Expression]


def wire(fields: Sequence[Field], checks: Sequence[Check], faults: list[Fault]) -> Wiring:
    """Tie fields and checks together; what cannot be tied is added to `faults`."""
    counts = Counter(field.code for field in fields)
    for code, count in counts.items():
        if count > 1:
            faults.append(Fault(code, "Mã «{code}» dùng cho {count} chỉ tiêu.", {"code": code, "count": count}))
    types = {field.code: field.type for field in fields}
    formulas = _formulas(fields, types, faults)
    by_code = {field.code: field for field in fields}
    for field in fields:
        if field.ratio:
            faults.extend(_ratio_faults(field, by_code))
    for number, check in enumerate(checks, 1):
        try:
            found = check.expression.type_over(types)
            if found.sort is not Sort.TRUTH:
                raise WrongType(source=check.expression.source, at=0, needed=Sort.TRUTH.value, given=found.sort.value)
        except BadFormula as fault:
            faults.append(fault.as_fault(f"kiểm tra {number}"))
    order = _in_order(fields, formulas, faults)
    return Wiring(order, formulas)


def needs(field: Field, formulas: Mapping[str, Expression]) -> frozenset[str]:
    """The codes a computed field is worked out from."""
    if field.ratio:
        return frozenset({field.ratio.num, field.ratio.den})
    return formulas[field.code].uses if field.code in formulas else frozenset()


def _formulas(fields: Iterable[Field], types: Mapping[str, Type], faults: list[Fault]) -> dict[str, Expression]:
    formulas: dict[str, Expression] = {}
    for field in fields:
        if field.formula is None:
            continue
        try:
            formula = Expression.parse(field.formula)
            _refuse_other_type(field, formula, formula.type_over(types))
            formulas[field.code] = formula
        except BadFormula as fault:
            faults.append(fault.as_fault(field.code))
    return formulas


def _refuse_other_type(field: Field, formula: Expression, found: Type) -> None:
    """A formula must give exactly what its field stores."""
    wanted = field.type
    if found.sort is not wanted.sort or field.is_text or field.choices:
        raise WrongType(source=formula.source, at=0, needed=f"«{field.kind.value}»", given=found.sort.value)
    if wanted.sort is Sort.NUMBER and (found.places is None or found.places > field.places):
        raise NotRounded(source=formula.source, at=0, places=field.places)


def _ratio_faults(field: Field, by_code: Mapping[str, Field]) -> Iterable[Fault]:
    assert field.ratio is not None
    for code in (field.ratio.num, field.ratio.den):
        part = by_code.get(code)
        if part is None:
            yield Fault(field.code, "Tỷ lệ nhắc đến chỉ tiêu «{code}» không có trong biểu mẫu.", {"code": code})
        elif not part.is_number or part.rollup not in (Rollup.SUM, Rollup.LAST):
            yield Fault(field.code, "Tử số, mẫu số của tỷ lệ phải là số cộng được; «{code}» thì không.", {"code": code})


def _in_order(fields: Sequence[Field], formulas: Mapping[str, Expression], faults: list[Fault]) -> tuple[Field, ...]:
    """Computed fields after what they need; each ring is one fault that names it."""
    waiting = {field.code: field for field in fields if field.ratio or field.code in formulas}
    order: list[Field] = []
    while waiting:
        ready = [field for field in waiting.values() if not needs(field, formulas) & waiting.keys()]
        if not ready:
            ring = _ring(waiting, formulas)
            shown = " → ".join([*ring, ring[0]])
            faults.append(Fault(ring[0], "Công thức vòng quanh: {ring}.", {"ring": shown}))
            for code in ring:
                del waiting[code]
        for field in ready:
            del waiting[field.code]
        order.extend(ready)
    return tuple(order)


def _ring(waiting: Mapping[str, Field], formulas: Mapping[str, Expression]) -> list[str]:
    """One ring among fields that all wait for each other: walk until a field comes back."""
    walked: list[str] = []
    code = min(waiting)
    while code not in walked:
        walked.append(code)
        code = min(needs(waiting[code], formulas) & waiting.keys())
    return walked[walked.index(code) :]
