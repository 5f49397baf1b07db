"""How much each unit and each officer has in hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q, Sum

from giaoban.apps.tasks import access, rules
from giaoban.apps.tasks.models import Task
from giaoban.apps.units import queries as units
from giaoban.base.access import Actor
from giaoban.base.web.frame import initials

MOST_UNITS = 100


@dataclass(frozen=True)
class OfficerLoad:
    """What one officer has in hand; a unit's tasks without an officer stand under an empty name."""

    name: str
    post: str
    initials: str
    tasks: int
    weight: int
    overdue: int
    soon: int
    next_day: date


@dataclass(frozen=True)
class UnitLoad:
    """What one unit has in hand, officer by officer, the most loaded first. `share` is of the heaviest unit, ppm."""

    code: str
    unit: str
    tasks: int
    weight: int
    overdue: int
    soon: int
    next_day: date
    share: int
    officers: Sequence[OfficerLoad]

    @property
    def percent(self) -> int:
        """The length of its bar."""
        return self.share // 10_000


def load(*, actor: Actor, on: date, unit_code: str = "") -> Sequence[UnitLoad]:
    """Open tasks by lead unit and officer, the heaviest unit first, at most MOST_UNITS. Two queries."""
    tasks = Task.objects.allowed(actor, access.READ).open().order_by()
    if unit_code:
        tasks = tasks.filter(lead_unit__code=unit_code)
    cells = tasks.values("lead_unit_id", "officer_name", "post").annotate(
        tasks=Count("pk"),
        heavy=Sum("weight"),
        overdue=Count("pk", filter=Q(due_day__lt=on)),
        soon=Count("pk", filter=Q(due_day__gte=on, due_day__lte=on + timedelta(days=rules.SOON_DAYS))),
        next_day=Min("due_day"),
    )
    by_unit: dict[int, list[OfficerLoad]] = {}
    for cell in cells:
        by_unit.setdefault(cell["lead_unit_id"], []).append(
            OfficerLoad(
                cell["officer_name"],
                cell["post"],
                initials(cell["officer_name"]),
                cell["tasks"],
                cell["heavy"],
                cell["overdue"],
                cell["soon"],
                cell["next_day"],
            )
        )
    heaviest = sorted(by_unit, key=lambda unit: (-sum(one.weight for one in by_unit[unit]), unit))[:MOST_UNITS]
    named = units.names(heaviest)
    most = sum(one.weight for one in by_unit[heaviest[0]]) if heaviest else 1
    return [_unit(named[unit], by_unit[unit], most) for unit in heaviest]


def _unit(name: units.UnitName, officers: list[OfficerLoad], most: int) -> UnitLoad:
    weight = sum(one.weight for one in officers)
    is_bare = not any(one.name for one in officers)  # nobody is named: the unit's own line says it all
    return UnitLoad(
        code=name.code,
        unit=name.label,
        tasks=sum(one.tasks for one in officers),
        weight=weight,
        overdue=sum(one.overdue for one in officers),
        soon=sum(one.soon for one in officers),
        next_day=min(one.next_day for one in officers),
        share=1_000_000 * weight // most,
        officers=() if is_bare else sorted(officers, key=lambda one: (-one.weight, one.name)),
    )
