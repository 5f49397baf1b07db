"""The provider that is an address: the office holds sound and picture in whatever it uses already."""

from __future__ import annotations

from giaoban.base.media.provider import Door


class Link:
    """Leads everybody to the address that was typed; who may speak there is that system's own affair."""

    def open(self, *, room: str, address: str) -> None:
        """Nothing to make ready."""

    def door(self, *, room: str, address: str, who: str) -> Door:
        """The address itself."""
        return Door(address=address)

    def let_publish(self, *, room: str, who: str) -> None:
        """Nothing this house could do there."""

    def mute(self, *, room: str, who: str) -> None:
        """Nothing this house could do there."""

    def close(self, *, room: str) -> None:
        """Nothing to close."""
