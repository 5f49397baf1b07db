"""What the roll-up refuses rather than answer wrongly."""

from __future__ import annotations

from giaoban.core.refusal import Refusal


class NotAFigure(Refusal):
    """A stored figure is not what its column needs."""

    says = "Số liệu của chỉ tiêu «{field}» không đúng kiểu để tổng hợp; hãy mở báo cáo của đơn vị và nhập lại."


class TooLargeToAdd(Refusal):
    """A sum leaves the signed 64-bit range where only that range can be answered."""

    says = "Tổng của chỉ tiêu «{field}» lớn hơn mức hệ thống ghi được; hãy kiểm tra số liệu bất thường của cấp dưới."
