"""Sound files of every kind that is read: what the damage is done to."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from giaoban.files.tests.made import PARAGRAPH, SITE, pdf
from giaoban.files.tests.test_docx_text import NUMBERING
from giaoban.files.tests.word import cell, document, numbered, p, r, table

TEXT = f"Báo cáo tháng 8\n07:00 25/8/2020\n{PARAGRAPH}\nMột là, họp trước ngày 30-9-2020; (2) 1.192/1.312 (90,85%)."


@cache
def seeds() -> dict[str, bytes]:
    """File name -> bytes of a sound file."""
    word = document(
        numbered("Kết quả")
        + p(r(PARAGRAPH, inside='<w:footnoteReference w:id="1"/>'))
        + p(r("céng hßa", font=".VnTimeH"), f"<w:ins>{r(' 12')}</w:ins>")
        + table([cell(p(r("Xã"))), cell(p(r("12")), table([cell(p(r("a"))), cell(p(r("b")))]))]),
        numbering=NUMBERING,
        footnotes=f'<w:footnote w:id="1">{p(r("Nguồn"))}</w:footnote>',
        styles='<w:style w:type="paragraph" w:default="1" w:styleId="N"/>',
    )
    return {
        "a.docx": word,
        "a.pdf": pdf(f"= Báo cáo\n{PARAGRAPH}\n#table(columns: 2, [Xã], [12])"),
        "a.html": SITE.encode(),
        "a.txt": TEXT.encode(),
        "wide.txt": TEXT.encode("utf-16"),
        "vni.txt": "Ñeán heát ngaøy 23-8-2020, caû nöôùc ñaõ toå chöùc 1.192/1.312 ñaïi hoäi".encode("latin-1"),
    }


def with_inside(data: bytes, part: str, inside: bytes) -> bytes:
    """The archive with the bytes of one part changed, sound otherwise: damage that a checksum would have caught."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, inside if entry.filename == part else old.read(entry))
    return out.getvalue()


def inside_of(data: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part)
