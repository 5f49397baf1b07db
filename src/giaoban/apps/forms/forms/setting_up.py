"""Parsing of a form's head, its schedule, and the days of duty and exceptions."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.http import QueryDict

from giaoban.apps.forms.queries import ScheduleRow
from giaoban.apps.units.models import Level
from giaoban.core import periods
from giaoban.core.refusal import Fault, Refusal
from giaoban.core.text_vi.dates import read_day


@dataclass(frozen=True)
class StepBoxes:
    """One level's line: working days and hour as typed, and whether the level owes the form."""

    level: str
    name: str
    days: str = ""
    at: str = ""
    owes: bool = False

    @property
    def is_used(self) -> bool:
        return bool(self.days or self.at)


@dataclass(frozen=True)
class ScheduleBoxes:
    """The schedule as its boxes hold it, deepest level first."""

    days: str
    at: str
    steps: tuple[StepBoxes, ...]

    @property
    def owing(self) -> tuple[str, ...]:
        """Codes of the levels ticked to owe the form."""
        return tuple(step.level for step in self.steps if step.owes)


@dataclass(frozen=True)
class Head:
    """What a new form is called and how often it is asked, as typed."""

    code: str = ""
    name: str = ""
    owner: str = ""
    period_kind: str = "week"
    calendar: str = "calendar"
    from_day: str = ""


def head_from(post: QueryDict) -> Head:
    """The head as it was sent."""
    return Head(**{name: _typed(post, name) for name in Head.__dataclass_fields__})


def schedule_boxes(levels: Sequence[Level]) -> ScheduleBoxes:
    """Empty boxes for a new form: figures stop at the end of the period's last day."""
    return ScheduleBoxes("0", "17:00", tuple(StepBoxes(level.code, level.label) for level in reversed(levels)))


def schedule_of(schedule: ScheduleRow, levels: Sequence[Level]) -> ScheduleBoxes:
    """A form's schedule as boxes."""
    steps = {step.level: step for step in schedule.steps}
    return ScheduleBoxes(
        days=str(schedule.days),
        at=schedule.at,
        steps=tuple(
            StepBoxes(level.code, level.label, str(steps[level.code].working_days), steps[level.code].at)
            if level.code in steps
            else StepBoxes(level.code, level.label)
            for level in reversed(levels)
        ),
    )


def schedule_from(
    post: QueryDict, levels: Sequence[Level]
) -> tuple[ScheduleBoxes, periods.Schedule | None, Sequence[Fault]]:
    """The boxes as typed, the schedule they make, and each fault at its box («step-co-so», «cut_off», «schedule»)."""
    boxes = ScheduleBoxes(
        days=_typed(post, "cut-off-days"),
        at=_typed(post, "cut-off-at"),
        steps=tuple(
            StepBoxes(
                level.code,
                level.label,
                _typed(post, f"step-{level.code}-days"),
                _typed(post, f"step-{level.code}-at"),
                f"step-{level.code}-owes" in post,
            )
            for level in reversed(levels)
        ),
    )
    faults: list[Fault] = []
    days, at = _whole(boxes.days, "cut_off", faults), _hour(boxes.at, "cut_off", faults)
    steps = [(step, *_step(step, faults)) for step in boxes.steps if step.is_used or step.owes]
    if faults or days is None or at is None:
        return boxes, None, faults
    try:
        made = periods.Schedule(
            periods.CutOff(days, at),
            tuple(periods.LevelStep(step.level, count or 0, hour or time(0)) for step, count, hour in steps),
        )
    except Refusal as refusal:
        return boxes, None, [_at_its_level(refusal, boxes)]
    return boxes, made, ()


def _step(step: StepBoxes, faults: list[Fault]) -> tuple[int | None, time | None]:
    place = f"step-{step.level}"
    if not (step.days and step.at):
        says = "Cấp «{level}» cần cả số ngày làm việc và giờ nộp; hãy điền đủ hai ô."
        faults.append(Fault(place, says, {"level": step.name}))
        return None, None
    return _whole(step.days, place, faults), _hour(step.at, place, faults)


def _at_its_level(refusal: Refusal, boxes: ScheduleBoxes) -> Fault:
    """A refusal of the schedule, at the line of the level it names, by the level's name."""
    names = {step.level: step.name for step in boxes.steps}
    code = str(refusal.values.get("level") or refusal.values.get("place") or "")
    values = {name: names.get(str(value), value) for name, value in refusal.values.items()}
    return Fault(f"step-{code}" if code in names else "schedule", refusal.says, values)


def _whole(text: str, place: str, faults: list[Fault]) -> int | None:
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdecimal() and len(digits) < 6:
        return int(text)
    faults.append(Fault(place, "«{text}» không phải số ngày; hãy gõ một số nguyên như 0, 1, 2.", {"text": text[:40]}))
    return None


def _hour(text: str, place: str, faults: list[Fault]) -> time | None:
    try:
        at = time.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is not None or len(text) != len("17:00"):
        faults.append(Fault(place, "«{text}» không phải giờ; hãy gõ giờ và phút như 17:00.", {"text": text[:40]}))
        return None
    return at


def day_typed(post: QueryDict, name: str, *, usual: date) -> date:
    """The day in a box; the usual one when the box is empty. Raises NotADay of core.text_vi."""
    typed = _typed(post, name)
    return read_day(typed) if typed else usual


def _typed(post: QueryDict, name: str) -> str:
    return unicodedata.normalize("NFC", post.get(name, "")).strip()
