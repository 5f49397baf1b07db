"""One look at the ledger's head per process and beat, however many are listening."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, close_old_connections, connections

from giaoban.base.ledger.work import head

BEAT_SECONDS = 0.4


def look_at_head() -> int | None:
    """The ledger's head; None while the database does not answer, so that listeners wait instead of being cut off."""
    close_old_connections()
    try:
        return head()
    except DatabaseError:
        return None


class Pulse:
    """Wakes its listeners when the ledger has grown. Beats only while somebody listens.

    The beat has a thread and a database connection of its own, whatever request began it, and gives both back
    when the last listener has gone.
    """

    def __init__(self, *, look: Callable[[], int | None] = look_at_head, beat_seconds: float = BEAT_SECONDS) -> None:
        self.listeners = 0
        self._look = look
        self._beat_seconds = beat_seconds
        self._head = 0
        self._grown = asyncio.Condition()
        self._beating: asyncio.Task[None] | None = None

    @property
    def is_beating(self) -> bool:
        return self._beating is not None and not self._beating.done()

    async def beyond(self, last: int) -> int:
        """The ledger's head, as soon as it is greater than `last`."""
        self.listeners += 1
        try:
            self._start()
            async with self._grown:
                await self._grown.wait_for(lambda: self._head > last)
                return self._head
        finally:
            self.listeners -= 1

    def _start(self) -> None:
        loop = asyncio.get_running_loop()
        if self._beating is not None and not self._beating.done() and self._beating.get_loop() is loop:
            return
        self._grown, self._head = asyncio.Condition(), 0
        # an empty context: the beat outlives the request that began it and must not keep anything of it
        self._beating = loop.create_task(self._beat(self._grown), context=contextvars.Context())

    async def _beat(self, grown: asyncio.Condition) -> None:
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="pulse") as own:
            try:
                while self.listeners:
                    now = await loop.run_in_executor(own, self._look)
                    if now is not None and now != self._head:
                        async with grown:
                            self._head = now
                            grown.notify_all()
                    await asyncio.sleep(self._beat_seconds)
            finally:
                own.submit(connections.close_all)


pulse = Pulse()
