"""A browser's side of a stream."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TypeVar

from asgiref.testing import ApplicationCommunicator
from django.core.asgi import get_asgi_application

PATIENCE = 20  # seconds before a test gives up; nothing is measured
Ending = TypeVar("Ending")


def run(story: Coroutine[None, None, Ending]) -> Ending:
    """How a story ends. One that waits for what never comes fails."""
    return asyncio.run(asyncio.wait_for(story, 2 * PATIENCE))


@dataclass(frozen=True)
class Event:
    """What a page is told."""

    id: str
    event: str
    data: str


class Browser:
    """Reads bytes as the standard for server-sent events says: an event counts once its empty line has come."""

    def __init__(self) -> None:
        self.last_id = ""
        self.events: list[Event] = []
        self._rest = b""

    def read(self, received: bytes) -> None:
        *blocks, self._rest = (self._rest + received).split(b"\n\n")
        for block in blocks:
            fields = dict(line.split(": ", 1) for line in block.decode().split("\n") if not line.startswith(":"))
            self.last_id = fields.get("id", self.last_id)
            if "data" in fields:
                self.events.append(Event(self.last_id, fields["event"], fields["data"]))

    def cut(self) -> None:
        """The line breaks: what was not complete is gone."""
        self._rest = b""


class Listener:
    """One browser tab with an open stream, through every layer of middleware of the ASGI application."""

    def __init__(self, cookie: str, *, path: str = "/live/", query: str = "", **headers: str) -> None:
        sent = {"host": "localhost", "cookie": cookie, "accept": "text/event-stream"} | headers
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()],
        }
        self.line = ApplicationCommunicator(get_asgi_application(), scope)
        self.browser = Browser()

    async def open(self) -> int:
        """The status of the answer."""
        await self.line.send_input({"type": "http.request"})
        started = await self.line.receive_output(PATIENCE)
        self.headers = {name.decode().lower(): value.decode() for name, value in started["headers"]}
        return int(started["status"])

    async def hear(self) -> str:
        received = (await self.line.receive_output(PATIENCE))["body"]
        self.browser.read(received)
        return str(received.decode())

    async def hear_events(self, count: int) -> list[str]:
        """The data of the next `count` events, in however many chunks they come."""
        before = len(self.browser.events)
        while len(self.browser.events) < before + count:
            await self.hear()
        return [event.data for event in self.browser.events[before:]]

    async def close(self) -> None:
        await self.line.send_input({"type": "http.disconnect"})
        await self.line.wait(PATIENCE)
