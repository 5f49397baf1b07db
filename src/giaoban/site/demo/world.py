"""Build the demo world into an empty database, through services alone, in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from giaoban.apps.forms import services as forms
from giaoban.apps.forms.models import Form
from giaoban.apps.units import services as units
from giaoban.apps.units.models import Unit
from giaoban.apps.units.rules import NewUnit
from giaoban.base.access import Actor
from giaoban.base.ledger.work import service
from giaoban.site.demo import (
    bases,
    board,
    briefings,
    calendars,
    congress,
    draw,
    formbook,
    founding,
    incoming,
    past,
    places,
    publications,
    rearranging,
    shelf,
    signing,
    staff,
    thisweek,
    work,
)

NOW = past.morning(congress.SUNDAY, days_before=-1)  # Monday, 24-8-2020, eight o'clock
STEPS = 16  # how often `step` is told something
BEGUN = past.morning(date(2020, 1, 2), days_before=0)


@dataclass(frozen=True)
class Plan:
    """Every unit below the top, by storey."""

    committees: Sequence[NewUnit]
    above: Sequence[NewUnit]
    bases: Sequence[NewUnit]
    cells: Sequence[NewUnit]

    @property
    def everything(self) -> list[NewUnit]:
        return [*self.committees, *self.above, *self.bases, *self.cells]


def plan(scale: shelf.Scale) -> Plan:
    """The units to build: base organisations and cells of Hà Nội alone, or of the whole nation."""
    above = places.above_base()
    hanoi = [unit for unit in above if unit.parent == congress.HANOI]
    found = bases.bases(hanoi, total=bases.HANOI_BASES)
    cells = bases.cells(found, total=bases.HANOI_CELLS)
    if scale == "nation":
        others = [unit for unit in above if unit.parent != congress.HANOI]
        more = bases.bases(others, total=bases.NATION_BASES - bases.HANOI_BASES)
        cells = [*cells, *bases.cells(more, total=bases.NATION_CELLS - bases.HANOI_CELLS)]
        found = [*found, *more]
    return Plan(places.committees(), above, found, cells)


def build(*, scale: shelf.Scale = "office", step: Callable[[str], None] = lambda told: None) -> None:
    """Build everything; `step` is told in Vietnamese what is being built."""
    step("cây tổ chức")
    planned = plan(scale)
    days = congress.calendar(planned.above)
    founded = founding.found(name=founding.TOP_NAME, from_day=places.FROM_DAY, at=BEGUN)
    units.bring_in(
        actor=founded.actor,
        below=founding.TOP_CODE,
        units=planned.everything,
        source=past.SOURCE,
        today=NOW.date(),
        at=BEGUN + timedelta(minutes=1),
    )
    step("biểu mẫu, thước đo và chức trách")
    scene = _scene(founded.actor, planned, at=BEGUN + timedelta(minutes=5))
    board.define(actor=scene.actor, forms=scene.forms, units=scene.units, at=BEGUN + timedelta(minutes=20))
    now = thisweek.states(scene, days)
    officers = staff.each_once(*staff.OFFICERS, *thisweek.hands(now), *signing.hands(days))
    actors = staff.install(actor=scene.actor, officers=officers, units=scene.units, at=BEGUN + timedelta(minutes=30))
    past.before_this_week(scene, days, step)
    step("ký chốt số liệu tuần trước")
    monday = past.morning(congress.SUNDAY, days_before=6)
    signing.sign_last_week(days, units=scene.units, actors=actors, monday=monday)
    step("tuần này, 17–23/8/2020")
    thisweek.congress_round(scene, days, now, actors)
    thisweek.results_round(scene)
    step("nhiệm vụ, đề án, lịch công tác")
    work.hand_out(actor=scene.actor, units=scene.units, actors=actors, at=NOW)
    calendars.enter_all(units=scene.units, actors=actors, at=NOW)
    step("văn bản nhận được")
    incoming.receive_all(actors=actors, units=scene.units)
    step("số đã công bố")
    publications.note_all(actor=scene.actor, top=founded.top, at=NOW)
    step("giao ban")
    briefings.hold_all(units=scene.units, actors=actors, at=NOW)
    calendars.give_addresses(actors=actors, at=NOW)
    step("phương án sắp xếp")
    rearranging.draft_all(units=scene.units, actors=actors, at=NOW)


def _scene(actor: Actor, planned: Plan, *, at: datetime) -> past.Scene:
    by_code = {unit.code: unit for unit in Unit.objects.all()}
    book = {
        code: formbook.bring_in(actor=actor, code=code, owner=by_code[formbook.plan(code)["owner"]], at=at)
        for code in formbook.CODES
    }
    hanoi = [unit.code for unit in planned.bases if unit.code.startswith(f"{congress.HANOI}-")]
    models = sorted(draw.shuffled(hanoi, "model")[: past.MODELS])
    _except(actor, book, by_code, models, planned, at=at)
    return past.Scene(
        actor=actor,
        forms=book,
        units=by_code,
        level_of={unit.code: unit.level for unit in planned.everything},
        models=models,
    )


@service
def _except(
    actor: Actor, book: dict[str, Form], by_code: dict[str, Unit], models: Sequence[str], planned: Plan, *, at: datetime
) -> None:
    """Who owes beyond the levels: the 89 model congresses before June, Hà Nội's 50 the quick report."""
    for code in models:
        forms.except_unit(
            actor=actor,
            form_id=book["DH-CS"].pk,
            unit=by_code[code],
            owes=True,
            reason="Được chọn tổ chức đại hội điểm cấp cơ sở",
            from_day=date(2020, 1, 2),
            until_day=date(2020, 6, 1),
            at=at,
        )
    for unit in planned.above:
        if unit.parent == congress.HANOI:
            forms.except_unit(
                actor=actor,
                form_id=book["DH-TCS-N"].pk,
                unit=by_code[unit.code],
                owes=True,
                reason="Báo cáo nhanh theo yêu cầu của Ban Tổ chức Thành ủy",
                from_day=date(2020, 1, 2),
                until_day=None,
                at=at,
            )
