"""Decisions on measures, without a database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import models

from giaoban.core.refusal import Kind, Refusal


class Rule(models.TextChoices):
    """Cách tính: how reports become the figure."""

    SHARE = "share", "số đơn vị trả lời «có» trên số đơn vị phải báo cáo"
    COMPLETE = "complete", "số đơn vị ở một cấp có toàn bộ đơn vị bên dưới trả lời «có»"
    SUM = "sum", "tổng của một chỉ số"
    RATIO = "ratio", "tổng của một chỉ số trên tổng của một chỉ số khác"
    ANSWERED = "answered", "số đơn vị đã báo cáo trên số đơn vị phải báo cáo"


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


@dataclass(frozen=True)
class Export:
    """A data set that is about to leave: `manifest` is the hash of its list of files, `facts` counts its figures."""

    as_of: int
    forms: tuple[str, ...]
    rounds: int
    reports: int
    facts: int
    manifest: str
