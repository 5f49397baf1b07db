"""Documents written for this project, each with the facts a person finds in it.

A file holds the text, a line of five hyphens, and one fact a line: `kind | quote | key=value …`. `quote@2` means its
second occurrence, `first…last` everything between two pieces, `short=n` only the first n characters, and `_` stands
for a blank in values (in quotes for a line break).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from giaoban.core.reading.scoring import KEYS
from giaoban.core.text_vi.canonical import canonical

FOLDER = Path(__file__).parent / "documents"
KINDS = ("figure", "date", "period", "as_of", "deadline", "citation", "directive")


@dataclass(frozen=True)
class Document:
    """A text and its hand-made facts."""

    name: str
    text: str
    facts: tuple[dict[str, object], ...]


def documents() -> list[Document]:
    """All of them, in the order of their names."""
    return [_load(path) for path in sorted(FOLDER.glob("*.txt"))]


def _load(path: Path) -> Document:
    text, _, rows = path.read_text(encoding="utf-8").partition("\n-----\n")
    text = canonical(text).text
    facts = tuple(_fact(path.name, text, row) for row in rows.splitlines() if row.strip())
    return Document(name=path.stem, text=text, facts=facts)


def _fact(name: str, text: str, row: str) -> dict[str, object]:
    kind, quote, values = (piece.strip(" ") for piece in row.split("|"))
    fields = dict(pair.split("=", 1) for pair in values.split())
    start, end = _span(name, text, quote)
    end = start + int(fields.pop("short")) if "short" in fields else end
    known = {key: None if value == "none" else value.replace("_", " ") for key, value in fields.items()}
    assert set(known) <= set(KEYS[kind]), (name, row)
    return {"kind": kind, "start": start, "end": end, "text": text[start:end], **known}


def _span(name: str, text: str, quote: str) -> tuple[int, int]:
    first, dots, last = quote.partition("…")
    first, _, nth = first.partition("@")
    first = first.replace("_", "\n")
    start = -1
    for _ in range(int(nth or 1)):
        start = text.find(first, start + 1)
    assert start >= 0, (name, quote)
    if not dots:
        return start, start + len(first)
    end = text.find(last, start + len(first))
    assert end >= 0, (name, quote)
    return start, end + len(last)
