"""Bytes of a plain text into a string, in whichever encoding an office saved it."""

from __future__ import annotations

import codecs
import re

from giaoban.core.refusal import Kind, Refusal
from giaoban.core.text_vi import legacy
from giaoban.files import limits

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, and .docx behind a password
RICH_TEXT = b"{\\rtf"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}
_HEAD = 65_536
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,3}=\s{0,3}[\"']?\s{0,3}([A-Za-z0-9_.:-]{2,40})"
)
_DECLARED = frozenset(
    {"cp1258", "utf-16", "utf-16-le", "utf-16-be"}
)  # what pages say truly; Western also stands on TCVN3


class TextTooLarge(Refusal):
    """More than one upload may hold."""

    kind = Kind.TOO_LARGE
    says = "Tệp «{name}» nặng {size} MB, quá giới hạn {limit} MB; hãy chia nhỏ tệp rồi gửi lại."


class NotText(Refusal):
    """The bytes are no text in any known encoding."""

    says = "Tệp «{name}» không phải là văn bản thuần; hãy lưu lại dạng .txt (UTF-8) hoặc .docx rồi gửi lại."


class OldWord(Refusal):
    """A document of Word before 2007, or one behind a password."""

    says = "Tệp «{name}» là văn bản Word kiểu cũ (.doc) hoặc có mật khẩu; hãy mở bằng Word, lưu lại dạng .docx."


class RichText(Refusal):
    """A document in RTF."""

    says = "Tệp «{name}» là văn bản RTF; hãy mở bằng Word, lưu lại dạng .docx rồi gửi lại."


def decode(*, data: bytes, name: str) -> str:
    """Read a text file: UTF-8, UTF-16 with its mark or without, TCVN3, VNI, else Windows-1258.

    Raises TextTooLarge, NotText, OldWord and RichText; each names the file.

    >>> decode(data="Báo cáo".encode("utf-16-le"), name="a.txt")
    'Báo cáo'
    >>> decode(data="B¸o c¸o c«ng t¸c".encode("latin-1"), name="a.txt")
    'Báo cáo công tác'
    """
    if len(data) > limits.UPLOAD_BYTES:
        raise TextTooLarge(name=name, size=len(data) // limits.MEGABYTE, limit=limits.UPLOAD_BYTES // limits.MEGABYTE)
    refuse_office(data=data, name=name)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, name)
    if (wide := _wide(data)) is not None:
        return _strictly(data, wide, name)
    if b"\x00" in data or _has_controls(data):
        raise NotText(name=name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_or_legacy(data)


def decode_web_page(*, data: bytes, name: str) -> str:
    """Read a page: UTF-8 when it is that, else as it says itself, else as a text. Raises what `decode` does.

    A page that calls itself Western or says nothing is taken for TCVN3 or VNI where its words are; it is left in that
    encoding, since entities in it are as well.
    """
    if data.startswith(tuple(mark for mark, _ in _MARKS)) or _wide(data) is not None:
        return decode(data=data, name=name)
    if _has_controls(data):
        raise NotText(name=name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    said = _CHARSET.search(data[:_HEAD].replace(b"\x00", b""))
    if said is not None and (codec := _codec(said[1])) is not None:
        return data.decode(codec, errors="replace")
    western = data.decode("latin-1")
    seen = _TAG.sub(b" ", data).decode("latin-1")
    return western if legacy.modern(seen) is not seen else _damaged_or_legacy(data)


def refuse_office(*, data: bytes, name: str) -> None:
    """Refuse the two kinds of document that Word can turn into a .docx. Raises OldWord and RichText."""
    if data.startswith(OLD_WORD):
        raise OldWord(name=name)
    if data.lstrip()[:5] == RICH_TEXT:
        raise RichText(name=name)


def _codec(said: bytes) -> str | None:
    """The codec of a name that a page gives; None for Western ones and for what no page in Vietnamese is written in."""
    try:
        found = codecs.lookup(said.decode("ascii")).name
    except (LookupError, ValueError):
        return None
    return found if found in _DECLARED else None


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark, told by where the zero bytes stand: blanks and digits have one each."""
    head = data[: _HEAD - _HEAD % 2]
    if len(head) < 4 or len(data) % 2:
        return None
    low, high = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if 4 * high >= half and low * 20 <= high:
        return "utf-16-le"
    return "utf-16-be" if 4 * low >= half and high * 20 <= low else None


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(name=name) from error
    head = text[:_HEAD]
    if sum(ord(letter) in _CONTROLS for letter in head) * 100 > len(head):
        raise NotText(name=name)
    return text


def _has_controls(data: bytes) -> bool:
    head = data[:_HEAD]
    return sum(byte in _CONTROLS for byte in head) * 100 > len(head)


def _damaged_or_legacy(data: bytes) -> str:
    """A few broken bytes in UTF-8 are replaced one by one; otherwise the text is TCVN3, VNI or Windows-1258."""
    repaired = data.decode("utf-8", errors="replace")
    letters = sum(character > "\x7f" for character in repaired)
    if repaired.count("\ufffd") * 10 <= letters:
        return repaired
    western = data.decode("latin-1")
    modern = legacy.modern(western)
    if modern is not western:
        return modern
    return data.decode("cp1258", errors="replace")
