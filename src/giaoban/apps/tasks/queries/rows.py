"""One task as lists write it: who, what, by when, how it stands, how far it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext

from giaoban.apps.tasks import rules
from giaoban.apps.tasks.models import Extension, Task, TaskQuerySet
from giaoban.base.web.frame import initials
from giaoban.base.web.language import language

CHIPS = {  # state -> the house's chip
    "assigned": "none",
    "ongoing": "draft",
    "handed_in": "submitted",
    "returned": "returned",
    "accepted": "accepted",
    "closed": "accepted",
    "withdrawn": "none",
}
BAR = 120  # the width a bar of time is drawn in


@dataclass(frozen=True)
class TimeBar:
    """The time a task was given, from its first day to its last, and where today stands; all within BAR."""

    due: int
    today: int
    is_over: bool
    label: str


@dataclass(frozen=True)
class TaskRow:
    """One task in a list. `days` is how far the last day is: negative when it has gone by."""

    task_id: int
    revision: int
    kind: str
    kind_label: str
    title: str
    assigner: str
    assigner_code: str
    topic: str
    lead_id: int
    lead: str
    officer: str
    post: str
    initials: str
    assigned_on: date
    due_day: date
    due: str
    due_words: str
    due_typed: str  # as it is typed into a box
    days: int
    weight: int
    state: str
    state_label: str
    chip: str
    is_open: bool
    is_overdue: bool
    is_due_soon: bool
    is_stuck: bool
    silent: int
    is_extension_asked: bool
    progress: rules.Progress
    bar: TimeBar
    whole_id: int | None
    whole: str

    @property
    def span(self) -> str:
        """How far the last day is, as one says it."""
        if self.days == 0:
            return gettext("hôm nay")
        if self.days < 0:
            return gettext("quá {n} ngày").format(n=-self.days)
        return gettext("còn {n} ngày").format(n=self.days)


def rows_of(tasks: TaskQuerySet, *, on: date) -> Sequence[TaskRow]:
    """The tasks as rows, in their own order. Three queries at any number."""
    found = list(tasks.told().select_related("assigner", "topic", "lead_unit", "parent"))
    parts = parts_of(task.pk for task in found)
    asked = set(
        Extension.objects.filter(task__in=[task.pk for task in found], state=rules.Asked.ASKED).values_list(
            "task_id", flat=True
        )
    )
    return [row_of(task, on=on, parts=parts[task.pk], is_asked=task.pk in asked) for task in found]


def parts_of(task_ids: Iterable[int]) -> Mapping[int, list[str]]:
    """The states of the sub-tasks of each task. One query."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for whole, state in Task.objects.filter(parent__in=list(task_ids)).values_list("parent_id", "state"):
        found[whole].append(state)
    return found


def row_of(task: Task, *, on: date, parts: Sequence[str], is_asked: bool) -> TaskRow:
    """One task that was asked for with `told()`."""
    return TaskRow(
        task_id=task.pk,
        revision=task.revision,
        kind=task.kind,
        kind_label=gettext(str(rules.Kind(task.kind).label)),
        title=task.title,
        assigner=task.assigner.label,
        assigner_code=task.assigner.code,
        topic=task.topic.label if task.topic else "",
        lead_id=task.lead_unit_id,
        lead=task.lead_unit.label,
        officer=task.officer_name,
        post=task.post,
        initials=initials(task.officer_name),
        assigned_on=task.assigned_on,
        due_day=task.due_day,
        due=task.due.label(language()),
        due_words=task.due_words,
        due_typed=task.due.typed,
        days=(task.due_day - on).days,
        weight=task.weight,
        state=task.state,
        state_label=rules.State(task.state).label,
        chip=CHIPS[task.state],
        is_open=task.state in rules.OPEN,
        is_overdue=rules.is_overdue(state=task.state, due_day=task.due_day, on=on),
        is_due_soon=rules.is_due_soon(state=task.state, due_day=task.due_day, on=on),
        is_stuck=is_stuck(task, on=on),
        silent=(on - last_told(task)).days,
        is_extension_asked=is_asked,
        progress=rules.progress(state=task.state, percent=getattr(task, "percent", None), parts=parts),
        bar=time_bar(task, on=on),
        whole_id=task.parent_id,
        whole=task.parent.title if task.parent else "",
    )


def last_told(task: Task) -> date:
    """The day something was last said of a task asked for with `told()`: a move, a note, a request for time."""
    moments = (task.moved_at, getattr(task, "noted_at", None), getattr(task, "asked_at", None))
    return timezone.localtime(max(moment for moment in moments if moment is not None)).date()


def is_stuck(task: Task, *, on: date) -> bool:
    """Whether a task asked for with `told()` is spoken of too seldom."""
    return rules.is_stuck(
        state=task.state,
        assigned_on=task.assigned_on,
        due_day=task.due_day,
        weight=task.weight,
        told_on=last_told(task),
        on=on,
    )


def time_bar(task: Task, *, on: date) -> TimeBar:
    """Where today stands between the day the task was given and its last day; work handed in stops the clock."""
    stopped = task.handed_in_at if task.state not in rules.OPEN else None
    today = timezone.localtime(stopped).date() if stopped else on
    first, last = task.assigned_on, max(task.due_day, today)
    whole = max(1, (last - first).days)
    is_over = today > task.due_day
    spent = max(0, min(whole, (today - first).days))
    return TimeBar(
        due=BAR * (task.due_day - first).days // whole,
        today=BAR * spent // whole,
        is_over=is_over,
        label=gettext("đã qua {n} trong {whole} ngày được giao").format(n=spent, whole=(task.due_day - first).days),
    )
