"""From what a page sends to the arguments of a service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from giaoban.apps.reports import rules
from giaoban.apps.reports.queries import BOX, Filters
from giaoban.base.web.parsing import file_name, media_type, number, page_number
from giaoban.base.web.request import Request
from giaoban.core.formlang import FormSpec, Inputs


@dataclass(frozen=True)
class Filled:
    """A form as it was sent: `typed` by field code exactly as typed, and what was read of it."""

    revision: int
    typed: Mapping[str, str]
    prose: str | None
    inputs: Inputs


def filled(request: Request, spec: FormSpec) -> Filled:
    """Read the boxes of a report's page."""
    typed = boxes(request.POST)
    return Filled(
        revision=number(request.POST.get("revision"), default=0),
        typed=typed,
        prose=request.POST.get("prose"),
        inputs=spec.read_input(typed),
    )


def boxes(sent: QueryDict) -> Mapping[str, str]:
    """The field boxes among what was sent, by field code."""
    return {name.removeprefix(BOX): str(sent[name]) for name in sent if name.startswith(BOX)}


def filters(sent: QueryDict) -> Filters:
    """The filters of the list; what is not understood means any."""
    asked = {name: sent.get(name, "").strip()[:60] for name in ("scope", "form", "period", "state", "unit")}
    return Filters(**asked, page=page_number(sent))


def seen(sent: QueryDict) -> Mapping[int, int]:
    """«report:revision» pairs ticked in the review queue; a pair that is not two numbers is left out."""
    pairs = (mark.partition(":") for mark in sent.getlist("seen"))
    found = {number(report, default=0): number(revision, default=0) for report, _, revision in pairs}
    return {report: revision for report, revision in found.items() if report and revision}


@dataclass(frozen=True)
class Upload:
    """A file as it was given."""

    name: str
    data: bytes
    media_type: str


def upload(request: Request) -> Upload:
    """The attached file. Raises rules.NoFile, EmptyFile, FileTooLarge; a file too large is not read at all."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise rules.NoFile()
    name = file_name(file.name or "")
    rules.check_size(name=name, size=file.size or 0)
    return Upload(name=name, data=file.read(), media_type=media_type(file.content_type or ""))
