"""The archive that a Word document is: weighed before anything is built, then its parts by what they are for.

An upload is a stranger. The archive is weighed from its directory and again while it is inflated, since a directory
may lie, and the head of every XML part is looked at before it is built: no document type, so no entities.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from lxml import etree

from giaoban.core.refusal import Kind, Refusal
from giaoban.files import limits

_XML = (".xml", ".rels", ".vml")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # Word writes no other; bzip2 cannot be inflated step by step
_SLICE = 1024  # how much of a part is looked at before asking whether its first element has come


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
    """An XML part declares a document type or entities, or is nested without bottom."""

    says = "Tệp «{name}» chứa khai báo XML lạ nên không được nhận; hãy lưu lại từ Word rồi gửi lại."


@dataclass(frozen=True)
class Package:
    """The XML parts of a document, inflated, by their names in small letters."""

    name: str
    parts: dict[str, bytes] = field(repr=False)

    def main(self) -> str:
        """The name of the part that holds the text. Raises NotDocx."""
        for kind, target in self._relations("", "_rels/.rels"):
            if kind == "officeDocument" and target in self.parts:
                return target
        raise NotDocx(name=self.name)

    def beside(self, part: str) -> dict[str, str]:
        """What belongs to a part: «styles», «numbering», «footnotes», «endnotes» -> name of that part."""
        folder, base = posixpath.split(part)
        return dict(self._relations(folder, f"{folder}/_rels/{base}.rels"))

    def tree(self, part: str) -> etree._Element | None:
        """A part built in memory, None when it is not there. Raises DamagedDocx, ForeignDocx and SwollenDocx."""
        data = self.parts.get(part)
        if data is None:
            return None
        if len(data) > limits.XML_READ_BYTES:
            raise SwollenDocx(name=self.name)
        try:
            return etree.fromstring(data, _parser())
        except etree.XMLSyntaxError as error:
            is_deep = "depth" in str(error)
            raise (ForeignDocx if is_deep else DamagedDocx)(name=self.name) from error

    def _relations(self, folder: str, part: str) -> list[tuple[str, str]]:
        root = self.tree(part.lower())
        if root is None:
            return []
        return [
            (str(one.get("Type", "")).rpartition("/")[2], _resolve(folder, str(one.get("Target", ""))))
            for one in root
            if one.get("TargetMode") != "External"
        ]


def unpack(*, data: bytes, name: str) -> Package:
    """Weigh and inflate a document.

    Raises DocumentTooLarge, NotDocx, DamagedDocx, SwollenDocx or ForeignDocx; each names the file.
    """
    if len(data) > limits.UPLOAD_BYTES:
        size, limit = len(data) // limits.MEGABYTE, limits.UPLOAD_BYTES // limits.MEGABYTE
        raise DocumentTooLarge(name=name, size=size, limit=limit)
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            weigh_directory(entries, name)
            if not any(entry.filename == "[Content_Types].xml" for entry in entries):
                raise NotDocx(name=name)
            total = 0
            for entry in entries:
                kept: list[bytes] | None = [] if entry.filename.lower().endswith(_XML) else None
                total += _inflate(archive, entry, name, room=limits.ZIP_TOTAL_BYTES - total, kept=kept)
                if kept is not None:
                    parts[entry.filename.lower()] = b"".join(kept)
    except zipfile.BadZipFile as error:
        raise (DamagedDocx if data[:2] == b"PK" else NotDocx)(name=name) from error
    except (zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise DamagedDocx(name=name) from error
    return Package(name=name, parts=parts)


def weigh_directory(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse an archive whose own directory says that it would swell, or that Word could not have packed."""
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
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise DamagedDocx(name=name)


def _inflate(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, *, room: int, kept: list[bytes] | None
) -> int:
    """Inflate one member chunk by chunk, counting; XML is looked at on the way and kept."""
    prologue = _Prologue(name)
    size = 0
    with archive.open(entry) as member:
        while chunk := member.read(limits.CHUNK_BYTES):
            size += len(chunk)
            if size > min(room, limits.ZIP_ENTRY_BYTES):
                raise SwollenDocx(name=name)
            if kept is not None:
                prologue.feed(chunk)
                kept.append(chunk)
    return size


class _Prologue:
    """Looks at what stands before the first element of an XML part: no document type may, and so no entities can.

    The rest of a part that is read is held by its own parser: to `limits.XML_DEPTH`, and without entities.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._is_over = False
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._end

    def feed(self, chunk: bytes) -> None:
        """Look at the next piece of the part."""
        try:
            for start in range(0, len(chunk), _SLICE):
                if self._is_over:
                    return
                self._parser.Parse(chunk[start : start + _SLICE], False)
        except expat.ExpatError as error:
            raise DamagedDocx(name=self._name) from error

    def _refuse(self, *_: object) -> None:
        raise ForeignDocx(name=self._name)

    def _end(self, *_: object) -> None:
        self._is_over = True


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )


def _resolve(folder: str, target: str) -> str:
    path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(path).lower()
