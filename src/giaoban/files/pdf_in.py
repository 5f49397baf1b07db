"""Bytes of a PDF into its text: page after page, in lines, without what every page repeats.

Line breaks are kept; which of them only fill the page is for the reader to say. The reading of the bytes happens in
`pdf_worker`, a process of its own with limits on time and memory.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from giaoban.core.refusal import Kind, Refusal
from giaoban.core.text_vi.syllables import is_syllable
from giaoban.files import limits

_WORKER = Path(__file__).with_name("pdf_worker.py")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\x00": " ", "\u00a0": " "}
)
_BLANKS = re.compile(r"[ \u2000-\u200a\u202f]{2,}")
_BROKEN = re.compile(r"(\w{0,30})[\ufffe\x02]\s{0,3}(\w{0,30})")  # pdfium's sign for a hyphen at the end of a line
_NUMBER = re.compile(r"\W{0,3}(?:(?:trang|page)\s*)?([0-9]{1,4})(?:\s?/\s?[0-9]{1,4})?\W{0,3}", re.IGNORECASE)
_TAIL_NUMBER = re.compile(r"\W{0,3}(?:(?:trang|page)\s)?[0-9]{1,4}(?:\s?/\s?[0-9]{1,4})?\W{0,3}$", re.IGNORECASE)
_OFTEN = 3  # pages that must bear a line before it is furniture


class PdfTooLarge(Refusal):
    """More bytes, pages or letters than one document may have."""

    kind = Kind.TOO_LARGE
    says = (
        "Tệp PDF «{name}» quá lớn, chỉ nhận tới {megabytes} MB, {pages} trang và {characters} ký tự; "
        "hãy tách thành nhiều tệp rồi gửi lại."
    )


class LockedPdf(Refusal):
    """A password stands before it."""

    says = "Tệp PDF «{name}» có mật khẩu; hãy bỏ mật khẩu rồi gửi lại."


class DamagedPdf(Refusal):
    """No PDF, or one that cannot be read."""

    says = "Tệp PDF «{name}» bị hỏng, không đọc được; hãy xuất lại PDF từ văn bản gốc hoặc gửi tệp .docx."


class HeavyPdf(Refusal):
    """It takes more time or memory than its size could explain, or breaks the reader."""

    kind = Kind.TOO_LARGE
    says = "Tệp PDF «{name}» phức tạp bất thường nên không được nhận; hãy gửi bản .docx của văn bản này."


class ScannedPdf(Refusal):
    """Pages are pictures of text."""

    says = "Tệp PDF «{name}» là tệp quét (ảnh), không có chữ để đọc; hãy gửi bản .docx hoặc PDF xuất từ Word."


def text(*, data: bytes, name: str) -> str:
    """The text of a PDF in lines, cells of tables parted by tabs.

    Raises PdfTooLarge, LockedPdf, DamagedPdf, HeavyPdf or ScannedPdf; each names the file.
    """
    if len(data) > limits.PDF_BYTES:
        raise _too_large(name)
    pages = [_lines(page) for page in _pages(data, name)]
    letters = sum(sum(map(str.isalpha, line)) for page in pages for line in page)
    if letters < limits.PDF_SCANNED_BELOW * len(pages) or not letters:
        raise ScannedPdf(name=name)
    return "\n".join(line for page in without_furniture(pages) for line in page)


def without_furniture(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines of each page without page numbers and without what most pages bear at their top or bottom.

    A line that is a number is a page number when it counts along with the pages.

    >>> without_furniture([["Tỉnh ủy", "a", "1"], ["Tỉnh ủy", "7", "b", "2"], ["Tỉnh ủy", "c", "3"]])
    [['a'], ['7', 'b'], ['c']]
    """
    counted = [{_counted(line, number) for _, line in _edges(page)} for number, page in enumerate(pages)]
    offsets = Counter(offset for found in counted for offset in found if offset is not None)
    offset, times = offsets.most_common(1)[0] if offsets else (None, 0)
    is_counting = times >= 2 and 2 * times >= len(pages) - 1
    borne = Counter((place, _key(line)) for page in pages for place, line in _edges(page))
    often = {line for line, count in borne.items() if line[1] and count >= _OFTEN and 2 * count > len(pages)}
    kept = []
    for number, page in enumerate(pages):
        gone = {
            place % len(page)
            for place, line in _edges(page)
            if (place, _key(line)) in often or (is_counting and _counted(line, number) == offset)
        }
        kept.append([line for place, line in enumerate(page) if place not in gone])
    return kept


def _pages(data: bytes, name: str) -> list[str]:
    command = [sys.executable, "-I", str(_WORKER)]
    command += map(str, (limits.PDF_PAGES, limits.PDF_CHARACTERS, limits.PDF_MEMORY_BYTES, limits.PDF_SECONDS))
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limits.PDF_SECONDS * 6, check=False)
        answer = json.loads(done.stdout) if done.returncode == 0 else {"refused": "heavy"}
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise HeavyPdf(name=name) from error
    match answer:
        case {"pages": [*pages]}:
            return [str(page) for page in pages]
        case {"refused": "locked"}:
            raise LockedPdf(name=name)
        case {"refused": "damaged"}:
            raise DamagedPdf(name=name)
        case {"refused": "pages" | "characters"}:
            raise _too_large(name)
    raise HeavyPdf(name=name)


def _lines(page: str) -> list[str]:
    written = page.replace("\r\n", "\n").replace("\r", "\n").translate(_LIGATURES)
    if "\ufffe" in written or "\x02" in written:
        written = _BROKEN.sub(_mended, written)
    lines = (_BLANKS.sub(" ", line).strip() for line in written.split("\n"))
    return [line for line in lines if line]


def _mended(match: re.Match[str]) -> str:
    """A word broken at the end of a line; Vietnamese breaks none, so only two halves of no syllable are joined."""
    left, right = match.groups()
    is_broken = left.islower() and right.islower() and left.isascii() and not (is_syllable(left) or is_syllable(right))
    return left + ("" if is_broken else "-") + right


def _edges(page: Sequence[str]) -> list[tuple[int, str]]:
    """The lines at the top (0, 1) and at the bottom (-1, -2) of a page; a short page gives some of them twice."""
    places = [place for place in (0, 1, -1, -2) if -len(page) <= place < len(page)]
    return [(place, page[place]) for place in places]


def _counted(line: str, number: int) -> int | None:
    found = _NUMBER.fullmatch(line)
    return int(found[1]) - number if found else None


def _key(line: str) -> str:
    """A line as it would be on every page; nothing for what is too short to be furniture."""
    bare = _TAIL_NUMBER.sub("", line) if line[-1:].isdigit() or line[-2:-1].isdigit() else line
    return bare if sum(map(str.isalpha, bare)) >= 4 else ""


def _too_large(name: str) -> PdfTooLarge:
    return PdfTooLarge(
        name=name,
        megabytes=limits.PDF_BYTES // limits.MEGABYTE,
        pages=limits.PDF_PAGES,
        characters=limits.PDF_CHARACTERS,
    )
