"""The words an office adds to those the reader goes by."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from giaoban.core.reading import Lexicon
from giaoban.files import lexicon_in


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The house's words and those of the files named by GIAOBAN_LEXICON; read once, a new start reads them again.

    Raises lexicon_in.LexiconMissing and core.reading's BadLexicon; `giaoban serve` and `check` find that out first.
    """
    return lexicon_in.lexicon(settings.LEXICONS)
