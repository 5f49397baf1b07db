"""The whole way from bytes to facts, as one call that may only refuse."""

from __future__ import annotations

from giaoban.core import reading
from giaoban.core.refusal import Refusal
from giaoban.files import prose_in


def walk(*, data: bytes, name: str) -> reading.Reading | Refusal:
    """Read a file into facts; a refusal names the file. Anything else that is raised is a bug."""
    try:
        text = prose_in.text(data=data, name=name)
    except Refusal as refusal:
        if name not in str(refusal):
            raise AssertionError(f"does not name the file: {refusal}") from refusal
        return refusal
    found = reading.read(text=text)
    for fact in found.facts:
        assert 0 <= fact.start <= fact.end <= len(found.text)
    return found
