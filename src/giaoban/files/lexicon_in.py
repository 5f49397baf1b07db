"""An office's own words for the reader, from files of text to a lexicon."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from giaoban.core.reading import DEFAULT, Lexicon
from giaoban.core.refusal import Kind, Refusal
from giaoban.files import limits, text_in


class LexiconMissing(Refusal):
    """A file of words that is not there or may not be read."""

    kind = Kind.MISSING
    says = "Không mở được tệp từ điển «{name}»; hãy kiểm tra đường dẫn và quyền đọc."


def texts(paths: Sequence[Path]) -> tuple[tuple[str, str], ...]:
    """Each file's name and text. Raises LexiconMissing and the refusals of text_in."""
    found = []
    for path in paths:
        try:
            with path.open("rb") as stream:
                data = stream.read(limits.LEXICON_BYTES + 1)
        except OSError as error:
            raise LexiconMissing(name=str(path)) from error
        if len(data) > limits.LEXICON_BYTES:
            size, limit = len(data) // limits.MEGABYTE, limits.LEXICON_BYTES // limits.MEGABYTE
            raise text_in.TextTooLarge(name=path.name, size=size, limit=limit)
        found.append((path.name, text_in.decode(data=data, name=path.name)))
    return tuple(found)


def lexicon(paths: Sequence[Path]) -> Lexicon:
    """The words of the house and of these files; those of the house alone for none.

    Raises LexiconMissing, the refusals of text_in, and core.reading's BadLexicon with file and line.
    """
    return Lexicon.of(*texts(paths)) if paths else DEFAULT
