"""Parsing of the pages' input."""

from __future__ import annotations

from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile

from giaoban.apps.narratives import rules
from giaoban.apps.reports import rules as reports_rules
from giaoban.base.web.request import Request
from giaoban.core.text_vi.numbers import read_whole

MAX_NAME = 200


def whole(text: str, *, default: int = 0) -> int:
    """A number a page sent in an address or a hidden box; the default for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else default


def upload(request: Request) -> tuple[str, bytes] | None:
    """The file that was sent, None when there is none. Raises reports' FileTooLarge before a byte is read."""
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile) or not sent.name:
        return None
    name = PurePath(sent.name).name[:MAX_NAME]
    if (sent.size or 0) > reports_rules.MAX_ATTACHMENT_BYTES:
        raise reports_rules.FileTooLarge(name=name, limit=reports_rules.MAX_ATTACHMENT_BYTES // 1_000_000)
    return name, sent.read()


def pasted(request: Request) -> str:
    """The pasted text. Raises rules.NoText when there is none either."""
    text = request.POST.get("text", "")
    if not text.strip():
        raise rules.NoText()
    return text


def chosen(request: Request) -> dict[int, int | None]:
    """Proposal id -> corrected figure or None. Raises the refusals of core.text_vi.numbers for a wrong figure."""
    found: dict[int, int | None] = {}
    for name in request.POST.getlist("proposal"):
        typed = request.POST.get(f"value-{name}", "").strip()
        found[whole(name)] = read_whole(typed) if typed else None
    return found
