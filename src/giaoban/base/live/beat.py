"""One look at the database per process and beat, however many are listening."""

from __future__ import annotations

import asyncio
import contextvars
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Generic, TypeVar

from django.db import DatabaseError, InterfaceError, connections

Seen = TypeVar("Seen")
Answer = TypeVar("Answer")


def asked(question: Callable[[], Answer]) -> Answer | None:
    """The database's answer; None while it does not answer, so that listeners wait instead of being cut off.

    The connection stays open from beat to beat (to open SQLite again costs more than to ask it) until it fails.
    """
    try:
        return question()
    except (DatabaseError, InterfaceError):
        connections.close_all()
        return None


class Beat(ABC, Generic[Seen]):
    """Looks again and again while somebody listens, in a thread and on a database connection of its own.

    Both are given back when the last listener has gone. In another event loop it begins anew.
    """

    def __init__(self, *, seconds: float) -> None:
        self.listeners = 0
        self.seconds = seconds
        self._beating: asyncio.Task[None] | None = None
        self._own: ThreadPoolExecutor | None = None

    @abstractmethod
    def look(self) -> Seen | None:
        """What there is to see, asked in the thread of the beat; None when the database does not answer."""

    @abstractmethod
    def tell(self, seen: Seen) -> float:
        """Pass on what was seen; answers how many seconds to rest before the next look."""

    @abstractmethod
    def begin(self) -> None:
        """Forget what an earlier beat knew."""

    def end(self) -> None:
        """The beat is over, because nobody listens or because it failed."""

    @property
    def is_beating(self) -> bool:
        return self._beating is not None and not self._beating.done()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Keep the beat going while this context is open."""
        self.listeners += 1
        try:
            self._start()
            yield
        finally:
            self.listeners -= 1

    def ask(self, question: Callable[[], Answer]) -> asyncio.Future[Answer]:
        """Ask something else of the database, in the thread of the beat. Only while listening."""
        return asyncio.get_running_loop().run_in_executor(self._own, question)

    def _start(self) -> None:
        loop = asyncio.get_running_loop()
        if self._beating is not None and not self._beating.done() and self._beating.get_loop() is loop:
            return
        self.begin()
        self._own = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pulse")
        # an empty context: the beat outlives the request that began it and must not keep anything of it
        self._beating = loop.create_task(self._beat(self._own), context=contextvars.Context())

    async def _beat(self, own: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        with own:
            try:
                while self.listeners:
                    seen = await loop.run_in_executor(own, self.look)
                    await asyncio.sleep(self.seconds if seen is None else self.tell(seen))
            finally:
                own.submit(connections.close_all)
                self.end()
