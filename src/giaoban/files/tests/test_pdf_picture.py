"""A page of a PDF becomes a picture, or a sentence that says why not."""

from __future__ import annotations

import struct

import pytest

from giaoban.files.pdf_in import DamagedPdf
from giaoban.files.pdf_picture import WIDTH, NoSuchPage, picture
from giaoban.files.tests import made


def test_a_page_becomes_a_picture_of_its_shape():
    png = picture(data=made.pdf("Một #pagebreak() Hai"), name="a.pdf", page=2)

    columns, rows = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert abs(columns - WIDTH) <= 2
    assert rows > columns


def test_a_page_beyond_the_last_is_refused_by_its_number():
    with pytest.raises(NoSuchPage) as refused:
        picture(data=made.pdf("Một"), name="a.pdf", page=2)
    assert str(refused.value) == "Tài liệu «a.pdf» không có trang 2; hãy chọn trang khác."


def test_what_is_no_pdf_is_refused():
    with pytest.raises(DamagedPdf):
        picture(data=b"%PDF-1.7 nothing more", name="a.pdf", page=1)
