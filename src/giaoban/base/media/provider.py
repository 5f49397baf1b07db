"""What a provider of sound and picture does. It knows rooms and who is in them, and nothing of a meeting's state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Door:
    """Where one participant enters. Without an address there is neither sound nor picture."""

    address: str
    is_embedded: bool = False  # whether a page of the house can show it within itself


class Provider(Protocol):
    """Sound and picture. `room` and `who` are keys the caller chooses; `address` is what the office has typed.

    Every call may be made twice: it says how things are to be, not what is to change. A provider that cannot be
    reached raises OSError, and is asked again.
    """

    def open(self, *, room: str, address: str) -> None:
        """Make the room ready."""

    def door(self, *, room: str, address: str, who: str) -> Door:
        """Where a participant enters; asked by a page, so it must answer at once."""

    def let_publish(self, *, room: str, who: str) -> None:
        """Let a participant be heard and seen."""

    def mute(self, *, room: str, who: str) -> None:
        """Let a participant only hear and see."""

    def close(self, *, room: str) -> None:
        """Send everybody out."""


@cache
def provider() -> Provider:
    """The provider of this installation, named by the setting MEDIA_PROVIDER."""
    made: Provider = import_string(settings.MEDIA_PROVIDER)()
    return made
