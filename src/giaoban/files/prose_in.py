"""The one door from the bytes of a report to its text, whatever kind of file they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from giaoban.core.refusal import Refusal
from giaoban.core.text_vi import legacy
from giaoban.files import docx_in, html_in, limits, pdf_in, text_in

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: Final = "application/pdf"
HTML: Final = "text/html"
PLAIN: Final = "text/plain"
_BY_SUFFIX: Final = {".docx": DOCX, ".pdf": PDF, ".html": HTML, ".htm": HTML, ".txt": PLAIN, ".md": PLAIN}
READABLE: Final = tuple(_BY_SUFFIX)

_ARCHIVE: Final = b"PK\x03\x04"
_SEARCHED: Final = 1024  # a PDF may begin with something else, but not for longer
_PAGE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_PICTURES: Final = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
    b"RIFF",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
)


class KindUnknown(Refusal):
    """A kind of file that cannot be read."""

    says = "Chưa đọc được loại tệp «{name}»; hãy gửi .docx, .pdf, .html hoặc .txt."


@dataclass(frozen=True)
class Prose:
    """The text of a file, in Unicode, and the media type of what the file is."""

    text: str
    media_type: str


def text(*, data: bytes, name: str) -> str:
    """The text of a report. Raises KindUnknown and the refusals of the reader of its kind; each names the file.

    >>> text(data="Kết quả: 12/15 xã".encode(), name="a.txt")
    'Kết quả: 12/15 xã'
    """
    return read(data=data, name=name).text


def read(*, data: bytes, name: str) -> Prose:
    """The text of a report with its media type, by its content first and its name second. Raises what `text` does."""
    kind = media_type(data=data, name=name)
    match kind:
        case "application/pdf":
            found = pdf_in.text(data=data, name=name)
        case "text/html":
            found = html_in.text(data=data, name=name)
        case "text/plain":
            found = text_in.decode(data=data, name=name)
        case _:
            found = "\n".join(docx_in.paragraphs(data=data, name=name))
    return Prose(text=legacy.modern(found), media_type=kind)


def media_type(*, data: bytes, name: str) -> str:
    """What kind of file this is. Raises KindUnknown, and text_in's refusals for kinds that Word can turn into .docx.

    >>> media_type(data=b"%PDF-1.7", name="a.docx"), media_type(data=b"<html>", name="-")
    ('application/pdf', 'text/html')
    """
    suffix = PurePath(name).suffix.lower()
    said = _BY_SUFFIX.get(suffix)
    if b"%PDF-" in data[:_SEARCHED] and (said == PDF or data.startswith(b"%PDF-")):
        return PDF
    if data.startswith(_ARCHIVE):
        if said not in (DOCX, None) or (said is None and suffix):
            raise KindUnknown(name=name)
        return DOCX
    text_in.refuse_office(data=data[: limits.CHUNK_BYTES], name=name)
    if data.startswith(_PICTURES) and said not in (DOCX, PDF):
        raise KindUnknown(name=name)
    if said is None and suffix and b"\x00" in data[:_SEARCHED]:
        raise KindUnknown(name=name)
    if said in (PLAIN, None) and _PAGE.match(data[: limits.CHUNK_BYTES]):
        return HTML
    return said or PLAIN
