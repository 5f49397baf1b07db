"""Documents written for this project, each with the facts a person finds in it.

A file holds the text, a line of five hyphens, and one fact a line: `kind | quote | key=value …`. `quote@2` means its
second occurrence, `first…last` everything between two pieces, `short=n` only the first n characters, and `_` stands
for a blank in values (in quotes for a line break). `titles=A;B` is a list, `titles=` an empty one. A row
`boilerplate | first…last |` names lines that are furniture of the page the text came from.

`documents` are read while the rules are being written. `held_back` were written and annotated by people who had not
read the rules, and nobody who writes rules looks at them: they measure what the reader does with a text it meets for
the first time.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from giaoban.core.reading.scoring import KEYS
from giaoban.core.text_vi.canonical import canonical

_LETTERS = ("a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n")
FOLDER = Path(__file__).parent / "documents"
HELD_BACK = Path(__file__).parent / "held_back"
KINDS = (
    "figure", "date", "period", "as_of", "deadline", "citation", "person", "directive", "task", "event", "issuer",
    "byline", "award",
)  # fmt: skip


@dataclass(frozen=True)
class Document:
    """A text and its hand-made facts."""

    name: str
    text: str
    facts: tuple[dict[str, object], ...]
    boilerplate: frozenset[int]  # numbers of lines, from 1


def documents(folder: Path = FOLDER) -> list[Document]:
    """All of them, in the order of their names."""
    return [_load(path) for path in sorted(folder.glob("*.txt"))]


def _load(path: Path) -> Document:
    text, _, rows = path.read_text(encoding="utf-8").partition("\n-----\n")
    text = canonical(text).text
    facts = [_fact(path.name, text, row) for row in rows.splitlines() if row.strip()]
    return Document(
        name=path.stem,
        text=text,
        facts=tuple(fact for fact in facts if fact["kind"] != "boilerplate"),
        boilerplate=frozenset(line for fact in facts if fact["kind"] == "boilerplate" for line in _lines(text, fact)),
    )


def _lines(text: str, fact: dict[str, object]) -> range:
    start, end = int(str(fact["start"])), int(str(fact["end"]))
    return range(text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 2)


def _fact(name: str, text: str, row: str) -> dict[str, object]:
    kind, quote, values = (piece.strip(" ") for piece in row.split("|"))
    fields = dict(pair.split("=", 1) for pair in values.split())
    start, end = _span(name, text, quote)
    end = start + int(fields.pop("short")) if "short" in fields else end
    known = {key: _value(key, value) for key, value in fields.items()}
    assert kind in KINDS or kind == "boilerplate", (name, row)
    assert set(known) <= set(KEYS.get(kind, ())), (name, row)
    return {"kind": kind, "start": start, "end": end, "text": text[start:end], **known}


def _value(key: str, value: str) -> object:
    plain = None if value == "none" else value.replace("_", " ")
    if key == "ordinal" and plain in _LETTERS:
        return _LETTERS.index(plain) + 1  # a) is the first
    if key == "titles":
        return [title.strip() for title in (plain or "").split(";") if title.strip()]
    return plain


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
