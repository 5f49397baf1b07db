"""Decisions on forms, duty and rounds, without a database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from giaoban.core.periods import Calendar, PeriodKind
from giaoban.core.periods.calendars import KINDS
from giaoban.core.periods.labels import calendar_name, kind_name
from giaoban.core.refusal import Fault, Kind, Refusal

MAX_CODE, MAX_NAME, MAX_REASON = 40, 200, 300  # letters; the widths of the columns
RESERVED_CODES: Final = frozenset({"new"})  # addresses of the pages themselves
_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")


@dataclass(frozen=True)
class Span:
    """Days [from, until); `until_day` None: still."""

    from_day: date
    until_day: date | None

    def meets(self, other: Span) -> bool:
        """Is there a day that lies in both?"""
        return self.from_day < (other.until_day or date.max) and other.from_day < (self.until_day or date.max)


def form_faults(*, code: str, name: str, period_kind: str, calendar: str) -> Iterator[Fault]:
    """What is wrong with the head of a new form, each at its box.

    >>> [str(fault) for fault in form_faults(code="T 1", name="Tuần", period_kind="week", calendar="15-14")]
    ['Mã biểu mẫu chỉ gồm chữ không dấu, số và các dấu - . _ ở giữa, dài tới 40 ký tự; hãy sửa mã «T 1».',
     'Lịch 15-14 không có kỳ «tuần»; hãy chọn loại kỳ hoặc lịch khác.']
    """
    if not _CODE.fullmatch(code) or len(code) > MAX_CODE:
        says = (
            "Mã biểu mẫu chỉ gồm chữ không dấu, số và các dấu - . _ ở giữa, dài tới {most} ký tự; hãy sửa mã «{code}»."
        )
        yield Fault("code", says, {"most": MAX_CODE, "code": code[:MAX_CODE]})
    elif code in RESERVED_CODES:
        yield Fault("code", "Mã «{code}» đã dành cho hệ thống; hãy đặt mã khác.", {"code": code})
    if not name:
        yield Fault("name", "Biểu mẫu chưa có tên; hãy đặt tên.")
    if len(name) > MAX_NAME:
        yield Fault("name", "Tên biểu mẫu dài quá {most} ký tự; hãy rút gọn.", {"most": MAX_NAME})
    if calendar not in list(Calendar):
        yield Fault("calendar", "Không có lịch «{calendar}»; hãy chọn trong danh sách.", {"calendar": calendar[:40]})
    elif period_kind not in list(PeriodKind):
        yield Fault("period_kind", "Không có loại kỳ «{kind}»; hãy chọn trong danh sách.", {"kind": period_kind[:40]})
    elif PeriodKind(period_kind) not in KINDS[Calendar(calendar)]:
        values: dict[str, object] = {
            "calendar": calendar_name(Calendar(calendar)),
            "kind": kind_name(PeriodKind(period_kind)),
        }
        says = "Lịch {calendar} không có kỳ «{kind}»; hãy chọn loại kỳ hoặc lịch khác."
        yield Fault("period_kind", says, values)


class NotAForm(Refusal):
    says = "Biểu mẫu chưa tạo được: có {count} chỗ chưa đúng; hãy sửa từng chỗ nêu dưới đây."


class NotASchedule(Refusal):
    says = "Lịch nộp có {count} chỗ chưa đúng; hãy sửa từng chỗ nêu dưới đây."


class UnknownLevel(Refusal):
    says = "Không có cấp «{level}»; hãy chọn cấp trong danh sách."


class NoDeadline(Refusal):
    says = "Cấp «{level}» chưa có hạn nộp trong lịch của biểu mẫu {form}; hãy thêm hạn cho cấp này trước."


class StillOwes(Refusal):
    kind = Kind.CONFLICT
    says = "Cấp «{level}» đang phải nộp biểu mẫu {form} nên lịch phải có hạn của cấp này; hãy kết thúc nghĩa vụ trước."


class DutyIsLaid(Refusal):
    kind = Kind.CONFLICT
    says = "Cấp «{level}» đã có nghĩa vụ nộp biểu mẫu {form} từ ngày {day}; hãy kết thúc nghĩa vụ ấy trước."


class NothingToEnd(Refusal):
    kind = Kind.CONFLICT
    says = "Nghĩa vụ hoặc ngoại lệ này đã kết thúc trước ngày {day}; hãy mở lại trang."


class EndsBeforeItBegins(Refusal):
    says = "Ngày kết thúc {until} phải sau ngày bắt đầu {day}; hãy sửa một trong hai ngày."


class AlreadyExcepted(Refusal):
    kind = Kind.CONFLICT
    says = "Đơn vị {unit} đã có ngoại lệ từ ngày {day}; hãy kết thúc ngoại lệ ấy trước."


class NoReason(Refusal):
    says = "Ngoại lệ phải có lý do, dài tới {most} ký tự; hãy ghi lý do để người sau hiểu."


class AlreadyPublished(Refusal):
    kind = Kind.CONFLICT
    says = "Phiên bản {number} của biểu mẫu {form} đã ban hành và không đổi được nữa; hãy tạo phiên bản mới."


class DraftChanged(Refusal):
    kind = Kind.CONFLICT
    says = "Bản dự thảo biểu mẫu {form} vừa được người khác sửa; hãy mở lại trang để thấy bản mới rồi sửa tiếp."


class NothingPublished(Refusal):
    kind = Kind.CONFLICT
    says = "Biểu mẫu {form} chưa có phiên bản nào được ban hành; hãy ban hành trước khi mở lượt thu báo cáo."


class DraftNotSeen(Refusal):
    kind = Kind.CONFLICT
    says = "Bản dự thảo biểu mẫu {form} đã đổi từ lúc đồng chí mở trang; hãy xem lại thay đổi rồi ban hành."


class RoundIsOpen(Refusal):
    kind = Kind.CONFLICT
    says = "Biểu mẫu {form} đã mở lượt thu báo cáo cho kỳ {period}."


class CodeTaken(Refusal):
    kind = Kind.CONFLICT
    says = "Mã biểu mẫu «{code}» đã có; hãy đặt mã khác."


class WrongPeriod(Refusal):
    says = "Biểu mẫu {form} thu theo kỳ {expected}, không mở được cho {period}; hãy chọn đúng loại kỳ."


class NoSuchVersion(Refusal):
    kind = Kind.MISSING
    says = "Biểu mẫu {form} không có phiên bản {number}."


KIND_LABELS = {
    "whole": "Số nguyên",
    "decimal": "Số thập phân",
    "yesno": "Có / không",
    "choice": "Chọn một",
    "short_text": "Chữ, một dòng",
    "long_text": "Chữ, nhiều dòng",
    "date": "Ngày",
}
ROLLUP_LABELS = {
    "sum": "cộng",
    "max": "lớn nhất",
    "min": "nhỏ nhất",
    "count_true": "đếm số đơn vị trả lời «có»",
    "tally": "đếm theo lựa chọn",
    "last": "cộng đơn vị, lấy số mới nhất theo thời gian",
    "ratio": "tỷ số của hai tổng",
    "none": "không tổng hợp",
}
MEASURE_LABELS = {"stock": "số có đến ngày cuối kỳ", "flow": "số phát sinh trong kỳ"}
PART_LABELS = {"value": "chính con số", "num": "tử số của a/b", "den": "mẫu số của a/b"}
