"""From the JSON of a form version to fields and checks, collecting every fault instead of stopping at the first.

This file reads one field or check at a time; what involves several of them (unknown names, rings,
types) is decided in `wiring`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from giaoban.core.formlang import inputs, limits
from giaoban.core.formlang.expression import Expression
from giaoban.core.formlang.fields import (
    ALLOWED,
    NUMBERS,
    Check,
    Choice,
    Field,
    FieldKind,
    Level,
    Measure,
    Part,
    Ratio,
    Rollup,
    usual_rollup,
)
from giaoban.core.formlang.grammar import FUNCTIONS
from giaoban.core.formlang.refusals import BadFormula
from giaoban.core.formlang.tokens import KEYWORDS
from giaoban.core.refusal import Fault

E = TypeVar("E", bound=StrEnum)

CODE = re.compile(r"[a-z][a-z0-9_]*")
RESERVED = frozenset(FUNCTIONS) | frozenset(word for word in KEYWORDS if word.isascii())

FORM_KEYS = frozenset({"title", "sections", "fields", "checks"})
FIELD_KEYS = frozenset(Field.__dataclass_fields__)
CHECK_KEYS = frozenset({"expression", "message", "level"})


@dataclass
class Blueprint:
    """What could be read of the JSON, and what could not."""

    title: str = ""
    sections: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    checks: tuple[Check, ...] = ()
    faults: list[Fault] = field(default_factory=list)


def read(data: object) -> Blueprint:
    """Read the JSON of a form version. Never raises: what is wrong is in `faults`."""
    plan = Blueprint()
    form = _Box(data, "biểu mẫu", plan.faults)
    form.only(FORM_KEYS)
    plan.title = form.text("title", most=limits.LABEL_LENGTH)
    plan.sections = form.texts("sections", most=limits.SECTIONS)
    rows = form.rows("fields", most=limits.FIELDS)
    if not rows:
        form.fault("Biểu mẫu chưa có chỉ tiêu nào.")
    read_fields = [_field(row, f"cột {number}", plan) for number, row in enumerate(rows, 1)]
    plan.fields = tuple(found for found in read_fields if found is not None)
    checks = form.rows("checks", most=limits.CHECKS)
    read_checks = [_check(row, f"kiểm tra {number}", plan.faults) for number, row in enumerate(checks, 1)]
    plan.checks = tuple(found for found in read_checks if found is not None)
    return plan


def _field(row: object, place: str, plan: Blueprint) -> Field | None:
    box = _Box(row, place, plan.faults)
    code = _code(box)
    box.only(FIELD_KEYS)
    label = box.text("label", most=limits.LABEL_LENGTH, needed=True)
    kind = box.one_of("kind", FieldKind)
    if not code or kind is None:
        return None
    wanted = box.one_of("rollup", Rollup, usual=Rollup.NONE) if box.has("rollup") else None
    usual_measure = Measure.STOCK if wanted is Rollup.LAST else Measure.FLOW
    measure = box.one_of("measure", Measure, usual=usual_measure) or usual_measure
    section = box.text("section", most=limits.LABEL_LENGTH)
    if section and section not in plan.sections:
        box.fault("Mục «{section}» không có trong danh sách mục của biểu mẫu.", section=section)
    found = Field(
        code=code,
        label=label,
        kind=kind,
        label_en=box.text("label_en", most=limits.LABEL_LENGTH),
        places=box.whole("places", usual=0) or 0,
        rollup=wanted or usual_rollup(kind, measure),
        measure=measure,
        required=box.flag("required"),
        aliases=box.texts("aliases", most=limits.ALIASES),
        part=box.one_of("part", Part, usual=Part.VALUE) or Part.VALUE,
        choices=_choices(box),
        formula=box.text("formula", most=limits.FORMULA_LENGTH) or None,
        ratio=_ratio(box),
        minimum=box.whole("minimum", usual=0 if kind in NUMBERS else None),
        hint=box.text("hint", most=limits.LONG_TEXT),
        section=section,
    )
    _refuse_misfits(found, box)
    return found


def _code(box: _Box) -> str:
    """The field's code, which from now on is the place its faults are told at."""
    code = box.text("code", most=limits.CODE_LENGTH, needed=True)
    box.place = code or box.place
    if code and not CODE.fullmatch(code):
        box.fault("Mã «{code}» phải viết thường, không dấu, mở đầu bằng chữ, chỉ gồm chữ, số, dấu «_».", code=code)
    elif code in RESERVED:
        box.fault("Mã «{code}» trùng với một từ của công thức; hãy đặt mã khác.", code=code)
    return code


def _refuse_misfits(found: Field, box: _Box) -> None:
    """Properties that do not go together within one field."""
    kind, rollup = found.kind, found.rollup
    if kind is FieldKind.DECIMAL and not 1 <= found.places <= limits.PLACES:
        box.fault("Chỉ tiêu số thập phân cần từ 1 đến {most} chữ số thập phân.", most=limits.PLACES)
    if kind is not FieldKind.DECIMAL and found.places:
        box.fault("Chỉ có chỉ tiêu số thập phân mới đặt số chữ số thập phân; hãy bỏ «places».")
    if rollup not in ALLOWED[kind]:
        allowed = ", ".join(ALLOWED[kind])
        box.fault("Cách tổng hợp «{rollup}» không hợp kiểu «{kind}»; chọn một trong: {allowed}.",
                  rollup=rollup.value, kind=kind.value, allowed=allowed)  # fmt: skip
    if rollup is Rollup.SUM and found.measure is Measure.STOCK:
        box.fault("Chỉ tiêu thời điểm không cộng dồn qua các kỳ; hãy chọn cách tổng hợp «last».")
    if rollup is Rollup.LAST and found.measure is Measure.FLOW:
        box.fault("Cách tổng hợp «last» chỉ dùng cho chỉ tiêu thời điểm (measure «stock»).")
    if kind is FieldKind.CHOICE and not found.choices:
        box.fault("Chỉ tiêu lựa chọn chưa có lựa chọn nào.")
    if kind is not FieldKind.CHOICE and found.choices:
        box.fault("Chỉ có chỉ tiêu lựa chọn mới đặt danh sách lựa chọn; hãy bỏ «choices».")
    if (rollup is Rollup.RATIO) != (found.ratio is not None):
        box.fault("Chỉ tiêu tỷ lệ cần cả cách tổng hợp «ratio» và tử số, mẫu số trong «ratio».")
    if found.ratio and found.formula:
        box.fault("Chỉ tiêu tỷ lệ tự tính từ tử số và mẫu số; hãy bỏ «formula».")
    if found.minimum is not None and kind not in NUMBERS:
        box.fault("Chỉ có chỉ tiêu số mới đặt giá trị nhỏ nhất; hãy bỏ «minimum».")


def _choices(box: _Box) -> tuple[Choice, ...]:
    found: list[Choice] = []
    for number, row in enumerate(box.rows("choices", most=limits.CHOICES), 1):
        inner = _Box(row, box.place, box.faults)
        inner.only(frozenset({"code", "label"}))
        code = inner.text("code", most=limits.CODE_LENGTH, needed=True)
        label = inner.text("label", most=limits.LABEL_LENGTH, needed=True)
        if code and not CODE.fullmatch(code):
            inner.fault("Lựa chọn thứ {number}: mã «{code}» phải viết thường, không dấu.", number=number, code=code)
        if any(choice.code == code for choice in found):
            inner.fault("Lựa chọn thứ {number}: mã «{code}» đã dùng ở trên.", number=number, code=code)
        found.append(Choice(code, label))
    return tuple(found)


def _ratio(box: _Box) -> Ratio | None:
    if not box.has("ratio"):
        return None
    inner = _Box(box.data.get("ratio"), box.place, box.faults)
    inner.only(frozenset({"num", "den", "times"}))
    times = inner.whole("times", usual=100) or 0
    if times <= 0:
        inner.fault("Hệ số «times» của tỷ lệ phải lớn hơn 0 (100 cho phần trăm, 1000 cho phần nghìn).")
    return Ratio(
        num=inner.text("num", most=limits.CODE_LENGTH, needed=True),
        den=inner.text("den", most=limits.CODE_LENGTH, needed=True),
        times=max(times, 1),
    )


def _check(row: object, place: str, faults: list[Fault]) -> Check | None:
    box = _Box(row, place, faults)
    box.only(CHECK_KEYS)
    source = box.text("expression", most=limits.FORMULA_LENGTH, needed=True)
    message = box.text("message", most=limits.LABEL_LENGTH, needed=True)
    level = box.one_of("level", Level, usual=Level.BLOCK)
    try:
        expression = Expression.parse(source) if source else None
    except BadFormula as fault:
        faults.append(fault.as_fault(place))
        return None
    return Check(expression, message, level) if expression and message and level else None


class _Box:
    """One JSON object being read: each reader returns a usable value and notes a fault when it was not one."""

    def __init__(self, data: object, place: str, faults: list[Fault]) -> None:
        self.place = place
        self.faults = faults
        self.data: Mapping[str, object] = {}
        if isinstance(data, Mapping) and all(isinstance(key, str) for key in data):
            self.data = data
        else:
            self.fault("Chỗ này cần một nhóm thuộc tính có tên.")

    def fault(self, says: str, **values: object) -> None:
        self.faults.append(Fault(self.place, says, values))

    def has(self, key: str) -> bool:
        return self.data.get(key) is not None

    def only(self, keys: frozenset[str]) -> None:
        for key in self.data:
            if key not in keys:
                self.fault("Không có thuộc tính «{key}».", key=key)

    def text(self, key: str, *, most: int, needed: bool = False) -> str:
        value = self.data.get(key)
        if value is not None and not isinstance(value, str):
            self.fault("Thuộc tính «{key}» phải là chữ.", key=key)
            return ""
        clean = inputs.clean(value or "")
        if needed and not clean:
            self.fault("Thiếu thuộc tính «{key}».", key=key)
        if len(clean) > most:
            self.fault("Thuộc tính «{key}» dài quá {most} ký tự.", key=key, most=most)
            return clean[:most]
        return clean

    def flag(self, key: str) -> bool:
        value = self.data.get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.fault("Thuộc tính «{key}» phải là true hoặc false.", key=key)
        return False

    def whole(self, key: str, *, usual: int | None) -> int | None:
        """An integer; the usual one when the key is absent, None when it is null."""
        value = self.data.get(key, usual)
        if value is None or (type(value) is int and abs(value) <= limits.LARGEST):
            return value
        self.fault("Thuộc tính «{key}» phải là số nguyên.", key=key)
        return usual

    def one_of(self, key: str, words: type[E], *, usual: E | None = None) -> E | None:
        value = self.data.get(key)
        if value is None and usual is not None:
            return usual
        if isinstance(value, str) and value in {word.value for word in words}:
            return words(value)
        known = ", ".join(words)
        self.fault("Thuộc tính «{key}» phải là một trong: {known}.", key=key, known=known)
        return usual

    def rows(self, key: str, *, most: int) -> list[object]:
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            self.fault("Thuộc tính «{key}» phải là một danh sách.", key=key)
            return []
        if len(value) > most:
            self.fault("Danh sách «{key}» có {count} phần tử, nhiều hơn {most}.", key=key, count=len(value), most=most)
        return list(value[:most])

    def texts(self, key: str, *, most: int) -> tuple[str, ...]:
        found = []
        for value in self.rows(key, most=most):
            if isinstance(value, str) and inputs.clean(value):
                found.append(inputs.clean(value)[: limits.LABEL_LENGTH])
            else:
                self.fault("Danh sách «{key}» chỉ gồm các chuỗi chữ khác rỗng.", key=key)
        return tuple(dict.fromkeys(found))
