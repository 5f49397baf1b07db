"""What may stand in a ledger entry: JSON that comes back from both databases exactly as it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


class NotAFact(TypeError):
    """A value that would not come back as it was written, so that its seal would break: a bug."""


def exact(value: Any) -> Any:
    """A copy of `value` in plain dicts and lists. Raises NotAFact for floats, dates and keys that are not text.

    >>> exact({"changes": {"members": (None, 12)}})
    {'changes': {'members': [None, 12]}}
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            return _writable(value)
        case Mapping():
            return {_key(name): exact(item) for name, item in value.items()}
        case list() | tuple():
            return [exact(item) for item in value]
    raise NotAFact(f"{type(value).__name__}: {value!r}")


def _writable(text: str) -> str:
    """PostgreSQL keeps no NUL in JSON, and half a surrogate pair is no text."""
    if _UNWRITABLE.search(text):
        raise NotAFact(repr(text))
    return str(text)


def _key(name: object) -> str:
    if not isinstance(name, str):
        raise NotAFact(f"key {name!r}")
    return _writable(name)
