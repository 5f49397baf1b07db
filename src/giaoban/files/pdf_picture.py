"""A page of a PDF as a picture, so that everybody in a meeting sees the same page without a program of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from giaoban.core.refusal import Kind, Refusal
from giaoban.files import limits
from giaoban.files.pdf_in import DamagedPdf, HeavyPdf

_DRAWER = Path(__file__).with_name("pdf_drawer.py")
_NO_PDF, _NO_PAGE = 2, 3  # how the drawer ends
WIDTH = 1400  # pixels: an A4 page that can be read on a wall


class NoSuchPage(Refusal):
    """The document is shorter."""

    kind = Kind.MISSING
    says = "Tài liệu «{name}» không có trang {page}; hãy chọn trang khác."


def picture(*, data: bytes, name: str, page: int) -> bytes:
    """Page `page`, counted from 1, as a PNG. Raises NoSuchPage, DamagedPdf, HeavyPdf; each names the file."""
    command = [sys.executable, "-I", str(_DRAWER)]
    command += map(str, (page, WIDTH, limits.PDF_MEMORY_BYTES, limits.PDF_SECONDS))
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limits.PDF_SECONDS * 6, check=False)
    except subprocess.TimeoutExpired as error:
        raise HeavyPdf(name=name) from error
    if done.returncode == _NO_PAGE:
        raise NoSuchPage(name=name, page=page)
    if done.returncode == _NO_PDF:
        raise DamagedPdf(name=name)
    if done.returncode:
        raise HeavyPdf(name=name)
    return done.stdout
