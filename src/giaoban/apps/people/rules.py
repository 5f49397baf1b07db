"""What an office held lets its holder do."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """Vai trò: what an office is for. A role reaches the unit of the office and, but for the reporter, below it."""

    REPORTER = "reporter", "soạn và nộp báo cáo"
    REVIEWER = "reviewer", "duyệt báo cáo cấp dưới"
    READER = "reader", "xem số liệu"
    KEEPER = "keeper", "giữ cây tổ chức và biểu mẫu"
