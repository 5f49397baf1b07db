"""From rows to shapes: how a measure, a unit and a period are written on every page of this feature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups.models import Measure
from giaoban.apps.rollups.queries import MeasureValue
from giaoban.apps.rollups.rules import Counted
from giaoban.apps.units.queries import UnitName
from giaoban.base.web.figures import Figure
from giaoban.base.web.frame import Crumb
from giaoban.base.web.language import language, named
from giaoban.core.periods import Period

Mark = Literal["", "live", "signed", "flagged"]


def measure_name(measure: Measure) -> str:
    return named(measure.name, measure.name_en)


def period_label(period: Period) -> str:
    return period.label(language())


def address(name: str, measure: Measure, round_: Round, unit: UnitName, **asked: str | int) -> str:
    """The address of a figure (`figure`) or of the units behind it (`units`)."""
    path = _path(name, measure.code, round_.period.code, unit.code)
    return f"{path}?{urlencode(asked)}" if asked else path


@lru_cache(maxsize=4096)
def _path(name: str, measure: str, period: str, unit: str) -> str:
    """A board asks for more than a hundred of these each time it is drawn."""
    return reverse(f"rollups:{name}", args=[measure, period, unit])


def board_address(asked: Mapping[str, str]) -> str:
    """The board's address with what is asked of it; what is empty is left out."""
    given = {name: value for name, value in asked.items() if value}
    return reverse("rollups:board") + (f"?{urlencode(given)}" if given else "")


def counted(
    measure: Measure,
    round_: Round,
    unit: UnitName,
    value: Counted,
    *,
    size: Literal["s", "m", "headline"] = "s",
    change: int | None = None,
    mark: Mark = "",
    label: str = "",
    key: str = "",
    note: str = "",
) -> Figure:
    """A measure at a unit as a figure that leads to why it is so."""
    return Figure(
        value.part,
        value.whole,
        places=places_of(measure),
        change=change,
        mark=mark,
        href=address("figure", measure, round_, unit),
        label=label,
        size=size,
        key=key,
        note=note,
    )


def places_of(measure: Measure) -> int:
    """Decimals of a measure's figure; what counts units has none."""
    return 0 if measure.rule in ("share", "complete", "answered") else measure.places


def mark_of(value: MeasureValue) -> Mark:
    """Flagged where a text says otherwise, live where something is not yet accepted."""
    if any(not one.agrees for one in value.publications):
        return "flagged"
    return "" if value.is_official else "live"


def crumbs(above: Iterable[UnitName], here: UnitName, asked: Mapping[str, str]) -> tuple[Crumb, ...]:
    """The way down to a unit, each step its board."""
    steps = [Crumb(one.label, board_address({**asked, "unit": one.code})) for one in above]
    return (*steps, Crumb(here.label, board_address({**asked, "unit": here.code})))
