"""Server-sent events from the ledger: an event says only that something changed; pages ask again for their part."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from django.http import HttpRequest, StreamingHttpResponse

from giaoban.base.ledger.work import ahead
from giaoban.base.live.pulse import pulse

HEARTBEAT_SECONDS = 15.0


async def stream(request: HttpRequest) -> StreamingHttpResponse:
    """`event: changed` with the ledger's last number, whenever it grows; `Last-Event-ID` resumes.

    The number tells nothing of what happened: whoever hears it asks for its own fragment again, and
    permission is checked again.
    """
    since = request.headers.get("Last-Event-ID", "")
    response = StreamingHttpResponse(
        _events(int(since) if since.isascii() and since.isdecimal() else await ahead()),
        content_type="text/event-stream",
    )
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


async def _events(last: int) -> AsyncIterator[bytes]:
    yield b"retry: 2000\n\n"
    while True:
        try:
            head = await asyncio.wait_for(pulse.beyond(last), HEARTBEAT_SECONDS)
        except TimeoutError:
            yield b": still here\n\n"
            continue
        last = head
        yield f"id: {head}\nevent: changed\ndata: {head}\n\n".encode()
