"""The read side of plans: what a plan makes of the tree, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q
from django.utils.module_loading import import_string

from giaoban.apps.units import access, queries
from giaoban.apps.units.models import Placement, Plan, Unit
from giaoban.apps.units.queries import _placed
from giaoban.apps.units.rules import plans as rules
from giaoban.base.access import Actor
from giaoban.core.orgtree import OrgTree, ParentMissing, Placed, PlacedTwice, Ring, change_days
from giaoban.core.orgtree.plans import Reshaped, named, reshape, units_in
from giaoban.core.refusal import Fault
from giaoban.core.text_vi.dates import write_day

WHOLE_PLAN = "cả phương án"  # where a fault lies that no single change can mend


@dataclass(frozen=True)
class PlanRow:
    """A plan in the list."""

    id: int
    title: str
    basis: str
    day: date
    unit: str
    state: str
    state_label: str
    changes: int
    is_in_force: bool


def plan_rows(*, actor: Actor) -> Sequence[PlanRow]:
    """Every plan the actor keeps the place of, the latest day first. One query."""
    plans = Plan.objects.allowed(actor, access.READ).select_related("unit").annotate(count=Count("changes"))
    return [
        PlanRow(
            plan.pk,
            plan.title,
            plan.basis,
            plan.day,
            plan.unit.label,
            plan.state,
            str(plan.get_state_display()),
            plan.count,
            plan.is_in_force,
        )
        for plan in plans.order_by("-day", "-id")
    ]


def typed_changes(plan: Plan) -> Sequence[rules.TypedChange]:
    """The plan's changes in the order they were typed. One query."""
    return [
        rules.TypedChange(
            kind=row.kind,
            code=row.code,
            other=row.other,
            level=row.level,
            name=row.name,
            short_name=row.short_name,
            share_ppm=row.share_ppm,
            reports=row.reports,
            number=row.number,
            line=row.line,
        )
        for row in plan.changes.all()
    ]


@dataclass(frozen=True)
class Checked:
    """A plan held against the tree of its day. `numbers` has the units by code, negative those to be founded."""

    before: Mapping[int, Placed]
    reshaped: Reshaped
    numbers: Mapping[str, int]
    faults: Sequence[Fault]
    ties: Sequence[rules.Tie]  # what other features still have there; it keeps nobody from committing


def checked(*, actor: Actor, plan: Plan, changes: Sequence[rules.TypedChange]) -> Checked:
    """Hold a plan against the tree of its day and against what other features have on it. Changes nothing.

    The number of queries does not depend on the plan. Units the actor does not keep are like units that are not there.
    """
    codes = sorted({code for change in changes for code in (change.code, change.other) if code})
    known, taken = _numbers(actor, codes)
    bound = rules.bound(changes, known=known, taken=taken)
    before = {placed.unit: placed for placed in _placed(Placement.objects.on(plan.day))}
    reshaped = reshape(
        day=plan.day,
        standing=before,
        changes=bound.changes,
        ranks={level.code: level.rank for level in queries.levels()},
        within=plan.unit_id,
    )
    faults = [*rules.own_faults(changes), *bound.faults]
    found = list(named(reshaped.faults, _called(units_in(reshaped.faults), changes, bound.numbers)))
    faults += [fault for fault in found if not _is_told(fault, faults)]
    if not faults:
        faults += _later_faults(plan.day, reshaped)
    blocking, ties = _ties(plan.day, reshaped, changes, bound.numbers) if not faults else ([], [])
    return Checked(before, reshaped, bound.numbers, [*faults, *blocking], ties)


def _is_told(fault: Fault, faults: Sequence[Fault]) -> bool:
    """A change that could not be read has its fault already."""
    return any(fault.place == other.place for other in faults)


def _numbers(actor: Actor, codes: Sequence[str]) -> tuple[dict[str, int], frozenset[str]]:
    """The codes' units the actor may plan for, and all codes that exist. A unit yet to begin belongs to its tree."""
    reach = actor.reach("keeper")
    known, taken = {}, set()
    for first in range(0, len(codes), queries._CODES_AT_ONCE):
        rows = Unit.objects.filter(code__in=codes[first : first + queries._CODES_AT_ONCE])
        for code, unit_id, path in rows.values_list("code", "id", "path"):
            taken.add(code)
            if not path or reach.covers(path):
                known[code] = unit_id
    return known, frozenset(taken)


def _called(
    units: frozenset[int], changes: Sequence[rules.TypedChange], numbers: Mapping[str, int]
) -> Mapping[int, str]:
    called = {
        one.id: f"«{one.label}» ({one.code})" for one in queries.names(unit for unit in units if unit >= 0).values()
    }
    new = {numbers[change.code]: change for change in changes if numbers.get(change.code, 0) < 0}
    return called | {number: f"«{one.name or one.code}» ({one.code})" for number, one in new.items()}


def _later_faults(day: date, reshaped: Reshaped) -> list[Fault]:
    """What the plan would break on a later day on which the tree changes again."""
    later = Placement.objects.filter(Q(from_day__gt=day) | Q(until_day__gt=day))
    if not later.exists():
        return []
    changed = reshaped.ended | reshaped.begun
    others = [placed for placed in _placed(Placement.objects.filter(Q(until_day=None) | Q(until_day__gt=day)))
              if placed.unit not in changed or placed.from_day > day]  # fmt: skip
    whole = [*others, *(reshaped.standing[unit] for unit in reshaped.begun)]
    for turn in change_days(whole):
        if turn > day:
            try:
                OrgTree.on(turn, whole)
            except (PlacedTwice, ParentMissing, Ring) as broken:
                says = (
                    "Từ ngày {day} cây tổ chức không còn đúng vì một thay đổi đã ghi trước; hãy hoàn tác thay đổi ấy."
                )
                return [Fault(WHOLE_PLAN, says, {"day": str(broken.values.get("day") or write_day(turn))})]
    return []


def _ties(
    day: date, reshaped: Reshaped, changes: Sequence[rules.TypedChange], numbers: Mapping[str, int]
) -> tuple[list[Fault], list[rules.Tie]]:
    """What other features have at units that end or change level, as the site has told."""
    place_of = {numbers[change.code]: change.place for change in reversed(changes)}
    raised = {numbers[change.code] for change in changes if change.level and numbers[change.code] >= 0}
    found = [
        tie
        for ties in import_string(settings.TREE_TIES)
        for tie in ties.before(units=frozenset(reshaped.ended | raised), ended=reshaped.ended, day=day)
    ]
    blocking = [Fault(place_of.get(tie.unit, WHOLE_PLAN), tie.says, tie.values) for tie in found if tie.is_blocking]
    return blocking, [tie for tie in found if not tie.is_blocking]
