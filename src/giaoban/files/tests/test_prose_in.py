"""One door: what a file is says its content first, its name second."""

import pytest

from giaoban.core.text_vi import legacy
from giaoban.files import docx_in, pdf_in, prose_in, text_in
from giaoban.files.tests.made import PARAGRAPH, SITE, pdf
from giaoban.files.tests.word import document, p, r

WORD = document(p(r(PARAGRAPH)))


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (WORD, "a.docx", prose_in.DOCX),
        (WORD, "-", prose_in.DOCX),
        (pdf(PARAGRAPH), "a.pdf", prose_in.PDF),
        (pdf(PARAGRAPH), "a.docx", prose_in.PDF),
        (pdf(PARAGRAPH), "-", prose_in.PDF),
        (SITE.encode(), "a.HTML", prose_in.HTML),
        (SITE.encode(), "a.txt", prose_in.HTML),
        (b"\xef\xbb\xbf\n" + SITE.encode(), "-", prose_in.HTML),
        (f"<p>{PARAGRAPH}".encode(), "a.htm", prose_in.HTML),
        (PARAGRAPH.encode(), "a.txt", prose_in.PLAIN),
        (PARAGRAPH.encode("utf-16"), "ghi chú", prose_in.PLAIN),
        (PARAGRAPH.encode(), "a.md", prose_in.PLAIN),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_kind_comes_through_the_one_door(data, name, kind):
    read = prose_in.read(data=data, name=name)

    assert read.media_type == kind
    assert PARAGRAPH in " ".join(read.text.split())


@pytest.mark.parametrize(
    ("data", "name", "refusal"),
    [
        (WORD, "a.xlsx", prose_in.KindUnknown),
        (WORD, "a.zip", prose_in.KindUnknown),
        (b"\x89PNG\r\n\x1a\n\x00", "a.png", prose_in.KindUnknown),
        (b"\xff\xd8\xff\xe0\x00", "-", prose_in.KindUnknown),
        (b"GIF89a\x00", "a.gif", prose_in.KindUnknown),
        (b"\x7fELF\x00\x00", "a.bin", prose_in.KindUnknown),
        (text_in.OLD_WORD + b"\x00" * 600, "a.doc", text_in.OldWord),
        (text_in.OLD_WORD + b"\x00" * 600, "a.docx", text_in.OldWord),
        (b"{\\rtf1\\ansi B\\'e1o}", "a.rtf", text_in.RichText),
        (b"{\\rtf1\\ansi B\\'e1o}", "a.txt", text_in.RichText),
        (b"rubbish", "a.docx", docx_in.NotDocx),
        (b"rubbish", "a.pdf", pdf_in.DamagedPdf),
        (b"\x00\x01\x02", "-", text_in.NotText),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_and_with_a_way_out(data, name, refusal):
    with pytest.raises(refusal, match=f"«{name}».*hãy"):
        prose_in.text(data=data, name=name)


def test_an_old_encoding_is_gone_behind_the_door():
    assert prose_in.text(data="®¹i héi c¸c chi bé".encode("latin-1"), name="a.txt") == "đại hội các chi bộ"
    assert prose_in.text(data="ñaïi hoäi caùc chi boä".encode(), name="a.txt") == "đại hội các chi bộ"


def test_a_suffix_of_a_text_that_nobody_knows_is_read_as_text():
    assert prose_in.text(data=PARAGRAPH.encode(), name="báo cáo.log") == PARAGRAPH


@pytest.mark.parametrize("table", [legacy._TCVN3, legacy._VNI], ids=["tcvn3", "vni"])
@pytest.mark.parametrize("saved", [lambda old: old.encode("latin-1"), lambda old: old.encode()], ids=["bytes", "utf-8"])
def test_one_report_gives_one_text_in_every_encoding(table, saved):
    places = {letter: place for place, letter in table.items()}
    old = "".join(places.get(letter, letter) for letter in PARAGRAPH)

    assert old != PARAGRAPH
    assert prose_in.text(data=saved(old), name="a.txt") == PARAGRAPH
    assert prose_in.text(data=saved(f"<html><p>{old}</p></html>"), name="a.html") == PARAGRAPH
    assert prose_in.text(data=document(p(r(old))), name="a.docx") == PARAGRAPH
