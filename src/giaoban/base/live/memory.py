"""What a room remembers: its latest events, ready to be sent. Pure: no clock, no loop, no database."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from giaoban.base.live import wire

KEPT = 1_000  # events of a room
AT_ONCE = 500  # events of one chunk, and ledger entries of one batch
SHARED = 16  # pieces kept for others who stand at the same place; nearly all stand at one
MOST_BEHIND = 2_000  # ledger entries that are read again for somebody who comes back


class Piece(NamedTuple):
    """Bytes to send; who has them has heard everything up to and with the number `until`."""

    sent: bytes
    until: int


@dataclass(frozen=True)
class Told:
    """An entry that is of the room: its number and the data of its event."""

    id: int
    data: str


def piece_of(told: Iterable[Told], until: int) -> Piece:
    """The events of these entries as one piece."""
    return Piece(b"".join(wire.changed(one.id, one.data) for one in told), until)


class Memory:
    """The latest events of a room: all of them after `since`, up to the ledger's `head`.

    A piece is built once and shared by all who stand at the same place. At most `kept` events stay, so that memory
    is bounded however slowly somebody listens: nobody has a queue of their own, only a number.
    """

    def __init__(self, *, since: int, kept: int = KEPT) -> None:
        self.since = self.head = since
        self._kept = kept
        self._ids: list[int] = []
        self._events: list[bytes] = []
        self._pieces: dict[int, Piece] = {}

    def grow(self, told: Iterable[Told], *, head: int) -> bool:
        """Remember what the ledger told up to `head`; answers whether any of it is of this room."""
        before = len(self._ids)
        for one in told:
            self._ids.append(one.id)
            self._events.append(wire.changed(one.id, one.data))
        self.head = head
        if len(self._ids) == before:
            return False
        self._pieces.clear()
        if (too_many := len(self._ids) - self._kept) > 0:
            self.since = self._ids[too_many - 1]
            del self._ids[:too_many], self._events[:too_many]
        return True

    def lacks(self, heard: int) -> bool:
        """Whether there may have been events after `heard` that are no longer here: ask the database."""
        return heard < self.since

    def is_too_far(self, heard: int) -> bool:
        """Whether even the database is not asked: loading the page again is cheaper."""
        return self.since - heard > MOST_BEHIND

    def after(self, heard: int) -> Piece:
        """What follows `heard`, at most AT_ONCE events; an empty piece when there is nothing."""
        first = bisect_right(self._ids, heard)
        piece = self._pieces.get(first)
        if piece is not None:
            return piece
        if first == len(self._ids):
            return Piece(b"", max(heard, self.head))
        end = min(first + AT_ONCE, len(self._ids))
        piece = Piece(b"".join(self._events[first:end]), self.head if end == len(self._ids) else self._ids[end - 1])
        if len(self._pieces) < SHARED:
            self._pieces[first] = piece
        return piece
