"""A second demo world, that of July 2025: 63 provinces with their districts until June, 34 with their communes after.

What became of each province, and how many communes, wards and special zones each has, are facts (resolution
202/2025/QH15 and the lists that followed). The districts are those of June 2020. The names of the new communes are not
at hand: they are numbered and marked `is_made_up`, as are the figures of every round.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from giaoban.apps.units import services as units
from giaoban.apps.units.models import Plan, Unit
from giaoban.apps.units.queries import plans
from giaoban.apps.units.rules import NewUnit
from giaoban.apps.units.rules.plans import COLUMN_NAMES, ChangeKind, TypedChange
from giaoban.apps.units.services import reorganising
from giaoban.base.access import Actor
from giaoban.base.ledger.work import service
from giaoban.site.demo import board, draw, formbook, founding, past, places, rearranging, staff
from giaoban.site.demo.accounts import OF_2025
from giaoban.site.demo.rearranging import DAY

TITLE, BASIS = "63 tỉnh, thành phố thành 34, không còn cấp huyện", "Nghị quyết 202/2025/QH15 ngày 12-6-2025"
FILE = "sap-xep-1-7-2025.csv"
BEGUN = past.morning(date(2025, 1, 2), days_before=0)
DRAFTED, COMMITTED = (past.morning(day, days_before=0) for day in (date(2025, 6, 13), date(2025, 6, 20)))
SUNDAYS = tuple(date(2025, 6, 8) + timedelta(weeks=week) for week in range(7))  # four before the day, three after
NOW = past.morning(SUNDAYS[-1], days_before=-1)  # Monday, 21-7-2025, eight o'clock
STEPS = len(SUNDAYS) + 4
MEASURES = (
    board.Wanted(
        "dai-hoi-cap-tren-co-so",
        "Đại hội đảng bộ cấp trên cơ sở",
        "Congresses above base level",
        "DH-TCS",
        "share",
        "held",
        "đại hội đảng bộ cấp trên cơ sở",
        "Số đảng bộ cấp trên trực tiếp cơ sở đã tổ chức đại hội trên tổng số đảng bộ phải tổ chức.",
        due_day=date(2025, 8, 31),
    ),
    board.Wanted(
        "dang-vien-moi",
        "Đảng viên mới kết nạp",
        "Members admitted",
        "KQ-TUAN",
        "sum",
        "new_members",
        "đảng viên mới được kết nạp trong tuần",
        "Tổng số đảng viên mới do các tỉnh ủy, thành ủy báo cáo trong tuần.",
    ),
)


@dataclass(frozen=True)
class Province:
    """A province or city of after 1 July 2025, with the numbers of its communes, wards and special zones."""

    code: str
    name: str
    counts: Mapping[str, int]


@cache
def provinces() -> Sequence[Province]:
    """The 34, by code."""
    rows = csv.DictReader(places.lines("provinces34.csv"))
    kinds = {"xã": "xa", "phường": "phuong", "đặc khu": "dac_khu"}
    return tuple(
        Province(
            code=row["code"],
            name=row["name"].removeprefix("Tỉnh ").removeprefix("Thành phố "),
            counts={kind: int(row[column]) for kind, column in kinds.items()},
        )
        for row in rows
    )


def districts() -> list[str]:
    """Codes of the committees of all districts."""
    named = places.districts()
    return [f"{code}-{number:02d}" for code, below in named.items() for number in range(1, len(below) + 1)]


def before() -> list[NewUnit]:
    """The tree until 30 June 2025: 63 committees and those of their districts."""
    above = set(districts())
    return [
        *(unit for unit in places.committees() if unit.code[0].isdigit()),
        *(unit for unit in places.above_base() if unit.code in above),
    ]


def communes() -> Iterator[TypedChange]:
    """The 3.321 committees to be founded, numbered within their province and kind."""
    for province in provinces():
        number = 0
        for kind, count in province.counts.items():
            for own in range(1, count + 1):
                number += 1
                short = f"{kind} số {own}"
                yield TypedChange(
                    kind=ChangeKind.FOUND,
                    code=f"{province.code}-X{number:03d}",
                    other=province.code,
                    level="tren-co-so",
                    name=f"Đảng bộ {short} ({province.name})",
                    short_name=short[0].upper() + short[1:],
                )


def changes() -> list[TypedChange]:
    """The whole reorganisation as one plan."""
    closed = [TypedChange(kind=ChangeKind.CLOSE, code=code) for code in districts()]
    return [*rearranging.provinces(), *closed, *communes()]


def table() -> str:
    """The plan as a table that «Nạp từ tệp» takes."""
    columns = ("kind", "code", "other", "level", "name", "short_name")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([COLUMN_NAMES[column] for column in columns])
    for one in changes():
        label = ChangeKind(one.kind).label
        writer.writerow([label, *(getattr(one, column) for column in columns[1:])])
    return out.getvalue()


def plant() -> founding.Founded:
    """Found the nation of 63 provinces in an empty database."""
    founded = founding.found(name=founding.TOP_NAME, from_day=places.FROM_DAY, at=BEGUN)
    units.bring_in(
        actor=founded.actor,
        below=founding.TOP_CODE,
        units=before(),
        source=past.SOURCE,
        today=BEGUN.date(),
        at=BEGUN + timedelta(minutes=1),
    )
    return founded


def draft(*, actor: Actor, top: Unit) -> Plan:
    """Draft the plan and load its table, as a keeper does on the page."""
    plan = reorganising.draft_plan(actor=actor, unit=top, title=TITLE, basis=BASIS, day=DAY, at=DRAFTED)
    read = plans.plan_file(data=table().encode(), name=FILE)
    return reorganising.change_plan(actor=actor, plan_id=plan.pk, changes=read.changes, at=DRAFTED, source=FILE)


@service
def commit(*, actor: Actor, plan: Plan) -> None:
    """Carry the plan out ahead of its day; the communes it founds have invented names, and say so."""
    reorganising.commit(actor=actor, plan_id=plan.pk, revision=plan.revision, today=COMMITTED.date(), at=COMMITTED)
    Unit.objects.filter(placements__plan=plan, path="").update(is_made_up=True)


def build(*, step: Callable[[str], None] = lambda told: None, sundays: Sequence[date] = SUNDAYS) -> None:
    """Build everything; `step` is told in Vietnamese what is being built. `sundays` end the weeks that are reported."""
    step("cây tổ chức 63 tỉnh, thành phố")
    founded = plant()
    step("biểu mẫu, thước đo và chức trách")
    here = _units()
    book = {code: formbook.bring_in(actor=founded.actor, code=code, owner=founded.top, at=BEGUN)
            for code in ("KQ-TUAN", "DH-TCS")}  # fmt: skip
    board.define(actor=founded.actor, forms=book, units=here, at=BEGUN, measures=MEASURES)
    officers = tuple(one for one in staff.OFFICERS if one.username in OF_2025)
    actors = staff.install(actor=founded.actor, officers=officers, units=here, at=BEGUN)
    plan: Plan | None = None
    for sunday in sundays:
        if plan is None and sunday > COMMITTED.date():
            step("phương án 1-7-2025")
            plan = draft(actor=actors["trunguong"], top=founded.top)
            commit(actor=actors["trunguong"], plan=plan)
        if sunday > DAY > sunday - timedelta(weeks=1):
            step("từ 1-7-2025: 34 tỉnh, thành phố")
            midnight = past.morning(DAY, days_before=0) - timedelta(hours=8)
            reorganising.follow_day(actor=founded.actor, today=DAY, at=midnight)
            here = _units()
        step(f"tuần đến {sunday.day}-{sunday.month}-2025")
        scene = past.Scene(actor=founded.actor, forms=book, units=here, level_of={}, models=())
        _week(scene, sunday)


def _units() -> dict[str, Unit]:
    return {unit.code: unit for unit in Unit.objects.all()}


def _week(scene: past.Scene, sunday: date) -> None:
    """One week's two rounds, answered by everybody who owes; every figure is made up."""
    opened = past.morning(sunday, days_before=3)
    is_after = sunday >= DAY
    own = sorted(parts_of()) if is_after else [one.code for one in places.provinces()]
    round_ = past.ask(scene, "KQ-TUAN", past.week(sunday), opened=opened, is_made_up=True)
    past.answer(scene, round_, own, lambda code: results(code, sunday), level="tt")
    below = [one.code for one in communes()] if is_after else districts()
    round_ = past.ask(scene, "DH-TCS", past.week(sunday), opened=opened, is_made_up=True)
    past.answer(scene, round_, below, lambda code: congress_of(code, sunday), level="tren-co-so")


@cache
def parts_of() -> Mapping[str, Sequence[str]]:
    """Which of the 63 each of the 34 is made of."""
    found: dict[str, list[str]] = {one.code: [one.code] for one in provinces()}
    for change in rearranging.provinces():
        if change.kind == ChangeKind.MERGE:
            found[change.other].append(change.code)
    return found


def results(code: str, sunday: date) -> dict[str, Any]:
    """What a province writes about a week: after the day the sum of what its parts would have written."""
    parts = parts_of()[code] if sunday >= DAY else [code]

    def sum_of(key: str, *, low: int, high: int) -> int:
        return sum(draw.number(part, sunday, key, low=low, high=high) for part in parts)

    received = sum_of("letters", low=2, high=24)
    return {
        "drafts_commented": sunday >= DAY and draw.chance(code, "commented", percent=40),
        "groups_sent": sum_of("groups", low=0, high=6),
        "new_members": sum_of("new", low=15, high=110),
        "decisions": sum_of("decisions", low=0, high=18),
        "letters_received": received,
        "letters_answered": received * draw.number(code, sunday, "answered", low=50, high=100) // 100,
        "results": "Đã chuẩn bị các điều kiện để chính quyền địa phương hai cấp hoạt động từ ngày 1-7-2025.",
    }


def congress_of(code: str, sunday: date) -> dict[str, Any]:
    """What a committee above base writes: districts held no congress of the new term, communes in some week of July."""
    week = draw.number(code, "congress", low=0, high=9)
    held = DAY + timedelta(days=3 + 7 * week + draw.number(code, "day", low=0, high=2))
    if sunday < DAY or held > sunday:
        return {"held": False}
    summoned = draw.number(code, "summoned", low=110, high=250)
    return {
        "held": True,
        "held_day": held.isoformat(),
        "contents": "two",
        "summoned": summoned,
        "attended": summoned - draw.number(code, "away", low=0, high=4),
    }
