"""Handing work out: assign, break down, amend, reassign."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from giaoban.apps.people.models import Account, Office
from giaoban.apps.tasks import access, rules
from giaoban.apps.tasks.models import Assigner, Task, TaskUnit, Topic
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor, Place, Reach
from giaoban.base.ledger.work import record, service
from giaoban.core.refusal import NotFound

_AMENDED = ("title", "kind", "assigner_id", "topic_id", "source_kind", "source_label", "source_symbol", "source_day",
            "product", "weight")  # fmt: skip


@service
def assign(*, actor: Actor, task: rules.Assignment, at: datetime) -> Task:
    """Hand a task to its lead unit, on behalf of a unit the actor decides for.

    Raises rules.Lacking with the one sentence of what is missing or wrong (no lead, no deadline, a deadline gone by),
    rules.NotATask with a fault per box when more than one is, rules.AlreadyAssigned when its origin is used, NotFound
    for units out of reach.
    """
    rules.refuse(rules.lacking(task, on=at.date()))
    lead = _within(actor, task.lead_unit_id)
    _check_origin(task.origin)
    return _created(actor, task, lead=lead, assigning=_assigning(actor, task, lead), parent=None, at=at)


@service
def break_down(*, actor: Actor, task_id: int, part: rules.Assignment, at: datetime) -> Task:
    """Give a part of a task to its lead unit or to a unit below it.

    Body, topic and source are the whole's unless named. Raises what `assign` raises, rules.LaterThanWhole for a
    deadline after the whole's.
    """
    whole = Task.objects.held(actor, access.SPLIT, task_id)
    rules.check_open(whole.state)
    part = replace(
        part,
        assigner=part.assigner or whole.assigner.code,
        topic=part.topic or (whole.topic.code if whole.topic else ""),
        source=part.source if part.source.label or part.source.symbol else whole.source,
    )
    rules.refuse(rules.lacking(part, on=at.date(), whole=whole.due))
    here = Reach((Place(whole.lead_unit_id, whole.lead_unit.path),) if whole.lead_unit.path else ())
    lead = Unit.objects.filter(here.within("")).one(part.lead_unit_id or 0)
    _check_origin(part.origin)
    return _created(actor, part, lead=lead, assigning=whole.lead_unit, parent=whole, at=at)


def _created(
    actor: Actor, task: rules.Assignment, *, lead: Unit, assigning: Unit, parent: Task | None, at: datetime
) -> Task:
    assert task.due is not None  # what is lacking was refused before
    officer = _officer(task.officer_id, lead, at)
    row = Task(
        **_columns(task),
        origin=task.origin,
        parent=parent,
        assigning_unit=assigning,
        lead_unit=lead,
        officer=officer,
        officer_name=task.officer_name or (officer.name if officer else ""),
        post=task.post or (officer.post if officer else ""),
        assigned_on=at.date(),
        due_day=task.due.day,
        due_precision=task.due.precision,
        due_words=task.due.words,
        moved_at=at,
    )
    row.folded = row.search_key
    _insert(row)
    _coordinate(row, task.coordinating)
    record(
        actor=actor,
        verb="tasks.assigned",
        on=row,
        at=at,
        place=lead.path,
        title=row.title,
        due=row.due_day.isoformat(),
        lead=lead.code,
        origin=row.origin,
        whole=parent.pk if parent else None,
    )
    return row


def _insert(row: Task) -> None:
    """Another hand may use the same origin between our look and our write: the database tells, the refusal is ours."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        _check_origin(row.origin)
        raise


def _columns(task: rules.Assignment) -> dict[str, Any]:
    """What is said about the work itself, by column."""
    source = task.source
    return {
        "title": task.title,
        "kind": task.kind,
        "assigner_id": _chosen(Assigner, task.assigner),
        "topic_id": _chosen(Topic, task.topic) if task.topic else None,
        "source_kind": source.kind,
        "source_label": source.label,
        "source_symbol": source.symbol,
        "source_day": source.day,
        "product": task.product,
        "weight": task.weight,
    }


def _chosen(kind: type[Assigner] | type[Topic], code: str) -> int:
    row = kind.objects.filter(code=code).first()
    if row is None:
        raise rules.NoSuchChoice(code=code[:40])
    return row.pk


def _coordinate(row: Task, unit_ids: tuple[int, ...]) -> None:
    wanted = set(unit_ids) - {row.lead_unit_id}
    if Unit.objects.filter(pk__in=wanted).count() != len(wanted):
        raise NotFound()
    TaskUnit.objects.filter(task=row).exclude(unit__in=wanted).delete()
    known = set(TaskUnit.objects.filter(task=row).values_list("unit_id", flat=True))
    TaskUnit.objects.bulk_create([TaskUnit(task=row, unit_id=one) for one in sorted(wanted - known)])


def _within(actor: Actor, unit_id: int | None) -> Unit:
    return Unit.objects.filter(actor.reach("reviewer").within("")).one(unit_id or 0)


def _assigning(actor: Actor, task: rules.Assignment, lead: Unit) -> Unit:
    """The unit named, or the nearest one at or above the lead at which the actor decides."""
    if task.assigning_unit_id is not None:
        unit = _within(actor, task.assigning_unit_id)
        if not lead.path.startswith(unit.path):
            raise NotFound()
        return unit
    above = [place for place in actor.reach("reviewer").places if lead.path.startswith(place.path)]
    return Unit.objects.one(above[-1].unit_id)


def _officer(account_id: int | None, lead: Unit, at: datetime) -> Account | None:
    if account_id is None:
        return None
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound()
    if not Office.objects.on(at.date()).filter(account=account, unit=lead).exists():
        raise rules.OfficerElsewhere(name=account.name, unit=lead.label)
    return account


def _check_origin(origin: str) -> None:
    there = Task.objects.filter(origin=origin).first() if origin else None
    if there is not None:
        raise rules.AlreadyAssigned(title=there.title)


@service
def amend(*, actor: Actor, task_id: int, task: rules.Assignment, revision: int, at: datetime) -> Task:
    """Write anew what is to be done; lead, officer and deadline stay (see `reassign` and `extend`).

    Raises what `assign` raises, rules.NotInHand once the result is handed in, rules.ChangedSinceRead.
    """
    row = Task.objects.held(actor, access.DECIDE, task_id, revision=revision)
    rules.check_open(row.state)
    fixed = replace(task, lead_unit_id=row.lead_unit_id, due=row.due)
    rules.refuse(one for one in rules.lacking(fixed, on=at.date()) if one.place != "due")
    columns = _columns(fixed)
    changes = {name: [getattr(row, name), columns[name]] for name in _AMENDED if getattr(row, name) != columns[name]}
    told = {name: [str(old or ""), str(new or "")] for name, (old, new) in changes.items()}
    row.keep(**columns)
    _coordinate(row, fixed.coordinating)
    record(actor=actor, verb="tasks.amended", on=row, at=at, place=row.lead_unit.path, changes=told)
    return row


@service
def reassign(
    *,
    actor: Actor,
    task_id: int,
    lead_unit_id: int,
    reason: str,
    revision: int,
    at: datetime,
    officer_id: int | None = None,
    officer_name: str = "",
    post: str = "",
) -> Task:
    """Give an open task to another unit or another officer; a new lead unit has to take it first."""
    task = Task.objects.held(actor, access.DECIDE, task_id, revision=revision)
    rules.check_open(task.state)
    words, old = rules.fitting_reason(reason), task.lead_unit
    lead = _within(actor, lead_unit_id)
    officer = _officer(officer_id, lead, at)
    is_new = lead.pk != old.pk
    task.keep(
        lead_unit=lead,
        officer=officer,
        officer_name=officer_name or (officer.name if officer else ""),
        post=post or (officer.post if officer else ""),
        state=rules.State.ASSIGNED if is_new else task.state,
        moved_at=at if is_new else task.moved_at,
        reason=words,
    )
    TaskUnit.objects.filter(task=task, unit=lead).delete()
    record(
        actor=actor,
        verb="tasks.reassigned",
        on=task,
        at=at,
        place=lead.path,
        lead=[old.code, lead.code],
        officer=task.officer_name,
        reason=words,
    )
    return task
