"""The reader: text, Word and PDF into facts, and the start of its command.

- `read.mb_per_s`: megabytes (10**6 bytes of UTF-8) a second on one core, from a text in memory to its facts; the
  documents written for the project, each read whole, over and over until there are two megabytes. Target: 5.
- `read.mb_per_s.dense`: the same for documents of tables and figures alone, where every line has something to read.
- `read.docx_per_s`: twenty Word documents of ten pages, from the bytes on disk to the line of JSON, by the machinery of
  `giaoban read` in two processes, their start included. Target: 20.
- `read.docx_per_s.one`: the same in one process, without any start.
- `read.pdf_pages_per_s`: twenty pages of PDF with their text, from bytes to facts, on one core.
- `read.startup_ms`: from the call of `giaoban read --json FILE` to its end, for a text of one page, and
  `read.startup_ms.page`: the same for the readable page.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from benchmarks.measurement import Measurement, rate, timed

LEAST = 2_000_000
MEGABYTE = 1_000_000
PAGE = 1_650  # characters on one page of a report set at 14 points with short paragraphs
DOCUMENTS, PAGES = 20, 10
TARGETS = {"read.mb_per_s": "5 MB/s", "read.docx_per_s": "20 docx/s"}
ROOT = Path(__file__).resolve().parents[1]


def texts() -> list[str]:
    """The documents written for the project, without their marks."""
    from giaoban.core.reading.tests.gold import documents

    return [document.text for document in documents()]


def dense() -> str:
    """A report of tables and figures: every line has a ratio with its share, counts, a day."""
    rows = [
        f"Đảng bộ xã số {n}\t{n + 40}\t{n + 30}/{n + 40}\t{(n + 30) * 100 // (n + 40)}%\t{n % 28 + 1}/7/2020"
        for n in range(1, 120)
    ]
    lines = [
        f"Đến hết ngày {n % 28 + 1}/7/2020, có {n + 30}/{n + 40} chi bộ tổ chức đại hội, đạt {n % 90 + 10},5%; kết nạp "
        f"{n + 3} đảng viên, tăng {n % 9 + 1} so với cùng kỳ; chi {n + 1},5 tỷ đồng theo Kế hoạch số {n}-KH/TU."
        for n in range(1, 120)
    ]
    head = ["Kết quả công tác tháng 7 năm 2020", "08:00 01/8/2020", "", "Đơn vị\tChi bộ\tĐã họp\tTỷ lệ\tNgày"]
    return "\n".join([*head, *rows, "", *lines])


def read_all(corpus: Sequence[str]) -> float:
    """Read every text; how many megabytes that were."""
    from giaoban.core.reading import read

    for text in corpus:
        read(text=text, reference_day=date(2020, 8, 1))
    return sum(len(text.encode()) for text in corpus) / MEGABYTE


def repeated(given: Sequence[str]) -> list[str]:
    """The texts in turn until there is enough to measure."""
    size = sum(len(text.encode()) for text in given)
    return list(given) * -(-LEAST // size)


def pages(number: int) -> str:
    """Ten pages of prose, beginning with another document for each number."""
    given = texts()
    turned = given[number % len(given) :] + given[: number % len(given)]
    whole = "\n\n".join(turned)
    return (whole * (PAGE * PAGES // len(whole) + 1))[: PAGE * PAGES]


def word(text: str) -> bytes:
    """A Word document of paragraphs and tables."""
    import docx

    document = docx.Document()
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            table = document.add_table(rows=0, cols=max(map(len, rows)))
            for row in rows:
                for cell, content in zip(table.add_row().cells, row, strict=False):
                    cell.text = content
            rows = []
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf(text: str) -> bytes:
    """A PDF with its text, set as offices set a report."""
    import typst

    paragraphs = "\n\n".join(f"#text({_quoted(line)})" for line in text.split("\n") if line.strip())
    source = f'#set page("a4", margin: 2.5cm)\n#set text(size: 14pt, lang: "vi")\n{paragraphs}\n'
    made = typst.compile(source.encode(), ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def _quoted(line: str) -> str:
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "  ") + '"'


def by_the_command(files: Sequence[Path], *, jobs: int) -> int:
    """Read files as the command does; how many that were."""
    from giaoban.site.reading import many
    from giaoban.site.reading.asked import Asked, Shape, Sheet, Task
    from giaoban.site.reading.sources import Source

    asked = Asked(shape=Shape.JSON, sheet=Sheet(width=80, colours=None))
    tasks = (Task(source=Source(name=file.name, path=file)) for file in files)
    done = list(many.outcomes(tasks, asked=asked, jobs=jobs))
    assert not [outcome.refused for outcome in done if outcome.refused]
    return len(done)


def start(*arguments: str) -> None:
    """One call of the command, from nothing to its end."""
    subprocess.run(
        [sys.executable, "-m", "giaoban", "read", *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def measure() -> Iterable[Measurement]:
    """Medians of five."""
    mixed, tables = repeated(texts()), repeated([dense()])
    read_all(mixed[:40])
    yield _beside(rate("read.mb_per_s", lambda: read_all(mixed), unit="MB/s"))
    yield rate("read.mb_per_s.dense", lambda: read_all(tables), unit="MB/s")
    with tempfile.TemporaryDirectory(prefix="giaoban-read-") as folder:
        files = [Path(folder) / f"{number:02}.docx" for number in range(DOCUMENTS)]
        for number, file in enumerate(files):
            file.write_bytes(word(pages(number)))
        yield _beside(rate("read.docx_per_s", lambda: by_the_command(files, jobs=2), unit="docx/s"))
        by_the_command(files[:2], jobs=1)
        yield rate("read.docx_per_s.one", lambda: by_the_command(files, jobs=1), unit="docx/s")
        yield from _of_pdf(Path(folder))
        page = Path(folder) / "page.txt"
        page.write_text(pages(0)[:PAGE], encoding="utf-8")
        yield timed("read.startup_ms", lambda: start("--json", str(page)))
        yield timed("read.startup_ms.page", lambda: start(str(page)))


def _of_pdf(folder: Path) -> Iterable[Measurement]:
    from giaoban.files import prose_in

    if ".pdf" not in prose_in.READABLE:
        return
    import pypdfium2

    made = [pdf(pages(number)) for number in range(2)]
    count = sum(len(pypdfium2.PdfDocument(data)) for data in made)
    files = [folder / f"{number}.pdf" for number in range(len(made))]
    for file, data in zip(files, made, strict=True):
        file.write_bytes(data)
    by_the_command(files, jobs=1)
    yield rate("read.pdf_pages_per_s", lambda: count * by_the_command(files, jobs=1) // len(files), unit="pages/s")


def _beside(one: Measurement) -> Measurement:
    """Print the target of what was measured beside its median."""
    print(f"{one.name}: {one.median:.3g} {one.unit}, target {TARGETS[one.name]}")
    return one
