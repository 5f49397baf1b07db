"""Streams of a room: each entry of the ledger that belongs to it reaches each listener once, in order.

One reader per process asks the database once per beat for all rooms. A listener is a number, never a queue: what
follows it comes from the room's memory, from the database after a longer absence, and after a very long one the page
is told to load again. docs/algorithms/live.md says what is promised.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from django.http import StreamingHttpResponse

from giaoban.base.ledger.work import head
from giaoban.base.live import wire
from giaoban.base.live.beat import Beat
from giaoban.base.live.memory import AT_ONCE, Memory, Piece, Told, piece_of
from giaoban.base.live.reading import Growth, Heard, Mark, missed, read_on
from giaoban.base.web.request import Request

BEAT_SECONDS = 0.1
LIFE_SECONDS = 1_800.0
SPREAD_SECONDS = 300.0  # streams opened together do not end together
_STEPS = 97
AT_A_TIME = 100  # listeners woken before others have their turn

__all__ = ["Heard", "Room", "stream_of"]


@dataclass(frozen=True)
class Room:
    """What is told where: entries whose verb begins with `prefix` and of which `tells` has something to say.

    `key` names the room in its process («briefings.briefing:7»). `tells` gives the data of the event («conclusions
    71»), one line, "" for an entry that is not of this room; it is called on the event loop and asks nothing of the
    database. Rooms with one key are one room.
    """

    key: str
    prefix: str
    tells: Callable[[Heard], str]

    def told(self, entries: Iterable[Heard]) -> list[Told]:
        """The entries of this room, with the data of their events."""
        mine = ((entry, self.tells(entry)) for entry in entries if entry.verb.startswith(self.prefix))
        return [Told(entry.id, data) for entry, data in mine if data]


def stream_of(request: Request, room: Room) -> StreamingHttpResponse:
    """`event: changed` for each entry of the room, with the ledger's number as its id; several come in one chunk.

    It begins after the header `Last-Event-ID`, else after the query's `from` (the ledger's head when the page was
    rendered), else at the present head. `event: reset` tells the page to load everything again: the ledger was set
    back, or too much was missed.

    The view that calls this has asked for permission. An event tells no content, and a stream ends after half an
    hour: the browser resumes by itself and permission is asked for again, so that who lost it hears nothing more.
    """
    now = head()
    last = wire.number_in(request.headers.get("Last-Event-ID", ""))
    if last is None:
        last = wire.number_in(request.GET.get("from", ""))
    is_lost = last is not None and last > now
    return wire.Stream(events(reader, room, now if last is None or is_lost else last, is_lost=is_lost))


async def events(
    reader: Reader, room: Room, heard: int, *, is_lost: bool = False, life_seconds: float = LIFE_SECONDS
) -> wire.Events:
    """The stream of one listener who has heard everything up to `heard`."""
    wire.let_go()
    loop = asyncio.get_running_loop()
    ends_at = loop.time() + life_seconds + SPREAD_SECONDS * (next(reader.opened) % _STEPS) / _STEPS
    yield wire.RETRY + (wire.reset(heard) if is_lost else wire.heard(heard))
    with reader.entered(room) as hall:
        age = hall.age
        while loop.time() < ends_at and not hall.is_over:
            if age == hall.age:
                piece = await hall.beyond(heard)
            else:
                piece, age = hall.anew(), hall.age
            heard = piece.until
            if piece.sent:
                yield piece.sent


class Hall:
    """A room while somebody listens in this process. `age` counts how often its listeners had to begin anew."""

    def __init__(self, room: Room, reader: Reader, *, since: int | None) -> None:
        self.listeners = 0
        self.age = 0
        self.is_over = False
        self._room = room
        self._reader = reader
        self._memory = None if since is None else Memory(since=since)
        self._loop = asyncio.get_running_loop()
        self._waiting: list[asyncio.Future[None]] = []
        self._silences = 0
        self._asked: dict[tuple[int, int], asyncio.Future[tuple[Heard, ...] | None]] = {}
        self._timer = self._silent_at()

    async def beyond(self, heard: int) -> Piece:
        """What follows `heard`, as soon as there is something; a sign of life after long silence.

        An empty piece when it was woken for another reason; then ask again.
        """
        memory, silences = self._memory, self._silences
        if memory is not None:
            if memory.lacks(heard):
                return await self._missed(memory, heard)
            piece = memory.after(heard)
            if piece.sent:
                return piece
            heard = piece.until
        await self._turn()
        if silences != self._silences:
            return Piece(wire.STILL_HERE + wire.heard(heard), heard)
        if memory is None or memory.lacks(heard):
            return Piece(b"", heard)
        return memory.after(heard)

    def anew(self) -> Piece:
        """The page loads everything again and listens on from here."""
        now = 0 if self._memory is None else self._memory.head
        return Piece(wire.reset(now), now)

    def tell(self, growth: Growth) -> None:
        """Remember what is of this room and wake who waits for it."""
        if self._memory is None or growth.is_another:
            self.age += growth.is_another
            self._memory = Memory(since=growth.mark.id)
            self.wake()
        elif self._memory.grow(self._room.told(growth.entries), head=growth.mark.id):
            self.wake()

    def wake(self) -> None:
        """Whoever waits looks again, a few at a time, so that other requests of this process have their turn."""
        waiting, self._waiting = self._waiting, []
        self._wake(waiting)
        self._timer.cancel()
        self._timer = self._silent_at()

    def close(self) -> None:
        """Streams that are still open end, and their browsers begin again."""
        self.is_over = True
        self.wake()
        self._timer.cancel()

    def _turn(self) -> asyncio.Future[None]:
        """Done at the next reason to look again. One for each listener: who leaves cancels only its own."""
        turn = self._loop.create_future()
        self._waiting.append(turn)
        return turn

    def _wake(self, waiting: list[asyncio.Future[None]]) -> None:
        for turn in waiting[:AT_A_TIME]:
            if not turn.done():
                turn.set_result(None)
        if later := waiting[AT_A_TIME:]:
            self._loop.call_soon(self._wake, later)

    def _silent_at(self) -> asyncio.TimerHandle:
        return self._loop.call_later(self._reader.heartbeat_seconds, self._break_silence)

    def _break_silence(self) -> None:
        self._silences += 1
        self.wake()

    async def _missed(self, memory: Memory, heard: int) -> Piece:
        """A stretch of what was missed, from the database; who misses the same asks together."""
        if memory.is_too_far(heard):
            return self.anew()
        stretch = (heard, min(heard + AT_ONCE, memory.since))
        asked = self._asked.get(stretch)
        if asked is None:
            asked = self._asked[stretch] = self._reader.ask(partial(self._reader.missed, *stretch))
            asked.add_done_callback(lambda _: self._asked.pop(stretch))
        entries = await asyncio.shield(asked)
        if entries is None:
            await asyncio.sleep(self._reader.seconds)
            return Piece(b"", heard)
        return piece_of(self._room.told(entries), stretch[1])


class Reader(Beat[Growth]):
    """Reads the ledger on for all rooms of this process, one query per beat."""

    def __init__(
        self,
        *,
        read: Callable[[Mark | None], Growth | None] = read_on,
        missed: Callable[[int, int], tuple[Heard, ...] | None] = missed,
        beat_seconds: float = BEAT_SECONDS,
        heartbeat_seconds: float = wire.HEARTBEAT_SECONDS,
    ) -> None:
        super().__init__(seconds=beat_seconds)
        self.missed = missed
        self.heartbeat_seconds = heartbeat_seconds
        self.opened = itertools.count()
        self._read = read
        self.begin()

    @contextmanager
    def entered(self, room: Room) -> Iterator[Hall]:
        """The room for one listener; it is forgotten when its last one leaves."""
        with self.listening():
            hall = self._halls.get(room.key)
            if hall is None:
                hall = self._halls[room.key] = Hall(room, self, since=None if self._mark is None else self._mark.id)
            hall.listeners += 1
            try:
                yield hall
            finally:
                hall.listeners -= 1
                if not hall.listeners:
                    hall.close()
                    if self._halls.get(room.key) is hall:
                        del self._halls[room.key]

    def begin(self) -> None:
        self._mark: Mark | None = None
        self._halls: dict[str, Hall] = {}

    def look(self) -> Growth | None:
        return self._read(self._mark)

    def tell(self, seen: Growth) -> float:
        self._mark = seen.mark
        for hall in self._halls.values():
            hall.tell(seen)
        return 0 if seen.has_more else self.seconds

    def end(self) -> None:
        for hall in self._halls.values():
            hall.close()


reader = Reader()
