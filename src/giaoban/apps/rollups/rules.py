"""Decisions on measures and on signing, without a database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from giaoban.core.formlang.inputs import clean
from giaoban.core.refusal import Kind, Refusal
from giaoban.core.rollup import Total
from giaoban.core.text_vi.dates import write_moment
from giaoban.core.text_vi.numbers import write_ratio, write_whole

MAX_NOTE = 500


class Rule(models.TextChoices):
    """Cách tính: how reports become the figure."""

    SHARE = "share", "số đơn vị trả lời «có» trên số đơn vị phải báo cáo"
    COMPLETE = "complete", "số đơn vị ở một cấp có toàn bộ đơn vị bên dưới trả lời «có»"
    SUM = "sum", "tổng của một chỉ số"
    RATIO = "ratio", "tổng của một chỉ số trên tổng của một chỉ số khác"
    ANSWERED = "answered", "số đơn vị đã báo cáo trên số đơn vị phải báo cáo"


COUNTING = frozenset({Rule.SHARE, Rule.COMPLETE, Rule.ANSWERED})  # the figure is a number of units
_ADDING = frozenset({"sum", "last", "count_true"})
_FITTING: Mapping[str, Collection[str]] = {  # rule -> how its field must add up in a form
    Rule.SHARE: {"count_true"},
    Rule.COMPLETE: {"count_true"},
    Rule.SUM: _ADDING,
    Rule.RATIO: _ADDING,
}


class CodeTaken(Refusal):
    kind = Kind.CONFLICT
    says = "Mã thước đo «{code}» đã có; hãy đặt mã khác."


class NotAField(Refusal):
    says = "Biểu mẫu {form} không có chỉ tiêu «{field}» cộng được theo cách của thước đo này; hãy chọn chỉ tiêu khác."


class NoLevel(Refusal):
    says = "Thước đo «{code}» đếm đơn vị đã hoàn thành nên phải nêu đếm ở cấp nào."


class NotInItsText(Refusal):
    says = "Chỗ trích «{quote}» không nằm đúng vị trí trong câu; hãy lấy lại vị trí từ văn bản."


class UnreadableReport(Refusal):
    """A stored report is not what its form asks; totals of its round are refused rather than given wrongly."""

    says = (
        "Báo cáo số {report} có số liệu không đọc được ở «{field}» nên chưa tổng hợp được; "
        "hãy mở lại báo cáo đó và nhập lại."
    )


class NothingToExport(Refusal):
    kind = Kind.MISSING
    says = "Không có lượt thu báo cáo nào ứng với biểu mẫu và kỳ đã chọn nên không có gì để xuất; hãy chọn lại."


class TotalsInDoubt(Refusal):
    """What the nightly audit ends with when something was wrong, so that it stands among the jobs that failed."""

    says = (
        "Đối chiếu thấy số tổng hợp khác báo cáo, hoặc báo cáo không đọc được, ở: {rounds}; "
        "hãy xem nhật ký, các số khác nhau đã được lập lại từ báo cáo."
    )


@dataclass(frozen=True)
class Wanted:
    """What a rule asks of a form's fields."""

    code: str
    rule: str
    form: str
    field: str = ""
    base_field: str = ""
    has_level: bool = False


def check_measure(wanted: Wanted, *, rollups: Mapping[str, str]) -> None:
    """Hold a measure to its form; `rollups` says how each of the form's fields adds up.

    Raises NotAField or NoLevel.

    >>> check_measure(Wanted("a", "share", "F", field="held"), rollups={"held": "count_true"})
    >>> check_measure(Wanted("a", "share", "F", field="total"), rollups={"total": "sum"})
    Traceback (most recent call last):
    giaoban.apps.rollups.rules.NotAField: Biểu mẫu F không có chỉ tiêu «total» cộng được ...
    """
    needed = [wanted.field] if wanted.rule in _FITTING and (wanted.field or wanted.rule != Rule.COMPLETE) else []
    if wanted.rule == Rule.RATIO:
        needed.append(wanted.base_field)
    for code in needed:
        if rollups.get(code) not in _FITTING[wanted.rule]:
            raise NotAField(form=wanted.form, field=code)
    if wanted.rule == Rule.COMPLETE and not wanted.has_level:
        raise NoLevel(code=wanted.code)


@dataclass(frozen=True)
class Counted:
    """A measure at one unit: `part` of `whole`; None where nobody has answered, or where there is no base.

    `answered` of `expected` units have reported; missing is not zero.
    """

    part: int | None
    whole: int | None
    answered: int
    expected: int

    @property
    def shortfall(self) -> int:
        """How much is wanting of the base; without a base, how many units have not reported.

        >>> Counted(45, 67, 67, 67).shortfall, Counted(None, 12, 0, 12).shortfall, Counted(5, None, 3, 4).shortfall
        (22, 12, 1)
        """
        if self.whole is None:
            return self.expected - self.answered
        return self.whole - (self.part or 0)


NOBODY = Counted(None, None, 0, 0)  # a unit that was not in the tree of that round


# ---------------------------------------------------------------- signing


class NothingBelow(Refusal):
    kind = Kind.CONFLICT
    says = "Không có đơn vị nào dưới {unit} phải nộp biểu mẫu {form}, nên không có số tổng hợp để ký chốt."


class StillOpen(Refusal):
    kind = Kind.CONFLICT
    says = "Lượt thu {form} kỳ {period} còn mở đến {due}; hãy ký chốt sau hạn nộp ấy."


class NothingAccepted(Refusal):
    kind = Kind.CONFLICT
    says = "Chưa báo cáo nào dưới {unit} được nhận nên chưa có số chính thức; hãy nhận báo cáo trước rồi ký chốt."


class FiguresMoved(Refusal):
    kind = Kind.CONFLICT
    says = "Số liệu của {unit} đã thay đổi từ khi mở trang; hãy xem lại số mới ở bảng rồi ký chốt."


class NothingChanged(Refusal):
    kind = Kind.CONFLICT
    says = "Số chính thức của {unit} vẫn đúng như lần ký {number}; không cần ký lại."


class JustSigned(Refusal):
    kind = Kind.CONFLICT
    says = "{signer} vừa ký chốt số liệu của {unit} trước đồng chí; hãy mở lại trang để xem bản đã ký."


class NotAllIn(Refusal):
    says = (
        "Mới nhận {ratio} báo cáo: {missing} đơn vị chưa nộp, {waiting} báo cáo chờ nhận; "
        "muốn ký chốt như vậy thì đánh dấu đồng ý và ghi lý do, hoặc chờ đủ."
    )


class NoNote(Refusal):
    says = "Cần ghi lý do khi ký chốt lúc chưa đủ báo cáo, hoặc ký thay lần trước."


class NoteTooLong(Refusal):
    says = "Lý do dài {length} ký tự, nhiều hơn {most} ký tự cho phép; hãy viết ngắn lại."


@dataclass(frozen=True)
class Part:
    """A unit directly below, as it was called then, with its official total."""

    unit: int
    code: str
    name: str
    total: Total


@dataclass(frozen=True)
class Consolidated:
    """A unit's official figures of a round: what is signed. `own` is its own report, None when it owes none.

    total = own and the totals of the parts together, for every field. `waiting` reports are handed in, not accepted.
    """

    form: str
    version: int
    period: str
    unit: int
    code: str
    name: str
    total: Total
    own: Total | None
    parts: tuple[Part, ...]
    waiting: int

    @property
    def missing(self) -> int:
        """How many units have handed nothing in."""
        return self.total.expected - self.total.counted - self.waiting

    @property
    def has_gaps(self) -> bool:
        return not self.total.is_complete

    def as_json(self) -> dict[str, Any]:
        """Exact: integers, lists and texts only; `consolidated` reads it back."""
        return {
            "form": self.form,
            "version": self.version,
            "period": self.period,
            "unit": [self.unit, self.code, self.name],
            "total": _total_as_json(self.total),
            "own": None if self.own is None else _total_as_json(self.own),
            "parts": [[one.unit, one.code, one.name, _total_as_json(one.total)] for one in self.parts],
            "waiting": self.waiting,
        }

    @property
    def digest(self) -> str:
        """Equal for equal figures: what a page shows and a signature names."""
        return digest(self.as_json())

    def says_the_same(self, other: Consolidated) -> bool:
        """Whether not one official figure differs, of the unit or of a unit directly below."""
        mine, theirs = ({one.unit: one.total for one in each.parts} for each in (self, other))
        return (self.total, self.own, mine) == (other.total, other.own, theirs)


def consolidated(stored: Mapping[str, Any]) -> Consolidated:
    """Figures as they were frozen by `Consolidated.as_json`."""
    unit, code, name = stored["unit"]
    return Consolidated(
        form=stored["form"],
        version=stored["version"],
        period=stored["period"],
        unit=unit,
        code=code,
        name=name,
        total=_total(stored["total"]),
        own=None if stored["own"] is None else _total(stored["own"]),
        parts=tuple(Part(one, code, name, _total(total)) for one, code, name, total in stored["parts"]),
        waiting=stored["waiting"],
    )


def _total_as_json(total: Total) -> dict[str, Any]:
    values = {code: list(value) if isinstance(value, tuple) else value for code, value in total.values.items()}
    answered, counted = dict(total.answered), total.counted
    return {"values": values, "answered": answered, "counted": counted, "expected": total.expected}


def _total(stored: Mapping[str, Any]) -> Total:
    values = {code: tuple(value) if isinstance(value, list) else value for code, value in stored["values"].items()}
    return Total(values, dict(stored["answered"]), stored["counted"], stored["expected"])


def digest(contents: Mapping[str, Any]) -> str:
    """The hash of frozen contents, the same however they were put together.

    >>> digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1})
    True
    """
    text = json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Asked:
    """What a signer hands over: the figures they saw, whether gaps are agreed to, and why."""

    seen: str  # Consolidated.digest of the page
    is_partial: bool
    note: str


@dataclass(frozen=True)
class Signed:
    """The sign-off that stands: its number and its figures."""

    number: int
    figures: Consolidated


def check_moment(now: Consolidated, *, last: Signed | None, due_at: datetime | None, at: datetime) -> None:
    """Whether there is anything to sign at this moment, whoever signs and however.

    `due_at` is the last deadline of the units that owe.
    Raises NothingBelow, StillOpen, NothingAccepted, NothingChanged.
    """
    if now.total.expected == 0 or not now.parts:
        raise NothingBelow(unit=now.name, form=now.form)
    if due_at is not None and at <= due_at:
        raise StillOpen(form=now.form, period=now.period, due=write_moment(due_at))
    if now.total.counted == 0:
        raise NothingAccepted(unit=now.name)
    if last is not None and now.says_the_same(last.figures):
        raise NothingChanged(unit=now.name, number=last.number)


def fitting_note(asked: Asked, now: Consolidated, *, last: Signed | None) -> str:
    """The reason without blanks at its ends; may be empty when everything is in and nothing was signed before.

    Raises FiguresMoved, NotAllIn, NoNote, NoteTooLong.
    """
    if asked.seen != now.digest:
        raise FiguresMoved(unit=now.name)
    if now.has_gaps and not asked.is_partial:
        ratio = write_ratio(now.total.counted, now.total.expected)
        raise NotAllIn(ratio=ratio, missing=write_whole(now.missing), waiting=write_whole(now.waiting))
    words = clean(asked.note).strip()
    if not words and (now.has_gaps or last is not None):
        raise NoNote()
    if len(words) > MAX_NOTE:
        raise NoteTooLong(length=len(words), most=MAX_NOTE)
    return words


@dataclass(frozen=True)
class Export:
    """A data set that is about to leave: `manifest` is the hash of its list of files, `facts` counts its figures."""

    as_of: int
    forms: tuple[str, ...]
    rounds: int
    reports: int
    facts: int
    manifest: str
