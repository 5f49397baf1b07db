"""A program of its own: a PDF on standard input, one of its pages as a PNG on standard output.

Like `pdf_worker` it runs in a process that the system stops when it takes more time or memory than it was given.
Started by `pdf_picture` with PAGE WIDTH BYTES SECONDS; it ends with 3 when there is no such page, with 2 for no PDF.
"""

from __future__ import annotations

import resource
import struct
import sys
import zlib

import numpy
import pypdfium2

NO_PDF, NO_PAGE = 2, 3


def main() -> None:
    """Take the limits, draw, answer."""
    page, width, memory, seconds = map(int, sys.argv[1:5])
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError:
        sys.exit(NO_PDF)
    if not 1 <= page <= len(document):
        sys.exit(NO_PAGE)
    sys.stdout.buffer.write(drawn(document[page - 1], width=width))


def drawn(page: pypdfium2.PdfPage, *, width: int) -> bytes:
    """The page as a PNG, `width` pixels wide and at most four times as high."""
    across, down = page.get_size()
    scale = min(width / max(across, 1), 4 * width / max(down, 1))
    picture = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy()
    return png(numpy.ascontiguousarray(picture[:, :, :3]))


def png(pixels: numpy.ndarray) -> bytes:
    """Rows × columns × (red, green, blue) as a PNG."""
    rows, columns, _ = pixels.shape
    lines = numpy.zeros((rows, 1 + columns * 3), dtype=numpy.uint8)  # each row begins with 0: no filter
    lines[:, 1:] = pixels.reshape(rows, columns * 3)
    head = struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    main()
