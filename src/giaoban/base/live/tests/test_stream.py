"""The stream as a browser meets it: through every layer of middleware, on the ASGI application itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from asgiref.sync import SyncToAsync

from giaoban.base.ledger.work import head
from giaoban.base.live.pulse import Pulse
from giaoban.base.live.tests.tabs import Listener
from giaoban.base.live.views import events

pytestmark = pytest.mark.django_db(transaction=True)

LISTENERS = 12


def run(story: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(story())


def test_an_event_tells_the_ledgers_number_when_it_grows_and_nothing_else(cookie, grow):
    async def story() -> None:
        tab = Listener(cookie)
        assert await tab.open() == 200
        assert tab.headers["content-type"] == "text/event-stream"
        assert tab.headers["cache-control"] == "no-store"
        assert await tab.hear() == "retry: 2000\n\n"
        await asyncio.to_thread(grow, "hoa")
        assert await tab.hear() == f"id: {now + 1}\nevent: changed\ndata: {now + 1}\n\n"
        await tab.close()

    now = head()
    run(story)


def test_a_stream_resumes_after_the_last_number_that_was_heard(cookie, grow):
    async def story() -> None:
        tab = Listener(cookie, last_event_id=str(heard))
        await tab.open()
        await tab.hear()
        assert await tab.hear() == f"id: {now}\nevent: changed\ndata: {now}\n\n"
        await tab.close()

    heard = head()
    grow("hoa")
    grow("binh")
    now = head()
    run(story)


@pytest.mark.parametrize("heard", ["", "x", "-1", "²", "9" * 5_000])
def test_a_last_number_that_is_none_begins_at_the_present(cookie, grow, heard):
    async def story() -> None:
        tab = Listener(cookie, last_event_id=heard)
        assert await tab.open() == 200
        await tab.hear()
        await asyncio.to_thread(grow, "hoa")
        assert f"id: {now + 1}\n" in await tab.hear()
        await tab.close()

    now = head()
    run(story)


def test_a_listener_that_heard_more_than_there_is_hears_of_the_head_at_once(cookie):
    async def story() -> None:
        tab = Listener(cookie, last_event_id=str(now + 100))
        await tab.open()
        await tab.hear()
        assert f"id: {now}\n" in await tab.hear()
        await tab.close()

    now = head()
    run(story)


def test_who_is_not_signed_in_is_sent_to_the_door(db, at):
    async def story() -> None:
        tab = Listener("")
        assert await tab.open() == 302
        assert tab.headers["location"].startswith("/sign-in/")
        assert "event-stream" not in tab.headers["content-type"]
        await tab.close()

    run(story)


def test_a_stream_is_only_read(client, cookie):
    assert client.post("/live/", {"write_key": "k"}).status_code == 405


def test_many_open_streams_hold_no_thread_each_and_all_hear(cookie, grow):
    async def story() -> None:
        tabs = [Listener(cookie) for _ in range(LISTENERS)]
        for tab in tabs:
            assert await tab.open() == 200
            await tab.hear()
        held = [executor for executor in SyncToAsync.context_to_thread_executor.values() if executor._threads]
        assert held == []
        await asyncio.to_thread(grow, "hoa")
        assert {await tab.hear() for tab in tabs} == {f"id: {now + 1}\nevent: changed\ndata: {now + 1}\n\n"}
        for tab in tabs:
            await tab.close()

    now = head()
    run(story)


def test_silence_is_broken_by_a_heartbeat(db):
    async def story() -> list[bytes]:
        stream = events(Pulse(look=lambda: 4, beat_seconds=0), 4, heartbeat_seconds=0)
        return [await anext(stream) for _ in range(3)]

    assert asyncio.run(story()) == [b"retry: 2000\n\n", b": still here\n\n", b": still here\n\n"]
