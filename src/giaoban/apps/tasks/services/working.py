"""Doing the work: take it, tell of it, ask for time, hand in the result."""

from __future__ import annotations

from datetime import datetime

from giaoban.apps.tasks import access, rules
from giaoban.apps.tasks.models import Extension, ProgressNote, Task
from giaoban.apps.tasks.services.assigning import _officer
from giaoban.base.access import Actor
from giaoban.base.attachments import store
from giaoban.base.ledger.work import record, service


@service
def take(*, actor: Actor, task_id: int, at: datetime, officer_id: int | None = None) -> Task:
    """Take the task on, and name the officer who will do it."""
    task = Task.objects.held(actor, access.WORK, task_id)
    state = rules.next_state("take", task.state)
    officer = _officer(officer_id, task.lead_unit, at)
    named = {"officer": officer, "officer_name": officer.name, "post": officer.post} if officer else {}
    task.keep(state=state, moved_at=at, **named)
    record(actor=actor, verb="tasks.taken", on=task, at=at, place=task.lead_unit.path, officer=task.officer_name)
    return task


@service
def note(
    *,
    actor: Actor,
    task_id: int,
    words: str,
    at: datetime,
    percent: int | None = None,
    evidence: rules.Evidence | None = None,
) -> ProgressNote:
    """Tell what was done, how far it is, and show it. Raises rules.NothingSaid, rules.NotInHand."""
    task = Task.objects.held(actor, access.NOTE, task_id)
    rules.check_open(task.state)
    said = rules.fitting(words)
    if not said and percent is None and evidence is None:
        raise rules.NothingSaid()
    told = _told(actor, task, said, percent=percent, evidence=evidence, is_product=False, at=at)
    record(
        actor=actor,
        verb="tasks.noted",
        on=task,
        at=at,
        place=task.lead_unit.path,
        note=told.pk,
        words=said[: rules.MAX_REASON],
        percent=percent,
        file=told.file_name,
    )
    return told


def _told(
    actor: Actor,
    task: Task,
    words: str,
    *,
    percent: int | None,
    evidence: rules.Evidence | None,
    is_product: bool,
    at: datetime,
) -> ProgressNote:
    if evidence is not None:
        rules.check_file(name=evidence.name, size=len(evidence.data))
    mine = {place.unit_id for place in actor.reach("reporter").places}
    helping = task.coordinating.filter(unit__in=mine).values_list("unit_id", flat=True).first()
    is_lead = task.lead_unit_id in mine or (actor.kind == "person" and task.officer_id == actor.id)
    return ProgressNote.objects.create(
        task=task,
        unit_id=task.lead_unit_id if is_lead or helping is None else helping,
        words=words,
        percent=percent,
        is_product=is_product,
        file=store.keep(data=evidence.data, media_type=evidence.media_type, at=at) if evidence else None,
        file_name=evidence.name if evidence else "",
        by_name=actor.name,
        at=at,
    )


@service
def hand_in(*, actor: Actor, task_id: int, product: str, at: datetime, evidence: rules.Evidence | None = None) -> Task:
    """Hand the result to whoever assigned the task.

    Raises rules.NoProduct when it is neither described nor attached, rules.PartsOpen while sub-tasks wait.
    """
    task = Task.objects.held(actor, access.WORK, task_id)
    state = rules.next_state("hand_in", task.state)
    said = rules.fitting(product)
    if not said and evidence is None:
        raise rules.NoProduct()
    rules.check_parts(task.parts.waiting().count())
    told = _told(actor, task, said, percent=100, evidence=evidence, is_product=True, at=at)
    task.keep(state=state, moved_at=at, handed_in_at=at, reason="")
    record(
        actor=actor,
        verb="tasks.handed_in",
        on=task,
        at=at,
        place=task.lead_unit.path,
        words=said[: rules.MAX_REASON],
        file=told.file_name,
        late=at.date() > task.due_day,
    )
    return task


@service
def ask_extension(*, actor: Actor, task_id: int, due: rules.Deadline, reason: str, at: datetime) -> Extension:
    """Ask whoever assigned the task for more time. Raises rules.NotLater, rules.NoReason, rules.AlreadyAsked."""
    task = Task.objects.held(actor, access.WORK, task_id)
    if task.extensions.filter(state=rules.Asked.ASKED).exists():
        raise rules.AlreadyAsked()
    asked = _extension(actor, task, due, reason, at)
    record(
        actor=actor,
        verb="tasks.extension_asked",
        on=task,
        at=at,
        place=task.lead_unit.path,
        due=[task.due_day.isoformat(), due.day.isoformat()],
        reason=asked.reason,
    )
    return asked


def _extension(actor: Actor, task: Task, due: rules.Deadline, reason: str, at: datetime) -> Extension:
    rules.check_open(task.state)
    words = rules.fitting_reason(reason)
    rules.check_later(due, than=task.due, whole=task.parent.due if task.parent else None, on=at.date())
    return Extension.objects.create(
        task=task,
        before_day=task.due_day,
        day=due.day,
        precision=due.precision,
        words=due.words,
        reason=words,
        by_name=actor.name,
        asked_at=at,
    )
