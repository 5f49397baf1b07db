"""What an office held lets its holder do."""

from __future__ import annotations

from django.db import models

from giaoban.core.refusal import Kind, Refusal


class Role(models.TextChoices):
    """Vai trò: what an office is for. A role reaches the unit of the office and, but for the reporter, below it."""

    REPORTER = "reporter", "soạn và nộp báo cáo"
    REVIEWER = "reviewer", "duyệt báo cáo cấp dưới"
    READER = "reader", "xem số liệu"
    KEEPER = "keeper", "giữ cây tổ chức và biểu mẫu"


class NameTaken(Refusal):
    kind = Kind.CONFLICT
    says = "Tên đăng nhập «{username}» đã có người dùng; hãy chọn tên khác."


class NoSuchRole(Refusal):
    says = "Không có vai trò «{role}»; hãy chọn reporter, reviewer, reader hoặc keeper."
