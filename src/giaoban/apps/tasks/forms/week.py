"""From the boxes of the calendar's form to an entry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.http import QueryDict

from giaoban.apps.tasks import queries
from giaoban.apps.tasks.rules import weekly
from giaoban.base.web.parsing import typed
from giaoban.core.periods import Period, PeriodKind
from giaoban.core.refusal import Fault, Refusal
from giaoban.core.text_vi.dates import read_day
from giaoban.core.text_vi.folding import fold

BOXES = ("day", "hours", "title", "chair", "attends", "place", "prepares", "note")
_PARTS = re.compile(r"[,;\n]")
_ADDRESSES = re.compile(r"^(?:(?:đ/c|các đ/c|đồng chí|các đồng chí|ông|bà)\s+)", re.IGNORECASE)


def event_boxes(sent: QueryDict) -> dict[str, str]:
    """Every box of the form of an entry, as typed."""
    return {name: typed(sent, name) for name in BOXES}


def planned_event(*, given: Mapping[str, str], unit_id: int, on: date) -> weekly.PlannedEvent:
    """What the boxes say, with the people and units their words mean. Raises weekly.NotAnEvent with a fault per box.

    What they lack is the service's business; it is told along when something else is wrong already.
    """
    faults: list[Fault] = []
    day, hours = None, None
    try:
        day = read_day(given["day"]) if given["day"] else None
    except Refusal as no:
        faults.append(Fault("day", no.says, dict(no.values)))
    try:
        hours = weekly.read_hours(given["hours"]) if given["hours"] else None
    except Refusal as no:
        faults.append(Fault("hours", no.says, dict(no.values)))
    words = {name: _people(given[name]) for name in ("chair", "attends", "prepares")}
    known = queries.meant([one for part in words.values() for one in part], unit_id=unit_id, on=day or on)
    found = weekly.PlannedEvent(
        unit_id=unit_id,
        title=given["title"],
        day=day,
        hours=hours,
        chair=given["chair"],
        chair_id=_first(words["chair"], known.accounts),
        attends=given["attends"],
        account_ids=_all(words["attends"], known.accounts),
        unit_ids=_all(words["attends"], known.units),
        place=given["place"],
        prepares=given["prepares"],
        preparing_unit_id=_first(words["prepares"], known.units),
        note=given["note"],
    )
    if faults:
        told = {fault.place for fault in faults}
        lacking = [one for one in weekly.lacking(found, on=on) if one.place not in told]
        faults += [Fault(one.place, one.says, dict(one.values)) for one in lacking]
        raise weekly.NotAnEvent(count=len(faults), faults=faults)
    return found


def _people(text: str) -> list[str]:
    """The parts of a list of people and units, without the words they are addressed with."""
    parts = (" ".join(_ADDRESSES.sub("", part.strip()).split()) for part in _PARTS.split(text))
    return [part for part in parts if part]


def _all(words: list[str], known: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(known[fold(word)] for word in words if fold(word) in known))


def _first(words: list[str], known: Mapping[str, int]) -> int | None:
    return next(iter(_all(words, known)), None)


def week(code: str, *, on: date) -> Period:
    """The week asked for, or the one of `on`; a period of another kind gives the week of its first day."""
    usual = Period.containing(on, PeriodKind.WEEK)
    try:
        asked = Period.parse(code) if code else usual
    except Refusal:
        return usual
    if weekly.is_far_off(asked.from_day, on=on):
        return usual
    return asked if asked.kind is PeriodKind.WEEK else Period.containing(asked.from_day, PeriodKind.WEEK)
