"""Which committee above base held its congress, and when: made up unit by unit, so that the published totals come out.

By 23-8-2020: 1.192 of 1.312 held, and 45 of the 67 committees under the centre with all of theirs held; by 29-6-2020:
6 of Hà Nội's 50. The weeks before are invented and only rise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from giaoban.apps.units.rules import NewUnit
from giaoban.site.demo import draw

HELD, COMPLETE = 1_192, 45
SUNDAY = date(2020, 8, 23)
HELD_BY = {  # Sunday -> congresses held; only the last is published
    date(2020, 7, 19): 548,
    date(2020, 7, 26): 700,
    date(2020, 8, 2): 847,
    date(2020, 8, 9): 985,
    date(2020, 8, 16): 1_096,
    SUNDAY: HELD,
}
HANOI, HANOI_HELD_IN_JUNE, QUICK_DAY = "01", 6, date(2020, 6, 29)
WAITING = "01-05"  # quận Cầu Giấy, where the tour begins: its congress is still to come
WHOLE = ("QD",)  # a committee the tour shows as complete
THREE_CONTENTS = ("QD", "CA")  # no election at their congresses


@dataclass(frozen=True)
class Calendar:
    """The opening day of each congress by unit code; a unit without one is still to hold it."""

    days: Mapping[str, date]

    def is_held(self, code: str, *, by: date) -> bool:
        return code in self.days and self.days[code] <= by


def calendar(units: Sequence[NewUnit]) -> Calendar:
    """Days for the 1.312 committees above base."""
    below: dict[str, list[str]] = {}
    for unit in units:
        below.setdefault(unit.parent, []).append(unit.code)
    waiting = _waiting(below, held=min(HELD, len(units) - 1))
    held = [unit.code for unit in units if unit.code not in waiting]
    first = draw.shuffled((code for code in held if code.startswith(f"{HANOI}-")), "june")[:HANOI_HELD_IN_JUNE]
    order = first + [code for code in draw.shuffled(held, "order") if code not in set(first)]
    days = {code: date(2020, 6, 8) + timedelta(days=3 * place) for place, code in enumerate(first)}
    begin = 0
    for sunday, count in HELD_BY.items():
        for code in order[begin:count]:
            days.setdefault(code, _opening(code, sunday))
        begin = count
    return Calendar(days)


def _waiting(below: Mapping[str, list[str]], *, held: int) -> set[str]:
    """Who has not held it: some of every committee that is not complete, none of the 45 that are."""
    others = [code for code in draw.shuffled(below, "complete") if code not in (HANOI, *WHOLE)]
    behind = [HANOI, *others[: len(below) - COMPLETE - 1]]
    total = sum(map(len, below.values())) - held - len(behind)
    counts = [1 + extra for extra in draw.shares(total, [len(below[code]) for code in behind])]
    waiting: set[str] = set()
    for code, count in zip(behind, counts, strict=True):
        order = sorted(draw.shuffled(below[code], "waiting"), key=lambda unit: unit != WAITING)
        waiting.update(order[:count])
    return waiting


def _opening(code: str, sunday: date) -> date:
    """Monday to Thursday of the week that ends on `sunday`; the first point of the trend gathers weeks before it."""
    monday = sunday - timedelta(days=6)
    if sunday == next(iter(HELD_BY)):
        back = 1 if code.startswith(f"{HANOI}-") else 5
        monday -= timedelta(weeks=draw.number(code, "week", low=0, high=back))
    return monday + timedelta(days=draw.number(code, "day", low=0, high=3))


def figures(code: str, held_day: date | None) -> dict[str, Any]:
    """What the unit writes in the weekly form, computed fields left out."""
    if held_day is None:
        return {"held": False}
    summoned = draw.number(code, "summoned", low=140, high=300)
    told: dict[str, Any] = {
        "held": True,
        "held_day": held_day.isoformat(),
        "contents": "three" if code.startswith(THREE_CONTENTS) else "four",
        "summoned": summoned,
        "attended": summoned - draw.number(code, "away", low=0, high=4),
    }
    if told["contents"] == "three":
        return told
    seats = draw.number(code, "seats", low=31, high=43)
    elected = seats - (1 if draw.chance(code, "short", percent=6) else 0)
    return told | {
        "to_elect": seats,
        "elected": elected,
        "women": draw.number(code, "women", low=elected * 13 // 100, high=elected * 28 // 100),
        "under_40": draw.number(code, "young", low=elected * 8 // 100, high=elected * 18 // 100),
    }


def quick_figures(code: str, days: Calendar) -> dict[str, Any]:
    """What a committee of Hà Nội writes in the quick report of 29-6-2020."""
    if days.is_held(code, by=QUICK_DAY):
        whole = figures(code, days.days[code])
        return {name: whole[name] for name in ("held", "held_day", "summoned", "attended")} | {"papers": "approved"}
    planned = days.days.get(code, date(2020, 8, 27))
    papers = draw.one_of(("drafting", "consulted", "approved"), code, "papers")
    return {"held": False, "planned_day": planned.isoformat(), "papers": papers}


def held_count(days: Calendar, codes: Iterable[str], *, by: date) -> int:
    return sum(days.is_held(code, by=by) for code in codes)
