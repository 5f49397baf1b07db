"""Server-sent events from the ledger: an event says only that something changed; pages ask again for their part."""

from __future__ import annotations

import asyncio

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from giaoban.base.ledger.work import head
from giaoban.base.live import wire
from giaoban.base.live.pulse import Pulse, pulse
from giaoban.base.web.request import Request


@require_safe
def stream(request: Request) -> StreamingHttpResponse:
    """`event: changed` with the ledger's last number, whenever it grows; `Last-Event-ID` resumes.

    The number tells nothing of what happened: whoever hears it asks for its own fragment again, and
    permission is checked again.
    """
    return wire.Stream(events(pulse, resumed_at(request.headers.get("Last-Event-ID", ""), head())))


def resumed_at(heard: str, now: int) -> int:
    """The number to listen on from: the last one heard, or the present head when none was.

    A number beyond the head was heard before the ledger was set back; the listener then hears of the head at once.

    >>> resumed_at("7", 9), resumed_at("", 9), resumed_at("seven", 9), resumed_at("12", 9)
    (7, 9, 9, 8)
    """
    last = wire.number_in(heard)
    if last is None:
        return now
    return last if last <= now else now - 1


async def events(pulse: Pulse, last: int, *, heartbeat_seconds: float = wire.HEARTBEAT_SECONDS) -> wire.Events:
    """The stream: an event for each growth of the ledger after `last`, a comment when it has been silent for long."""
    wire.let_go()
    yield wire.RETRY
    while True:
        try:
            last = await asyncio.wait_for(pulse.beyond(last), heartbeat_seconds)
        except TimeoutError:
            yield wire.STILL_HERE
            continue
        yield wire.changed(last, str(last))
