"""A CSV file into rows: UTF-8 with or without a mark, separated by comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from giaoban.core.refusal import Kind, Refusal
from giaoban.core.sheets import Row, with_headings
from giaoban.files import limits

SEPARATORS: Final = (",", ";", "\t")


class NotUtf8(Refusal):
    says = "Tệp «{name}» không phải CSV mã UTF-8; hãy lưu lại tệp theo kiểu «CSV UTF-8» rồi tải lên."


class DamagedCsv(Refusal):
    says = "Tệp «{name}» hỏng ở dòng {line} (dấu nháy không khép, hoặc ô quá dài); hãy sửa dòng này rồi tải lại."


class TooLarge(Refusal):
    kind: ClassVar[Kind] = Kind.TOO_LARGE
    says = "Tệp «{name}» quá lớn, chỉ nhận tới {rows} dòng và {megabytes} MB; hãy chia nhỏ tệp."


def rows(*, data: bytes, name: str) -> tuple[Row, ...]:
    """Read the file's rows under its heading row; `name` is what refusals call the file.

    Which separator is in use is taken from the heading row. Raises NotUtf8, DamagedCsv, TooLarge
    or a refusal of `core.sheets`.
    """
    if len(data) > limits.TABLE_BYTES:
        raise _too_large(name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUtf8(name=name) from error
    if "\0" in text:
        raise NotUtf8(name=name)
    return with_headings(lines=_lines(text, name=name), name=name)


def _lines(text: str, *, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    begins = 1
    try:
        for count, cells in enumerate(reader, start=1):
            if count > limits.TABLE_ROWS:
                raise _too_large(name)
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise DamagedCsv(name=name, line=begins) from error


def _separator(text: str) -> str:
    heading = next((line for line in io.StringIO(text) if line.strip()), "")
    outside_quotes = "".join(heading.split('"')[::2])
    return max(SEPARATORS, key=outside_quotes.count)


def _too_large(name: str) -> TooLarge:
    return TooLarge(name=name, rows=limits.TABLE_ROWS, megabytes=limits.TABLE_BYTES // 1024**2)
