"""A PDF gives its text without what every page repeats; what is hostile, locked or scanned is refused by name."""

import pytest

from giaoban.core.refusal import Kind
from giaoban.files import limits, pdf_in
from giaoban.files.tests.made import PARAGRAPH, laughing_pdf, pdf, raw_pdf, stream

REPORT = """#set page(numbering: "1", header: [TỈNH ỦY ĐÔNG HẢI], footer-descent: 20%)
#set par(justify: true)
= Báo cáo tháng 8
""" + "\n\n".join(f"Mục {number}. {PARAGRAPH} Văn bản office, file đính kèm." for number in range(60))

TABLE = (
    """= Biểu 1
"""
    + PARAGRAPH
    + """
#table(columns: 3, [Đơn vị], [Chỉ tiêu], [Đạt], [Xã Đông], [12], [100], [Xã Tây], [1.192], [7])
"""
)


def text(data):
    return pdf_in.text(data=data, name="a.pdf")


def test_lines_come_in_the_order_of_the_page_with_every_letter():
    read = text(pdf(REPORT))

    assert read.splitlines()[0] == "Báo cáo tháng 8"
    assert " ".join(read.split()).count(PARAGRAPH) == 60
    assert "office, file" in read


def test_page_numbers_and_running_heads_are_left_out():
    read = text(pdf(REPORT)).splitlines()

    assert "TỈNH ỦY ĐÔNG HẢI" not in read
    assert not [line for line in read if line.isdigit()]


def test_cells_of_a_table_are_parted_by_tabs_and_words_of_a_sentence_are_not():
    read = text(pdf(TABLE)).splitlines()

    assert read[-3:] == ["Đơn vị\tChỉ tiêu\tĐạt", "Xã Đông\t12\t100", "Xã Tây\t1.192\t7"]
    assert not any("\t" in line for line in read[:-3])


def test_a_lone_number_that_does_not_count_with_the_pages_stays():
    pages = [["a", "5"], ["b", "5"], ["c", "9"], ["12", "d", "e"]]

    assert pdf_in.without_furniture(pages) == pages


def test_a_table_head_at_the_top_of_every_page_is_kept_where_it_first_stands():
    pages = [
        ["Tên bảng", "Mở đầu", "Đơn vị\tĐạt", "x", "y"],
        *([["Đơn vị\tĐạt", f"Xã {n}\t7", "z", "z"]] for n in "abc"),
    ]
    pages = [pages[0], *(page for group in pages[1:] for page in group)]

    kept = pdf_in.without_furniture(pages)

    assert [sum("Đơn vị\tĐạt" in line for line in page) for page in kept] == [1, 0, 0, 0]


def test_a_hyphen_at_the_end_of_a_line_stays_between_syllables_and_goes_inside_a_foreign_word():
    assert pdf_in._lines("nhiệm kỳ 2020\ufffe\n2025\r\ninfor\ufffe\nmation  5\r\nQĐ\x02\nTW\ufb01") == [
        "nhiệm kỳ 2020-2025",
        "information 5",
        "QĐ-TWfi",
    ]


def test_a_scanned_file_is_refused_with_a_way_out():
    with pytest.raises(pdf_in.ScannedPdf, match=r"a\.pdf» là tệp quét .*\.docx"):
        text(pdf("#rect(width: 100%, height: 50%)\n#pagebreak()\n#rect()"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 nothing",
        raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 3>>"),
        raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Kids[2 0 R]/Count 9>>"),
    ],
    ids=["empty", "no objects", "page tree in a circle", "page tree in two"],
)
def test_what_cannot_be_read_is_refused_as_damaged_or_empty(data):
    with pytest.raises((pdf_in.DamagedPdf, pdf_in.ScannedPdf), match=r"«a\.pdf»"):
        text(data)


def test_a_file_behind_a_password_is_refused_with_a_way_out():
    locked = raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R>>",
        b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -44>>" % (b"41" * 32, b"42" * 32),
    ).replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 4 0 R/ID[<41><41>]")  # fmt: skip

    with pytest.raises(pdf_in.LockedPdf, match="mật khẩu"):
        text(locked)


def test_forms_that_draw_each_other_cost_no_more_than_the_limit(monkeypatch):
    monkeypatch.setattr(limits, "PDF_SECONDS", 1)

    with pytest.raises(pdf_in.HeavyPdf) as refused:
        text(laughing_pdf(12))
    assert refused.value.kind is Kind.TOO_LARGE


def test_a_stream_that_swells_is_stopped_by_the_limit_on_memory(monkeypatch):
    import zlib

    monkeypatch.setattr(limits, "PDF_MEMORY_BYTES", 200 * limits.MEGABYTE)
    squeezed = zlib.compress(b"q Q " * (100 * limits.MEGABYTE))
    data = raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>", stream(squeezed, b"/Filter/FlateDecode"),
    )  # fmt: skip

    with pytest.raises((pdf_in.HeavyPdf, pdf_in.ScannedPdf)):
        text(data)


@pytest.mark.parametrize(("limit", "most"), [("PDF_BYTES", 100), ("PDF_PAGES", 2), ("PDF_CHARACTERS", 1_000)])
def test_more_than_one_document_may_have_is_refused(monkeypatch, limit, most):
    monkeypatch.setattr(limits, limit, most)

    with pytest.raises(pdf_in.PdfTooLarge) as refused:
        text(pdf(REPORT))
    assert refused.value.kind is Kind.TOO_LARGE
