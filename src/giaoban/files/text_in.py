"""Bytes of a plain text into a string."""

from __future__ import annotations

import codecs

from giaoban.core.refusal import Kind, Refusal
from giaoban.files import limits

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}


class TextTooLarge(Refusal):
    """More than one upload may hold."""

    kind = Kind.TOO_LARGE
    says = "Tệp «{name}» nặng {size} MB, quá giới hạn {limit} MB; hãy chia nhỏ tệp rồi gửi lại."


class NotText(Refusal):
    """The bytes are no text in any known encoding."""

    says = "Tệp «{name}» không phải là văn bản thuần; hãy lưu lại dạng .txt (UTF-8) hoặc .docx rồi gửi lại."


def decode(*, data: bytes, name: str) -> str:
    """Read a text file: UTF-8, UTF-16 with its mark, else Windows-1258.

    Raises TextTooLarge and NotText; both name the file.

    >>> decode(data="Báo cáo".encode("utf-16"), name="a.txt")
    'Báo cáo'
    """
    if len(data) > limits.UPLOAD_BYTES:
        raise TextTooLarge(name=name, size=len(data) // limits.MEGABYTE, limit=limits.UPLOAD_BYTES // limits.MEGABYTE)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, name)
    if b"\x00" in data or _has_controls(data):
        raise NotText(name=name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_or_legacy(data, name)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(name=name) from error


def _has_controls(data: bytes) -> bool:
    head = data[:65_536]
    return sum(byte in _CONTROLS for byte in head) * 100 > len(head)


def _damaged_or_legacy(data: bytes, name: str) -> str:
    """A few broken bytes in UTF-8 are replaced one by one; otherwise the text is taken as Windows-1258."""
    repaired = data.decode("utf-8", errors="replace")
    letters = sum(character > "\x7f" for character in repaired)
    if repaired.count("\ufffd") * 10 <= letters:
        return repaired
    try:
        return data.decode("cp1258")
    except UnicodeDecodeError as error:
        raise NotText(name=name) from error
