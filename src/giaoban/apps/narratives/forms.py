"""Parsing of the pages' input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile

from giaoban.apps.narratives import rules
from giaoban.apps.narratives.queries.drafts import DraftFilters, DraftRow
from giaoban.apps.narratives.queries.papers import PaperFilters
from giaoban.apps.narratives.rules.drafts import Correction
from giaoban.apps.reports import rules as reports_rules
from giaoban.base.web.parsing import number, page_number
from giaoban.base.web.request import Request
from giaoban.core.formlang import Field
from giaoban.core.formlang.inputs import clean, read_one
from giaoban.core.text_vi.dates import read_day, write_day

MAX_NAME = 200


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


def paper_filters(request: Request) -> PaperFilters:
    """What the register of papers is asked for."""
    given = request.GET
    return PaperFilters(
        words=clean(given.get("q", ""))[:100], kind=clean(given.get("kind", ""))[:40], page=page_number(request.GET)
    )


def draft_filters(request: Request) -> DraftFilters:
    """Which kept drafts are asked for."""
    given = request.GET
    return DraftFilters(
        unit=clean(given.get("unit", ""))[:40],
        instruction=number(given.get("instruction", "")),
        page=page_number(request.GET),
    )


def corrections(request: Request) -> dict[int, Correction]:
    """Draft id -> what stands in its boxes. Raises the refusals of core.text_vi.dates for a wrong day."""
    found: dict[int, Correction] = {}
    for name, words in request.POST.items():
        if name.startswith("words-"):
            draft_id = number(name.removeprefix("words-"))
            day = str(request.POST.get(f"day-{draft_id}", "")).strip()
            found[draft_id] = Correction(str(words), read_day(day) if day else None)
    return found


@dataclass(frozen=True)
class DraftBox:
    """A draft with what its boxes show: what was just typed, else what is kept."""

    row: DraftRow
    words: str
    day: str


def box(row: DraftRow, typed: Mapping[str, str]) -> DraftBox:
    """The boxes of one draft."""
    day = write_day(row.deadline) if row.deadline else ""
    return DraftBox(row, str(typed.get(f"words-{row.id}", row.words)), str(typed.get(f"day-{row.id}", day)))


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
        taken = number(request.POST["take"])
        return {taken: typed.get(taken)} if taken in fields else {}
    corrected = {fields[pk].code for pk in typed}
    sure = (number(name) for name in request.POST.getlist("proposal"))
    return {pk: None for pk in sure if pk in fields and fields[pk].code not in corrected} | typed
