"""Documents written for this project, each with the facts a person finds in it (see core.reading.annotated).

`documents` are read while the rules are being written. `held_back` were written and annotated by people who had not
read the rules, and nobody who writes rules reads them or what was missed in them: of them only counts are looked at.
"""

from __future__ import annotations

from pathlib import Path

from giaoban.core.reading.annotated import Annotated as Document
from giaoban.core.reading.annotated import parse
from giaoban.core.reading.scoring import KINDS

__all__ = ["FOLDER", "HELD_BACK", "KINDS", "Document", "documents"]

FOLDER = Path(__file__).parent / "documents"
HELD_BACK = Path(__file__).parent / "held_back"


def documents(folder: Path = FOLDER) -> list[Document]:
    """All of them, in the order of their names."""
    return [parse(name=path.stem, text=path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]
