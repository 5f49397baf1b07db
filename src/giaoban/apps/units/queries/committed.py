"""What a committed plan did and what depends on it: asked when its day has come, and before it is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from giaoban.apps.units import queries
from giaoban.apps.units.models import FormerName, MapPlace, Placement, Plan, Succession, Unit
from giaoban.apps.units.queries.plans import WHOLE_PLAN, typed_changes
from giaoban.apps.units.rules import plans as rules
from giaoban.core.refusal import Fault
from giaoban.core.text_vi.dates import write_day


@dataclass(frozen=True)
class Ending:
    """A unit that a plan ended, and what is to be done with reports it still had in hand."""

    unit_id: int
    day: date
    reports: str


def endings(*, plan_id: int) -> Sequence[Ending]:
    """The units that a plan ended. Three queries; none for a plan that was taken back."""
    plan = Plan.objects.filter(pk=plan_id, state=rules.PlanState.COMMITTED).first()
    ends = {change.code: change for change in typed_changes(plan) if change.is_end} if plan else {}
    units = dict(Unit.objects.filter(code__in=ends).values_list("code", "id")) if ends else {}
    carry = rules.OpenReports.CARRY.value
    return [Ending(units[code], plan.day, change.reports or carry) for code, change in ends.items()] if plan else []


def takers_over(*, plan_id: int) -> Mapping[int, int]:
    """Each unit that a plan ended and that one other took over whole, with that other. Empty for one taken back."""
    return dict(_taken_over(plan_id).values_list("predecessor_id", "successor_id"))


def taken_over(*, plan_id: int) -> QuerySet[Unit]:
    """The units `takers_over` names, as a subquery: there may be thousands."""
    return Unit.objects.filter(pk__in=_taken_over(plan_id).values("predecessor"))


def _taken_over(plan_id: int) -> QuerySet[Succession]:
    whole = (Succession.Kind.MERGE, Succession.Kind.RENAME)
    return Succession.objects.filter(plan_id=plan_id, plan__state=rules.PlanState.COMMITTED, kind__in=whole)


def ways_back() -> Sequence[rules.TiesBack]:
    """How features undo what they did because of a plan, as the site lists them."""
    return [ties.back for ties in import_string(settings.TREE_TIES) if ties.back is not None]


@dataclass(frozen=True)
class Touched:
    """The units of a committed plan: those it founded, ended, hung elsewhere, and those that took something over."""

    founded: frozenset[int]
    ended: frozenset[int]
    moved: frozenset[int]
    heirs: frozenset[int]

    @property
    def everyone(self) -> frozenset[int]:
        return self.founded | self.ended | self.moved | self.heirs


def touched(plan: Plan) -> Touched:
    """What a committed plan did, from what it left behind. Three queries."""
    changes = typed_changes(plan)
    codes = {code for change in changes for code in (change.code, change.other) if code}
    numbers = dict(Unit.objects.filter(code__in=codes).values_list("code", "id"))
    founded = frozenset(numbers[change.code] for change in changes if change.kind == rules.ChangeKind.FOUND)
    begun = frozenset(plan.placements.values_list("unit_id", flat=True))
    return Touched(
        founded=founded,
        ended=frozenset(numbers[change.code] for change in changes if change.is_end),
        moved=begun - founded,
        heirs=frozenset(plan.successions.values_list("successor_id", flat=True)) - founded,
    )


def depending(plan: Plan, touched: Touched) -> Sequence[Fault]:
    """Everything that would hang in the air if the plan were taken back, each named; empty when it may be."""
    return [*_later_changes(plan, touched), *_held_by(plan, touched), *_built_since(plan, touched)]


def _later_changes(plan: Plan, touched: Touched) -> list[Fault]:
    """Changes that other plans and imports have made on top of this one, by unit."""
    found: dict[str, date] = {}
    later = Q(plan=plan, until_day__isnull=False) | (Q(parent__in=touched.founded) & ~Q(plan=plan))
    for label, from_day, until_day in Placement.objects.filter(later).values_list(
        "unit__name", "from_day", "until_day"
    ):
        found.setdefault(label, until_day or from_day)
    involved = Q(predecessor__in=touched.everyone) | Q(successor__in=touched.everyone)
    passed = Succession.objects.filter(involved, day__gte=plan.day).exclude(plan=plan)
    found |= dict(passed.values_list("predecessor__name", "day"))
    renamed = FormerName.objects.filter(unit__in=touched.everyone, until_day__gte=plan.day).exclude(plan=plan)
    found |= dict(renamed.values_list("unit__name", "until_day"))
    says = "Đơn vị «{unit}» có thay đổi khác từ ngày {day}; hãy hoàn tác thay đổi ấy trước."
    return [Fault(WHOLE_PLAN, says, {"unit": unit, "day": write_day(day)}) for unit, day in sorted(found.items())]


def _held_by(plan: Plan, touched: Touched) -> list[Fault]:
    """Rows of any feature that name a unit the plan founded: the database itself knows who refers to it."""
    says = "Đơn vị mới lập đã gắn với {count} {what}; hãy chuyển sang đơn vị khác hoặc giữ phương án."
    own = {Placement, Succession, FormerName, MapPlace}
    found = []
    for relation in Unit._meta.related_objects:
        model = relation.related_model
        if model in own or isinstance(model, str):
            continue
        count = model._default_manager.filter(**{f"{relation.field.name}__in": touched.founded}).count()
        if count:
            found.append(Fault(WHOLE_PLAN, says, {"count": count, "what": str(model._meta.verbose_name)}))
    return found


def _built_since(plan: Plan, touched: Touched) -> list[Fault]:
    """What other features have done on the new tree since the plan's day."""
    tree = queries.tree_on(plan.day)
    below = {tree.unit_at(place) for unit in touched.moved if unit in tree for place in tree.subtree(unit)}
    units = touched.everyone | below
    ties = import_string(settings.TREE_TIES)
    return [Fault(WHOLE_PLAN, tie.says, tie.values) for each in ties for tie in each.since(units=units, since=plan.day)]
