"""The ways a form, or a formula in it, is refused."""

from __future__ import annotations

from giaoban.core.refusal import Fault, Refusal


class BadForm(Refusal):
    """The form as designed cannot be used; `faults` lists every place."""

    says = "Biểu mẫu có {count} chỗ chưa đúng; hãy sửa từng chỗ nêu dưới đây rồi lưu lại."


class BrokenSuccession(Refusal):
    """A new version gives a published field another meaning; `faults` lists every field."""

    says = (
        "Bản mới làm {count} chỉ tiêu đã ban hành đổi ý nghĩa, số liệu cũ sẽ không cộng được; "
        "hãy giữ nguyên chỉ tiêu cũ và thêm chỉ tiêu mới với mã khác."
    )


class BadFormula(Refusal):
    """Base of every fault in an expression: it knows the place. `at` counts letters from 0."""

    says = "Công thức có lỗi ở ký tự {column}.\n{excerpt}"

    def __init__(self, *, source: str, at: int, **values: object) -> None:
        self.at = at
        super().__init__(faults=(), column=at + 1, excerpt=excerpt(source, at), **values)

    def as_fault(self, place: str) -> Fault:
        """The same sentence, told about one field or check of a form."""
        return Fault(place=place, says=self.says, values=dict(self.values))


def excerpt(source: str, at: int, *, width: int = 60) -> str:
    """The part of the formula around letter `at`, with a caret under it.

    >>> print(excerpt("tong + * 2", 7))
    tong + * 2
           ^
    """
    start = max(0, min(at - width // 2, len(source) - width))
    line = "".join(" " if letter.isspace() else letter for letter in source[start : start + width])
    return f"{line}\n{' ' * (at - start)}^"


class UnknownSign(BadFormula):
    says = "Công thức có lỗi ở ký tự {column}: dấu «{sign}» không dùng được trong công thức.\n{excerpt}"


class UnfinishedText(BadFormula):
    says = "Công thức có lỗi ở ký tự {column}: chuỗi chữ mở ngoặc kép mà chưa đóng.\n{excerpt}"


class AmbiguousNumber(BadFormula):
    says = (
        "Công thức có lỗi ở ký tự {column}: «{number}» có thể hiểu hai cách; số nguyên viết liền «{joined}», "
        "số thập phân viết «{number}0».\n{excerpt}"
    )


class CommaInNumber(BadFormula):
    says = (
        "Công thức có lỗi ở ký tự {column}: phần thập phân viết sau dấu chấm, ví dụ 0.5; "
        "nếu là hai số thì thêm dấu cách sau dấu phẩy.\n{excerpt}"
    )


class NumberTooLong(BadFormula):
    says = (
        "Công thức có lỗi ở ký tự {column}: số dài quá {digits} chữ số hoặc quá {places} chữ số thập phân.\n{excerpt}"
    )


class Unexpected(BadFormula):
    says = "Công thức có lỗi ở ký tự {column}: không chờ «{found}» ở đây.\n{excerpt}"


class EndedEarly(BadFormula):
    says = "Công thức có lỗi ở ký tự {column}: công thức dừng giữa chừng, còn thiếu một vế hoặc dấu ngoặc.\n{excerpt}"


class ChainedComparison(BadFormula):
    says = "Công thức có lỗi ở ký tự {column}: không so sánh liền ba vế; hãy viết hai phép nối bằng «và».\n{excerpt}"


class UnknownFunction(BadFormula):
    says = "Công thức có lỗi ở ký tự {column}: không có hàm «{name}»; các hàm dùng được: {known}.\n{excerpt}"


class WrongArguments(BadFormula):
    says = "Công thức có lỗi ở ký tự {column}: hàm «{name}» cần {needed} giá trị, đang có {given}.\n{excerpt}"


class RoundNeedsPlaces(BadFormula):
    says = (
        "Công thức có lỗi ở ký tự {column}: giá trị thứ hai của «round» là số chữ số thập phân, "
        "viết bằng một số từ 0 đến {most}.\n{excerpt}"
    )


class PresentNeedsField(BadFormula):
    says = "Công thức có lỗi ở ký tự {column}: trong ngoặc của «present» chỉ đặt mã một chỉ tiêu.\n{excerpt}"


class FormulaTooLong(BadFormula):
    says = "Công thức dài quá {limit} ký tự; hãy tách thành nhiều chỉ tiêu trung gian (lỗi từ ký tự {column})."


class FormulaTooDeep(BadFormula):
    says = (
        "Công thức có lỗi ở ký tự {column}: quá nhiều phép tính lồng nhau; "
        "hãy dùng sum(…) cho tổng dài hoặc tách thành chỉ tiêu trung gian.\n{excerpt}"
    )


class UnknownField(BadFormula):
    says = "Công thức có lỗi ở ký tự {column}: biểu mẫu không có chỉ tiêu «{name}».\n{excerpt}"


class WrongType(BadFormula):
    says = "Công thức có lỗi ở ký tự {column}: chỗ này cần {needed}, nhưng đang là {given}.\n{excerpt}"


class UnknownChoice(BadFormula):
    says = "Công thức có lỗi ở ký tự {column}: chỉ tiêu «{field}» không có lựa chọn «{choice}».\n{excerpt}"


class NotRounded(BadFormula):
    says = (
        "Công thức có lỗi ở ký tự {column}: kết quả có thể lẻ hơn {places} chữ số thập phân của chỉ tiêu; "
        "hãy bọc bằng round(…, {places}).\n{excerpt}"
    )
