"""The ledger's head for everybody who listens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from giaoban.base.ledger.work import head
from giaoban.base.live.beat import Beat, asked

BEAT_SECONDS = 0.4


def look_at_head() -> int | None:
    """The ledger's head; None while the database does not answer."""
    return asked(head)


class Pulse(Beat[int]):
    """Wakes its listeners when the ledger has grown."""

    def __init__(self, *, look: Callable[[], int | None] = look_at_head, beat_seconds: float = BEAT_SECONDS) -> None:
        super().__init__(seconds=beat_seconds)
        self._look = look
        self.begin()

    async def beyond(self, last: int) -> int:
        """The ledger's head, as soon as it is greater than `last`."""
        with self.listening():
            while self._head <= last:
                await self._grown.wait()
            return self._head

    def begin(self) -> None:
        self._head = 0
        self._grown = asyncio.Event()

    def look(self) -> int | None:
        return self._look()

    def tell(self, seen: int) -> float:
        if seen != self._head:
            self._head = seen
            self._grown.set()
            self._grown = asyncio.Event()
        return self.seconds


pulse = Pulse()
