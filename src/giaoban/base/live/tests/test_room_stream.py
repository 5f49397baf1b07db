"""A room as a browser meets it: on the ASGI application and the real ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from asgiref.sync import SyncToAsync
from django.db import DatabaseError, connection

from giaoban.base.ledger import guards
from giaoban.base.ledger.models import Entry
from giaoban.base.ledger.tests.conftest import AT, LAN, row
from giaoban.base.ledger.work import head, record, service
from giaoban.base.live import reading
from giaoban.base.live.memory import MOST_BEHIND
from giaoban.base.live.tests.tabs import Event, Listener, run

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("giaoban.base.live.tests.addresses"),
]

LISTENERS = 12


@pytest.fixture
def tab(cookie) -> Callable[..., Listener]:
    """A tab that listens to room 7, or to another."""

    def opened(name: str = "7", **told: str) -> Listener:
        return Listener(cookie, path=f"/room/{name}/", **told)

    return opened


@service
def say_together(words: list[str]) -> None:
    """One verb of the organisation that tells of several things."""
    for word in words:
        record(actor=LAN, verb="files.stored", on=row(word), at=AT, room="7", words=word)


def test_each_room_hears_its_own_entries_in_order(tab, grow, say):
    async def story() -> None:
        seven, eight = tab("7"), tab("8")
        assert await seven.open() == 200
        assert await eight.open() == 200
        assert seven.headers["content-type"] == "text/event-stream"
        assert seven.headers["cache-control"] == "no-store"
        assert await seven.hear() == f"retry: 2000\n\nid: {now}\n\n"
        await eight.hear()
        for happen, told in ((say, ("7", "a")), (say, ("8", "b")), (grow, ("hoa",)), (say, ("7", "c"))):
            await asyncio.to_thread(happen, *told)
        assert await seven.hear_events(2) == ["a", "c"]
        assert await eight.hear_events(1) == ["b"]
        assert seven.browser.events == [Event(str(now + 1), "changed", "a"), Event(str(now + 4), "changed", "c")]
        await seven.close()
        await eight.close()

    now = head()
    run(story())


def test_what_is_committed_together_comes_in_one_chunk(tab):
    async def story() -> None:
        seven = tab()
        await seven.open()
        await seven.hear()
        await asyncio.to_thread(together)
        assert [line for line in (await seven.hear()).split("\n") if line.startswith("data")] == ["data: a", "data: b"]
        await seven.close()

    def together() -> None:
        say_together(["a", "b"])
        connection.close()

    run(story())


def test_a_listener_resumes_from_the_database_and_hears_on(tab, say):
    async def story() -> None:
        seven = tab(last_event_id=str(heard))
        await seven.open()
        assert await seven.hear_events(2) == ["a", "c"]
        await asyncio.to_thread(say, "7", "d")
        assert await seven.hear_events(1) == ["d"]
        await seven.close()

    heard = head()
    for name, words in (("7", "a"), ("8", "b"), ("7", "c")):
        say(name, words)
    run(story())


def test_a_listener_resumes_from_memory_without_a_question(tab, say, monkeypatch):
    async def story() -> None:
        stays, goes = tab(), tab()
        for one in (stays, goes):
            await one.open()
            await one.hear()
        await asyncio.to_thread(say, "7", "a")
        await stays.hear_events(1)
        await goes.hear_events(1)
        await goes.close()
        await asyncio.to_thread(say, "7", "b")
        await stays.hear_events(1)
        monkeypatch.setattr(reading, "asked", never)
        back = tab(last_event_id=goes.browser.last_id)
        await back.open()
        assert await back.hear_events(1) == ["b"]
        await back.close()
        await stays.close()

    def never(question: object) -> None:
        return None

    run(story())


def test_a_page_hears_what_happened_since_it_was_rendered(tab, say):
    async def story() -> None:
        seven = tab(query=f"from={rendered}")
        await seven.open()
        assert await seven.hear_events(2) == ["a", "b"]
        await seven.close()
        back = tab(query=f"from={rendered}", last_event_id=seven.browser.events[0].id)
        await back.open()
        assert await back.hear_events(1) == ["b"], "what was heard last counts more than when the page was rendered"
        await back.close()

    rendered = head()
    say("7", "a")
    say("7", "b")
    run(story())


@pytest.mark.parametrize("heard", ["", "x", "-1", "²", "9" * 5_000])
def test_a_number_that_is_none_begins_at_the_present(tab, say, heard):
    async def story() -> None:
        seven = tab(last_event_id=heard)
        assert await seven.open() == 200
        assert await seven.hear() == f"retry: 2000\n\nid: {now}\n\n"
        await seven.close()

    say("7", "a")
    now = head()
    run(story())


@pytest.mark.parametrize("told", [{"last_event_id": "500"}, {"query": "from=500"}])
def test_a_number_beyond_the_head_resets_the_page(tab, say, told):
    async def story() -> None:
        seven = tab(**told)
        await seven.open()
        assert await seven.hear() == f"retry: 2000\n\nid: {now}\nevent: reset\ndata: \n\n"
        await asyncio.to_thread(say, "7", "a")
        assert await seven.hear_events(1) == ["a"]
        await seven.close()

    now = head()
    run(story())


def test_who_comes_back_after_a_very_long_time_loads_again(tab):
    async def story() -> None:
        seven = tab(last_event_id=str(heard))
        await seven.open()
        await seven.hear_events(1)
        assert seven.browser.events == [Event(str(now), "reset", "")]
        await seven.close()

    heard = head()
    say_together([str(number) for number in range(MOST_BEHIND + 1)])
    now = head()
    run(story())


def test_a_ledger_set_back_under_open_streams_resets_them(tab, say):
    async def story() -> None:
        seven = tab()
        await seven.open()
        await seven.hear()
        await asyncio.to_thread(say, "7", "a")
        await seven.hear_events(1)
        await asyncio.to_thread(set_back)
        await asyncio.to_thread(say, "7", "b")
        assert await seven.hear_events(1) == [""]
        assert seven.browser.events[-1].event == "reset"
        await seven.close()

    def set_back() -> None:
        with guards.writing():
            Entry.objects.filter(id__gt=now).delete()
        connection.close()

    now = head()
    run(story())


def test_a_database_that_does_not_answer_for_a_while_loses_nothing(tab, say, monkeypatch):
    failed = []

    def fails(mark: reading.Mark) -> reading.Growth:
        failed.append(mark)
        raise DatabaseError

    async def story() -> None:
        seven = tab()
        await seven.open()
        await seven.hear()
        monkeypatch.setattr(reading, "_from", fails)
        await asyncio.to_thread(say, "7", "a")
        while not failed:
            await asyncio.sleep(0)
        monkeypatch.undo()
        assert await seven.hear_events(1) == ["a"]
        await seven.close()

    run(story())


def test_many_listeners_hold_no_thread_each_and_all_hear(tab, say):
    async def story() -> None:
        tabs = [tab() for _ in range(LISTENERS)]
        for one in tabs:
            assert await one.open() == 200
            await one.hear()
        assert [own for own in SyncToAsync.context_to_thread_executor.values() if own._threads] == []
        await asyncio.to_thread(say, "7", "a")
        assert [await one.hear_events(1) for one in tabs] == [["a"]] * LISTENERS
        for one in tabs:
            await one.close()

    run(story())
