"""`giaoban read FILE…`: what reports in prose say, as JSON Lines or as a page for people.

Files are read at this edge; the reading itself is `core.reading`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from giaoban.core.reading import Reading
from giaoban.core.reading import read as read_text
from giaoban.core.refusal import Kind, Refusal
from giaoban.files import docx_in, limits, text_in
from giaoban.site.reading_print import print_reading

READABLE = (".txt", ".docx")
FAILED = 2


class FileMissing(Refusal):
    """No such file or folder."""

    kind = Kind.MISSING
    says = "Không tìm thấy «{name}»; hãy kiểm tra lại đường dẫn."


class FileClosed(Refusal):
    """The file is there but may not be read."""

    kind = Kind.FORBIDDEN
    says = "Không mở được «{name}»; hãy kiểm tra quyền đọc của tệp."


class KindUnknown(Refusal):
    """A kind of file the reader has no way into."""

    says = "Chưa đọc được loại tệp «{name}»; hãy chuyển sang .docx hoặc .txt."


class FolderEmpty(Refusal):
    """A folder without anything to read."""

    kind = Kind.MISSING
    says = "Thư mục «{name}» không có tệp .docx hoặc .txt nào để đọc."


@dataclass(frozen=True)
class Source:
    """One thing to read: the name as given, and where its bytes are (None: standard input)."""

    name: str
    path: Path | None


class Day(click.ParamType[date]):
    """A day as people type it: 2020-08-25 or 25/8/2020."""

    name = "ngày"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day meant, or a refusal with an example."""
        if isinstance(value, date):
            return value
        for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
            try:
                day = datetime.strptime(str(value), pattern).date()  # noqa: DTZ007  a day has no zone
            except ValueError:
                continue
            if 1900 <= day.year <= 2199:
                return day
        says = f"«{value}» không phải là ngày; hãy viết như 2020-08-25 hoặc 25/8/2020."
        raise click.BadParameter(says, ctx=ctx, param=param)


@click.command("read", short_help="Đọc báo cáo bằng lời thành số liệu có dẫn chứng.")
@click.argument("names", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="In mỗi văn bản một dòng JSON.")
@click.option("--reference-day", type=Day(), default=None, help="Ngày của văn bản, khi văn bản không ghi ngày.")
def read(*, names: tuple[str, ...], as_json: bool, reference_day: date | None) -> None:
    """Đọc báo cáo (.docx, .txt, thư mục, hoặc «-» là dữ liệu đưa vào) và cho biết văn bản nói gì.

    Không có --json thì in bản tóm tắt: số liệu nào khớp, số liệu nào không khớp, việc gì đến hạn khi nào.
    """
    out, errors = Console(), Console(stderr=True, highlight=False, soft_wrap=True)
    failed = False
    sources: list[Source | Refusal] = list(_sources(names))
    for source in _watched(sources, errors):
        try:
            if isinstance(source, Refusal):
                raise source
            reading = read_text(text=load(source), reference_day=reference_day)
        except Refusal as refusal:
            errors.print(str(refusal), style="red", markup=False)
            failed = True
            continue
        if as_json:
            sys.stdout.write(as_line(name=source.name, reading=reading))
        else:
            print_reading(console=out, name=source.name, reading=reading)
    if failed:
        raise SystemExit(FAILED)


def as_line(*, name: str, reading: Reading) -> str:
    """One document as a line of JSON, its line end included."""
    row = reading.as_json()
    document = row["document"]
    assert isinstance(document, dict)
    row["document"] = {"file": name, **document}
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def load(source: Source) -> str:
    """The text of a source. Raises a refusal that names the file when it cannot be read."""
    data = _bytes(source)
    suffix = source.path.suffix.lower() if source.path else ""
    if suffix == ".docx" or (source.path is None and data.startswith(b"PK\x03\x04")):
        return "\n".join(docx_in.paragraphs(data=data, name=source.name))
    if (
        source.path is not None
        and suffix not in READABLE
        and data.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    ):
        raise KindUnknown(name=source.name)
    return text_in.decode(data=data, name=source.name)


def _bytes(source: Source) -> bytes:
    limit = limits.UPLOAD_BYTES + 1  # one byte more than allowed is enough to refuse
    if source.path is None:
        return sys.stdin.buffer.read(limit)
    try:
        with source.path.open("rb") as stream:
            return stream.read(limit)
    except FileNotFoundError as error:
        raise FileMissing(name=source.name) from error
    except OSError as error:
        raise FileClosed(name=source.name) from error


def _sources(names: Iterable[str]) -> Iterator[Source | Refusal]:
    for name in names:
        path = Path(name)
        if name == "-":
            yield Source(name=name, path=None)
        elif path.is_dir():
            found = sorted(item for item in path.rglob("*") if item.suffix.lower() in READABLE and item.is_file())
            yield from (Source(name=str(item), path=item) for item in found)
            if not found:
                yield FolderEmpty(name=name)
        else:
            yield Source(name=name, path=path)


def _watched(sources: list[Source | Refusal], errors: Console) -> Iterable[Source | Refusal]:
    """A progress bar on standard error, for many files on a terminal whose output goes elsewhere."""
    if len(sources) < 8 or not errors.is_terminal or sys.stdout.isatty():
        return sources
    return track(sources, description="Đang đọc", console=errors, transient=True)
