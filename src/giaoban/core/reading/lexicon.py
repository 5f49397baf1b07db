"""What a reader may be told beside the text: the fields of a report form and the names they go by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FieldTerm:
    """One field of a form: its code, its label and the other words offices use for it.

    `part` says which number of a ratio fills it: "num" (held), "den" (expected) or "value" (a plain count, or the
    numerator where only that is written).
    """

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    part: str = "value"


@dataclass(frozen=True)
class Lexicon:
    """Words that belong to the reader's office rather than to the language."""

    fields: tuple[FieldTerm, ...] = ()


DEFAULT = Lexicon()
