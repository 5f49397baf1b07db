"""Deciding on the work: receive, return, close, withdraw, give more time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from giaoban.apps.tasks import access, rules
from giaoban.apps.tasks.models import Extension, Task
from giaoban.apps.tasks.services.working import _extension
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service
from giaoban.core.refusal import NotFound


@service
def accept(*, actor: Actor, task_id: int, at: datetime, revision: int | None = None) -> Task:
    """Receive the result. `revision` is the one the reviewer has read; rules.ChangedSinceRead when it is another."""
    task = Task.objects.held(actor, access.DECIDE, task_id, revision=revision)
    task.keep(state=rules.next_state("accept", task.state), moved_at=at, accepted_at=at)
    record(actor=actor, verb="tasks.accepted", on=task, at=at, place=task.lead_unit.path)
    return task


@service
def send_back(*, actor: Actor, task_id: int, reason: str, at: datetime) -> Task:
    """Return the result with what is wrong in it. Raises rules.NoReason."""
    return _moved(actor, "send_back", task_id, reason, at, told="tasks.sent_back", handed_in_at=None)


@service
def reopen(*, actor: Actor, task_id: int, reason: str, at: datetime) -> Task:
    """Give a received task back to be worked on again. Raises rules.NoReason."""
    cleared: dict[str, Any] = {"handed_in_at": None, "accepted_at": None, "closed_at": None}
    return _moved(actor, "reopen", task_id, reason, at, told="tasks.reopened", **cleared)


@service
def withdraw(*, actor: Actor, task_id: int, reason: str, at: datetime) -> Task:
    """The task need not be done any more. Raises rules.NoReason, rules.PartsOpen while sub-tasks wait."""
    return _moved(actor, "withdraw", task_id, reason, at, told="tasks.withdrawn", closed_at=at)


def _moved(
    actor: Actor, verb: str, task_id: int, reason: str, at: datetime, *, told: str, **columns: datetime | None
) -> Task:
    task = Task.objects.held(actor, access.DECIDE, task_id)
    state, words = rules.next_state(verb, task.state), rules.fitting_reason(reason)
    if verb == "withdraw":
        rules.check_parts(task.parts.waiting().count())
    task.keep(state=state, moved_at=at, reason=words, **columns)
    record(actor=actor, verb=told, on=task, at=at, place=task.lead_unit.path, reason=words)
    return task


@service
def close(*, actor: Actor, task_id: int, at: datetime) -> Task:
    """Put a received task away."""
    task = Task.objects.held(actor, access.DECIDE, task_id)
    task.keep(state=rules.next_state("close", task.state), moved_at=at, closed_at=at)
    record(actor=actor, verb="tasks.closed", on=task, at=at, place=task.lead_unit.path)
    return task


@service
def grant_extension(*, actor: Actor, extension_id: int, at: datetime, decision: str = "") -> Task:
    """Give the time that was asked for. Raises rules.AlreadyDecided."""
    asked, task = _asked(actor, extension_id)
    rules.check_open(task.state)
    rules.check_later(asked.due, than=task.due, whole=task.parent.due if task.parent else None, on=at.date())
    return _grant(actor, asked, task, rules.fitting(decision, most=rules.MAX_REASON), at)


@service
def extend(*, actor: Actor, task_id: int, due: rules.Deadline, reason: str, at: datetime) -> Task:
    """Give more time without being asked, with the reason."""
    task = Task.objects.held(actor, access.DECIDE, task_id)
    task.extensions.filter(state=rules.Asked.ASKED).update(state=rules.Asked.REFUSED, decided_at=at)
    return _grant(actor, _extension(actor, task, due, reason, at), task, "", at)


def _grant(actor: Actor, asked: Extension, task: Task, decision: str, at: datetime) -> Task:
    asked.state, asked.decision, asked.decided_at = rules.Asked.GRANTED, decision, at
    asked.save(update_fields=["state", "decision", "decided_at"])
    before = task.due_day.isoformat()
    task.keep(due_day=asked.day, due_precision=asked.precision, due_words=asked.words)
    record(
        actor=actor,
        verb="tasks.extension_granted",
        on=task,
        at=at,
        place=task.lead_unit.path,
        due=[before, asked.day.isoformat()],
        reason=decision or asked.reason,
    )
    return task


@service
def refuse_extension(*, actor: Actor, extension_id: int, reason: str, at: datetime) -> Extension:
    """Keep to the deadline, with the reason. Raises rules.NoReason, rules.AlreadyDecided."""
    asked, task = _asked(actor, extension_id)
    asked.state, asked.decision, asked.decided_at = rules.Asked.REFUSED, rules.fitting_reason(reason), at
    asked.save(update_fields=["state", "decision", "decided_at"])
    record(
        actor=actor, verb="tasks.extension_refused", on=task, at=at, place=task.lead_unit.path, reason=asked.decision
    )
    return asked


def _asked(actor: Actor, extension_id: int) -> tuple[Extension, Task]:
    asked = Extension.objects.filter(pk=extension_id).first()
    if asked is None:
        raise NotFound()
    task = Task.objects.held(actor, access.DECIDE, asked.task_id)
    asked.refresh_from_db()
    if asked.state != rules.Asked.ASKED:
        raise rules.AlreadyDecided()
    return asked, task
