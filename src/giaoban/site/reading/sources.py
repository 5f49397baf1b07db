"""What there is to read: files, folders, standard input; and their text, or one clear sentence why not."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from giaoban.core.refusal import Kind, Refusal
from giaoban.files import limits, prose_in
from giaoban.site.reading.plain import shown

STDIN = "-"


class FileMissing(Refusal):
    """No such file or folder."""

    kind = Kind.MISSING
    says = "Không tìm thấy «{name}»; hãy kiểm tra lại đường dẫn."


class FileClosed(Refusal):
    """The file is there but may not be read."""

    kind = Kind.FORBIDDEN
    says = "Không mở được «{name}»; hãy kiểm tra quyền đọc của tệp."


class FolderEmpty(Refusal):
    """A folder without anything to read."""

    kind = Kind.MISSING
    says = "Thư mục «{name}» không có tệp nào đọc được (các loại tệp đọc được: {known})."


@dataclass(frozen=True)
class Source:
    """One thing to read: its name as given, and where it is: a file, bytes already here, or a text already here."""

    name: str
    path: Path | None = None
    data: bytes | None = None
    given: str | None = None

    def text(self) -> str:
        """Its text. Raises a refusal that names it when it cannot be read."""
        if self.given is not None:
            return self.given
        data = self.data if self.path is None else _bytes(self.path, self.name)
        return prose_in.text(data=data or b"", name=shown(self.name))


def sources(names: Iterable[str]) -> Iterator[Source | Refusal]:
    """Everything the names stand for, in their order; a folder's files by their paths, whatever lies in between."""
    for name in names:
        path = Path(name)
        if name == STDIN:
            yield Source(name=name, data=sys.stdin.buffer.read(limits.UPLOAD_BYTES + 1))
        elif path.is_dir():
            found = sorted(item for item in path.rglob("*") if _is_report(item))
            yield from (Source(name=str(item), path=item) for item in found)
            if not found:
                yield FolderEmpty(name=shown(name), known=", ".join(prose_in.READABLE))
        else:
            yield Source(name=name, path=path)


def _is_report(path: Path) -> bool:
    """A file of a kind that is read, and no lock or hidden file beside it."""
    return path.suffix.lower() in prose_in.READABLE and not path.name.startswith((".", "~$")) and path.is_file()


def _bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(limits.UPLOAD_BYTES + 1)  # one byte more than allowed is enough to refuse
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: a name no file can have
        raise FileMissing(name=shown(name)) from error
    except OSError as error:
        raise FileClosed(name=shown(name)) from error
