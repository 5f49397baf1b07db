"""Parsing of what the pages of people send."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from giaoban.core.text_vi.dates import read_day

_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken for something else on paper


def one_time_password() -> str:
    """A password to be written down once: sixteen clear letters in groups of four."""
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(4))


@dataclass(frozen=True)
class Appointment:
    """A new account and its first office, as typed."""

    username: str = ""
    name: str = ""
    post: str = ""
    password: str = ""
    unit: str = ""
    role: str = "reporter"
    from_day: str = ""


def appointment(post: QueryDict) -> Appointment:
    """The boxes as they were sent."""
    return Appointment(**{name: typed(post, name) for name in Appointment.__dataclass_fields__})


def typed(post: QueryDict, name: str) -> str:
    """A box's text, composed and trimmed."""
    return unicodedata.normalize("NFC", post.get(name, "")).strip()


def day(text: str, *, usual: date) -> date:
    """The day in a box; the usual one when the box is empty. Raises NotADay of core.text_vi."""
    return read_day(text) if text else usual
