"""Server-sent events from the ledger: an event says only that something changed; pages ask again for their part."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from asgiref.sync import SyncToAsync
from django.db import connections
from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from giaoban.base.ledger.work import head
from giaoban.base.live.pulse import Pulse, pulse
from giaoban.base.web.request import Request

HEARTBEAT_SECONDS = 15.0
RETRY_MILLISECONDS = 2_000
_MOST_DIGITS = 18


@require_safe
def stream(request: Request) -> StreamingHttpResponse:
    """`event: changed` with the ledger's last number, whenever it grows; `Last-Event-ID` resumes.

    The number tells nothing of what happened: whoever hears it asks for its own fragment again, and
    permission is checked again.
    """
    response = StreamingHttpResponse(
        events(pulse, resumed_at(request.headers.get("Last-Event-ID", ""), head())), content_type="text/event-stream"
    )
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def resumed_at(heard: str, now: int) -> int:
    """The number to listen on from: the last one heard, or the present head when none was.

    A number beyond the head was heard before the ledger was set back; the listener then hears of the head at once.

    >>> resumed_at("7", 9), resumed_at("", 9), resumed_at("seven", 9), resumed_at("12", 9)
    (7, 9, 9, 8)
    """
    if not (heard.isascii() and heard.isdecimal() and len(heard) <= _MOST_DIGITS):
        return now
    return int(heard) if int(heard) <= now else now - 1


async def events(pulse: Pulse, last: int, *, heartbeat_seconds: float = HEARTBEAT_SECONDS) -> AsyncIterator[bytes]:
    """The stream: an event for each growth of the ledger after `last`, a comment when it has been silent for long."""
    let_go()
    yield f"retry: {RETRY_MILLISECONDS}\n\n".encode()
    while True:
        try:
            last = await asyncio.wait_for(pulse.beyond(last), heartbeat_seconds)
        except TimeoutError:
            yield b": still here\n\n"
            continue
        yield f"id: {last}\nevent: changed\ndata: {last}\n\n".encode()


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
