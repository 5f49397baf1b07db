"""What happened to tasks, out of the ledger: the story of one, and what changed since any day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from giaoban.apps.tasks import access, rules
from giaoban.apps.tasks.models import Task
from giaoban.base.access import Actor
from giaoban.base.ledger.models import Entry
from giaoban.core.text_vi.dates import write_day

MOST_STEPS = 200
MOST_CHANGES = 200
_KIND = Task._meta.label_lower


@dataclass(frozen=True)
class Step:
    """One entry of the ledger about a task. `due` is «30-9-2020 → 31-10-2020» where the deadline moved."""

    entry_id: int
    at: datetime
    who: str
    did: str
    words: str
    due: str
    is_late: bool


@dataclass(frozen=True)
class Change:
    """One step with the task it belongs to."""

    step: Step
    task_id: int
    title: str
    assigner: str
    lead: str


def steps(task_id: int) -> Sequence[Step]:
    """The story of a task the caller has already found to be the actor's to read, newest first. One query."""
    return [_step(entry) for entry in Entry.objects.about(_KIND, task_id).order_by("-id")[:MOST_STEPS]]


def changed_since(*, actor: Actor, day: date, most: int = MOST_CHANGES) -> Sequence[Change]:
    """What happened to the tasks the actor may see since the beginning of a day, newest first. Two queries."""
    begins = datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
    seen = Task.objects.allowed(actor, access.READ)
    entries = list(
        Entry.objects.filter(subject_kind=_KIND, at__gte=begins, subject_id__in=seen.values("pk")).order_by("-id")[
            :most
        ]
    )
    tasks = seen.select_related("assigner", "lead_unit").in_bulk({entry.subject_id for entry in entries})
    return [
        Change(_step(entry), task.pk, task.title, task.assigner.label, task.lead_unit.label)
        for entry in entries
        if (task := tasks.get(entry.subject_id))
    ]


def _step(entry: Entry) -> Step:
    facts = entry.facts
    return Step(
        entry_id=entry.pk,
        at=entry.at,
        who=entry.actor_name,
        did=rules.DEEDS.get(entry.verb, entry.verb),
        words=facts.get("reason") or facts.get("words") or _from(facts) or _other(entry, facts.get("officer")),
        due=_due(facts.get("due")),
        is_late=bool(facts.get("late")),
    )


def _from(facts: dict[str, Any]) -> str:
    """Which unit the task came from and by which plan, where it went over with a unit that ended."""
    if "from_units" not in facts:
        return ""
    says = gettext("chuyển từ {units} theo «{plan}»")
    return says.format(units=facts["from_units"], plan=facts["title"])


def _other(entry: Entry, officer: str | None) -> str:
    """The officer named, where it is not the one who acted."""
    return officer if officer and officer != entry.actor_name else ""


def _due(told: Any) -> str:
    if isinstance(told, list):
        return " → ".join(write_day(date.fromisoformat(day)) for day in told)
    return write_day(date.fromisoformat(told)) if told else ""
