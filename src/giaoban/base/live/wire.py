"""Server-sent events as bytes, and the response that carries them."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from asgiref.sync import SyncToAsync
from django.db import connections
from django.http import StreamingHttpResponse

HEARTBEAT_SECONDS = 15.0
RETRY_MILLISECONDS = 2_000
RETRY = f"retry: {RETRY_MILLISECONDS}\n\n".encode()
STILL_HERE = b": still here\n\n"
_MOST_DIGITS = 18

Events = AsyncGenerator[bytes, None]


def number_in(text: str) -> int | None:
    """The ledger number that a browser sends back, None when it is none.

    >>> number_in("71"), number_in(""), number_in("-1"), number_in("²"), number_in("9" * 19)
    (71, None, None, None, None)
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def changed(number: int, data: str) -> bytes:
    """An event; `data` is one line.

    >>> changed(71, "conclusions 4")
    b'id: 71\\nevent: changed\\ndata: conclusions 4\\n\\n'
    """
    return f"id: {number}\nevent: changed\ndata: {data}\n\n".encode()


def reset(number: int) -> bytes:
    """The event that tells a page to load everything again; what follows comes after `number`."""
    return f"id: {number}\nevent: reset\ndata: \n\n".encode()


def heard(number: int) -> bytes:
    """No event: the browser only remembers where to resume from."""
    return f"id: {number}\n\n".encode()


class Stream(StreamingHttpResponse):
    """A response whose events reach the server as they are.

    Django passes each through two generators of its own: work for every listener and beat, and when the line breaks
    they leave ours to be closed some time later.
    """

    def __init__(self, events: Events) -> None:
        super().__init__(events, content_type="text/event-stream")
        self.headers["Cache-Control"] = "no-store"
        self.headers["X-Accel-Buffering"] = "no"
        self._events = events

    def __aiter__(self) -> Events:
        return self._events


def let_go() -> None:
    """Give back the thread, and the database connection in it, that the middleware of this request ran in.

    Django keeps one thread per request until its answer has ended, and a stream ends hours later: hundreds of
    listeners would hold hundreds of idle connections.
    """
    mine = SyncToAsync.thread_sensitive_context.get(None)
    own = SyncToAsync.context_to_thread_executor.pop(mine, None) if mine else None
    if own is not None:
        own.submit(connections.close_all)
        own.shutdown(wait=False)
