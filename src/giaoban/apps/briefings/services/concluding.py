"""Concluding: a conclusion is written down, and a directive becomes a task in the same transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator

from giaoban.apps.briefings import access, rules
from giaoban.apps.briefings.models import Briefing, Conclusion, OpenPoint
from giaoban.apps.briefings.services.preparing import _closed_label
from giaoban.apps.tasks import rules as task_rules
from giaoban.apps.tasks import services as tasks
from giaoban.apps.tasks.models import Task, Topic
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor, Place
from giaoban.base.ledger.work import record, service
from giaoban.core.refusal import NotFound

_ASSIGNED = ("kind", "lead_unit_id", "due_day")  # of a conclusion that is a task, these change on the task's page


@service
def conclude(*, actor: Actor, briefing_id: int, said: rules.Concluded, at: datetime) -> Conclusion:
    """Write down what the chair concluded; a directive is handed out as a task at once, or neither exists.

    Raises rules.NoWords, NotInSession, ClosedBriefing, and for a directive what `tasks.assign` raises: no lead, no
    deadline, a deadline gone by.
    """
    briefing = Briefing.objects.held(actor, access.ORGANISE, briefing_id)
    rules.check_in_session(briefing.state, _closed_label(briefing))
    said = _fitting(said)
    _check_directive(briefing, said, at)
    conclusion = _write_down(briefing, said, by=actor.name, at=at)
    task = _assign(actor, briefing, conclusion, at) if said.kind == rules.ConclusionKind.DIRECTIVE else None
    _told(
        actor,
        conclusion,
        at,
        told="briefings.concluded",
        briefing=briefing.pk,
        kind=said.kind,
        words=said.words[:500],
        task=task.pk if task else None,
    )
    return conclusion


def _fitting(said: rules.Concluded) -> rules.Concluded:
    words = rules.fitting(said.words, most=rules.MAX_CONCLUSION)
    if not words:
        raise rules.NoWords()
    return replace(said, words=words, product=rules.fitting(said.product, most=rules.MAX_PRODUCT))


def _check_directive(briefing: Briefing, said: rules.Concluded, at: datetime) -> None:
    """Say what the task would lack before anything is written."""
    if said.kind == rules.ConclusionKind.DIRECTIVE:
        task_rules.refuse(task_rules.lacking(_assignment(briefing, said), on=at.date()))


def _write_down(briefing: Briefing, said: rules.Concluded, *, by: str, at: datetime) -> Conclusion:
    """The conclusion as the next of its kind."""
    if said.item_id is not None and not briefing.agenda.filter(pk=said.item_id).exists():
        raise NotFound()
    conclusion = Conclusion(briefing=briefing, ordinal=_next_ordinal(briefing, said.kind), by_name=by, at=at)
    _set(conclusion, said)
    conclusion.save()
    conclusion.coordinating.set(_units(briefing, said.coordinating))
    return conclusion


def _set(conclusion: Conclusion, said: rules.Concluded) -> None:
    conclusion.item_id, conclusion.kind, conclusion.words = said.item_id, said.kind, said.words
    conclusion.lead_unit = next(iter(_units(conclusion.briefing, (said.lead_unit_id,))), None)
    conclusion.due_day = said.due.day if said.due else None
    conclusion.due_precision = said.due.precision if said.due else task_rules.Precision.DAY
    conclusion.due_words = said.due.words if said.due else ""
    conclusion.product = said.product
    conclusion.topic = Topic.objects.filter(code=said.topic).first() if said.topic else None
    if said.topic and conclusion.topic is None:
        raise task_rules.NoSuchChoice(code=said.topic[:40])


def _units(briefing: Briefing, wanted: tuple[int | None, ...]) -> list[Unit]:
    """The units, all of them at or below the briefing's own. Raises NotFound."""
    ids = {pk for pk in wanted if pk is not None}
    units = list(Unit.objects.filter(pk__in=ids, path__startswith=briefing.unit.path))
    if len(units) != len(ids):
        raise NotFound()
    return units


def _next_ordinal(briefing: Briefing, kind: str) -> int:
    last = briefing.conclusions.filter(kind=kind).order_by("-ordinal").values_list("ordinal", flat=True).first()
    return (last or 0) + 1


def _assignment(briefing: Briefing, said: rules.Concluded, *, origin: str = "") -> task_rules.Assignment:
    return task_rules.Assignment(
        title=Truncator(" ".join(said.words.split())).chars(task_rules.MAX_TITLE),
        lead_unit_id=said.lead_unit_id,
        due=said.due,
        assigner=briefing.assigner.code if briefing.assigner else "",
        product=said.product,
        topic=said.topic,
        source=task_rules.Source(
            kind=task_rules.SourceKind.CONCLUSION,
            label=Truncator(briefing.title).chars(task_rules.MAX_SOURCE),
            day=timezone.localtime(briefing.starts_at).date(),
        ),
        coordinating=said.coordinating,
        assigning_unit_id=briefing.unit_id,
        origin=origin,
    )


def _said_by(conclusion: Conclusion) -> rules.Concluded:
    """A conclusion as it was written."""
    return rules.Concluded(
        kind=conclusion.kind,
        words=conclusion.words,
        lead_unit_id=conclusion.lead_unit_id,
        coordinating=tuple(conclusion.coordinating.values_list("pk", flat=True)),
        due=conclusion.due,
        product=conclusion.product,
        topic=conclusion.topic.code if conclusion.topic else "",
        item_id=conclusion.item_id,
    )


def _on_behalf(actor: Actor, unit: Unit) -> Actor:
    """Whoever writes for a briefing hands out in its unit's name, and nowhere above it."""
    return replace(actor, places=MappingProxyType({"reviewer": (Place(unit.pk, unit.path),)}))


def _assign(actor: Actor, briefing: Briefing, conclusion: Conclusion, at: datetime) -> Task:
    asked = _assignment(briefing, _said_by(conclusion), origin=conclusion.origin)
    return tasks.assign(actor=_on_behalf(actor, briefing.unit), task=asked, at=at)


@service
def make_task(*, actor: Actor, conclusion_id: int, at: datetime) -> Task:
    """Hand out a directive that is no task yet, as one taken from old papers is.

    Raises rules.NotADirective, tasks.rules.AlreadyAssigned, PastDeadline.
    """
    conclusion, briefing = _held(actor, conclusion_id)
    if conclusion.kind != rules.ConclusionKind.DIRECTIVE:
        raise rules.NotADirective()
    task = _assign(actor, briefing, conclusion, at)
    _told(actor, conclusion, at, told="briefings.task_made", briefing=briefing.pk, task=task.pk)
    return task


@service
def amend_conclusion(
    *, actor: Actor, conclusion_id: int, said: rules.Concluded, revision: int, at: datetime
) -> Conclusion:
    """Write a conclusion anew; the task made from it follows, and one that becomes a directive becomes a task.

    Raises what `conclude` raises, rules.ChangedSinceRead, rules.AlreadyATask for another kind, lead or deadline.
    """
    conclusion, briefing = _held(actor, conclusion_id)
    rules.check_in_session(briefing.state, _closed_label(briefing))
    if revision != conclusion.revision:
        raise rules.ChangedSinceRead()
    said = _fitting(said)
    task = Task.objects.filter(origin=conclusion.origin).first()
    before = {name: getattr(conclusion, name) for name in (*_ASSIGNED, "words")}
    if task is None:
        _check_directive(briefing, said, at)
    if said.kind != conclusion.kind:
        conclusion.ordinal = _next_ordinal(briefing, said.kind)
    _set(conclusion, said)
    if task is not None and any(getattr(conclusion, name) != before[name] for name in _ASSIGNED):
        raise rules.AlreadyATask()
    conclusion.revision, conclusion.by_name, conclusion.at = conclusion.revision + 1, actor.name, at
    conclusion.save()
    conclusion.coordinating.set(_units(briefing, said.coordinating))
    _follow(actor, briefing, conclusion, task, at)
    words = [before["words"][:500], said.words[:500]]
    _told(actor, conclusion, at, told="briefings.conclusion_amended", briefing=briefing.pk, words=words)
    return conclusion


def _follow(actor: Actor, briefing: Briefing, conclusion: Conclusion, task: Task | None, at: datetime) -> None:
    """Let the task say what the conclusion says now."""
    if task is not None:
        asked = _assignment(briefing, _said_by(conclusion), origin=conclusion.origin)
        giver = _on_behalf(actor, briefing.unit)
        tasks.amend(actor=giver, task_id=task.pk, task=asked, revision=task.revision, at=at)
    elif conclusion.kind == rules.ConclusionKind.DIRECTIVE:
        _assign(actor, briefing, conclusion, at)


def _held(actor: Actor, conclusion_id: int) -> tuple[Conclusion, Briefing]:
    found = Conclusion.objects.filter(pk=conclusion_id).values_list("briefing_id", flat=True).first()
    briefing = Briefing.objects.held(actor, access.ORGANISE, found or 0)
    conclusion = Conclusion.objects.select_related("topic").get(pk=conclusion_id)
    conclusion.briefing = briefing
    return conclusion, briefing


@service
def raise_point(*, actor: Actor, briefing_id: int, words: str, at: datetime, owner_id: int | None = None) -> OpenPoint:
    """Leave something open; it is carried over to the next briefing of the series. Raises rules.NoPoint."""
    briefing = Briefing.objects.held(actor, access.ORGANISE, briefing_id)
    rules.check_writable(briefing.state, _closed_label(briefing))
    text = rules.fitting(words, most=rules.MAX_PRODUCT)
    if not text:
        raise rules.NoPoint()
    owner = next(iter(_units(briefing, (owner_id,))), None)
    point = OpenPoint.objects.create(briefing=briefing, words=text, owner=owner, raised_at=at)
    record(actor=actor, verb="briefings.point_raised", on=briefing, at=at, place=briefing.unit.path, words=text)
    return point


@service
def settle_point(*, actor: Actor, point_id: int, words: str, at: datetime) -> OpenPoint:
    """Say what became of an open point; it is carried no further. Raises rules.NoPoint."""
    point = OpenPoint.objects.filter(pk=point_id).first()
    if point is None:
        raise NotFound()
    briefing = Briefing.objects.held(actor, access.ORGANISE, point.carried_to_id or point.briefing_id)
    rules.check_writable(briefing.state, _closed_label(briefing))
    text = rules.fitting(words, most=rules.MAX_PRODUCT)
    if not text:
        raise rules.NoPoint()
    point.settled_at, point.settled_words = at, text
    point.save(update_fields=["settled_at", "settled_words"])
    record(actor=actor, verb="briefings.point_settled", on=briefing, at=at, place=briefing.unit.path, words=text)
    return point


def _told(actor: Actor, conclusion: Conclusion, at: datetime, *, told: str, **facts: Any) -> None:
    record(actor=actor, verb=told, on=conclusion, at=at, place=conclusion.briefing.unit.path, **facts)
