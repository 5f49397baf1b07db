"""The reader's language: which of two names of a thing to show."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import get_language


def language() -> Literal["vi", "en"]:
    """The language of the page being made; Vietnamese outside of a request."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def named(vietnamese: str, english: str) -> str:
    """The English name for an English reader, the Vietnamese one where there is no English.

    >>> named("chi bộ", "cell")
    'chi bộ'
    """
    return english if english and language() == "en" else vietnamese
