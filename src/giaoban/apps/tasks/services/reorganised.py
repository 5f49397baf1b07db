"""What becomes of tasks when their units end by a plan, and when that plan is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from giaoban.apps.tasks import access, rules
from giaoban.apps.tasks.models import Task, TaskUnit
from giaoban.apps.tasks.queries import ties
from giaoban.apps.units import queries as units
from giaoban.apps.units.models import Plan, Unit
from giaoban.apps.units.queries import committed
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service


@service
def carry_over(*, actor: Actor, plan_id: int, at: datetime) -> list[Task]:
    """Hand the living tasks of units that ended by a plan to the one unit that took each of them over.

    Deadline, state and officer stay; the officer goes on once an office is given at the new lead. Tasks of a unit
    nobody took over whole stay where they are. Nothing is done for a plan that was taken back, or twice.
    """
    plan = Plan.objects.filter(pk=plan_id).locked().first()
    taker_of = committed.takers_over(plan_id=plan_id) if plan else {}
    if plan is None or not taker_of:
        return []
    ended = committed.taken_over(plan_id=plan_id)
    helped = TaskUnit.objects.filter(unit__in=ended).values("task")
    found = Task.objects.allowed(actor, access.CARRY).filter(Q(lead_unit__in=ended) | Q(pk__in=helped))
    tasks = list(found.filter(state__in=rules.LIVING).order_by("pk").locked())
    helping = _helping(tasks)
    named = units.names({unit for task in tasks for unit in (task.lead_unit_id, *helping[task.pk])} & taker_of.keys())
    for task in tasks:
        gone = [unit for unit in (task.lead_unit_id, *helping[task.pk]) if unit in taker_of]
        lead = taker_of.get(task.lead_unit_id, task.lead_unit_id)
        after = sorted({taker_of.get(unit, unit) for unit in helping[task.pk]} - {lead})
        facts = {
            "plan": plan.pk,
            "day": plan.day.isoformat(),
            "title": plan.title,
            "from_units": ", ".join(named[unit].label for unit in gone),
            "lead": [task.lead_unit_id, lead],
            "helping": [helping[task.pk], after],
        }
        _hang(task, lead, after)
        record(actor=actor, verb=ties.CARRIED, on=task, at=at, place=task.lead_unit.path, **facts)
    return tasks


@service
def give_back(*, actor: Actor, plan_id: int, at: datetime) -> None:
    """Give tasks that went over by a plan back to their old units, as that plan is taken back.

    A task goes back while nothing has happened to it since; its coordinating units alone go back as long as they are
    those it went over with. What stays is told by `queries.ties.since`, or belongs to nobody of the plan any more.
    """
    carried = ties.carried_by(plan_id)
    found = Task.objects.allowed(actor, access.CARRY).filter(pk__in=carried).select_related("lead_unit")
    tasks = list(found.order_by("pk").locked())
    helping = _helping(tasks)
    for task in tasks:
        one = carried[task.pk]
        is_same = tuple(helping[task.pk]) == one.helping_after and task.lead_unit_id == one.lead_after
        if not (one.is_untouched or (is_same and not one.has_new_lead)):
            continue
        _hang(task, one.lead_before, list(one.helping_before))
        record(actor=actor, verb="tasks.given_back", on=task, at=at, place=task.lead_unit.path, plan=plan_id)


def _helping(tasks: list[Task]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {task.pk: [] for task in tasks}
    rows = TaskUnit.objects.filter(task__in=tasks).order_by("unit")
    for task_id, unit_id in rows.values_list("task_id", "unit_id"):
        found[task_id].append(unit_id)
    return found


def _hang(task: Task, lead_id: int, helping: list[int]) -> None:
    task.keep(lead_unit=Unit.objects.get(pk=lead_id))
    rows = TaskUnit.objects.filter(task=task)
    rows.exclude(unit__in=helping).delete()
    known = set(rows.values_list("unit_id", flat=True))
    TaskUnit.objects.bulk_create([TaskUnit(task=task, unit_id=unit) for unit in helping if unit not in known])
