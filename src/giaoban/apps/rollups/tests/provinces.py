"""Hà Giang and Tuyên Quang before and after 1 July 2025, month by month: a scene for comparisons across a merger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from giaoban.apps.forms import services as forms
from giaoban.apps.forms.models import Round
from giaoban.apps.reports import services as reports
from giaoban.apps.rollups.models import Measure
from giaoban.apps.rollups.tests.scene import define_counts
from giaoban.apps.units import queries as units
from giaoban.apps.units import services as unit_services
from giaoban.apps.units.models import Unit
from giaoban.apps.units.rules import NewUnit
from giaoban.apps.units.rules.plans import TypedChange
from giaoban.apps.units.services import reorganising
from giaoban.core.periods import Period
from giaoban.site.demo.small import World

DAY = date(2025, 7, 1)
LATER = datetime(2025, 9, 3, 9, 0, tzinfo=ZoneInfo(settings.TIME_ZONE))
_UNITS = (  # code, parent, level, name, short name
    ("02", "", "tt", "Đảng bộ tỉnh Hà Giang", "Hà Giang"),
    ("08", "", "tt", "Đảng bộ tỉnh Tuyên Quang", "Tuyên Quang"),
    ("02-DV", "02", "tren-co-so", "Đảng bộ huyện Đồng Văn", "Đồng Văn"),
    ("02-VX", "02", "tren-co-so", "Đảng bộ huyện Vị Xuyên", "Vị Xuyên"),
    ("08-SD", "08", "tren-co-so", "Đảng bộ huyện Sơn Dương", "Sơn Dương"),
    ("08-NH", "08", "tren-co-so", "Đảng bộ huyện Na Hang", "Na Hang"),
)
MERGED = (TypedChange(kind="merge", code="02", other="08"),)
WEIGHT = {"02-DV": 30, "02-VX": 50, "08-SD": 70, "08-NH": 110}  # how many people each reports in the first month


@dataclass(frozen=True)
class Provinces:
    """The measures (see scene.COUNTS) and the rounds, oldest first."""

    measures: tuple[Measure, ...]
    rounds: tuple[Round, ...]

    def measure(self, code: str) -> Measure:
        return next(one for one in self.measures if one.code == code)


def build(
    world: World, *, months: int, changes: Sequence[TypedChange] = MERGED, silent: Sequence[str] = ()
) -> Provinces:
    """`months` months that end with August 2025, every committee's report accepted but for the `silent` in June."""
    planned = [
        NewUnit(code=code, parent=parent, level=level, name=name, short_name=short, from_day=date(2015, 10, 1))
        for code, parent, level, name, short in _UNITS
    ]
    unit_services.bring_in(actor=world.system, below="TW", units=planned, source="thử", today=world.day, at=world.at)
    form, measures = define_counts(world, period_kind="month")
    reorganise(world, changes)
    period, rounds = Period.parse("2025-08"), []
    for _ in range(months):
        rounds.insert(0, forms.open_round(actor=world.system, form_id=form.pk, period=period, at=LATER))
        period = period.previous()
    for number, round_ in enumerate(rounds):
        told(world, round_, number, silent if round_.period.code == "2025-06" else ())
    return Provinces(measures, tuple(rounds))


def reorganise(world: World, changes: Sequence[TypedChange], *, day: date = DAY) -> None:
    drafted = reorganising.draft_plan(
        actor=world.system, unit=world.centre, title="Sắp xếp", basis="", day=day, at=LATER
    )
    drafted = reorganising.change_plan(actor=world.system, plan_id=drafted.pk, changes=changes, at=LATER)
    reorganising.commit(actor=world.system, plan_id=drafted.pk, revision=drafted.revision, today=LATER.date(), at=LATER)


def told(world: World, round_: Round, number: int, silent: Sequence[str]) -> None:
    """Each committee reports its weight and one more every month."""
    tree = units.tree_on(round_.day)
    telling = [one for one in Unit.objects.filter(code__in=WEIGHT) if one.pk in tree and one.code not in silent]
    reports.bring_in(
        actor=world.system,
        round_=round_,
        reports=[
            reports.PastReport(
                unit_id=one.pk,
                path=one.path,
                figures={
                    "held": one.code.endswith(("DV", "SD")),
                    "people": WEIGHT[one.code] + number,
                    "invited": 2 * WEIGHT[one.code] + number,
                    "members": 1_000 * WEIGHT[one.code],
                },
                submitted_at=LATER,
                accepted_at=LATER,
            )
            for one in telling
        ],
        source="thử",
        at=LATER,
    )
