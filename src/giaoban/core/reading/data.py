"""The word lists of the reader: text files beside the code, one entry a line."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `data/<name>.txt` in order, each split at tabs; lines that begin with `#` are notes."""
    text = files("giaoban.core.reading").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#"))
