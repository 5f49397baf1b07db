"""The wall: the middle of the room in large type, now or, once a briefing is over, at any moment of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from giaoban.apps.briefings import rules
from giaoban.apps.briefings.models import Briefing
from giaoban.apps.briefings.queries import after
from giaoban.apps.briefings.queries.after import ConclusionRow, Record, Spoken, Written
from giaoban.apps.briefings.queries.preparing import ItemRow
from giaoban.apps.briefings.queries.room import Room, room
from giaoban.apps.briefings.queries.rows import Seen
from giaoban.base.access import Actor
from giaoban.core.refusal import NotFound

MOST_CONCLUSIONS = 3  # as many as can be read from the back of a hall
LIVE_PARTS = ("now", "sites", "screen", "question", "conclusions")


@dataclass(frozen=True)
class Frame:
    """One picture of the wall. Of a live one `at` is now; times run from `began_at` and `speaks_since`."""

    at: datetime
    item: ItemRow | None
    is_running: bool
    speaker: str
    subject: str
    speaks_since: datetime | None
    note: str
    conclusions: Sequence[ConclusionRow]
    newest: ConclusionRow | None
    present: int
    sites: int


@dataclass(frozen=True)
class Replay:
    """A moment of a closed briefing: `place` counts from 1 among `moments`."""

    seen: Seen
    frame: Frame
    place: int
    moments: Sequence[datetime]
    agenda: Sequence[tuple[ItemRow, int]]

    @property
    def before(self) -> int:
        return max(1, self.place - 1)

    @property
    def after(self) -> int:
        return min(len(self.moments), self.place + 1)

    @property
    def is_last(self) -> bool:
        return self.place == len(self.moments)


def live_frame(*, actor: Actor, briefing_id: int, at: datetime) -> tuple[Room, Frame]:
    """The wall as it is now, with the room it is taken from. Raises NotFound."""
    now = room(actor=actor, briefing_id=briefing_id, at=at, parts=LIVE_PARTS)
    speaking = now.line.speaking if now.line else None
    item = now.current
    conclusions = now.conclusions or ()
    return now, Frame(
        at=at,
        item=item,
        is_running=item is not None and now.seen.row.state == rules.State.IN_SESSION,
        speaker=speaking.site if speaking else "",
        subject=speaking.subject if speaking else "",
        speaks_since=speaking.began_at if speaking else None,
        note="",
        conclusions=_shown(conclusions, item),
        newest=conclusions[-1] if conclusions else None,
        present=now.present,
        sites=now.seen.row.sites,
    )


def _shown(conclusions: Sequence[ConclusionRow], item: ItemRow | None) -> Sequence[ConclusionRow]:
    """The newest of those under the item on the table; of all while none is."""
    under = [one for one in conclusions if item is None or one.item_id == item.item_id]
    return (under or list(conclusions))[-MOST_CONCLUSIONS:]


def replay(*, actor: Actor, briefing_id: int, place: int, at: datetime) -> Replay:
    """A closed briefing at one of its moments, the first being 1. Nineteen queries at any size.

    Raises NotFound before it is closed, and for who may not read its record.
    """
    told = after.record(actor=actor, briefing_id=briefing_id, on=at.date())
    if not told.seen.row.is_closed:
        raise NotFound()
    briefing = Briefing.objects.get(pk=briefing_id)
    times = dict(briefing.conclusions.values_list("pk", "at"))
    moments = _moments(told, times)
    place = min(max(1, place), len(moments))
    return Replay(
        seen=told.seen,
        frame=_frame(told, times, moments[place - 1]),
        place=place,
        moments=moments,
        agenda=[(one.item, 1 + moments.index(one.item.began_at)) for one in told.items if one.item.began_at in moments],
    )


def _moments(told: Record, times: dict[int, datetime]) -> Sequence[datetime]:
    """Every moment at which the wall changed, in order."""
    found = {told.opened_at, told.seen.row.closed_at, *times.values()}
    for one in told.items:
        found |= {one.item.began_at, *(speech.began_at for speech in one.spoken), *(note.at for note in one.written)}
    last = told.seen.row.closed_at
    return sorted(moment for moment in found if moment is not None and (last is None or moment <= last))


def _frame(told: Record, times: dict[int, datetime], at: datetime) -> Frame:
    begun = [one for one in told.items if one.item.began_at is not None and one.item.began_at <= at]
    now = max(begun, key=lambda one: one.item.began_at or at, default=None)
    item = now.item if now else None
    spoken = _speaking(now.spoken, at) if now else None
    conclusions = sorted(
        (one for one in told.conclusions if times[one.conclusion_id] <= at), key=lambda one: times[one.conclusion_id]
    )
    return Frame(
        at=at,
        item=item,
        is_running=False,
        speaker=spoken.site if spoken else "",
        subject=spoken.subject if spoken else "",
        speaks_since=spoken.began_at if spoken else None,
        note=_newest(now.written, at) if now else "",
        conclusions=_shown(conclusions, item),
        newest=conclusions[-1] if conclusions else None,
        present=len(told.present),
        sites=told.seen.row.sites,
    )


def _speaking(spoken: Sequence[Spoken], at: datetime) -> Spoken | None:
    """Who had the floor at a moment."""
    for one in spoken:
        if one.began_at is not None and one.began_at <= at and (at - one.began_at).total_seconds() < one.seconds:
            return one
    return None


def _newest(written: Sequence[Written], at: datetime) -> str:
    """What was written down last before a moment."""
    before = [one for one in written if one.at <= at]
    return max(before, key=lambda one: one.at).words if before else ""
