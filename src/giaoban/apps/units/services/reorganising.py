"""The verbs on plans: draft, change, drop, commit, revert, and what a committed plan does when its day comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from giaoban.apps.units import access
from giaoban.apps.units.models import FormerName, Level, Placement, Plan, PlannedChange, Succession, Unit
from giaoban.apps.units.queries import committed
from giaoban.apps.units.queries import plans as queries
from giaoban.apps.units.rules import plans as rules
from giaoban.apps.units.services import _PLACED, _hold_tree, _prove, _write_paths
from giaoban.base.access import Actor
from giaoban.base.databases import learn_sizes
from giaoban.base.ledger.work import record, service
from giaoban.core.orgtree import Placed
from giaoban.core.orgtree.plans import Kind
from giaoban.core.text_vi.folding import fold

_BATCH = 2_000
_SUCCEEDING = {
    rules.ChangeKind.MERGE: Succession.Kind.MERGE,
    rules.ChangeKind.SPLIT: Succession.Kind.SPLIT,
    rules.ChangeKind.TRANSFER: Succession.Kind.TRANSFER,
}
_TOLD = {  # what the ledger calls each change at its unit
    Kind.FOUND: "units.unit_founded",
    Kind.RENAME: "units.renamed",
    Kind.MOVE: "units.moved",
    Kind.LEVEL: "units.level_changed",
    Kind.MERGE: "units.merged",
    Kind.SPLIT: "units.divided",
    Kind.TRANSFER: "units.part_transferred",
    Kind.CLOSE: "units.closed",
}


@service
def draft_plan(*, actor: Actor, unit: Unit, title: str, basis: str, day: date, at: datetime) -> Plan:
    """Begin a plan for what stands below `unit`. Raises NotFound for a unit the actor does not keep, rules.NotAPlan."""
    unit = Unit.objects.allowed(actor, access.KEEP).one(unit.pk)
    faults = list(rules.head_faults(title=title, basis=basis))
    if faults:
        raise rules.NotAPlan(faults=faults, count=len(faults))
    plan = Plan.objects.create(unit=unit, title=title, basis=basis, day=day)
    record(actor=actor, verb="units.plan_drafted", on=plan, at=at, place=unit.path, title=title, day=day.isoformat())
    return plan


@service
def change_plan(
    *, actor: Actor, plan_id: int, changes: Sequence[rules.TypedChange], at: datetime, source: str = ""
) -> Plan:
    """Put these changes in the place of the plan's own, faults and all: they are told on its page.

    `source` names the file they were loaded from. Raises WrongMoment when it is no draft, rules.TooManyChanges.
    """
    plan = Plan.objects.allowed(actor, access.KEEP).select_related("unit").locked().one(plan_id)
    rules.MOVES.next_state("change", plan.state)
    if len(changes) > rules.MAX_CHANGES:
        raise rules.TooManyChanges(count=len(changes), most=rules.MAX_CHANGES)
    plan.changes.all().delete()
    PlannedChange.objects.bulk_create(
        [
            PlannedChange(
                plan=plan,
                number=number,
                line=change.line,
                kind=change.kind,
                code=change.code,
                other=change.other,
                level=change.level,
                name=change.name,
                short_name=change.short_name,
                share_ppm=change.share_ppm,
                reports=change.reports,
            )
            for number, change in enumerate(changes, start=1)
        ],
        batch_size=_BATCH,
    )
    plan.revision += 1
    plan.save(update_fields=["revision"])
    told = {"count": len(changes), "revision": plan.revision} | ({"source": source} if source else {})
    record(actor=actor, verb="units.plan_changed", on=plan, at=at, place=plan.unit.path, **told)
    return plan


@service
def add_change(*, actor: Actor, plan_id: int, change: rules.TypedChange, at: datetime) -> Plan:
    """Add one change at the end of the plan. Raises what `change_plan` raises."""
    plan = Plan.objects.allowed(actor, access.KEEP).one(plan_id)
    return change_plan(actor=actor, plan_id=plan_id, changes=[*queries.typed_changes(plan), change], at=at)


@service
def take_out_change(*, actor: Actor, plan_id: int, number: int, at: datetime) -> Plan:
    """Take the change with that number out of the plan; one that is gone already is no trouble."""
    plan = Plan.objects.allowed(actor, access.KEEP).one(plan_id)
    left = [change for change in queries.typed_changes(plan) if change.number != number]
    return change_plan(actor=actor, plan_id=plan_id, changes=left, at=at)


@service
def drop_plan(*, actor: Actor, plan_id: int, at: datetime) -> Plan:
    """Give a draft up; it stays in the list. Raises WrongMoment."""
    plan = Plan.objects.allowed(actor, access.KEEP).select_related("unit").locked().one(plan_id)
    plan.state = rules.MOVES.next_state("drop", plan.state)
    plan.save(update_fields=["state"])
    record(actor=actor, verb="units.plan_dropped", on=plan, at=at, place=plan.unit.path, title=plan.title)
    return plan


@service
def commit(*, actor: Actor, plan_id: int, revision: int, today: date, at: datetime) -> Plan:
    """Carry the plan out: every change or none. Names and paths follow on its day, at once when that has come.

    `revision` is that of the plan somebody has looked at. The ledger gets an entry for the plan and one for each
    change at its unit. Raises WrongMoment, rules.PlanChanged, rules.NothingPlanned, rules.PlanHasFaults.
    """
    plan = Plan.objects.allowed(actor, access.KEEP).select_related("unit").locked().one(plan_id)
    state = rules.MOVES.next_state("commit", plan.state)
    if plan.revision != revision:
        raise rules.PlanChanged(title=plan.title)
    changes = queries.typed_changes(plan)
    if not changes:
        raise rules.NothingPlanned()
    _hold_tree()
    found = queries.checked(actor=actor, plan=plan, changes=changes)
    if found.faults:
        raise rules.PlanHasFaults(faults=found.faults, count=len(found.faults))

    id_of = _found_new(changes, found.numbers)
    _reshape(plan, found, id_of)
    _hand_on(plan, changes, id_of)
    plan.state = state
    plan.save(update_fields=["state"])
    record(
        actor=actor,
        verb="units.reorganised",
        on=plan,
        at=at,
        place=plan.unit.path,
        title=plan.title,
        day=plan.day.isoformat(),
        changes=len(changes),
        ended=sorted(found.reshaped.ended),
    )
    _tell_changes(actor, plan, changes, id_of, at)
    if plan.day <= today:
        _bring_into_force(plan)
        _write_paths(today)
        record(actor=actor, verb="units.plan_enforced", on=plan, at=at, place=plan.unit.path, title=plan.title)
    return plan


def _found_new(changes: Sequence[rules.TypedChange], numbers: Mapping[str, int]) -> dict[str, int]:
    """Make the new units; every code of the plan with its unit's real number."""
    new = [
        Unit(code=one.code, name=one.name, short_name=one.short_name, folded_name=fold(one.name))
        for one in changes
        if one.kind == rules.ChangeKind.FOUND
    ]
    Unit.objects.bulk_create(new, batch_size=_BATCH)
    return dict(numbers) | {unit.code: unit.pk for unit in new}


def _reshape(plan: Plan, found: queries.Checked, id_of: Mapping[str, int]) -> None:
    """End and begin placements as the plan says."""
    real = {number: id_of[code] for code, number in found.numbers.items()}
    level_of = {level.code: level for level in Level.objects.all()}
    reshaped = found.reshaped
    ending = sorted(reshaped.ended | {unit for unit in reshaped.begun if unit >= 0})
    for first in range(0, len(ending), _BATCH):
        open_ones = Placement.objects.filter(unit_id__in=ending[first : first + _BATCH], until_day=None)
        open_ones.update(until_day=plan.day)
    begun = [reshaped.standing[unit] for unit in sorted(reshaped.begun)]
    Placement.objects.bulk_create(
        [
            Placement(
                unit_id=real.get(placed.unit, placed.unit),
                parent_id=placed.parent if placed.parent is None else real.get(placed.parent, placed.parent),
                level=level_of[placed.level],
                from_day=plan.day,
                order=placed.order,
                plan=plan,
            )
            for placed in begun
        ],
        batch_size=_BATCH,
    )
    learn_sizes(Unit, Placement)


def _hand_on(plan: Plan, changes: Sequence[rules.TypedChange], id_of: Mapping[str, int]) -> None:
    """Write down what became of whom, and what was called how until that day."""
    Succession.objects.bulk_create(
        [
            Succession(
                predecessor_id=id_of[one.code],
                successor_id=id_of[one.other],
                day=plan.day,
                kind=_SUCCEEDING[rules.ChangeKind(one.kind)],
                share_ppm=one.share_ppm,
                plan=plan,
            )
            for one in changes
            if one.kind in _SUCCEEDING
        ],
        batch_size=_BATCH,
    )
    renamed = [id_of[one.code] for one in changes if one.kind == rules.ChangeKind.RENAME]
    FormerName.objects.bulk_create(
        [
            FormerName(unit=unit, name=unit.name, short_name=unit.short_name, until_day=plan.day, plan=plan)
            for unit in Unit.objects.filter(pk__in=renamed)
        ]
    )


def _tell_changes(
    actor: Actor, plan: Plan, changes: Sequence[rules.TypedChange], id_of: Mapping[str, int], at: datetime
) -> None:
    unit_of = Unit.objects.in_bulk([id_of[one.code] for one in changes])
    for one in changes:
        unit = unit_of[id_of[one.code]]
        facts = {"plan": plan.pk, "day": plan.day.isoformat(), "code": one.code}
        facts |= {name: text for name in ("other", "level", "name", "reports") if (text := getattr(one, name))}
        if one.share_ppm is not None:
            facts["share_ppm"] = one.share_ppm
        record(actor=actor, verb=_TOLD[Kind(one.kind)], on=unit, at=at, place=unit.path or plan.unit.path, **facts)


def _bring_into_force(plan: Plan) -> None:
    """Give every renamed unit its new name."""
    name_of = {one.code: one for one in queries.typed_changes(plan) if one.kind == rules.ChangeKind.RENAME}
    units = list(Unit.objects.filter(code__in=name_of))
    for unit in units:
        new = name_of[unit.code]
        unit.name, unit.short_name, unit.folded_name = new.name, new.short_name, fold(new.name)
    Unit.objects.bulk_update(units, ["name", "short_name", "folded_name"], batch_size=_BATCH)
    plan.is_in_force = True
    plan.save(update_fields=["is_in_force"])


@service
def revert(*, actor: Actor, plan_id: int, today: date, at: datetime) -> Plan:
    """Take a committed plan back as if it had never been, while nothing depends on it; the ledger keeps both.

    Raises WrongMoment, rules.StillDependedOn with a fault for everything that does.
    """
    plan = Plan.objects.allowed(actor, access.KEEP).select_related("unit").locked().one(plan_id)
    state = rules.MOVES.next_state("revert", plan.state)
    _hold_tree()
    for undo in committed.ways_back():
        undo(actor=actor, plan_id=plan.pk, at=at)
    touched = committed.touched(plan)
    if faults := committed.depending(plan, touched):
        raise rules.StillDependedOn(faults=faults, count=len(faults), title=plan.title)

    for former in plan.former_names.select_related("unit") if plan.is_in_force else ():
        unit = former.unit
        unit.name, unit.short_name, unit.folded_name = former.name, former.short_name, fold(former.name)
        unit.save(update_fields=["name", "short_name", "folded_name"])
    plan.former_names.all().delete()
    plan.successions.all().delete()
    plan.placements.all().delete()
    back = sorted(touched.ended | touched.moved)
    for first in range(0, len(back), _BATCH):
        closed = Placement.objects.filter(unit_id__in=back[first : first + _BATCH], until_day=plan.day)
        closed.update(until_day=None)
    Unit.objects.filter(pk__in=touched.founded).delete()
    _prove([Placed(*row) for row in Placement.objects.values_list(*_PLACED)], since=plan.day)
    plan.state, plan.is_in_force = state, False
    plan.save(update_fields=["state", "is_in_force"])
    _write_paths(today)
    record(actor=actor, verb="units.reverted", on=plan, at=at, place=plan.unit.path, title=plan.title)
    return plan


@service
def follow_day(*, actor: Actor, today: date, at: datetime) -> Sequence[Plan]:
    """Bring names and paths to the tree of `today`: what committed plans and dated imports meant for this day.

    Returns the plans that came into force. Nothing is written when everything agrees already.
    """
    _hold_tree()
    plans = list(Plan.objects.behind(today).select_related("unit").order_by("day", "id").locked())
    for plan in plans:
        _bring_into_force(plan)
    moved = _write_paths(today)
    for plan in plans:
        record(actor=actor, verb="units.plan_enforced", on=plan, at=at, place=plan.unit.path, title=plan.title)
    if moved and not plans:
        top = Unit.objects.filter(placements__parent=None).order_by("id")[0]
        record(
            actor=actor, verb="units.day_followed", on=top, at=at, place=top.path, day=today.isoformat(), moved=moved
        )
    return plans
