"""The pulse looks once per beat for everybody, and rests when nobody listens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from giaoban.base.live.pulse import Pulse

LISTENERS = 50


class Ledger:
    """A ledger that grows by itself; `looks` counts how often it was asked."""

    def __init__(self, *heads: int | None) -> None:
        self.heads = list(heads)
        self.looks = 0

    def look(self) -> int | None:
        self.looks += 1
        return self.heads.pop(0) if len(self.heads) > 1 else self.heads[0]


async def until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(0)


def test_many_listeners_cost_one_look_per_beat():
    ledger = Ledger(7, 7, 7, 8)

    async def listen() -> list[int]:
        pulse = Pulse(look=ledger.look, beat_seconds=0)
        return await asyncio.gather(*(pulse.beyond(7) for _ in range(LISTENERS)))

    assert asyncio.run(listen()) == [8] * LISTENERS
    assert ledger.looks == 4


def test_who_listens_from_an_earlier_number_hears_at_the_first_beat():
    ledger = Ledger(9)

    assert asyncio.run(Pulse(look=ledger.look, beat_seconds=0).beyond(3)) == 9


def test_the_beat_stops_when_nobody_listens_and_begins_again():
    ledger = Ledger(1)

    async def listen() -> tuple[bool, bool, int]:
        pulse = Pulse(look=ledger.look, beat_seconds=0)
        waiting = asyncio.create_task(pulse.beyond(1))
        await until(lambda: ledger.looks > 2)
        was_beating = pulse.is_beating
        waiting.cancel()
        await until(lambda: not pulse.is_beating)
        rested_at = ledger.looks
        await asyncio.sleep(0)
        assert ledger.looks == rested_at
        ledger.heads = [2]
        return was_beating, pulse.listeners == 0, await pulse.beyond(1)

    assert asyncio.run(listen()) == (True, True, 2)


def test_a_database_that_does_not_answer_cuts_nobody_off():
    ledger = Ledger(None, None, 5)

    assert asyncio.run(Pulse(look=ledger.look, beat_seconds=0).beyond(4)) == 5


def test_a_pulse_goes_on_in_another_loop():
    pulse = Pulse(look=Ledger(3).look, beat_seconds=0)

    assert [asyncio.run(pulse.beyond(2)), asyncio.run(pulse.beyond(2))] == [3, 3]
