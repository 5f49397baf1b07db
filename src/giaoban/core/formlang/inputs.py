"""From what a person typed to exact figures, with one clear sentence for every box that cannot be taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from giaoban.core.formlang import limits
from giaoban.core.formlang.fields import Field, FieldKind
from giaoban.core.refusal import Fault, Refusal
from giaoban.core.text_vi import dates, numbers

Figure = int | bool | str  # one figure as stored in JSON; missing is absent

YES = frozenset({"yes", "true", "on", "1", "có", "đúng"})
NO = frozenset({"no", "false", "off", "0", "không", "sai"})

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Inputs:
    """`figures`: what was read. `cleared`: boxes handed in empty. `faults`: one per box not taken."""

    figures: Mapping[str, Figure]
    cleared: frozenset[str]
    faults: tuple[Fault, ...]


class _NotTaken(Refusal):
    """Why one box is not taken; becomes a Fault that also names the field's label."""


class NotYesNo(_NotTaken):
    says = "«{label}»: hãy chọn có hoặc không."


class NotAChoice(_NotTaken):
    says = "«{label}»: không có lựa chọn «{typed}»; hãy chọn một mục trong danh sách."


class TooLong(_NotTaken):
    says = "«{label}»: dài {length} ký tự, ô này nhận nhiều nhất {most}; hãy viết ngắn lại."


class BelowMinimum(_NotTaken):
    says = "«{label}»: phải từ {minimum} trở lên; hãy kiểm tra lại «{typed}»."


class NotANumber(_NotTaken):
    says = "«{label}»: «{typed}» không phải là số; hãy chỉ viết chữ số, ví dụ 1.192."


class NotOfItsKind(_NotTaken):
    says = "«{label}»: số liệu gửi lên không đúng kiểu của chỉ tiêu; hãy xem lại kiểu «{kind}» trong biểu mẫu."


def read(fields: Iterable[Field], raw: Mapping[str, str]) -> Inputs:
    """Read the boxes of `raw` that belong to typed (not computed) fields; others are left alone."""
    figures: dict[str, Figure] = {}
    cleared: set[str] = set()
    faults: list[Fault] = []
    for field in fields:
        if field.is_computed or field.code not in raw:
            continue
        text = clean(raw[field.code])
        if not text:
            cleared.add(field.code)
            continue
        try:
            figures[field.code] = read_one(field, text)
        except Refusal as refusal:
            faults.append(_told_about(field, refusal))
    return Inputs(figures, frozenset(cleared), tuple(faults))


def faults_of(fields: Iterable[Field], figures: Mapping[str, object]) -> tuple[Fault, ...]:
    """What is wrong with figures that came as JSON: another kind, out of range, or a field that nobody may set."""
    by_code = {field.code: field for field in fields}
    faults: list[Fault] = []
    for code, value in figures.items():
        field = by_code.get(code)
        if field is None:
            faults.append(Fault(code, "Biểu mẫu không có chỉ tiêu «{code}».", {"code": code}))
        elif field.is_computed:
            faults.append(Fault(code, "«{label}» do biểu mẫu tự tính, không nhập được.", {"label": field.label}))
        elif value is not None:
            try:
                _refuse_unfit(field, value)
            except Refusal as refusal:
                faults.append(_told_about(field, refusal))
    return tuple(faults)


def clean(text: str) -> str:
    """NFC, Unix line ends, no control characters, no blanks at the ends."""
    joined = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", joined).strip()


def read_one(field: Field, text: str) -> Figure:
    """Read one cleaned, non-empty text. Raises a Refusal about what was typed."""
    match field.kind:
        case FieldKind.WHOLE | FieldKind.DECIMAL:
            return _number(field, text)
        case FieldKind.YES_NO:
            word = text.casefold()
            if word not in YES | NO:
                raise NotYesNo(label=field.label)
            return word in YES
        case FieldKind.CHOICE:
            return _choice(field, text)
        case FieldKind.DATE:
            return dates.read_day(text[: limits.RAW_NUMBER]).isoformat()
        case FieldKind.SHORT_TEXT:
            text = " ".join(text.split())
    _refuse_long(field, text)
    return text


def _number(field: Field, text: str) -> int:
    if len(text) > limits.RAW_NUMBER:
        raise NotANumber(label=field.label, typed=text[:40] + "…")
    below_zero = field.minimum is None or field.minimum < 0
    if field.kind is FieldKind.WHOLE:
        value = numbers.read_whole(text, allow_negative=below_zero)
    else:
        value = numbers.read_scaled(text, places=field.places, allow_negative=below_zero)
    _refuse_small(field, value)
    return value


def _refuse_small(field: Field, value: int) -> None:
    if field.minimum is not None and value < field.minimum:
        written = numbers.write_scaled(value, places=field.places)
        least = numbers.write_scaled(field.minimum, places=field.places)
        raise BelowMinimum(label=field.label, minimum=least, typed=written)


def _refuse_long(field: Field, text: str) -> None:
    most = limits.SHORT_TEXT if field.kind is FieldKind.SHORT_TEXT else limits.LONG_TEXT
    if len(text) > most:
        raise TooLong(label=field.label, length=len(text), most=most)


def _choice(field: Field, text: str) -> str:
    for choice in field.choices:
        if text == choice.code or text.casefold() == choice.label.casefold():
            return choice.code
    raise NotAChoice(label=field.label, typed=text if len(text) <= 40 else text[:39] + "…")


def _refuse_unfit(field: Field, value: object) -> None:
    match field.kind, value:
        case FieldKind.YES_NO, bool():
            return
        case ((FieldKind.WHOLE | FieldKind.DECIMAL), int()) if not isinstance(value, bool):
            if abs(value) > limits.LARGEST:
                raise numbers.TooBig(typed=str(value)[:40] if abs(value) < 10**40 else "…")
            _refuse_small(field, value)
        case FieldKind.CHOICE, str() if value in field.choice_codes:
            return
        case FieldKind.CHOICE, str():
            raise NotAChoice(label=field.label, typed=value[:40])
        case FieldKind.DATE, str():
            if dates.read_day(value[: limits.RAW_NUMBER]).isoformat() != value:
                raise NotOfItsKind(label=field.label, kind=field.kind.value)
        case ((FieldKind.SHORT_TEXT | FieldKind.LONG_TEXT), str()):
            if _CONTROL.search(value):
                raise NotOfItsKind(label=field.label, kind=field.kind.value)
            _refuse_long(field, value)
        case _:
            raise NotOfItsKind(label=field.label, kind=field.kind.value)


def _told_about(field: Field, refusal: Refusal) -> Fault:
    """The sentence of a refusal, with the field's label in front when it does not name it yet."""
    if isinstance(refusal, _NotTaken):
        return Fault(field.code, refusal.says, dict(refusal.values))
    return Fault(field.code, "«{label}»: " + refusal.says, {**refusal.values, "label": field.label})
