"""What is left of a briefing: minutes, the notice of conclusions, the list of tasks made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from giaoban.apps.briefings import rules
from giaoban.apps.briefings.models import Briefing, Conclusion, Question
from giaoban.apps.briefings.queries.preparing import ItemRow, PointRow, SiteRow, agenda_of, points_of, sites_of
from giaoban.apps.briefings.queries.rows import Seen, seen
from giaoban.apps.tasks.access import READ as READ_TASK
from giaoban.apps.tasks.models import Assigner, Task, Topic
from giaoban.apps.tasks.queries import TaskRow
from giaoban.apps.tasks.queries.rows import rows_of
from giaoban.base.access import Actor
from giaoban.base.web.language import language
from giaoban.core.refusal import NotFound


@dataclass(frozen=True)
class ConclusionRow:
    """One conclusion. `task` is the task made from it, where the actor may see it; `is_task` whether there is one."""

    conclusion_id: int
    revision: int
    kind: str
    kind_label: str
    ordinal: int
    marker: str
    words: str
    item_id: int | None
    lead: str
    lead_code: str
    coordinating: tuple[str, ...]
    due: str
    product: str
    topic: str
    topic_code: str
    is_task: bool
    task: TaskRow | None

    @property
    def given(self) -> dict[str, str]:
        """The boxes of its form as they stand."""
        return {
            "words": self.words,
            "kind": self.kind,
            "item": str(self.item_id or ""),
            "lead": self.lead,
            "coordinating": ", ".join(self.coordinating),
            "due": self.due,
            "product": self.product,
            "topic": self.topic_code,
        }


@dataclass(frozen=True)
class Spoken:
    """Who spoke under an item, for how long."""

    site: str
    subject: str
    began_at: datetime | None
    seconds: int

    @property
    def minutes(self) -> int:
        """To the nearest minute, at least one."""
        return max(1, round(self.seconds / 60))


@dataclass(frozen=True)
class Written:
    """What was written down under an item."""

    words: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Asked:
    """A question with its answers; without a quorum it counts for nothing."""

    text: str
    yes: int
    no: int
    abstain: int
    entitled: int
    quorum: int
    is_taken_back: bool

    @property
    def answered(self) -> int:
        return self.yes + self.no + self.abstain

    @property
    def counts(self) -> bool:
        return self.answered >= self.quorum and not self.is_taken_back


@dataclass(frozen=True)
class ItemRecord:
    """One item as it went: who spoke, what was written, asked and concluded."""

    item: ItemRow
    spoken: Sequence[Spoken]
    written: Sequence[Written]
    asked: Sequence[Asked]
    concluded: Sequence[ConclusionRow]


@dataclass(frozen=True)
class Record:
    """The whole record of a briefing. `loose` are conclusions and notes that belong to no item."""

    seen: Seen
    opened_at: datetime | None
    secretaries: tuple[str, ...]
    items: Sequence[ItemRecord]
    loose: Sequence[ConclusionRow]
    conclusions: Sequence[ConclusionRow]
    sites: Sequence[SiteRow]
    points: Sequence[PointRow]

    def of_kind(self, kind: str) -> Sequence[ConclusionRow]:
        return [one for one in self.conclusions if one.kind == kind]

    @property
    def information(self) -> Sequence[ConclusionRow]:
        return self.of_kind(rules.ConclusionKind.INFORMATION)

    @property
    def decisions(self) -> Sequence[ConclusionRow]:
        return self.of_kind(rules.ConclusionKind.DECISION)

    @property
    def lessons(self) -> Sequence[ConclusionRow]:
        return self.of_kind(rules.ConclusionKind.LESSON)

    @property
    def directives(self) -> Sequence[ConclusionRow]:
        return self.of_kind(rules.ConclusionKind.DIRECTIVE)

    @property
    def present(self) -> Sequence[SiteRow]:
        """The sites that were there; those that said they would be, while nobody has been seen to come."""
        if any(site.joined_at for site in self.sites):
            return [site for site in self.sites if site.joined_at or site.is_centre]
        return [site for site in self.sites if site.reply in rules.COMING]

    @property
    def absent(self) -> Sequence[SiteRow]:
        there = {site.site_id for site in self.present}
        return [site for site in self.sites if site.site_id not in there]

    @property
    def not_yet_tasks(self) -> int:
        """Directives that nobody has been given."""
        return sum(not one.is_task for one in self.directives)


def record(*, actor: Actor, briefing_id: int, on: date) -> Record:
    """Minutes, notice and tasks of a briefing. Sixteen queries at any size.

    Raises NotFound for a briefing not the actor's, and while it is on for all but those who write it down.
    """
    head = seen(actor=actor, briefing_id=briefing_id)
    if not head.may_read_record:
        raise NotFound()
    briefing = Briefing.objects.get(pk=briefing_id)
    conclusions = conclusions_of(actor, briefing, on)
    items = agenda_of(briefing)
    known = {item.item_id for item in items}
    return Record(
        seen=head,
        opened_at=briefing.opened_at,
        secretaries=tuple(briefing.secretaries.order_by("name").values_list("name", flat=True)),
        items=_items(briefing, items, conclusions),
        loose=[one for one in conclusions if one.item_id not in known],
        conclusions=conclusions,
        sites=sites_of(briefing),
        points=points_of(briefing),
    )


def _items(briefing: Briefing, items: Sequence[ItemRow], conclusions: Sequence[ConclusionRow]) -> Sequence[ItemRecord]:
    speeches = list(briefing.speeches.filter(state=rules.Speech.DONE).select_related("site").order_by("began_at", "pk"))
    notes = list(briefing.notes.order_by("pk"))
    questions = [(one.item_id, _asked(one)) for one in briefing.questions.prefetch_related("answers").order_by("pk")]
    return [
        ItemRecord(
            item=item,
            spoken=[
                Spoken(
                    one.site.name,
                    one.subject,
                    one.began_at,
                    int((one.ended_at - one.began_at).total_seconds()) if one.began_at and one.ended_at else 0,
                )
                for one in speeches
                if one.item_id == item.item_id
            ],
            written=[Written(one.words, one.by_name, one.at) for one in notes if one.item_id == item.item_id],
            asked=[asked for item_id, asked in questions if item_id == item.item_id],
            concluded=[one for one in conclusions if one.item_id == item.item_id],
        )
        for item in items
    ]


def _asked(question: Question) -> Asked:
    answers = [answer.choice for answer in question.answers.all()]
    yes, no, abstain = (answers.count(choice) for choice in rules.Choice)
    return Asked(question.text, yes, no, abstain, len(question.entitled), question.quorum, question.is_taken_back)


def conclusions_of(actor: Actor, briefing: Briefing, on: date) -> Sequence[ConclusionRow]:
    """The conclusions in the order they were written, each with its task where the actor may see it. Five queries."""
    found = list(
        briefing.conclusions.select_related("lead_unit", "topic").prefetch_related("coordinating").order_by("pk")
    )
    origins = [one.origin for one in found]
    made = dict(Task.objects.filter(origin__in=origins).values_list("origin", "pk"))
    seen_tasks = Task.objects.allowed(actor, READ_TASK).filter(pk__in=made.values())
    tasks = {row.task_id: row for row in rows_of(seen_tasks, on=on)}
    return [_conclusion(one, made.get(one.origin), tasks) for one in found]


def _conclusion(one: Conclusion, task_id: int | None, tasks: dict[int, TaskRow]) -> ConclusionRow:
    return ConclusionRow(
        conclusion_id=one.pk,
        revision=one.revision,
        kind=one.kind,
        kind_label=gettext(str(rules.ConclusionKind(one.kind).label)),
        ordinal=one.ordinal,
        marker=rules.marker(one.ordinal),
        words=one.words,
        item_id=one.item_id,
        lead=one.lead_unit.label if one.lead_unit else "",
        lead_code=one.lead_unit.code if one.lead_unit else "",
        coordinating=tuple(unit.label for unit in one.coordinating.all()),
        due=one.due.label(language()) if one.due else "",
        product=one.product,
        topic=one.topic.label if one.topic else "",
        topic_code=one.topic.code if one.topic else "",
        is_task=task_id is not None,
        task=tasks.get(task_id or 0),
    )


@dataclass(frozen=True)
class Choosing:
    """What can be chosen when a conclusion is written: items and topics as (code, label), units by name."""

    items: Sequence[tuple[int, str]]
    topics: Sequence[tuple[str, str]]
    units: Sequence[str]


def choosing(*, items: Sequence[ItemRow], units: Sequence[str]) -> Choosing:
    """The choices of the form of a conclusion, for a briefing's items and the names of its sites. One query."""
    return Choosing(
        items=[(item.item_id, item.title) for item in items],
        topics=[(one.code, one.label) for one in Topic.objects.all()],
        units=units,
    )


def assigners() -> Sequence[tuple[str, str]]:
    """The bodies on whose behalf a series' directives are handed out. One query."""
    return [(one.code, one.label) for one in Assigner.objects.all()]
