"""Golden files: what a document looked like when a person last read it."""

from __future__ import annotations

import os
from pathlib import Path


def compare(file: Path, made: bytes | str) -> None:
    """Fail when `made` differs from the file; write the file instead when GIAOBAN_GOLDEN=write."""
    new = made.encode() if isinstance(made, str) else made
    if os.environ.get("GIAOBAN_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(new)
        return
    assert file.exists(), f"{file} is missing; `make golden` writes it"
    if isinstance(made, str):
        assert made == file.read_text(encoding="utf-8"), f"{file.name} differs; read it, then `make golden`"
    assert new == file.read_bytes(), f"{file.name} differs; read it, then `make golden`"
