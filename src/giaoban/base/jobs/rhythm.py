"""How often: pure arithmetic on moments. Every rhythm knows its last moment up to `at`, and its next one after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

_START = datetime(2000, 1, 1, tzinfo=UTC)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Rhythm(Protocol):
    """`zone` is the installation's; a rhythm that does not go by the clock on the wall has no use for it."""

    def last(self, at: datetime, zone: ZoneInfo) -> datetime: ...

    def next(self, at: datetime, zone: ZoneInfo) -> datetime: ...


@dataclass(frozen=True)
class Every:
    """A fixed step, counted from one moment for all machines, so that a restart moves nothing."""

    step: timedelta

    def last(self, at: datetime, zone: ZoneInfo) -> datetime:
        return _START + (at - _START) // self.step * self.step

    def next(self, at: datetime, zone: ZoneInfo) -> datetime:
        return self.last(at, zone) + self.step


@dataclass(frozen=True)
class OnTheClock:
    """Each day, or each week on one day (Monday is 0), when the clock on the wall shows `hour`.

    An hour that the change to summer time leaves out comes as much later as the clock was put forward; an hour that
    the change back shows twice counts the first time. So each day has exactly one moment.
    """

    hour: time
    weekday: int | None = None

    def last(self, at: datetime, zone: ZoneInfo) -> datetime:
        return max(moment for moment in self._around(at, zone) if moment <= at)

    def next(self, at: datetime, zone: ZoneInfo) -> datetime:
        return min(moment for moment in self._around(at, zone) if moment > at)

    def _around(self, at: datetime, zone: ZoneInfo) -> list[datetime]:
        today = at.astimezone(zone).date()
        days = (today + timedelta(days=apart) for apart in range(-8, 9))
        return [self._on(day, zone) for day in days if self.weekday in (None, day.weekday())]

    def _on(self, day: date, zone: ZoneInfo) -> datetime:
        return datetime.combine(day, self.hour, tzinfo=zone).astimezone(UTC)


def rhythm(*, every: timedelta | None = None, daily_at: str = "", weekly_at: str = "") -> Rhythm:
    """The one rhythm that is asked for. Raises ValueError for none, for two, and for what is no hour.

    >>> rhythm(weekly_at="mon 07:30")
    OnTheClock(hour=datetime.time(7, 30), weekday=0)
    """
    match every, daily_at, weekly_at:
        case timedelta(), "", "" if every > timedelta():
            return Every(every)
        case None, str(hour), "" if hour:
            return OnTheClock(time.fromisoformat(hour))
        case None, "", str(words) if words:
            day, _, hour = words.partition(" ")
            return OnTheClock(time.fromisoformat(hour), _DAYS.index(day))
    raise ValueError(f"one rhythm is wanted: every={every}, daily_at={daily_at!r}, weekly_at={weekly_at!r}")
