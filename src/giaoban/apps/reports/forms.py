"""From what a page sends to the arguments of a service."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from giaoban.apps.reports import rules
from giaoban.apps.reports.queries import BOX, Filters
from giaoban.base.web.request import Request
from giaoban.core.formlang import FormSpec, Inputs

_MOST_DIGITS = 18
MEDIA_TYPES = frozenset(  # given back as they are; anything else is only bytes to a browser
    {
        "application/pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "image/jpeg",
        "image/png",
        "text/plain",
    }
)
ANY_BYTES = "application/octet-stream"


def number(text: str | None, *, default: int) -> int:
    """A positive number in an address or a hidden box; `default` for anything else.

    >>> number("12", default=1), number("-3", default=1), number("²", default=1), number(None, default=1)
    (12, 1, 1, 1)
    """
    if text and text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS:
        return int(text) or default
    return default


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
    return Filters(**asked, page=number(sent.get("page"), default=1))


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


def file_name(given: str) -> str:
    """A file's own name: composed letters, no folders, no control characters, its ending kept when it is cut.

    >>> file_name("C:\\\\bc\\\\../Báo cáo.docx"), file_name("..")
    ('Báo cáo.docx', 'tệp')
    """
    bare = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    bare = "".join(letter for letter in bare if letter.isprintable()).strip(" .")
    if not bare:
        return "tệp"
    if len(bare) > rules.MAX_FILE_NAME:
        stem, dot, ending = bare.rpartition(".")
        tail = dot + ending[:20] if stem else ""
        bare = bare[: rules.MAX_FILE_NAME - len(tail)] + tail
    return bare


def media_type(claimed: str) -> str:
    """The claimed type when it is one we give back, else plain bytes."""
    bare = claimed.split(";")[0].strip().lower()
    return bare if bare in MEDIA_TYPES else ANY_BYTES
