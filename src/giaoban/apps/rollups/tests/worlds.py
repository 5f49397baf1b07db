"""Random worlds for the data set: a tree that changes, a form with a field of every kind, two rounds of reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from giaoban.apps.forms.models import Duty, DutyException, Form, FormVersion, Period, Round
from giaoban.apps.reports.models import Report
from giaoban.apps.units.models import Level, Placement, Unit
from giaoban.base.ledger.work import record, service
from giaoban.core import periods
from giaoban.site.demo.small import World

LARGEST = 2**63 - 1
LEVELS = ("tt", "tren-co-so", "co-so")
FIELDS: Sequence[dict[str, Any]] = (
    {"code": "a", "label": "Kết nạp", "kind": "whole", "minimum": None},
    {"code": "b", "label": "Tiền", "kind": "decimal", "places": 2, "minimum": None},
    {"code": "c", "label": "Đảng viên", "kind": "whole", "measure": "stock"},
    {"code": "d", "label": "Đã họp", "kind": "yesno"},
    {"code": "e", "label": "Có trụ sở", "kind": "yesno", "measure": "stock"},
    {"code": "f", "label": "Xếp loại", "kind": "choice",
     "choices": [{"code": "tot", "label": "Tốt"}, {"code": "kha", "label": "Khá"}]},
    {"code": "g", "label": "Cao nhất", "kind": "whole", "rollup": "max", "minimum": None},
    {"code": "h", "label": "Thấp nhất", "kind": "whole", "rollup": "min", "minimum": None},
    {"code": "i", "label": "Tỷ lệ", "kind": "decimal", "places": 2, "rollup": "ratio",
     "ratio": {"num": "a", "den": "c", "times": 100}},
)  # fmt: skip

_numbers = st.one_of(st.integers(-1_000, 1_000), st.sampled_from([LARGEST, -LARGEST]))
_kinds: Mapping[str, st.SearchStrategy[Any]] = {
    "a": _numbers,
    "b": _numbers,
    "c": st.integers(0, 500),
    "d": st.booleans(),
    "e": st.booleans(),
    "f": st.sampled_from(["tot", "kha"]),
    "g": _numbers,
    "h": _numbers,
}
_figures = st.fixed_dictionaries({code: values | st.none() for code, values in _kinds.items()}).map(
    lambda told: {code: figure for code, figure in told.items() if figure is not None}
)
_states = st.sampled_from(["accepted", "submitted", "accepted", "submitted", "draft", "returned"])
_report = st.tuples(_states, st.booleans(), _figures)
_unit = st.fixed_dictionaries(
    {
        "above": st.tuples(st.integers(0, 99), st.integers(0, 99)),  # chosen among those before it, in each round
        "ends": st.booleans(),  # before the second round; then nobody hangs below it
        "owes": st.sampled_from([None, None, True, False]),  # an exception
        "reports": st.tuples(_report | st.none(), _report | st.none()),
    }
)
plots = st.tuples(st.lists(_unit, min_size=4, max_size=9), st.sets(st.sampled_from(LEVELS), min_size=1))


def _planned(above: int, *reports: Any, owes: bool | None = None, ends: bool = False) -> dict[str, Any]:
    return {"above": (above, 0), "ends": ends, "owes": owes, "reports": reports}


EVERY_KIND = (  # three levels, every state, every kind, sums beyond 64 bits, a unit that ends and two that move up
    [
        _planned(0, ("accepted", False, {"a": 5, "b": 1_050, "c": 40, "d": True, "f": "tot", "g": -3, "h": -3}), None),
        _planned(1, ("submitted", False, {"a": LARGEST, "c": 7, "e": True, "f": "kha", "g": 9}),
                 ("accepted", False, {"a": 2, "c": 9, "e": False})),
        _planned(2, ("submitted", False, {"a": LARGEST, "b": LARGEST, "d": False, "h": -LARGEST}), None, ends=True),
        _planned(1, ("draft", False, {"a": 1_000, "c": 1}), ("submitted", True, {})),
        _planned(0, ("accepted", True, {}), ("returned", False, {"a": 3}), owes=False),
        _planned(2, None, ("accepted", False, {"a": -LARGEST, "b": -1, "c": 3, "d": True, "e": True, "f": "tot"})),
    ],
    {"tt", "tren-co-so", "co-so"},
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """What was made: the form's code and its two rounds, the earlier first."""

    form: str
    rounds: tuple[Round, Round]


def make(world: World, plot: tuple[Sequence[Mapping[str, Any]], set[str]], *, number: int) -> Made:
    """Put a plot into the database: under a top of its own, with a form of its own."""
    first, second = (periods.Period.containing(date(2020, 8, day), periods.PeriodKind.WEEK) for day in (16, 23))

    @service
    def put() -> Made:
        units, levels = plot
        top = Unit.objects.create(code=f"G{number}", name=f"Gốc {number}", folded_name=f"goc {number}")
        rows = [top, *_units(number, len(units))]
        _place(rows, units, day=second.from_day)
        form = Form.objects.create(code=f"N/{number} =?", name="Mọi cách cộng", owner=top, period_kind="week",
                                   schedule={})  # fmt: skip
        version = FormVersion.objects.create(form=form, number=1, data={"fields": list(FIELDS)}, published_at=world.at)
        for level in levels:
            Duty.objects.create(form=form, level=Level.objects.get(code=level), from_day=date(2015, 10, 1))
        for row, told in zip(rows[1:], units, strict=True):
            if told["owes"] is not None:
                DutyException.objects.create(form=form, unit=row, owes=told["owes"], from_day=second.from_day)
        rounds = tuple(_round(version, one, world) for one in (first, second))
        for at, round_ in enumerate(rounds):
            _report_all(round_, [(row, told["reports"][at]) for row, told in zip(rows[1:], units, strict=True)], world)
        record(actor=world.system, verb="units.imported", on=top, at=world.at)
        record(actor=world.system, verb="forms.duty_laid", on=form, at=world.at)
        return Made(form.code, (rounds[0], rounds[1]))

    return put()


def _units(number: int, count: int) -> list[Unit]:
    return [
        Unit.objects.create(code=f"G{number}-{at}", name=f"Đơn vị {at}", folded_name=f"don vi {at}")
        for at in range(count)
    ]


def _place(rows: Sequence[Unit], units: Sequence[Mapping[str, Any]], *, day: date) -> None:
    """Hang everybody below somebody before them, and once more on the day; who ends has nobody below them."""
    levels = {one.code: one for one in Level.objects.all()}
    Placement.objects.create(unit=rows[0], level=levels["tw"], from_day=date(2015, 10, 1))
    stay: list[Unit] = [rows[0]]
    were: list[Unit] = [rows[0]]
    for at, (row, told) in enumerate(zip(rows[1:], units, strict=True)):
        above = [among[choice % len(among)] for among, choice in zip((were, stay), told["above"], strict=True)]
        level = levels[LEVELS[at % len(LEVELS)]]
        Placement.objects.create(unit=row, parent=above[0], level=level, from_day=date(2015, 10, 1), until_day=day)
        were.append(row)
        if not told["ends"]:
            Placement.objects.create(unit=row, parent=above[1], level=level, from_day=day)
            stay.append(row)


def _round(version: FormVersion, period: periods.Period, world: World) -> Round:
    row, _ = Period.objects.get_or_create(
        code=period.code,
        defaults={"kind": period.kind, "from_day": period.from_day, "until_day": period.until_day},
    )
    return Round.objects.create(
        form_version=version, period=row, day=period.until_day - timedelta(days=1), cut_off_at=world.at, deadlines={}
    )


def _report_all(round_: Round, told: Sequence[tuple[Unit, Any]], world: World) -> None:
    for unit, report in told:
        if report is not None:
            state, is_nothing, figures = report
            Report.objects.create(
                round=round_, form_version_id=round_.form_version_id, period_id=round_.period_id, unit=unit,
                state=state, is_nothing=is_nothing, figures=figures, due_at=world.at, submitted_at=world.at,
            )  # fmt: skip
