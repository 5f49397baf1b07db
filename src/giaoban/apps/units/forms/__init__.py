"""Parsing of the pages' input."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile

from giaoban.apps.units import rules
from giaoban.base.web.request import Request


@dataclass(frozen=True)
class ImportInput:
    """What the import page sends."""

    name: str
    data: bytes
    is_dry: bool


def import_input(request: Request) -> ImportInput:
    """Raises rules.NoFile, rules.FileTooLarge before a byte is read."""
    name, data = table_given(request)
    return ImportInput(name=name, data=data, is_dry=request.POST.get("do") != "import")


def table_given(request: Request) -> tuple[str, bytes]:
    """The name and the bytes of the one file that was sent. Raises rules.NoFile, rules.FileTooLarge."""
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile) or not upload.name:
        raise rules.NoFile()
    name = PurePath(upload.name).name
    if (upload.size or 0) > rules.MAX_IMPORT_BYTES:
        raise rules.FileTooLarge(name=name, limit=rules.MAX_IMPORT_BYTES // 1_000_000)
    return name, upload.read()
