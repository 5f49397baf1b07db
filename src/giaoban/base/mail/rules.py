"""What a letter must be, and why one does not leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from giaoban.core.refusal import Kind, Refusal

LONGEST_SUBJECT = 200


class NoAddressee(Refusal):
    says = "Thư chưa có người nhận; hãy điền ít nhất một địa chỉ."


class BadAddress(Refusal):
    says = "«{address}» không phải địa chỉ thư; hãy viết như ten@coquan.vn."


class NoSubject(Refusal):
    says = "Thư chưa có tiêu đề; hãy điền tiêu đề."


class NoMail(Refusal):
    kind: ClassVar[Kind] = Kind.CONFLICT
    says = "Chưa gửi được thư vì GIAOBAN_MAIL chưa đặt hoặc đặt sai; hãy xem giaoban check, sửa rồi chạy lại việc này."


class NobodyThere(Refusal):
    says = "Máy chủ thư không nhận địa chỉ {to}; hãy kiểm tra địa chỉ."


def addressees(to: Sequence[str]) -> list[str]:
    """The addresses, each once. Raises NoAddressee, BadAddress.

    >>> addressees([" lan@coquan.vn", "lan@coquan.vn"])
    ['lan@coquan.vn']
    """
    found = list(dict.fromkeys(address.strip() for address in to))
    if not found:
        raise NoAddressee()
    for address in found:
        try:
            validate_email(address)
        except ValidationError as wrong:
            raise BadAddress(address=address) from wrong
    return found


def subject_line(subject: str) -> str:
    """One line, however it was typed: a line break in a subject would begin another header. Raises NoSubject."""
    line = " ".join(subject.split())[:LONGEST_SUBJECT]
    if not line:
        raise NoSubject()
    return line
