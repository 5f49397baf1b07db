"""An Excel workbook (.xlsx) into rows: the first worksheet.

A workbook is a zip of XML, and the reader unpacks it into a full grid in memory. Both can be made
to explode from a few kilobytes, so the zip is walked first: what it unpacks to, and how far out
its cells lie, before the reader sees it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import ClassVar

import python_calamine

from giaoban.core.refusal import Kind, Refusal
from giaoban.core.sheets import Row, with_headings
from giaoban.core.text_vi.dates import write_day, write_moment
from giaoban.files import limits

_CHUNK = 1024 * 1024
_OVERLAP = 64  # longer than any cell address, so that none is lost between two chunks
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30
_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]+)[0-9]")
_ROW = re.compile(rb"\br\s*=\s*[\"'][A-Za-z]*([0-9]{1,20})[\"']")

Value = int | float | str | bool | time | date | datetime | timedelta


class NotXlsx(Refusal):
    says = "Tệp «{name}» không phải bảng tính .xlsx; hãy mở tệp bằng Excel và lưu lại theo kiểu .xlsx."


class DamagedXlsx(Refusal):
    says = "Tệp «{name}» bị hỏng hoặc đặt mật khẩu nên không đọc được; hãy mở tệp bằng Excel và lưu lại."


class TooLarge(Refusal):
    kind: ClassVar[Kind] = Kind.TOO_LARGE
    says = (
        "Tệp «{name}» quá lớn, chỉ nhận tới {rows} dòng, {columns} cột và {megabytes} MB khi giải nén; "
        "hãy xóa các ô thừa ở xa hoặc chia nhỏ tệp."
    )


def rows(*, data: bytes, name: str) -> tuple[Row, ...]:
    """Read the first worksheet's rows under its heading row; `name` is what refusals call the file.

    Line numbers are Excel's own. Numbers and days come as offices write them («12,5», «23-8-2020»).
    Raises NotXlsx, DamagedXlsx, TooLarge or a refusal of `core.sheets`.
    """
    if len(data) > limits.TABLE_BYTES:
        raise _too_large(name)
    _refuse_bombs(data, name=name)
    try:
        with python_calamine.load_workbook(io.BytesIO(data)) as workbook:
            grid = _first_sheet(workbook, name=name)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise DamagedXlsx(name=name) from error
    return with_headings(lines=_lines(grid), name=name)


def _first_sheet(workbook: python_calamine.CalamineWorkbook, *, name: str) -> Sequence[Sequence[Value]]:
    for index, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
            return workbook.get_sheet_by_index(index).to_python(skip_empty_area=False)
    raise DamagedXlsx(name=name)


def _lines(grid: Sequence[Sequence[Value]]) -> Iterator[tuple[int, Sequence[str]]]:
    for index, cells in enumerate(grid):
        yield index + 1, [_text(cell) for cell in cells]


def _text(cell: Value) -> str:
    match cell:
        case str():
            return cell
        case bool():
            return "1" if cell else "0"
        case int():
            return str(cell)
        case float():
            return str(int(cell)) if cell.is_integer() else f"{Decimal(repr(cell)):f}".replace(".", ",")
        case datetime():
            return write_day(cell) if cell.time() == time() else write_moment(cell)
        case date():
            return write_day(cell)
        case time():
            return f"{cell:%H:%M}"
        case timedelta():
            return str(cell)


def _refuse_bombs(data: bytes, *, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise NotXlsx(name=name) from error
    names = {part.filename for part in parts}
    # The reader would also open the binary and the OpenDocument kinds, whose grids are not walked here.
    if "xl/workbook.xml" not in names or names & {"xl/workbook.bin", "content.xml", "mimetype"}:
        raise NotXlsx(name=name)
    if len(parts) > limits.XLSX_ENTRIES or sum(part.file_size for part in parts) > limits.XLSX_TOTAL_BYTES:
        raise _too_large(name)
    unpacked = 0
    for part in parts:
        last_row = last_column = 0
        tail = b""
        for chunk in _inflated(data, part, name=name):
            unpacked += len(chunk)
            window = tail + chunk
            last_row = max(last_row, max(map(int, _ROW.findall(window)), default=0))
            last_column = max(last_column, max(map(_column, set(_COLUMN.findall(window))), default=0))
            tail = window[-_OVERLAP:]
            if unpacked > limits.XLSX_TOTAL_BYTES or last_row > limits.TABLE_ROWS or last_column > limits.XLSX_COLUMNS:
                raise _too_large(name)
        if last_row * last_column > limits.XLSX_CELLS:
            raise _too_large(name)


def _inflated(data: bytes, part: zipfile.ZipInfo, *, name: str) -> Iterator[bytes]:
    """Unpack one part piece by piece, trusting none of the sizes the zip declares."""
    local = data[part.header_offset : part.header_offset + _LOCAL_HEADER]
    if len(local) < _LOCAL_HEADER or part.flag_bits & _ENCRYPTED:
        raise DamagedXlsx(name=name)
    start = part.header_offset + _LOCAL_HEADER + sum(int.from_bytes(local[at : at + 2], "little") for at in (26, 28))
    packed = memoryview(data)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _CHUNK]) for at in range(0, len(packed), _CHUNK))
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise DamagedXlsx(name=name)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), _CHUNK):
            waiting: bytes | memoryview = packed[at : at + _CHUNK]
            while len(waiting) and not inflater.eof:
                yield inflater.decompress(waiting, _CHUNK)
                waiting = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise DamagedXlsx(name=name) from error


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - ord("A") + 1
    return number


def _too_large(name: str) -> TooLarge:
    return TooLarge(
        name=name, rows=limits.TABLE_ROWS, columns=limits.XLSX_COLUMNS, megabytes=limits.XLSX_TOTAL_BYTES // 1024**2
    )
