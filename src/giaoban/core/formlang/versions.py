"""Versions of one form: what changed, in words for the designer, and what may not change."""

from __future__ import annotations

from collections.abc import Sequence

from giaoban.core.formlang.column import Column, merged
from giaoban.core.formlang.fields import Field
from giaoban.core.formlang.refusals import BrokenSuccession
from giaoban.core.formlang.spec import FormSpec
from giaoban.core.refusal import Fault

_IN_WORDS = {  # property -> what a designer calls it
    "label": "tên",
    "label_en": "tên tiếng Anh",
    "required": "bắt buộc",
    "aliases": "cách gọi khác",
    "part": "phần số đọc từ lời văn",
    "formula": "công thức",
    "minimum": "giá trị nhỏ nhất",
    "hint": "hướng dẫn",
    "section": "mục",
    "choices": "lựa chọn",
    "kind": "kiểu",
    "places": "số chữ số thập phân",
    "rollup": "cách tổng hợp",
    "measure": "thời điểm hay thời kỳ",
    "ratio": "tử số, mẫu số",
}
_FIXED = ("kind", "places", "rollup", "measure", "ratio")  # the meaning of a published code


def merge_columns(specs: Sequence[FormSpec]) -> tuple[Column, ...]:
    """The roll-up columns of all versions together, oldest version first."""
    return merged(spec.columns() for spec in specs)


def diff(old: FormSpec, new: FormSpec) -> list[str]:
    """What the new version changes, one Vietnamese sentence each, in the order of the new form."""
    changes: list[str] = []
    for field in new.fields:
        before = old.by_code.get(field.code)
        if before is None:
            changes.append(f"Thêm chỉ tiêu «{field.label}» ({field.code}).")
        else:
            changes.extend(_changes(before, field))
    changes.extend(
        f"Bỏ chỉ tiêu «{field.label}» ({field.code})." for field in old.fields if field.code not in new.by_code
    )
    kept = [field.code for field in old.fields if field.code in new.by_code]
    if kept != [field.code for field in new.fields if field.code in old.by_code]:
        changes.append("Đổi thứ tự các chỉ tiêu.")
    old_checks = {check.expression.source: check for check in old.checks}
    new_checks = {check.expression.source: check for check in new.checks}
    for source, check in new_checks.items():
        if source not in old_checks:
            changes.append(f"Thêm kiểm tra «{source}».")
        elif check != old_checks[source]:
            changes.append(f"Đổi lời nhắc hoặc mức của kiểm tra «{source}».")
    changes.extend(f"Bỏ kiểm tra «{source}»." for source in old_checks if source not in new_checks)
    if old.title != new.title:
        changes.append(f"Đổi tên biểu mẫu từ «{old.title}» thành «{new.title}».")
    return changes


def _changes(before: Field, after: Field) -> list[str]:
    found = []
    for name, word in _IN_WORDS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if isinstance(old, str) and isinstance(new, str) and old and new:
            found.append(f"«{after.label}»: đổi {word} từ «{old}» thành «{new}».")
        else:
            found.append(f"«{after.label}»: đổi {word}.")
    return found


def check_succession(old: FormSpec, new: FormSpec) -> None:
    """A later version may add fields, add choices, and change words; a published code keeps its meaning.

    Raises BrokenSuccession with a Fault per changed field. A field may be left out of the new
    version (its column stays); its code may not come back meaning something else, so compare a new
    version with every earlier one.
    """
    faults: list[Fault] = []
    for field in new.fields:
        before = old.by_code.get(field.code)
        if before is None:
            continue
        for name in _FIXED:
            if getattr(before, name) != getattr(field, name):
                values: dict[str, object] = {"label": before.label, "what": _IN_WORDS[name]}
                faults.append(Fault(field.code, "«{label}»: không được đổi {what} của chỉ tiêu đã ban hành.", values))
        for code in before.choice_codes:
            if code not in field.choice_codes:
                values = {"label": before.label, "choice": code}
                faults.append(Fault(field.code, "«{label}»: không được bỏ lựa chọn «{choice}» đã ban hành.", values))
    if faults:
        raise BrokenSuccession(faults=faults, count=len({fault.place for fault in faults}))
