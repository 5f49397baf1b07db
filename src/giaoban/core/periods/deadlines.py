"""When a period's reports are due: figures stop at the cut-off, then each level has its hour.

The deepest level counts from the cut-off and every level above from the deadline of the level
below, because nobody can add up what has not arrived.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from giaoban.core.periods.calendars import Calendar
from giaoban.core.periods.period import Period
from giaoban.core.refusal import Refusal

MAX_DAYS: Final = 366  # a step longer than a year is a slip of the hand
_SATURDAY = 5


class NotASchedule(Refusal):
    says = "Lịch nộp không đọc được ở «{place}»; hãy nhập lại lịch nộp."


class NoLevels(Refusal):
    says = "Lịch nộp chưa có cấp nào; hãy thêm ít nhất một cấp phải nộp."


class LevelTwice(Refusal):
    says = "Cấp «{level}» có hai hạn nộp trong một lịch; hãy bỏ một hạn."


class DaysOutOfRange(Refusal):
    says = "Số ngày {days} ở «{place}» phải nằm trong khoảng {least} đến {most}; hãy nhập lại."


class NotLater(Refusal):
    says = "Hạn nộp của cấp «{level}» không sau mốc trước nó; hãy chọn giờ muộn hơn hoặc thêm ngày làm việc."


class NoWorkingDay(Refusal):
    says = (
        "Theo Nghị định 09/2019/NĐ-CP, từ lúc chốt số liệu đến hạn nộp của cấp «{level}» phải có ít nhất "
        "1 ngày làm việc; hãy tăng số ngày làm việc của cấp này."
    )


@dataclass(frozen=True)
class CutOff:
    """When figures stop moving: so many calendar days after the period's last day, at an hour.

    Negative days are allowed: half-year reports often carry figures of some days earlier.
    """

    days: int
    at: time

    def __post_init__(self) -> None:
        if not -MAX_DAYS <= self.days <= MAX_DAYS:
            raise DaysOutOfRange(place="chốt số liệu", days=self.days, least=-MAX_DAYS, most=MAX_DAYS)


@dataclass(frozen=True)
class LevelStep:
    """How long one level has: working days after the level below (0: the same day), at an hour."""

    level: str
    working_days: int
    at: time

    def __post_init__(self) -> None:
        if not 0 <= self.working_days <= MAX_DAYS:
            raise DaysOutOfRange(place=self.level, days=self.working_days, least=0, most=MAX_DAYS)


@dataclass(frozen=True)
class Schedule:
    """A cut-off and one step for each level, deepest level first.

    Raises NoLevels, LevelTwice, or NotLater for a step of 0 days whose hour does not come later
    than the hour it counts from.
    """

    cut_off: CutOff
    steps: tuple[LevelStep, ...]

    def __post_init__(self) -> None:
        if not self.steps:
            raise NoLevels
        seen: set[str] = set()
        hour = self.cut_off.at
        for step in self.steps:
            if step.level in seen:
                raise LevelTwice(level=step.level)
            if step.working_days == 0 and step.at <= hour:
                raise NotLater(level=step.level)
            seen.add(step.level)
            hour = step.at

    def refuse_unless_fit_for(self, calendar: Calendar) -> None:
        """Raise NoWorkingDay when the calendar asks for more time than the schedule gives.

        Source: Decree 09/2019/NĐ-CP, article 8.5: at least one working day between the cut-off and
        the deadline.
        """
        if calendar is Calendar.FIFTEENTH and self.steps[0].working_days < 1:
            raise NoWorkingDay(level=self.steps[0].level)

    def as_json(self) -> dict[str, object]:
        """The schedule as plain JSON values; `from_json` reads it back."""
        return {
            "cut_off": {"days": self.cut_off.days, "at": _hour(self.cut_off.at)},
            "steps": [
                {"level": step.level, "working_days": step.working_days, "at": _hour(step.at)} for step in self.steps
            ],
        }

    @classmethod
    def from_json(cls, value: object) -> Schedule:
        """Read a stored schedule; raises NotASchedule naming the place that is damaged."""
        whole = _mapping(value, "lịch nộp")
        cut_off = _mapping(whole.get("cut_off"), "cut_off")
        steps = whole.get("steps")
        if not isinstance(steps, list):
            raise NotASchedule(place="steps")
        return cls(
            cut_off=CutOff(days=_whole(cut_off, "days"), at=_time(cut_off, "at")),
            steps=tuple(
                LevelStep(level=_text(step, "level"), working_days=_whole(step, "working_days"), at=_time(step, "at"))
                for step in (_mapping(one, "steps") for one in steps)
            ),
        )


def cut_off(*, period: Period, schedule: Schedule, tz: tzinfo) -> datetime:
    """The moment the period's figures stop moving, in the given time zone."""
    return datetime.combine(period.last_day + timedelta(days=schedule.cut_off.days), schedule.cut_off.at, tzinfo=tz)


def deadlines(
    *, period: Period, schedule: Schedule, tz: tzinfo, holidays: AbstractSet[date] = frozenset()
) -> dict[str, datetime]:
    """When each level's report is due, deepest level first, in the given time zone.

    Working days leave out Saturdays, Sundays and `holidays`. A step of 0 days falls on the day it
    counts from, whatever day that is. Raises NoWorkingDay, see `Schedule.refuse_unless_fit_for`.
    """
    schedule.refuse_unless_fit_for(period.calendar)
    day = cut_off(period=period, schedule=schedule, tz=tz).date()
    due: dict[str, datetime] = {}
    for step in schedule.steps:
        day = _working_days_after(day, step.working_days, holidays)
        due[step.level] = datetime.combine(day, step.at, tzinfo=tz)
    return due


def is_late(at: datetime, deadline: datetime) -> bool:
    """Did it come after its deadline? On the very minute is still in time."""
    return at > deadline


def _working_days_after(day: date, count: int, holidays: AbstractSet[date]) -> date:
    while count:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in holidays:
            count -= 1
    return day


def _hour(at: time) -> str:
    return at.isoformat("minutes" if at.second == at.microsecond == 0 else "auto")


def _mapping(value: object, place: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise NotASchedule(place=place)
    return value


def _whole(values: Mapping[str, object], place: str) -> int:
    value = values.get(place)
    if not isinstance(value, int) or isinstance(value, bool):
        raise NotASchedule(place=place)
    return value


def _text(values: Mapping[str, object], place: str) -> str:
    value = values.get(place)
    if not isinstance(value, str) or not value:
        raise NotASchedule(place=place)
    return value


def _time(values: Mapping[str, object], place: str) -> time:
    try:
        at = time.fromisoformat(_text(values, place))
    except ValueError as error:
        raise NotASchedule(place=place) from error
    if at.tzinfo is not None:
        raise NotASchedule(place=place)
    return at
