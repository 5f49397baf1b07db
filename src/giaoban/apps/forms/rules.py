"""Decisions on forms, duty and rounds, without a database."""

from __future__ import annotations

from giaoban.core.refusal import Kind, Refusal


class AlreadyPublished(Refusal):
    kind = Kind.CONFLICT
    says = "Phiên bản {number} của biểu mẫu {form} đã ban hành và không đổi được nữa; hãy tạo phiên bản mới."


class DraftChanged(Refusal):
    kind = Kind.CONFLICT
    says = "Bản dự thảo biểu mẫu {form} vừa được người khác sửa; hãy mở lại trang để thấy bản mới rồi sửa tiếp."


class NothingPublished(Refusal):
    kind = Kind.CONFLICT
    says = "Biểu mẫu {form} chưa có phiên bản nào được ban hành; hãy ban hành trước khi mở lượt thu báo cáo."


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
