"""Files that explode, lie or are far too large: refused by name before they cost anything."""

from __future__ import annotations

import io
import logging
import tracemalloc
import zipfile
from pathlib import Path

import docx
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from giaoban.site.command import main
from tests.badinput.conftest import send, standing, text, unchanged

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024


def repacked(data: bytes, part: str, made: bytes) -> bytes:
    """The archive with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, made if entry.filename == part else old.read(entry))
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ["mã", "tên", "cấp trên", "cấp", "từ ngày"])
    return out.getvalue()


def word(line: str = "Đã tổ chức đại hội.") -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def swollen(data: bytes, part: str) -> bytes:
    """The same with a part that inflates to 300 MB from a few hundred kilobytes."""
    return repacked(data, part, b"<x>" + b" " * (300 * MEGABYTE) + b"</x>")


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "ha">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    b"<w:t>&x;&y;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.fixture(scope="module")
def bomb() -> bytes:
    return swollen(workbook(), "xl/worksheets/sheet1.xml")


def test_a_workbook_that_explodes_is_refused_on_the_page(signed_in, bomb):
    binh = signed_in("binh")
    with unchanged():
        response = send(binh, "/units/import/", file=SimpleUploadedFile("bom.xlsx", bomb), do="import")
    assert response.status_code in {413, 422}
    assert "bom.xlsx" in text(response)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04rubbish", b"\x00" * 100, b"<html>"], ids=repr)
def test_a_workbook_that_is_none_is_refused_on_the_page(signed_in, data):
    binh = signed_in("binh")
    with unchanged():
        response = send(binh, "/units/import/", file=SimpleUploadedFile("la.xlsx", data), do="import")
    assert response.status_code == 422


@pytest.fixture
def _logging_kept():
    """A command sets logging up anew, on the streams of this test; give the old handlers back."""
    root = logging.getLogger()
    handlers = root.handlers[:]
    yield
    root.handlers[:] = handlers


@pytest.mark.usefixtures("_logging_kept")
@pytest.mark.parametrize("explode", [True, False])
def test_the_command_line_refuses_a_bad_list_in_one_line(world, at, tmp_path: Path, capsys, bomb, explode):
    file = tmp_path / ("bom.xlsx" if explode else "sai.csv")
    file.write_bytes(bomb if explode else "mã,tên,cấp trên,cấp,từ ngày\nX,Xã,khong-co,co-so,1-1-2020\n".encode())
    with unchanged(), pytest.raises(SystemExit) as left:
        main.main(["import-units", str(file)])
    said = capsys.readouterr()
    assert left.value.code == 2
    assert len(said.err.strip().splitlines()) == 1
    assert file.name in said.err
    assert explode or "dòng 2" in said.out


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("thuc-the.docx", lambda: repacked(word(), "word/document.xml", ENTITIES)),
        ("bom.docx", lambda: swollen(word(), "word/document.xml")),
        ("la.docx", lambda: b"PK\x03\x04rubbish"),
        ("rong.docx", lambda: b""),
    ],
)
def test_a_document_that_lies_is_refused_on_the_page(signed_in, world, name, make):
    lan = signed_in("lan")
    report = world.report(world.caugiay)
    with unchanged():
        response = send(lan, f"/narratives/{report.pk}/receive/", file=SimpleUploadedFile(name, make()))
    assert response.status_code in {413, 422}
    assert name in text(response)
    assert "root:" not in text(response)


class Endless(io.RawIOBase):
    """A body of any size that is made while it is read."""

    def __init__(self, before: bytes, size: int, after: bytes) -> None:
        self.parts = [io.BytesIO(before), size, io.BytesIO(after)]
        self.length = len(before) + size + len(after)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "the whole body was asked for at once"
        while self.parts:
            part = self.parts[0]
            if isinstance(part, int):
                self.parts[0] = part - size
                if part > 0:
                    return b"\0" * min(size, part)
            elif made := part.read(size):
                return made
            self.parts.pop(0)
        return b""


def test_two_hundred_megabytes_are_refused_without_being_held_in_memory(signed_in):
    binh = signed_in("binh")
    boundary = "ranh"
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="write_key"\r\n\r\nk\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="to.xlsx"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    body = Endless(head, 200 * MEGABYTE, f"\r\n--{boundary}--\r\n".encode())
    before = standing()
    tracemalloc.start()
    response = binh.generic(
        "POST",
        "/units/import/",
        **{
            "wsgi.input": body,
            "CONTENT_LENGTH": str(body.length),
            "CONTENT_TYPE": f"multipart/form-data; boundary={boundary}",
        },
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert response.status_code == 413
    assert "to.xlsx" in text(response)
    assert peak < 20 * MEGABYTE
    assert standing() == before
