import io
import random
import zipfile
import zlib
from datetime import date, datetime, time

import pytest
import xlsxwriter

from giaoban.core import sheets
from giaoban.core.refusal import Refusal
from giaoban.core.sheets import Row
from giaoban.files import limits, xlsx_in


def workbook(*lines, before=None):
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        if before == "chart":
            chart = book.add_chart({"type": "column"})
            chart.add_series({"values": "='Đơn vị'!$A$1:$A$2"})
            book.add_chartsheet("Biểu đồ").set_chart(chart)
        sheet = book.add_worksheet("Đơn vị")
        day, moment, hour = (book.add_format({"num_format": form}) for form in ("d/m/yyyy", "h:mm d/m/yyyy", "h:mm"))
        for row, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                match cell:
                    case datetime():
                        sheet.write_datetime(row, column, cell, moment)
                    case date():
                        sheet.write_datetime(row, column, cell, day)
                    case time():
                        sheet.write_datetime(row, column, cell, hour)
                    case _:
                        sheet.write(row, column, cell)
        book.add_worksheet("Khác").write(0, 0, "bỏ qua")
    return held.getvalue()


def repacked(data, *, replace=None, drop=(), add=None, compression=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", compression) as new:
        for part in old.namelist():
            if part not in drop:
                new.writestr(part, (replace or {}).get(part, lambda content: content)(old.read(part)))
        for part, content in (add or {}).items():
            new.writestr(part, content)
    return held.getvalue()


MOMENT = datetime(2020, 8, 23, 14, 32)  # noqa: DTZ001 - a workbook knows no time zones
SHEET = "xl/worksheets/sheet1.xml"
PLAIN = workbook(("mã", "tên"), ("01", "Hà Nội"))


def test_the_first_worksheet_is_read_under_its_heading_row():
    assert xlsx_in.rows(data=PLAIN, name="đơn vị.xlsx") == (Row(2, {"mã": "01", "tên": "Hà Nội"}),)


def test_lines_are_numbered_as_excel_numbers_them():
    data = workbook((), (), ("", "mã"), (), ("", "01"))
    assert xlsx_in.rows(data=data, name="a.xlsx") == (Row(5, {"mã": "01"}),)


def test_numbers_and_days_come_as_offices_write_them():
    data = workbook(
        ("nguyên", "lẻ", "nhỏ", "ngày", "lúc", "giờ", "đúng"),
        (1192, 12.5, 0.0000001, date(2020, 8, 23), MOMENT, time(7, 30), True),
    )
    assert list(xlsx_in.rows(data=data, name="a.xlsx")[0].cells.values()) == [
        *("1192", "12,5", "0,0000001", "23-8-2020", "14:32 23-8-2020", "07:30", "1")
    ]


def test_a_chart_before_the_table_is_passed_over():
    assert xlsx_in.rows(data=workbook(("mã",), ("01",), before="chart"), name="a.xlsx")[0].cells == {"mã": "01"}


def test_an_empty_worksheet_is_refused_by_name():
    with pytest.raises(sheets.NoTable, match=r"«a\.xlsx»"):
        xlsx_in.rows(data=workbook(), name="a.xlsx")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"m\xc3\xa3,t\xc3\xaan\n",
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
        repacked(PLAIN, drop=["xl/workbook.xml"]),
        repacked(PLAIN, add={"xl/workbook.bin": b""}),
        repacked(PLAIN, add={"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""}),
    ],
)
def test_what_is_no_xlsx_is_refused_by_name(data):
    with pytest.raises(xlsx_in.NotXlsx, match=r"«a\.xlsx» không phải"):
        xlsx_in.rows(data=data, name="a.xlsx")


@pytest.mark.parametrize(
    "data",
    [
        repacked(PLAIN, replace={SHEET: lambda content: content[:200]}),
        repacked(PLAIN, replace={"xl/workbook.xml": lambda content: b"<"}),
        repacked(PLAIN, drop=[SHEET]),
        repacked(PLAIN, compression=zipfile.ZIP_BZIP2),
    ],
)
def test_a_damaged_workbook_is_refused_by_name(data):
    with pytest.raises(xlsx_in.DamagedXlsx, match=r"«a\.xlsx» bị hỏng"):
        xlsx_in.rows(data=data, name="a.xlsx")


def far_cell(address):
    return repacked(PLAIN, replace={SHEET: lambda content: content.replace(b'r="B2"', b'r="' + address + b'"')})


@pytest.mark.parametrize("address", [b"B1048576", b"XFD2", b"zzz2", b"GR499999"])
def test_a_lone_cell_far_out_does_not_make_a_giant_grid(address):
    with pytest.raises(xlsx_in.TooLarge, match=r"«a\.xlsx» quá lớn"):
        xlsx_in.rows(data=far_cell(address), name="a.xlsx")


def test_a_far_cell_is_found_wherever_the_pieces_are_cut(monkeypatch):
    for size in (97, 101, 128):
        monkeypatch.setattr(xlsx_in, "_CHUNK", size)
        with pytest.raises(xlsx_in.TooLarge):
            xlsx_in.rows(data=far_cell(b"XFD2"), name="a.xlsx")
        assert xlsx_in.rows(data=PLAIN, name="a.xlsx")


def test_a_zip_bomb_is_refused_by_its_directory(monkeypatch):
    monkeypatch.setattr(limits, "XLSX_TOTAL_BYTES", 1_000_000)
    with pytest.raises(xlsx_in.TooLarge):
        xlsx_in.rows(data=repacked(PLAIN, add={"xl/media/a.png": b"\0" * 1_000_000}), name="a.xlsx")


def test_a_zip_bomb_that_lies_about_its_size_is_refused_too(monkeypatch):
    monkeypatch.setattr(limits, "XLSX_TOTAL_BYTES", 1_000_000)
    honest = repacked(PLAIN, add={"xl/media/a.png": b"\0" * 5_000_000})
    size, small = (5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert honest.count(size) == 2
    lying = honest.replace(size, small)
    with zipfile.ZipFile(io.BytesIO(lying)) as archive:
        assert sum(part.file_size for part in archive.infolist()) < 1_000_000
    with pytest.raises(xlsx_in.TooLarge):
        xlsx_in.rows(data=lying, name="a.xlsx")


def test_too_many_parts_or_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "XLSX_ENTRIES", 3)
    with pytest.raises(xlsx_in.TooLarge):
        xlsx_in.rows(data=PLAIN, name="a.xlsx")
    monkeypatch.setattr(limits, "TABLE_BYTES", 3)
    with pytest.raises(xlsx_in.TooLarge):
        xlsx_in.rows(data=PLAIN, name="a.xlsx")


def test_a_locked_workbook_is_refused():
    locked = bytearray(PLAIN)
    at = locked.find(b"PK\x01\x02")
    locked[at + 8] |= 1
    with pytest.raises(xlsx_in.DamagedXlsx, match="mật khẩu"):
        xlsx_in.rows(data=bytes(locked), name="a.xlsx")


def test_any_few_bytes_changed_give_rows_or_a_refusal():
    chance = random.Random(2020)
    refused = 0
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        sheet = archive.read(SHEET)
    for _ in range(300):
        damaged, inner = bytearray(PLAIN), bytearray(sheet)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            inner[chance.randrange(len(inner))] = chance.randrange(256)
        inside = repacked(PLAIN, replace={SHEET: lambda _, inner=inner: bytes(inner)})
        for data in (bytes(damaged), inside):
            try:
                xlsx_in.rows(data=data, name="a.xlsx")
            except Refusal:
                refused += 1
    assert refused > 50


def test_the_last_bytes_of_a_part_are_walked_as_well():
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        for part in archive.infolist():
            walked = b"".join(xlsx_in._inflated(PLAIN, part, name="a.xlsx"))
            assert zlib.crc32(walked) == part.CRC
