"""Keep bytes once under their hash, and give them back."""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from giaoban.base.attachments.models import StoredFile
from giaoban.core.refusal import Kind, Refusal


class FileGone(Refusal):
    kind = Kind.MISSING
    says = "Tệp {name} không còn trong kho lưu; hãy báo người giữ hệ thống khôi phục từ bản sao lưu."


def keep(*, data: bytes, media_type: str, at: datetime) -> StoredFile:
    """Store the bytes and return their row; the same bytes are stored once. Call it inside a service.

    The file is complete on disk before the row exists; a rolled-back row leaves at most an unused file.
    """
    digest = hashlib.sha256(data).hexdigest()
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).rename(path)
    row, _ = StoredFile.objects.get_or_create(
        sha256=digest, defaults={"size": len(data), "media_type": media_type, "stored_at": at}
    )
    return row


def data_of(file: StoredFile, *, name: str) -> bytes:
    """The bytes of a stored file. Raises FileGone when the disk has lost them."""
    try:
        return _path(file.sha256).read_bytes()
    except FileNotFoundError as missing:
        raise FileGone(name=name) from missing


def _path(digest: str) -> Path:
    return Path(settings.FILES_ROOT) / digest[:2] / digest
