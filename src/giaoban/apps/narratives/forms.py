"""Parsing of the pages' input."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile

from giaoban.apps.narratives import rules
from giaoban.apps.reports import rules as reports_rules
from giaoban.base.web.request import Request
from giaoban.core.formlang import Field
from giaoban.core.formlang.inputs import clean, read_one

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


def chosen(request: Request, fields: Mapping[int, Field]) -> dict[int, int | None]:
    """Proposal id -> the figure typed instead of it as its field keeps it, None to take it as it is.

    The one whose own button was pressed («take»); else every one that was corrected, and those the page names as sure
    for the other fields. `fields`: the field of each proposal of the text; others are left alone. Raises the refusals
    of core.formlang for a figure that is none.
    """
    typed = {
        pk: int(read_one(field, text))
        for pk, field in fields.items()
        if (text := clean(request.POST.get(f"value-{pk}", "")))
    }
    if "take" in request.POST:
        taken = whole(request.POST["take"])
        return {taken: typed.get(taken)} if taken in fields else {}
    corrected = {fields[pk].code for pk in typed}
    sure = (whole(name) for name in request.POST.getlist("proposal"))
    return {pk: None for pk in sure if pk in fields and fields[pk].code not in corrected} | typed
