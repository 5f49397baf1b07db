"""Everything the demo world's units had reported before this week, brought in round by round as from older records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from giaoban.apps.forms import services as forms
from giaoban.apps.forms.models import Form, Round
from giaoban.apps.reports import services as reports
from giaoban.apps.reports.services import PastReport
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.core.periods import Period, PeriodKind
from giaoban.site.demo import congress, draw, results

SOURCE = "số liệu thử nghiệm"
AT_ONCE = 20_000  # reports brought in together: the nation's 280.000 cells would fill the memory
CELLS_DAY, BASES_DAY = date(2020, 5, 15), date(2020, 6, 29)
MODELS = 89  # model congresses of base organisations in Hà Nội, published for 15-5-2020
FIRST_OF_AUGUST = date(2020, 8, 9)  # the first Sunday after July's reports were in
VETTED, CHECKED = 39, 78  # published for January 2020

Figures = Callable[[str], dict[str, Any]]


@dataclass(frozen=True)
class Scene:
    """What every round needs: who acts, the forms, the units and their levels by code, who held a model congress."""

    actor: Actor
    forms: Mapping[str, Form]
    units: Mapping[str, Unit]
    level_of: Mapping[str, str]
    models: Sequence[str]


def week(sunday: date) -> Period:
    return Period.containing(sunday, PeriodKind.WEEK)


def ask(scene: Scene, code: str, period: Period, *, opened: datetime, is_made_up: bool = False) -> Round:
    """Open a round."""
    form = scene.forms[code]
    return forms.open_round(actor=scene.actor, form_id=form.pk, period=period, at=opened, is_made_up=is_made_up)


def answer(scene: Scene, round_: Round, codes: Sequence[str], figures: Figures, *, level: str) -> None:
    """Bring in whole reports of these units, submitted in time and accepted some hours later."""
    due = datetime.fromisoformat(round_.deadlines[level])
    for first in range(0, len(codes), AT_ONCE):
        told = [_told(scene.units[code], figures(code), due) for code in codes[first : first + AT_ONCE]]
        reports.bring_in(actor=scene.actor, round_=round_, reports=told, source=SOURCE, at=due + timedelta(hours=16))


def _told(unit: Unit, figures: dict[str, Any], due: datetime) -> PastReport:
    submitted = due - timedelta(minutes=draw.number(unit.code, due, low=10, high=1_500))
    return PastReport(
        unit_id=unit.pk,
        path=unit.path,
        figures=figures,
        submitted_at=submitted,
        accepted_at=max(submitted, due) + timedelta(minutes=draw.number(unit.code, "accept", low=5, high=900)),
    )


def model_figures(code: str) -> dict[str, Any]:
    """A model congress: held early, by the plan of the committee above."""
    return base_figures(code, is_model=True, latest=date(2020, 4, 29))


def base_figures(code: str, *, is_model: bool, latest: date = date(2020, 6, 24)) -> dict[str, Any]:
    """What a base organisation writes after its congress."""
    held = date(2020, 4, 6) if is_model else date(2020, 4, 13)
    held += timedelta(days=draw.number(code, "held", low=0, high=(latest - held).days))
    summoned = draw.number(code, "members", low=30, high=220)
    seats = draw.number(code, "seats", low=5, high=15)
    return {
        "held": True,
        "held_day": held.isoformat(),
        "form": "delegates" if summoned >= 200 else "members",
        "is_model": is_model,
        "model_held": is_model,
        "summoned": summoned,
        "attended": summoned - draw.number(code, "away", low=0, high=summoned // 12),
        "to_elect": seats,
        "elected": seats,
        "women": draw.number(code, "women", low=0, high=seats // 3),
        "direct_secretary": draw.chance(code, "direct", percent=22),
    }


def cell_figures(code: str) -> dict[str, Any]:
    """What a cell writes after its congress."""
    members = draw.number(code, "members", low=7, high=46)
    held = date(2020, 3, 2) + timedelta(days=draw.number(code, "held", low=0, high=70))
    return {
        "held": True,
        "held_day": held.isoformat(),
        "members": members,
        "attended": members - draw.number(code, "away", low=0, high=members // 9),
        "elected": 0 if members < 9 else draw.one_of((3, 3, 3, 5), code, "elected"),
        "secretary_elected": True,
    }


def monthly_figures(codes: Sequence[str], *, vetted: int, checked: int, key: str) -> Figures:
    """Figures of a month for the committees under the centre, adding up to the two totals."""
    weights = [draw.number(code, key, low=1, high=9) for code in codes]
    of = dict(zip(codes, zip(draw.shares(vetted, weights), draw.shares(checked, weights), strict=True), strict=True))

    def figures(code: str) -> dict[str, Any]:
        classes = draw.number(code, key, "classes", low=0, high=9)
        return {
            "personnel_vetted": of[code][0],
            "standards_checked": of[code][1],
            "members": draw.number(code, "all", low=38_000, high=150_000),
            "new_members": draw.number(code, key, "new", low=60, high=420),
            "disciplined_orgs": draw.number(code, key, "orgs", low=0, high=2),
            "disciplined_members": draw.number(code, key, "disciplined", low=0, high=24),
            "classes": classes,
            "trainees": classes * draw.number(code, key, "class", low=40, high=95),
        }

    return figures


def congress_week(scene: Scene, days: congress.Calendar, codes: Sequence[str], sunday: date) -> None:
    """One of the weeks before this one: everybody answered but a few who had nothing to tell yet."""
    round_ = ask(scene, "DH-TCS", week(sunday), opened=morning(sunday, days_before=3), is_made_up=True)
    answering = [code for code in codes if days.is_held(code, by=sunday) or not _is_silent(code, sunday)]
    answer(
        scene,
        round_,
        answering,
        lambda code: congress.figures(code, days.days[code] if days.is_held(code, by=sunday) else None),
        level="tren-co-so",
    )


def _is_silent(code: str, sunday: date) -> bool:
    return code != congress.WAITING and draw.chance(code, sunday, percent=3)


def before_this_week(scene: Scene, days: congress.Calendar, step: Callable[[str], None]) -> None:
    """Every round up to last week's, in the order of time."""
    above = [code for code, level in scene.level_of.items() if level == "tren-co-so"]
    committees = [code for code, level in scene.level_of.items() if level == "tt"]
    step("báo cáo tháng 1-2020")
    _month(scene, committees, date(2020, 1, 31), vetted=VETTED, checked=CHECKED)
    step("đại hội chi bộ và đại hội điểm, 15-5-2020")
    _cells_and_models(scene)
    step("đại hội cơ sở, 29-6-2020")
    _bases_and_quick(scene, days)
    for sunday in list(congress.HELD_BY)[:-1]:
        if sunday == FIRST_OF_AUGUST:
            _month(scene, committees, date(2020, 7, 31), vetted=64, checked=121, is_made_up=True)
        step(f"tiến độ đến {sunday.day}-{sunday.month}-2020")
        congress_week(scene, days, above, sunday)
        results_week(scene, committees, sunday)


def _month(
    scene: Scene, codes: Sequence[str], last: date, *, vetted: int, checked: int, is_made_up: bool = False
) -> None:
    period = Period.containing(last, PeriodKind.MONTH)
    round_ = ask(scene, "KQ-THANG", period, opened=morning(last, days_before=4), is_made_up=is_made_up)
    figures = monthly_figures(codes, vetted=vetted, checked=checked, key=period.code)
    answer(scene, round_, codes, figures, level="tt")


def _cells_and_models(scene: Scene) -> None:
    cells = [code for code, level in scene.level_of.items() if level == "chi-bo"]
    opened = morning(CELLS_DAY, days_before=10)
    round_ = ask(scene, "DH-CB", Period.event(CELLS_DAY), opened=opened)
    answer(scene, round_, cells, cell_figures, level="chi-bo")
    round_ = ask(scene, "DH-CS", Period.event(CELLS_DAY), opened=opened)
    answer(scene, round_, scene.models, model_figures, level="co-so")


def _bases_and_quick(scene: Scene, days: congress.Calendar) -> None:
    bases = [code for code, level in scene.level_of.items() if level == "co-so"]
    models = set(scene.models)
    late = next(code for code in draw.shuffled(bases, "late") if code.startswith("01-") and code not in models)
    opened = morning(BASES_DAY, days_before=7)
    round_ = ask(scene, "DH-CS", Period.event(BASES_DAY), opened=opened)
    answer(
        scene,
        round_,
        bases,
        lambda code: (
            {"held": False, "is_model": False} if code == late else base_figures(code, is_model=code in models)
        ),
        level="co-so",
    )
    hanoi = [code for code, level in scene.level_of.items() if level == "tren-co-so" and code.startswith("01-")]
    round_ = ask(scene, "DH-TCS-N", Period.event(congress.QUICK_DAY), opened=opened)
    answer(scene, round_, hanoi, lambda code: congress.quick_figures(code, days), level="tren-co-so")


def results_week(scene: Scene, codes: Sequence[str], sunday: date) -> None:
    """The weekly results of the committees under the centre, before this week."""
    round_ = ask(scene, "KQ-TUAN", week(sunday), opened=morning(sunday, days_before=3), is_made_up=True)
    answer(scene, round_, codes, lambda code: results.figures(code, sunday), level="tt")


def morning(day: date, *, days_before: int) -> datetime:
    """Eight o'clock, so many days before."""
    return datetime.combine(day - timedelta(days=days_before), time(8), ZoneInfo(settings.TIME_ZONE))
