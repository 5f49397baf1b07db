"""A program of its own: a PDF on standard input, the text of its pages as JSON on standard output.

pdfium is native code fed by strangers, and it cannot be interrupted: three kilobytes of forms that draw each other keep
it busy for hours. So it runs in a process that the system stops when it takes more time or memory than it was given,
and a crash costs one document. That also settles that pdfium must not be called from two threads.
Started by `pdf_in` with PAGES CHARACTERS BYTES SECONDS.
"""

from __future__ import annotations

import ctypes
import json
import re
import resource
import sys

import pypdfium2
from pypdfium2 import raw

_GAP = re.compile(r"(?<=\S) (?=\S)")
_CELL = 0.7  # of the height of a line: blanks wider than this stand between the cells of a table


def main() -> None:
    """Take the limits, read, answer."""
    pages, characters, memory, seconds = map(int, sys.argv[1:5])
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    answer = read(sys.stdin.buffer.read(), most_pages=pages, most_characters=characters)
    sys.stdout.buffer.write(json.dumps(answer).encode())


def read(data: bytes, *, most_pages: int, most_characters: int) -> dict[str, object]:
    """{"pages": [text, …]}, or {"refused": "locked" | "damaged" | "pages" | "characters"}."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        return {"refused": "locked" if is_locked else "damaged"}
    if len(document) > most_pages:
        return {"refused": "pages"}
    texts: list[str] = []
    total = 0
    for number in range(len(document)):
        try:
            page = document[number].get_textpage()
        except pypdfium2.PdfiumError:
            return {"refused": "damaged"}
        total += page.count_chars()
        if total > most_characters:
            return {"refused": "characters"}
        texts.append(_with_cells(page, page.get_text_range()))
    return {"pages": texts}


def _with_cells(page: pypdfium2.PdfTextPage, text: str) -> str:
    """The text of a page with tabs where a blank is as wide as only a table makes it."""
    if len(text) != page.count_chars():  # places of letters are no places in the text
        return text
    letters = list(text)
    for gap in _GAP.finditer(text):
        left, right = _box(page, gap.start() - 1), _box(page, gap.end())
        if right.left - left.right > _CELL * (left.top - left.bottom) > 0:
            letters[gap.start()] = "\t"
    return "".join(letters)


def _box(page: pypdfium2.PdfTextPage, place: int) -> raw.FS_RECTF:
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(page, place, ctypes.byref(box))
    return box


if __name__ == "__main__":
    main()
