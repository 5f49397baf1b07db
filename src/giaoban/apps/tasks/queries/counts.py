"""How many tasks each body has assigned, as offices state it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from giaoban.apps.tasks import access, rules
from giaoban.apps.tasks.models import Assigner, Task, TaskQuerySet, Topic
from giaoban.base.access import Actor


@dataclass(frozen=True)
class AssignerCount:
    """One body's count with its sentence: «Bộ Chính trị giao 6 nội dung, trong đó 2 nội dung về công tác nhân sự»."""

    code: str
    label: str
    sentence: str
    total: int
    done: int
    overdue: int


def counts_by_assigner(*, actor: Actor, on: date, unit_id: int | None = None) -> Sequence[AssignerCount]:
    """What each body has assigned, of what the actor may see; with a unit only what it leads. Three queries."""
    tasks = Task.objects.allowed(actor, access.READ)
    return counts(tasks.filter(lead_unit=unit_id) if unit_id else tasks, on=on)


def counts(tasks: TaskQuerySet, *, on: date) -> Sequence[AssignerCount]:
    """The count of these tasks by body, the highest first; a part counts where its whole is not among them.

    Withdrawn tasks do not count. Three queries.
    """
    counted = standing_alone(tasks).exclude(state=rules.State.WITHDRAWN).order_by()
    cells = counted.values_list("assigner_id", "topic_id").annotate(
        total=Count("pk"),
        done=Count("pk", filter=Q(state__in=rules.DONE)),
        overdue=Count("pk", filter=Q(state__in=rules.OPEN, due_day__lt=on)),
    )
    by_assigner: dict[int, list[tuple[int | None, int, int, int]]] = {}
    for assigner, *cell in cells:
        by_assigner.setdefault(assigner, []).append((cell[0], cell[1], cell[2], cell[3]))
    topics = {topic.pk: (topic.rank, topic.label) for topic in Topic.objects.all()}
    return [
        _count(assigner, by_assigner[assigner.pk], topics)
        for assigner in Assigner.objects.all()
        if assigner.pk in by_assigner
    ]


def standing_alone(tasks: TaskQuerySet) -> TaskQuerySet:
    """Leave out parts whose whole is among the same tasks."""
    return tasks.filter(Q(parent=None) | ~Q(parent__in=tasks.order_by().values("pk")))


def _count(
    assigner: Assigner, cells: list[tuple[int | None, int, int, int]], topics: dict[int, tuple[int, str]]
) -> AssignerCount:
    known = [(-total, *topics[topic], total) for topic, total, _, _ in cells if topic is not None]
    count = rules.Counted(
        assigner=assigner.label,
        total=sum(cell[1] for cell in cells),
        done=sum(cell[2] for cell in cells),
        overdue=sum(cell[3] for cell in cells),
        topics=tuple((label, total) for _, _, label, total in sorted(known)),
    )
    return AssignerCount(assigner.code, assigner.label, rules.counted(count), count.total, count.done, count.overdue)
