"""The read side of plans: what a plan makes of the tree, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q
from django.utils.module_loading import import_string

from giaoban.apps.units import access, queries
from giaoban.apps.units.models import Level, Placement, Plan, Unit
from giaoban.apps.units.queries import _placed, picture
from giaoban.apps.units.queries.picture import Picture
from giaoban.apps.units.rules import plans as rules
from giaoban.apps.units.rules.plan_file import PlanFile
from giaoban.apps.units.rules.plan_file import read as read_plan_file
from giaoban.base.access import Actor
from giaoban.base.databases import prefix_end
from giaoban.core.orgtree import OrgTree, ParentMissing, Placed, PlacedTwice, Ring, change_days
from giaoban.core.orgtree.plans import Reshaped, named, reshape, units_in
from giaoban.core.refusal import Fault
from giaoban.core.text_vi.dates import write_day
from giaoban.core.text_vi.folding import fold
from giaoban.files import csv_in, xlsx_in

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
    """Every plan the actor keeps the place of, the latest day first. Two queries."""
    plans = Plan.objects.allowed(actor, access.READ).select_related("unit").order_by("-day", "-id")
    counts = dict(plans.values_list("id").annotate(count=Count("changes")))
    return [_row(plan, counts[plan.pk]) for plan in plans]


def _row(plan: Plan, changes: int) -> PlanRow:
    return PlanRow(
        id=plan.pk,
        title=plan.title,
        basis=plan.basis,
        day=plan.day,
        unit=plan.unit.label,
        state=plan.state,
        state_label=str(plan.get_state_display()),
        changes=changes,
        is_in_force=plan.is_in_force,
    )


def kept_plan(*, actor: Actor, plan_id: int) -> Plan:
    """The plan, for who keeps the tree there. Raises NotFound."""
    return Plan.objects.allowed(actor, access.KEEP).select_related("unit").one(plan_id)


def code_meant(plan: Plan, words: str) -> str:
    """The code of the unit that somebody typed by name: the one unit below the plan's place that is called so.

    A code comes back as it is, and so does a name that several units bear or none.
    """
    if not words or Unit.objects.filter(code=words).exists():
        return words
    named_so = Unit.objects.filter(folded_name=fold(words)) | Unit.objects.filter(short_name__iexact=words)
    below = named_so.filter(path__gte=plan.unit.path, path__lt=prefix_end(plan.unit.path))
    codes = list(below.values_list("code", flat=True)[:2])
    return codes[0] if len(codes) == 1 else words


def plan_file(*, data: bytes, name: str) -> PlanFile:
    """Read changes from a .csv or .xlsx file. Raises the refusals of files.csv_in and files.xlsx_in."""
    rows = (xlsx_in if name.lower().endswith(".xlsx") else csv_in).rows(data=data, name=name)
    return read_plan_file(rows=rows)


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
    has_tree: bool  # whether the changes by themselves give a tree, whatever else is wrong


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
    if faults:
        return Checked(before, reshaped, bound.numbers, faults, (), has_tree=False)
    blocking, ties = _ties(plan.day, reshaped, changes, bound.numbers)
    later = _later_faults(plan.day, reshaped)
    return Checked(before, reshaped, bound.numbers, [*later, *blocking], ties, has_tree=True)


def _is_told(fault: Fault, faults: Sequence[Fault]) -> bool:
    """A change that could not be read has its fault already."""
    return any(fault.place.partition(",")[0] == other.place.partition(",")[0] for other in faults)


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
    heirs = {numbers[one.code]: numbers[one.other] for one in changes if one.kind == rules.ChangeKind.MERGE}
    units = frozenset(reshaped.ended | raised)
    found = [
        tie
        for ties in import_string(settings.TREE_TIES)
        for tie in ties.before(units=units, ended=reshaped.ended, heirs=heirs, day=day)
    ]
    blocking = [Fault(place_of.get(tie.unit, WHOLE_PLAN), tie.says, tie.values) for tie in found if tie.is_blocking]
    return blocking, [tie for tie in found if not tie.is_blocking]


@dataclass(frozen=True)
class ChangeRow:
    """One change of a plan as its page writes it; `faults` are those to be mended here."""

    number: int
    line: int
    unit: str
    other: str
    level: str
    name: str
    share: str
    kind_label: str
    reports_label: str
    faults: Sequence[Fault]


@dataclass(frozen=True)
class PlanPage:
    """Everything a plan's own page says."""

    row: PlanRow
    revision: int
    unit_code: str
    changes: Sequence[ChangeRow]
    faults: Sequence[Fault]
    ties: Sequence[rules.Tie]
    levels: Sequence[Level]
    picture: Picture | None  # none while a fault stands
    may_change: bool


def plan_page(*, actor: Actor, plan_id: int) -> PlanPage:
    """A plan with its changes, faults, and the tree before and after. Raises NotFound.

    The number of queries does not depend on how much the plan changes.
    """
    plan = Plan.objects.allowed(actor, access.READ).select_related("unit").one(plan_id)
    changes = typed_changes(plan)
    levels = queries.levels()
    faults: Sequence[Fault] = ()
    ties: Sequence[rules.Tie] = ()
    shown = None
    if plan.state == rules.PlanState.DRAFT:
        found = checked(actor=actor, plan=plan, changes=changes)
        faults, ties = found.faults, found.ties
        if changes and found.has_tree:
            shown = picture.of_draft(plan, changes, found.numbers, found.before, found.reshaped, levels)
    elif plan.state == rules.PlanState.COMMITTED:
        shown = picture.of_committed(plan, changes, levels)
    return PlanPage(
        row=_row(plan, len(changes)),
        revision=plan.revision,
        unit_code=plan.unit.code,
        changes=_change_rows(changes, faults, levels),
        levels=levels,
        faults=faults,
        ties=ties,
        picture=shown,
        may_change=plan.state == rules.PlanState.DRAFT,
    )


def _label(choices: type[rules.ChangeKind] | type[rules.OpenReports], value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _change_rows(
    changes: Sequence[rules.TypedChange], faults: Sequence[Fault], levels: Sequence[Level]
) -> Sequence[ChangeRow]:
    codes = {code for change in changes for code in (change.code, change.other) if code}
    labels = {change.code: f"{change.name} ({change.code})" for change in changes if change.kind == "found"}
    for code, name, short in Unit.objects.filter(code__in=codes).values_list("code", "name", "short_name"):
        labels[code] = f"{short or name} ({code})"
    told: dict[str, list[Fault]] = {}
    for fault in faults:
        told.setdefault(fault.place.partition(", cột")[0], []).append(fault)
    level_names = {level.code: level.label for level in levels}
    return [
        ChangeRow(
            number=change.number,
            line=change.line,
            unit=labels.get(change.code, change.code),
            other=labels.get(change.other, change.other),
            level=level_names.get(change.level, change.level),
            name=change.name,
            share=change.share,
            kind_label=_label(rules.ChangeKind, change.kind),
            reports_label=_label(rules.OpenReports, change.reports) if change.is_end else "",
            faults=told.get(change.place, ()),
        )
        for change in changes
    ]
