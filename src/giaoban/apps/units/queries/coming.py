"""Units that are yet to begin: a committed plan or an import founds them on a later day; they have no path before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from giaoban.apps.units import access, rules
from giaoban.apps.units.models import Placement, Unit
from giaoban.base.access import Actor


@dataclass(frozen=True)
class Beginning:
    """The first day of a unit, and the path of the unit under which it is told of until then."""

    day: date
    path: str


def beginning(unit_id: int) -> Beginning:
    """When a unit begins, and below whom: its superior, or the plan's place while the superior is yet to begin too.

    One query. Raises IndexError for a unit that was never placed: a bug.
    """
    first = Placement.objects.filter(unit=unit_id).order_by("from_day").select_related("parent", "plan__unit")[0]
    above = first.parent.path if first.parent else ""
    return Beginning(first.from_day, above or (first.plan.unit.path if first.plan else "/"))


def appointable_unit(*, actor: Actor, code: str) -> Unit:
    """The unit with that code, at which the actor may give offices, also before it begins. Raises rules.NoSuchPlace."""
    unit = Unit.objects.allowed(actor, access.APPOINT).filter(code=code).first()
    if unit is None:
        raise rules.NoSuchPlace(code=code[: rules.MAX_CODE])
    return unit
