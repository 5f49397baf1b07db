"""Word documents are read in the order of the page; strangers are refused by name."""

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giaoban.core.refusal import Kind, Refusal
from giaoban.files import docx_in, docx_package, limits


def report():
    document = docx.Document()
    document.add_paragraph("Báo cáo tuần")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("Đơn vị", "Chỉ tiêu", "Đạt"), strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("Xã Đông", "12", "10"), strict=True):
        cell.text = text
    document.add_paragraph("Kết thúc.")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def altered(*, part="word/document.xml", change=lambda data: data, extra=()):
    """The report with one part changed and other members added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(report())) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            target.writestr(entry.filename, change(data) if entry.filename == part else data)
        for name, data in extra:
            target.writestr(name, data)
    return stream.getvalue()


def test_paragraphs_and_tables_come_in_the_order_of_the_page():
    assert docx_in.paragraphs(data=report(), name="a.docx") == (
        "Báo cáo tuần",
        "Đơn vị\tChỉ tiêu\tĐạt",
        "Xã Đông\t12\t10",
        "Kết thúc.",
    )


def test_a_merged_cell_is_said_once():
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Tổng cộng"
    table.cell(0, 2).text = "22"
    stream = io.BytesIO()
    document.save(stream)

    assert docx_in.paragraphs(data=stream.getvalue(), name="a.docx") == ("Tổng cộng\t22",)


def test_what_is_no_archive_is_refused_by_name():
    with pytest.raises(docx_in.NotDocx, match=r"thư\.docx"):
        docx_in.paragraphs(data=b"%PDF-1.7", name="thư.docx")


def test_an_archive_that_is_no_word_document_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "a")

    with pytest.raises(docx_in.NotDocx):
        docx_in.paragraphs(data=stream.getvalue(), name="a.docx")


def test_half_a_document_is_refused_as_damaged():
    with pytest.raises(docx_in.DamagedDocx):
        docx_in.paragraphs(data=report()[:4_000], name="a.docx")


def test_a_part_that_is_no_xml_is_refused_as_damaged():
    with pytest.raises(docx_in.DamagedDocx):
        docx_in.paragraphs(data=altered(change=lambda data: data[:200] + b"<<"), name="a.docx")


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE a [<!ENTITY x "y">]>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd">',
    ],
)
def test_a_document_type_in_any_part_is_refused(declaration):
    data = altered(change=lambda data: data.replace(b"?>", b"?>" + declaration, 1))

    with pytest.raises(docx_in.ForeignDocx):
        docx_in.paragraphs(data=data, name="a.docx")


def test_bottomless_nesting_is_refused():
    deep = b"<a>" * (limits.XML_DEPTH + 1)

    with pytest.raises(docx_in.ForeignDocx):
        docx_in.paragraphs(data=altered(change=lambda data: deep), name="a.docx")


def test_an_archive_that_would_swell_is_refused_from_its_directory():
    data = altered(extra=[("word/media/a.bin", b"\0" * (3 * limits.MEGABYTE))])

    with pytest.raises(docx_in.SwollenDocx) as refused:
        docx_in.paragraphs(data=data, name="a.docx")
    assert refused.value.kind is Kind.TOO_LARGE


def test_a_directory_that_lies_is_found_out_while_inflating(monkeypatch):
    honest = altered(extra=[("word/media/a.bin", bytes(range(256)) * 2_000)])
    monkeypatch.setattr(limits, "ZIP_ENTRY_BYTES", 100_000)
    monkeypatch.setattr(docx_package, "weigh_directory", lambda entries, name: None)

    with pytest.raises(docx_in.SwollenDocx):
        docx_in.paragraphs(data=honest, name="a.docx")


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "ZIP_ENTRIES", 5)

    with pytest.raises(docx_in.SwollenDocx):
        docx_in.paragraphs(data=report(), name="a.docx")


def test_a_document_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "UPLOAD_BYTES", 10)

    with pytest.raises(docx_in.DocumentTooLarge):
        docx_in.paragraphs(data=report(), name="a.docx")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 30_000), st.binary(min_size=1, max_size=8))
def test_any_damage_gives_a_text_or_a_refusal(place, noise):
    data = bytearray(report())
    place %= len(data)
    data[place : place + len(noise)] = noise
    try:
        docx_in.paragraphs(data=bytes(data), name="a.docx")
    except Refusal as refusal:
        said = str(refusal)
    else:
        said = "a.docx"
    assert "a.docx" in said
