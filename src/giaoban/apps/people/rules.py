"""What an office held lets its holder do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db import models

from giaoban.core.refusal import Fault, Kind, Refusal

MAX_USERNAME, MAX_NAME, MAX_POST = 60, 120, 160  # letters; the widths of the columns
_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")


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


def account_faults(*, username: str, name: str, post: str) -> Iterator[Fault]:
    """What is wrong with a new account, each at its box.

    >>> [str(fault) for fault in account_faults(username="lan.tn", name="", post="")]
    ['Chưa có họ tên; hãy ghi họ tên.']
    """
    if not _USERNAME.fullmatch(username) or len(username) > MAX_USERNAME:
        says = "Tên đăng nhập chỉ gồm chữ thường không dấu, số và các dấu . - _ ở giữa, dài tới {most} ký tự."
        yield Fault("username", says, {"most": MAX_USERNAME})
    if not name:
        yield Fault("name", "Chưa có họ tên; hãy ghi họ tên.")
    for place, word, text, most in (("name", "Họ tên", name, MAX_NAME), ("post", "Chức vụ", post, MAX_POST)):
        if len(text) > most:
            yield Fault(place, "{word} dài quá {most} ký tự; hãy rút gọn.", {"word": word, "most": most})


class NotAnAccount(Refusal):
    says = "Chưa mở được tài khoản: có {count} chỗ chưa đúng; hãy sửa từng chỗ nêu dưới đây."


class WeakPassword(Refusal):
    says = "Mật khẩu chưa đủ mạnh: hãy dùng ít nhất {least} ký tự và tránh các mật khẩu thường gặp."


class AlreadyHeld(Refusal):
    kind = Kind.CONFLICT
    says = "{name} đang giữ chức trách «{role}» ở {unit} từ ngày {day}; không cần giao lại."


class EndsBeforeItBegins(Refusal):
    says = "Ngày kết thúc {until} phải sau ngày bắt đầu {day}; hãy sửa một trong hai ngày."


class BeginsLater(Refusal):
    says = "«{unit}» bắt đầu từ ngày {day}; hãy giao chức trách từ ngày ấy trở đi."


class HasEnded(Refusal):
    kind = Kind.CONFLICT
    says = "Chức trách này đã kết thúc từ ngày {day}."


class OwnOffice(Refusal):
    kind = Kind.FORBIDDEN
    says = "Không tự kết thúc chức trách giữ cây tổ chức của chính mình; hãy nhờ người giữ ở đơn vị này hoặc cấp trên."


class HoldsElsewhere(Refusal):
    kind = Kind.FORBIDDEN
    says = "{name} còn giữ chức trách ngoài phần cây đồng chí được giữ; hãy nhờ người giữ ở cấp trên đặt lại mật khẩu."
