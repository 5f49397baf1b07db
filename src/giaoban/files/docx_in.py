"""Bytes of a Word document into its paragraphs, tables included, in the order of the page.

An upload is a stranger: the archive is weighed from its directory and again while it is inflated, and any XML part
with a document type is refused, before python-docx sees a byte.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from giaoban.core.refusal import Kind, Refusal
from giaoban.files import limits


class DocumentTooLarge(Refusal):
    """More than one upload may hold."""

    kind = Kind.TOO_LARGE
    says = "Tệp «{name}» nặng {size} MB, quá giới hạn {limit} MB; hãy chia nhỏ văn bản rồi gửi lại."


class NotDocx(Refusal):
    """The bytes are no Word document."""

    says = "Tệp «{name}» không phải là văn bản Word (.docx); hãy mở bằng Word và lưu lại dạng .docx."


class DamagedDocx(Refusal):
    """The archive or one of its parts cannot be read."""

    says = "Tệp «{name}» bị hỏng, không đọc được; hãy mở bằng Word, lưu lại rồi gửi lại."


class SwollenDocx(Refusal):
    """Inflated it would be out of all proportion."""

    kind = Kind.TOO_LARGE
    says = "Tệp «{name}» khi giải nén lớn bất thường nên không được nhận; hãy lưu lại từ Word rồi gửi lại."


class ForeignDocx(Refusal):
    """An XML part declares a document type or entities."""

    says = "Tệp «{name}» chứa khai báo XML lạ nên không được nhận; hãy lưu lại từ Word rồi gửi lại."


def paragraphs(*, data: bytes, name: str) -> tuple[str, ...]:
    """The paragraphs of a document in order; a table row is one paragraph, its cells parted by tabs.

    Raises DocumentTooLarge, NotDocx, DamagedDocx, SwollenDocx or ForeignDocx; each names the file.
    """
    if len(data) > limits.UPLOAD_BYTES:
        size, limit = len(data) // limits.MEGABYTE, limits.UPLOAD_BYTES // limits.MEGABYTE
        raise DocumentTooLarge(name=name, size=size, limit=limit)
    weigh(data=data, name=name)
    try:
        document = docx.Document(io.BytesIO(data))
        return tuple(_lines(document))
    except (OpcError, etree.XMLSyntaxError, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise DamagedDocx(name=name) from error


def weigh(*, data: bytes, name: str) -> None:
    """Refuse an archive that is none, that would swell, or whose XML is not plain."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _weigh_directory(entries, name)
            if not any(entry.filename == "[Content_Types].xml" for entry in entries):
                raise NotDocx(name=name)
            total = 0
            for entry in entries:
                total += _inflate(archive, entry, name, room=limits.ZIP_TOTAL_BYTES - total)
    except zipfile.BadZipFile as error:
        raise (DamagedDocx if data[:2] == b"PK" else NotDocx)(name=name) from error
    except (zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise DamagedDocx(name=name) from error


def _weigh_directory(entries: list[zipfile.ZipInfo], name: str) -> None:
    swollen = any(
        entry.file_size > limits.ZIP_ENTRY_BYTES
        or (
            entry.file_size > limits.ZIP_RATIO_FROM and entry.file_size > limits.ZIP_RATIO * max(1, entry.compress_size)
        )
        for entry in entries
    )
    if (
        swollen
        or len(entries) > limits.ZIP_ENTRIES
        or sum(entry.file_size for entry in entries) > limits.ZIP_TOTAL_BYTES
    ):
        raise SwollenDocx(name=name)


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, *, room: int) -> int:
    """Inflate one member chunk by chunk, counting, because a directory may lie; XML is parsed on the way."""
    inspect = _Inspection(name) if entry.filename.lower().endswith((".xml", ".rels", ".vml")) else None
    size = 0
    with archive.open(entry) as member:
        while chunk := member.read(limits.CHUNK_BYTES):
            size += len(chunk)
            if size > min(room, limits.ZIP_ENTRY_BYTES):
                raise SwollenDocx(name=name)
            if inspect is not None:
                inspect.feed(chunk)
    return size


class _Inspection:
    """Walks an XML part without building it: no document type, no entities, no bottomless nesting."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._depth = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._enter
        self._parser.EndElementHandler = self._leave

    def feed(self, chunk: bytes) -> None:
        """Walk over the next piece of the part."""
        try:
            self._parser.Parse(chunk, False)
        except expat.ExpatError as error:
            raise DamagedDocx(name=self._name) from error

    def _refuse(self, *_: object) -> None:
        raise ForeignDocx(name=self._name)

    def _enter(self, *_: object) -> None:
        self._depth += 1
        if self._depth > limits.XML_DEPTH:
            raise ForeignDocx(name=self._name)

    def _leave(self, *_: object) -> None:
        self._depth -= 1


def _lines(document: Document) -> Iterator[str]:
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            yield part.text
        elif isinstance(part, Table):
            yield from _rows(part)


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        seen: list[object] = []
        cells: list[str] = []
        for cell in row.cells:
            if any(cell._tc is other for other in seen):  # a merged cell is met once for every column it spans
                continue
            seen.append(cell._tc)
            cells.append(" ".join(cell.text.split()))
        yield "\t".join(cells)
