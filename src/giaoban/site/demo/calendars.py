"""The weekly calendars of the demo world: two weeks of the centre, one of Hà Nội. Every sentence is written for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib import resources

from giaoban.apps.tasks import services as tasks
from giaoban.apps.tasks.forms.week import planned_event
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.base.ledger.work import service
from giaoban.core.text_vi.dates import read_day
from giaoban.site.demo import founding, past

YEAR = 2020
BOXES = ("day", "hours", "title", "chair", "attends", "place", "prepares", "note")
_ON_BEHALF = {founding.TOP_CODE: "trunguong", "01": "hanoi"}
_WITH_ADDRESS = ("trunguong", "hanoi", "caugiay")
_CANCELLED = "hoãn: "  # a note that begins so says that the entry was put off, and why


@service
def give_addresses(*, actors: Mapping[str, Actor], at: datetime) -> int:
    """Say where letters reach three people of the tour; the demo puts letters into a folder. Returns how many."""
    for username in _WITH_ADDRESS:
        address = f"{username}@giaoban.example"
        tasks.choose_letters(actor=actors[username], email=address, wants_letters=True, at=at)
    return len(_WITH_ADDRESS)


def plan() -> list[tuple[str, dict[str, str]]]:
    """The entries as they are kept: the unit's code and the boxes."""
    text = resources.files("giaoban.site.demo").joinpath("data/calendar.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found = []
    for line in lines:
        unit, *cells = (cell.strip() for cell in line.split("|"))
        boxes = dict(zip(BOXES, ("" if cell == "-" else cell for cell in cells), strict=True))
        found.append((unit, boxes | {"day": f"{boxes['day']}-{YEAR}"}))
    return found


@service
def enter_all(*, units: Mapping[str, Unit], actors: Mapping[str, Actor], at: datetime) -> int:
    """Write the calendars, each week's on the Friday before it. Returns how many entries there are."""
    entries = plan()
    for code, boxes in entries:
        day = read_day(boxes["day"])
        written = min(at, past.morning(day, days_before=day.weekday() + 3) + timedelta(hours=8))
        why = boxes["note"].removeprefix(_CANCELLED) if boxes["note"].startswith(_CANCELLED) else ""
        given = boxes | ({"note": ""} if why else {})
        actor = actors[_ON_BEHALF[code]]
        planned = planned_event(given=given, unit_id=units[code].pk, on=day)
        event = tasks.enter_event(actor=actor, event=planned, at=written)
        if why:
            tasks.cancel_event(actor=actor, event_id=event.pk, reason=why, at=written + timedelta(days=5))
    return len(entries)
