"""One look at the ledger's head per process and beat, however many are listening."""

from __future__ import annotations

import asyncio

from giaoban.base.ledger.work import ahead

BEAT_SECONDS = 0.4


class Pulse:
    """Wakes its listeners when the ledger has grown. Beats only while somebody listens."""

    def __init__(self) -> None:
        self._head = 0
        self._grown: asyncio.Condition | None = None
        self._beating: asyncio.Task[None] | None = None
        self._listeners = 0

    async def beyond(self, last: int) -> int:
        """The ledger's head, as soon as it is greater than `last`."""
        grown = self._ready()
        self._listeners += 1
        try:
            async with grown:
                await grown.wait_for(lambda: self._head > last)
                return self._head
        finally:
            self._listeners -= 1

    def _ready(self) -> asyncio.Condition:
        loop = asyncio.get_running_loop()
        if self._grown is None or self._beating is None or self._beating.get_loop() is not loop or self._beating.done():
            self._grown = asyncio.Condition()
            self._beating = loop.create_task(self._beat(self._grown))
        return self._grown

    async def _beat(self, grown: asyncio.Condition) -> None:
        while True:
            head = await ahead()
            if head != self._head:
                async with grown:
                    self._head = head
                    grown.notify_all()
            await asyncio.sleep(BEAT_SECONDS)
            if not self._listeners:
                return


pulse = Pulse()
