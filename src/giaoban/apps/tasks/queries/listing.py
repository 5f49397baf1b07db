"""The list of tasks, grouped by the body that assigned them, filtered, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from giaoban.apps.tasks import access, rules
from giaoban.apps.tasks.models import Assigner, Task, TaskQuerySet, Topic
from giaoban.apps.tasks.queries.counts import AssignerCount, counts, standing_alone
from giaoban.apps.tasks.queries.rows import TaskRow, is_stuck, rows_of
from giaoban.base.access import Actor
from giaoban.core.periods import Period
from giaoban.core.text_vi.folding import fold

PAGE = 50
SCOPES = ("mine", "ours", "given", "all")
_FOR_SILENCE = ("state", "assigned_on", "due_day", "weight", "moved_at")
STANDINGS = ("living", "overdue", "soon", "stuck", "waiting", "done", "any")


@dataclass(frozen=True)
class Filters:
    """What to show; empty means any.

    `scope`: mine (I am the officer), ours (my units lead or take part), given (my units assigned it), all. `standing`:
    living (not yet decided for good), overdue, soon, stuck, waiting (handed in, or more time asked), done, any.
    """

    scope: str = "all"
    standing: str = "living"
    state: str = ""
    unit: str = ""
    assigner: str = ""
    topic: str = ""
    kind: str = ""
    period: Period | None = None
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class Group:
    """The tasks of one body on this page, under the sentence that counts all of them."""

    count: AssignerCount
    rows: Sequence[TaskRow]


@dataclass(frozen=True)
class Listing:
    """One page of the list, how many tasks stand in each way, and what can be chosen as (code, label)."""

    groups: Sequence[Group]
    total: int
    standings: dict[str, int] = field(default_factory=dict)
    assigners: Sequence[tuple[str, str]] = ()
    topics: Sequence[tuple[str, str]] = ()

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE)


def listing(*, actor: Actor, filters: Filters, on: date) -> Listing:
    """The tasks the actor may see, the highest body first, the nearest deadline first. Twelve queries at any size."""
    tasks = narrowed(Task.objects.allowed(actor, access.READ), actor, filters)
    stuck = stuck_ids(tasks, on=on)
    alone = standing_alone(tasks)
    shown = _standing(alone if _is_whole(filters) else tasks, filters, stuck, on)
    first = (filters.page - 1) * PAGE
    ordered = shown.order_by("assigner__rank", "assigner__code", "due_day", "pk")[first : first + PAGE]
    count_of = {count.code: count for count in counts(tasks, on=on)}
    return Listing(
        groups=[
            Group(count_of.get(code) or AssignerCount(code, "", "", 0, 0, 0), list(rows))
            for code, rows in groupby(rows_of(ordered, on=on), key=lambda row: row.assigner_code)
        ],
        total=shown.count(),
        standings=tasks.standings(on) | alone.wholes() | {"stuck": len(stuck)},
        assigners=[(one.code, one.label) for one in Assigner.objects.all()],
        topics=[(one.code, one.label) for one in Topic.objects.all()],
    )


def _is_whole(filters: Filters) -> bool:
    """Whether a part is left to the page of its whole: not where one looks for what needs a hand."""
    return not filters.state and filters.standing in ("living", "any")


@dataclass(frozen=True)
class InHand:
    """What the actor has to do: as officer or for a unit they report for; and how many wait for their decision."""

    rows: Sequence[TaskRow]
    total: int
    overdue: int
    waiting: int


def in_hand(*, actor: Actor, on: date, most: int = 12) -> InHand:
    """The open tasks of the actor and of the units they report for, the nearest deadline first. Five queries."""
    units = [place.unit_id for place in actor.reach("reporter").places]
    seen = Task.objects.allowed(actor, access.READ)
    tasks = seen.filter(_scoped(actor, "mine") | Q(lead_unit__in=units)).open()
    counts_of = tasks.standings(on)
    return InHand(
        rows=rows_of(tasks.order_by("due_day", "pk")[:most], on=on),
        total=counts_of["any"],
        overdue=counts_of["overdue"],
        waiting=seen.filter(_scoped(actor, "given")).undecided().count(),
    )


def narrowed(tasks: TaskQuerySet, actor: Actor, filters: Filters) -> TaskQuerySet:
    """The tasks of a scope, unit, body, topic, kind, period and with these words; however they stand."""
    wanted = {
        "lead_unit__code": filters.unit,
        "assigner__code": filters.assigner,
        "topic__code": filters.topic,
        "kind": filters.kind,
    }
    tasks = tasks.filter(_scoped(actor, filters.scope), **{name: value for name, value in wanted.items() if value})
    if filters.period is not None:
        tasks = tasks.filter(due_day__gte=filters.period.from_day, due_day__lt=filters.period.until_day)
    for word in fold(filters.words).split():
        tasks = tasks.filter(folded__contains=word)
    return tasks


def _scoped(actor: Actor, scope: str) -> Q:
    held = [place.unit_id for place in actor.anywhere().places]
    match scope:
        case "mine":
            return Q(officer=actor.id) if actor.kind == "person" else Q(pk__in=())
        case "ours":
            return Q(lead_unit__in=held) | Q(pk__in=Task.objects.filter(coordinating__unit__in=held).values("pk"))
        case "given":
            return Q(assigning_unit__in=[place.unit_id for place in actor.reach("reviewer").places])
    return Q()


def _standing(tasks: TaskQuerySet, filters: Filters, stuck: Sequence[int], on: date) -> TaskQuerySet:
    if filters.state:
        return tasks.filter(state=filters.state)
    match filters.standing:
        case "overdue":
            return tasks.overdue(on)
        case "soon":
            return tasks.due_soon(on)
        case "stuck":
            return tasks.filter(pk__in=stuck)
        case "waiting":
            return tasks.undecided()
        case "done":
            return tasks.filter(state__in=rules.DONE)
        case "any":
            return tasks
    return tasks.filter(state__in=rules.LIVING)


def stuck_ids(tasks: TaskQuerySet, *, on: date) -> Sequence[int]:
    """The tasks nobody has spoken of for longer than they bear. One query: only dates and weights are fetched."""
    silent = tasks.open().filter(moved_at__lt=_days_ago(on, rules.LEAST_PATIENCE)).told().order_by()
    return [task.pk for task in silent.only(*_FOR_SILENCE) if is_stuck(task, on=on)]


def _days_ago(on: date, days: int) -> datetime:
    return datetime.combine(on - timedelta(days=days), time.min, tzinfo=timezone.get_current_timezone())
