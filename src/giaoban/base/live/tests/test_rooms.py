"""Rooms on a ledger in memory: one query per beat for everybody, and nobody's trouble is another's."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable

import pytest

from giaoban.base.live import wire
from giaoban.base.live.memory import AT_ONCE, KEPT, MOST_BEHIND
from giaoban.base.live.reading import Growth, Heard, Mark
from giaoban.base.live.rooms import Reader, Room, events
from giaoban.base.live.tests.tabs import Browser, run

LISTENERS = 200


class Book:
    """A ledger that counts how often it was asked; `is_silent` is a database that does not answer."""

    def __init__(self, *, batch: int = AT_ONCE) -> None:
        self.entries: list[Heard] = []
        self.batch = batch
        self.seal = "first"
        self.looks = self.recalls = 0
        self.is_silent = False

    def say(self, *rooms: str, verb: str = "talks.said") -> None:
        for room in rooms:
            number = len(self.entries) + 1
            self.entries.append(Heard(number, verb, "talks.talk", number, {"room": room}))

    def read(self, mark: Mark | None) -> Growth | None:
        self.looks += 1
        if self.is_silent:
            return None
        head = len(self.entries)
        if mark is None:
            return Growth(Mark(head, self.seal))
        if mark.seal != self.seal or mark.id > head:
            return Growth(Mark(head, self.seal), is_another=True)
        batch = self.entries[mark.id : mark.id + self.batch]
        return Growth(Mark(mark.id + len(batch), self.seal), tuple(batch), has_more=len(batch) == self.batch)

    def missed(self, after: int, until: int) -> tuple[Heard, ...] | None:
        self.recalls += 1
        return None if self.is_silent else tuple(self.entries[after:until])


def room(name: str) -> Room:
    return Room(
        key=f"talks.room:{name}",
        prefix="talks.",
        tells=lambda entry: f"talk {entry.subject_id}" if entry.facts["room"] == name else "",
    )


def reader_of(book: Book, *, heartbeat_seconds: float = 60) -> Reader:
    return Reader(read=book.read, missed=book.missed, beat_seconds=0, heartbeat_seconds=heartbeat_seconds)


async def until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(0)


async def looks(book: Book, more: int = 2) -> None:
    """Let the reader look a few times."""
    seen = book.looks
    await until(lambda: book.looks >= seen + more)


class Tab:
    """A browser tab that listens until it is closed, and resumes where it was."""

    def __init__(self, reader: Reader, room: Room, heard: int) -> None:
        self.browser = Browser()
        self.browser.last_id = str(heard)
        self.is_ended = False
        self._reader, self._room = reader, room

    @property
    def heard(self) -> list[int]:
        return [int(event.id) for event in self.browser.events]

    def open(self, **more: float) -> None:
        self._listening = asyncio.create_task(self._listen(**more))

    async def close(self) -> None:
        self._listening.cancel()
        await asyncio.gather(self._listening, return_exceptions=True)
        self.browser.cut()

    async def _listen(self, **more: float) -> None:
        async for sent in events(self._reader, self._room, int(self.browser.last_id), **more):
            self.browser.read(sent)
        self.is_ended = True


def test_many_listeners_of_many_rooms_cost_one_query_per_beat():
    book = Book()

    async def story() -> list[list[int]]:
        reader = reader_of(book)
        tabs = [Tab(reader, room(str(number % 2)), 0) for number in range(LISTENERS)]
        for tab in tabs:
            tab.open()
        await looks(book)
        before, beats = book.looks, 0
        book.say("0", "1", "0", "2")
        while not all(tab.heard for tab in tabs):
            beats += 1
            await looks(book, 1)
        assert book.looks - before == beats
        assert book.recalls == 0
        for tab in tabs:
            await tab.close()
        await until(lambda: not reader.is_beating)
        return [tab.heard for tab in tabs]

    assert run(story()) == [[1, 3], [2]] * (LISTENERS // 2)


def test_entries_of_other_features_are_not_even_shown_to_the_room():
    book = Book()

    async def story() -> list[int]:
        tab = Tab(reader_of(book), Room(key="talks.all", prefix="talks.", tells=lambda entry: entry.verb), 0)
        tab.open()
        await looks(book)
        book.say("7", verb="reports.submitted")
        book.say("7", verb="talksome.said")
        book.say("7")
        await until(lambda: bool(tab.heard))
        await tab.close()
        return tab.heard

    assert run(story()) == [3]


def test_what_was_missed_is_read_once_for_all_who_missed_the_same():
    book = Book()
    book.say(*["7"] * (AT_ONCE + 20))

    async def story() -> list[list[int]]:
        reader = reader_of(book)
        tabs = [Tab(reader, room("7"), 10) for _ in range(LISTENERS)]
        for tab in tabs:
            tab.open()
        await until(lambda: all(len(tab.heard) == AT_ONCE + 10 for tab in tabs))
        for tab in tabs:
            await tab.close()
        return [tab.heard for tab in tabs]

    assert run(story()) == [list(range(11, AT_ONCE + 21))] * LISTENERS
    assert book.recalls == 2


def test_a_rush_larger_than_the_memory_reaches_whoever_was_waiting():
    book = Book(batch=2 * KEPT)

    async def story() -> list[int]:
        tab = Tab(reader_of(book), room("7"), 0)
        tab.open()
        await looks(book)
        book.say(*["7"] * (KEPT + 20))
        await until(lambda: len(tab.heard) >= KEPT + 20)
        await tab.close()
        return tab.heard

    assert run(story()) == list(range(1, KEPT + 21))
    assert book.recalls == 1


def test_who_was_away_for_too_long_is_told_to_load_again_and_hears_on():
    book = Book()
    book.say(*["7"] * (MOST_BEHIND + 5))

    async def story() -> list[tuple[str, str]]:
        tab = Tab(reader_of(book), room("7"), 4)
        tab.open()
        await until(lambda: len(tab.browser.events) == 1)
        book.say("7")
        await until(lambda: len(tab.browser.events) == 2)
        await tab.close()
        return [(event.event, event.id) for event in tab.browser.events]

    assert run(story()) == [("reset", str(MOST_BEHIND + 5)), ("changed", str(MOST_BEHIND + 6))]


def test_a_ledger_that_is_set_back_resets_whoever_listens():
    """Even when it has grown beyond the old head by the next look: its last entry has another seal."""
    book = Book()
    book.say("7", "7")

    async def story() -> list[tuple[str, str]]:
        tab = Tab(reader_of(book), room("7"), 2)
        tab.open()
        await looks(book)
        book.say("7", "7", "7")
        book.seal = "second"
        await until(lambda: len(tab.browser.events) == 1)
        book.say("7")
        await until(lambda: len(tab.browser.events) == 2)
        await tab.close()
        return [(event.event, event.id) for event in tab.browser.events]

    assert run(story()) == [("reset", "5"), ("changed", "6")]


def test_a_database_that_does_not_answer_cuts_nobody_off_and_loses_nothing():
    book = Book()
    book.say("7", "7", "7")

    async def story() -> list[list[int]]:
        reader = reader_of(book)
        early, late = Tab(reader, room("7"), 1), Tab(reader, room("7"), 3)
        late.open()
        await looks(book)
        book.is_silent = True
        early.open()
        book.say("7")
        await looks(book)
        await until(lambda: book.recalls > 2)
        assert not early.heard
        assert not late.heard
        book.is_silent = False
        await until(lambda: len(early.heard) == 3 and len(late.heard) == 1)
        await early.close()
        await late.close()
        return [early.heard, late.heard]

    assert run(story()) == [[2, 3, 4], [4]]


def test_the_first_look_may_come_late():
    book = Book()
    book.say("7", "7")
    book.is_silent = True

    async def story() -> list[int]:
        tab = Tab(reader_of(book), room("7"), 0)
        tab.open()
        await looks(book)
        book.is_silent = False
        await until(lambda: len(tab.heard) == 2)
        await tab.close()
        return tab.heard

    assert run(story()) == [1, 2]


def test_silence_is_broken_by_a_comment_that_moves_the_place_to_resume_from():
    """A room where little happens must not look far behind when its listener comes back."""
    book = Book()

    async def story() -> tuple[str, list[int]]:
        tab = Tab(reader_of(book, heartbeat_seconds=0), room("7"), 0)
        tab.open()
        await looks(book)
        book.say("other", "other")
        await until(lambda: tab.browser.last_id == "2")
        await tab.close()
        return tab.browser.last_id, tab.heard

    assert run(story()) == ("2", [])


def test_a_stream_ends_after_its_time_so_that_permission_is_asked_for_again():
    book = Book()

    async def story() -> bool:
        reader = reader_of(book, heartbeat_seconds=0)
        tab = Tab(reader, room("7"), 0)
        tab.open(life_seconds=0)
        await until(lambda: tab.is_ended)
        await until(lambda: not reader.is_beating)
        return reader.listeners == 0

    assert run(story())


def test_a_room_that_fails_ends_its_streams_and_another_beat_begins():
    """A bug in what a room tells must not leave listeners in a silence that nobody breaks."""
    book = Book()
    faults = []

    def wrong(entry: Heard) -> str:
        raise KeyError(entry.id)

    async def story() -> list[int]:
        asyncio.get_running_loop().set_exception_handler(lambda _, told: faults.append(told["exception"]))
        reader = reader_of(book)
        bad, good = Tab(reader, Room(key="talks.bad", prefix="talks.", tells=wrong), 0), Tab(reader, room("7"), 0)
        bad.open()
        good.open()
        await looks(book)
        book.say("7")
        await until(lambda: bad.is_ended and good.is_ended)
        good.open()
        await until(lambda: bool(good.heard))
        await good.close()
        return good.heard

    assert run(story()) == [1]
    assert [type(fault) for fault in faults] == [KeyError]


@pytest.mark.parametrize("seed", range(20))
def test_a_burst_with_reconnects_at_any_moment_loses_nothing_and_doubles_nothing(seed):
    chance, book = random.Random(seed), Book()

    async def story() -> list[list[int]]:
        reader = reader_of(book)
        tabs = [Tab(reader, room("7"), 0) for _ in range(5)]
        for tab in tabs:
            tab.open()
        for _ in range(60):
            book.say(*chance.choices(["7", "8"], k=chance.randrange(4)))
            if chance.random() < 0.5:
                tab = chance.choice(tabs)
                await tab.close()
                tab.open()
            for _ in range(chance.randrange(4)):
                await asyncio.sleep(0)
        mine = [entry.id for entry in book.entries if entry.facts["room"] == "7"]
        await until(lambda: all(len(tab.heard) >= len(mine) for tab in tabs))
        for tab in tabs:
            await tab.close()
            assert tab.heard == mine
        return [tab.heard for tab in tabs]

    assert len(run(story())) == 5


def test_an_opening_says_where_to_resume_from_before_anything_happened():
    async def story() -> bytes:
        return await anext(aiter(events(reader_of(Book()), room("7"), 41)))

    assert run(story()) == wire.RETRY + b"id: 41\n\n"
