"""A room's memory: nothing is lost, nothing comes twice, and no more than a bounded stretch is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.base.live import memory as bounds
from giaoban.base.live import wire
from giaoban.base.live.memory import Memory, Piece, Told, piece_of
from giaoban.base.live.tests.tabs import Browser


def told(*numbers: int) -> list[Told]:
    return [Told(number, f"item {number}") for number in numbers]


def test_who_stands_at_the_same_place_is_sent_the_same_bytes():
    memory = Memory(since=10)
    memory.grow(told(12, 14), head=15)

    first, second = memory.after(10), memory.after(11)

    assert first == Piece(wire.changed(12, "item 12") + wire.changed(14, "item 14"), 15)
    assert first.sent is second.sent


def test_who_has_heard_everything_waits_at_the_head():
    memory = Memory(since=10)
    memory.grow(told(12), head=40)

    assert memory.after(12) == Piece(b"", 40)
    assert memory.after(55) == Piece(b"", 55), "a number the reader has not come to yet stays"


def test_growth_of_other_rooms_wakes_nobody():
    memory = Memory(since=10)

    assert memory.grow([], head=30) is False
    assert memory.grow(told(31), head=31) is True


def test_memory_is_bounded_and_says_what_it_no_longer_holds():
    memory = Memory(since=0, kept=3)
    memory.grow(told(1, 2, 3, 4, 5), head=9)

    assert memory.since == 2
    assert memory.lacks(1)
    assert not memory.lacks(2)
    assert memory.after(2) == piece_of(told(3, 4, 5), 9)


def test_a_long_stretch_comes_in_bounded_pieces():
    many = bounds.AT_ONCE + 7
    memory = Memory(since=0, kept=many)
    memory.grow(told(*range(1, many + 1)), head=many)

    first = memory.after(0)

    assert first.until == bounds.AT_ONCE
    assert memory.after(first.until) == piece_of(told(*range(bounds.AT_ONCE + 1, many + 1)), many)


@pytest.mark.parametrize(("heard", "is_too_far"), [(999, True), (1_000, False), (3_000, False), (4_000, False)])
def test_who_missed_too_much_loads_the_page_again(heard, is_too_far):
    assert Memory(since=1_000 + bounds.MOST_BEHIND).is_too_far(heard) is is_too_far


@st.composite
def meetings(draw):
    """(beats: entries per beat, each of the room or not; cuts: how many bytes a connection lives; kept)."""
    beats = draw(st.lists(st.lists(st.booleans(), max_size=6), min_size=1, max_size=12))
    cuts = draw(st.lists(st.integers(0, 150), max_size=40))
    return beats, cuts, draw(st.integers(1, 5))


@given(meetings())
def test_however_the_line_breaks_each_event_is_heard_once_and_in_order(meeting):
    """The reader knows nothing of the first beat; the line breaks at any byte, again and again, while it grows."""
    beats, cuts, kept = meeting
    ledger, browser, memory = [], Browser(), Memory(since=0, kept=kept)
    browser.read(wire.heard(0))
    for beat in beats:
        first = len(ledger) + 1
        ledger += beat
        memory.grow([one for one in of_room(ledger) if one.id >= first], head=len(ledger))
        listen(browser, ledger, memory, cuts.pop() if cuts else None)
    listen(browser, ledger, memory, None)

    assert [(int(event.id), event.data) for event in browser.events] == [(one.id, one.data) for one in of_room(ledger)]


def of_room(ledger: list[bool]) -> list[Told]:
    return told(*(number for number, is_mine in enumerate(ledger, start=1) if is_mine))


def listen(browser: Browser, ledger: list[bool], memory: Memory, left: int | None) -> None:
    """One connection, resumed after the last number; it breaks after `left` bytes, or goes on to the end."""
    heard = int(browser.last_id)
    while True:
        if memory.lacks(heard):
            until = min(heard + 2, memory.since)
            piece = piece_of([one for one in of_room(ledger) if heard < one.id <= until], until)
        else:
            piece = memory.after(heard)
            if not piece.sent:
                browser.read(wire.STILL_HERE + wire.heard(piece.until) if left is None else b"")
                return
        if left is not None and left < len(piece.sent):
            browser.read(piece.sent[:left])
            browser.cut()
            return
        browser.read(piece.sent)
        heard, left = piece.until, None if left is None else left - len(piece.sent)
