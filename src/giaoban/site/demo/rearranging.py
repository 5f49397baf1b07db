"""Plans that lie ready in the demo: 63 provinces and cities become 34 on 1 July 2025, and Hà Nội has no districts then.

What became of each province is a fact (resolution 202/2025/QH15 of 12 June 2025); party committees are taken to
follow. The plans stay drafts: whoever looks may carry them out.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, datetime
from importlib import resources

from giaoban.apps.units.models import Unit
from giaoban.apps.units.rules.plans import TypedChange
from giaoban.apps.units.services import reorganising
from giaoban.base.access import Actor
from giaoban.site.demo import congress, places

DAY = date(2025, 7, 1)


def provinces() -> list[TypedChange]:
    """What happens to the 63: those merged into another, those that go on under another name."""
    text = resources.files("giaoban.site.demo").joinpath("data/successions2025.csv").read_text(encoding="utf-8")
    changes = []
    for row in csv.DictReader(text.splitlines()):
        if row["old_code"] != row["new_code"]:
            changes.append(TypedChange(kind="merge", code=row["old_code"], other=row["new_code"]))
        elif row["old_name"] != row["new_name"]:
            name = row["new_name"][0].lower() + row["new_name"][1:]
            short = name.removeprefix("tỉnh ").removeprefix("thành phố ")
            changes.append(TypedChange(kind="rename", code=row["old_code"], name=f"Đảng bộ {name}", short_name=short))
    return changes


def districts_of_hanoi() -> list[TypedChange]:
    """Every district of Hà Nội ends; what hung below it hangs under the city."""
    count = len(places.districts()[congress.HANOI])
    above = [unit for unit in places.above_base() if unit.parent == congress.HANOI]
    return [TypedChange(kind="close", code=unit.code, other=congress.HANOI) for unit in above[:count]]


def draft_all(*, units: Mapping[str, Unit], actors: Mapping[str, Actor], at: datetime) -> None:
    """Draft both plans, each by the keeper of its place."""
    for who, code, title, basis, changes in (
        ("trunguong", "TW", "63 tỉnh, thành phố thành 34", "Nghị quyết 202/2025/QH15 ngày 12-6-2025", provinces()),
        ("hanoi", congress.HANOI, "Hà Nội không còn cấp huyện", "", districts_of_hanoi()),
    ):
        plan = reorganising.draft_plan(actor=actors[who], unit=units[code], title=title, basis=basis, day=DAY, at=at)
        reorganising.change_plan(
            actor=actors[who],
            plan_id=plan.pk,
            changes=changes,
            at=at,
            source="successions2025.csv" if code == "TW" else "",
        )
