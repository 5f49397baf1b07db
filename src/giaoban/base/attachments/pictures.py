"""Pages of stored PDFs as pictures, each drawn once; a cache that can be thrown away at any moment."""

from __future__ import annotations

import fcntl
import tempfile
from pathlib import Path

from django.conf import settings

from giaoban.base.attachments.models import StoredFile
from giaoban.base.attachments.store import data_of
from giaoban.files.pdf_picture import picture


def page_of(file: StoredFile, *, name: str, page: int) -> bytes:
    """Page `page` of a stored PDF, counted from 1, as a PNG: many who ask at once wait for one drawing.

    Raises store.FileGone and what `files.pdf_picture.picture` raises.
    """
    folder = Path(settings.FILES_ROOT) / "pictures"
    drawn = folder / f"{file.sha256}-{page}.png"
    if drawn.exists():
        return drawn.read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{file.sha256[:2]}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if drawn.exists():
            return drawn.read_bytes()
        made = picture(data=data_of(file, name=name), name=name, page=page)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as part:
            part.write(made)
        Path(part.name).rename(drawn)
    return made
