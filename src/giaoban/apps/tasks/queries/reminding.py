"""What a person is reminded of today, and to whom a letter is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from giaoban.apps.people.models import Account, Office
from giaoban.apps.tasks import access, rules
from giaoban.apps.tasks.models import Extension, Reminder, ReminderChoice, Task, TaskQuerySet
from giaoban.apps.tasks.rules import reminding
from giaoban.base.access import Actor
from giaoban.base.web.language import language

MOST = 200  # things one person is shown


@dataclass(frozen=True)
class ReminderGroup:
    """The reminders of one kind under their heading."""

    kind: str
    label: str
    rows: Sequence[reminding.Due]


@dataclass(frozen=True)
class Reminders:
    """What the reader is reminded of today, and how letters reach them."""

    groups: Sequence[ReminderGroup]
    email: str
    wants_letters: bool

    @property
    def total(self) -> int:
        return sum(len(group.rows) for group in self.groups)


def reminders(*, actor: Actor, on: date) -> Reminders:
    """The reader's own reminders of a day, whatever letters have said. Four queries at any size."""
    tasks = Task.objects.allowed(actor, access.READ).filter(_mine(actor))
    asked = Extension.objects.filter(task__in=Task.objects.allowed(actor, access.DECIDE).filter(_given(actor)))
    account = Account.objects.filter(pk=actor.id).first() if actor.kind == "person" else None
    choice = ReminderChoice.objects.filter(account=account).first() if account else None
    found = [*_dues(_near(tasks, on)[:MOST], on), *_askeds(_waiting(asked)[:MOST], on)]
    return Reminders(
        groups=grouped(found),
        email=account.email if account else "",
        wants_letters=choice is None or choice.wants_letters,
    )


def _mine(actor: Actor) -> Q:
    leads = Q(lead_unit__in=[place.unit_id for place in actor.reach("reporter").places])
    return leads | Q(officer=actor.id) if actor.kind == "person" else leads


def _given(actor: Actor) -> Q:
    return Q(assigning_unit__in=[place.unit_id for place in actor.reach("reviewer").places])


def grouped(rows: Iterable[reminding.Due]) -> Sequence[ReminderGroup]:
    """Reminders under their headings, the most pressing first."""
    found = list(rows)
    groups = [
        ReminderGroup(kind, gettext(label), [row for row in found if row.kind == kind])
        for kind, label in reminding.KIND_LABELS
    ]
    return [group for group in groups if group.rows]


def _near(tasks: TaskQuerySet, on: date) -> TaskQuerySet:
    soon = on + timedelta(days=max(reminding.BEFORE))
    return tasks.open().filter(due_day__lte=soon).select_related("lead_unit").order_by("due_day", "pk")


def _waiting(asked: QuerySet[Extension]) -> QuerySet[Extension]:
    rows = asked.filter(state=rules.Asked.ASKED, task__state__in=rules.OPEN)
    return rows.select_related("task__lead_unit").order_by("asked_at", "pk")


def _dues(tasks: Iterable[Task], on: date) -> list[reminding.Due]:
    return [_due(task, reminding.due_mark(task.due_day, on=on), on) for task in tasks]


def _askeds(asked: Iterable[Extension], on: date) -> list[reminding.Due]:
    return [
        _due(one.task, reminding.asked_mark(one.pk, asked_on=_day(one), on=on), on, until=one.due.label(language()))
        for one in asked
    ]


def _day(asked: Extension) -> date:
    return timezone.localtime(asked.asked_at).date()


def _due(task: Task, mark: str, on: date, *, until: str = "") -> reminding.Due:
    return reminding.Due(
        task_id=task.pk,
        mark=mark,
        title=task.title,
        lead=task.lead_unit.label,
        due=task.due.label(language()),
        days=(task.due_day - on).days,
        asked_until=until,
    )


@dataclass(frozen=True)
class LetterDue:
    """Somebody who is to get a letter, and what it has to tell that no letter has told yet."""

    account_id: int
    name: str
    email: str
    rows: Sequence[reminding.Due]


def letters_due(*, on: date) -> Sequence[LetterDue]:
    """To whom a letter is due on a day: officers with an address who did not switch letters off. Six queries.

    The reporters of the lead unit and the officer named, for as long as an office is held there; the reviewers of the
    assigning unit where more time was asked.
    """
    tasks = list(_near(Task.objects.all(), on))
    asked = list(_waiting(Extension.objects.all()))
    told: defaultdict[int, list[reminding.Due]] = defaultdict(list)
    leads = _holders([task.lead_unit_id for task in tasks], on=on)
    for task, due in zip(tasks, _dues(tasks, on), strict=True):
        for account, role in leads[task.lead_unit_id]:
            if role == "reporter" or account == task.officer_id:
                told[account].append(due)
    givers = _holders([one.task.assigning_unit_id for one in asked], on=on)
    for one, due in zip(asked, _askeds(asked, on), strict=True):
        for account, role in givers[one.task.assigning_unit_id]:
            if role == "reviewer":
                told[account].append(due)
    return _letters(told)


def _holders(unit_ids: Iterable[int], *, on: date) -> dict[int, list[tuple[int, str]]]:
    """Unit -> (account, role) of everybody with an address who holds an office there."""
    held = Office.objects.on(on).filter(unit__in=set(unit_ids), account__is_active=True).exclude(account__email="")
    refusing = ReminderChoice.objects.filter(wants_letters=False).values("account")
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for unit, account, role in held.exclude(account__in=refusing).values_list("unit_id", "account_id", "role"):
        found[unit].append((account, role))
    return found


def _letters(told: dict[int, list[reminding.Due]]) -> Sequence[LetterDue]:
    known = set(Reminder.objects.filter(account__in=told).values_list("account_id", "task_id", "mark"))
    accounts = Account.objects.filter(pk__in=told).order_by("pk")
    found = []
    for account in accounts:
        rows = {(row.task_id, row.mark): row for row in told[account.pk]}
        new = [row for key, row in rows.items() if row.mark and (account.pk, *key) not in known]
        if new:
            found.append(LetterDue(account.pk, account.name, account.email, new))
    return found
