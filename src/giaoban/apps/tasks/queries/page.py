"""Everything about one task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from giaoban.apps.tasks import access, rules
from giaoban.apps.tasks.models import Extension, ProgressNote, Task
from giaoban.apps.tasks.queries.choices import Officer, officers
from giaoban.apps.tasks.queries.rows import TaskRow, parts_of, row_of, rows_of
from giaoban.apps.tasks.queries.story import Step, steps
from giaoban.base.access import Actor
from giaoban.base.attachments import store
from giaoban.base.web.language import language
from giaoban.core.refusal import NotFound

OF_THE_LEAD = ("take", "hand_in", "ask")  # the rest is for whoever assigned


@dataclass(frozen=True)
class NoteRow:
    """One note: who told it for which unit, what, how far, and the file that shows it."""

    note_id: int
    at: datetime
    who: str
    unit: str
    words: str
    percent: int | None
    is_product: bool
    file_name: str
    size: int


@dataclass(frozen=True)
class ExtensionRow:
    """More time asked for, and what was decided."""

    extension_id: int
    before: str
    due: str
    reason: str
    who: str
    asked_at: datetime
    state: str
    state_label: str
    decision: str


@dataclass(frozen=True)
class Source:
    """Where a task comes from, written as offices cite it."""

    kind: str
    label: str
    symbol: str
    day: date | None


@dataclass(frozen=True)
class TaskPage:
    """A task with its notes, parts, extensions and story, and what the actor may do now."""

    row: TaskRow
    product: str
    reason: str
    source: Source
    assigning_unit: str
    lead_code: str
    lead_phone: str
    coordinating: Sequence[str]
    handed_in_at: datetime | None
    accepted_at: datetime | None
    closed_at: datetime | None
    notes: Sequence[NoteRow]
    parts: Sequence[TaskRow]
    extensions: Sequence[ExtensionRow]
    story: Sequence[Step]
    verbs: Sequence[str]  # that may start from the state it is in
    patience: int
    may_work: bool
    may_note: bool
    may_split: bool
    may_decide: bool
    whole_is_seen: bool
    officers: Sequence[Officer]

    def may(self, verb: str) -> bool:
        """Whether the verb is this actor's at all, in whatever state the task is."""
        if verb == "note":
            return self.may_note
        return self.may_work if verb in OF_THE_LEAD else self.may_decide

    @property
    def products(self) -> Sequence[NoteRow]:
        """The results handed in, newest first."""
        return [note for note in self.notes if note.is_product]

    @property
    def asked(self) -> ExtensionRow | None:
        """The extension that waits for a decision."""
        return next((one for one in self.extensions if one.state == rules.Asked.ASKED), None)


def task_page(*, actor: Actor, task_id: int, on: date) -> TaskPage:
    """One task as its page shows it. Raises NotFound. The number of queries does not depend on the task."""
    task = (
        Task.objects.allowed(actor, access.READ)
        .told()
        .select_related("assigner", "topic", "lead_unit", "assigning_unit", "parent")
        .one(task_id)
    )
    extensions = list(task.extensions.order_by("-pk"))
    parts = task.parts.order_by("due_day", "pk")
    may = {action: _may(actor, action, task) for action in (access.WORK, access.NOTE, access.SPLIT, access.DECIDE)}
    is_asked = any(one.state == rules.Asked.ASKED for one in extensions)
    return TaskPage(
        row=row_of(task, on=on, parts=parts_of([task.pk])[task.pk], is_asked=is_asked),
        product=task.product,
        reason=task.reason,
        source=_source(task),
        assigning_unit=task.assigning_unit.name,
        lead_code=task.lead_unit.code,
        lead_phone=task.lead_unit.phone,
        coordinating=[one.unit.label for one in task.coordinating.select_related("unit").order_by("unit__path")],
        handed_in_at=task.handed_in_at,
        accepted_at=task.accepted_at,
        closed_at=task.closed_at,
        notes=[_note(one) for one in task.notes.select_related("unit", "file").order_by("-pk")],
        parts=rows_of(parts, on=on),
        extensions=[_extension(one) for one in extensions],
        story=steps(task.pk),
        verbs=rules.MOVES.verbs_from(task.state),
        patience=rules.patience(assigned_on=task.assigned_on, due_day=task.due_day, weight=task.weight),
        may_work=may[access.WORK],
        may_note=may[access.NOTE],
        may_split=may[access.SPLIT],
        may_decide=may[access.DECIDE],
        whole_is_seen=task.parent_id is not None
        and Task.objects.allowed(actor, access.READ).filter(pk=task.parent_id).exists(),
        officers=officers(unit_id=task.lead_unit_id, on=on) if may[access.SPLIT] else (),
    )


def _source(task: Task) -> Source:
    return Source(
        kind=gettext(str(rules.SourceKind(task.source_kind).label)),
        label=task.source_label,
        symbol=task.source_symbol,
        day=task.source_day,
    )


def _may(actor: Actor, action: str, task: Task) -> bool:
    return Task.objects.allowed(actor, action).filter(pk=task.pk).exists()


def _note(one: ProgressNote) -> NoteRow:
    return NoteRow(
        note_id=one.pk,
        at=one.at,
        who=one.by_name,
        unit=one.unit.label,
        words=one.words,
        percent=one.percent,
        is_product=one.is_product,
        file_name=one.file_name,
        size=one.file.size if one.file else 0,
    )


def _extension(one: Extension) -> ExtensionRow:
    before = rules.Deadline(one.before_day)
    return ExtensionRow(
        extension_id=one.pk,
        before=before.label(),
        due=one.due.label(language()),
        reason=one.reason,
        who=one.by_name,
        asked_at=one.asked_at,
        state=one.state,
        state_label=rules.Asked(one.state).label,
        decision=one.decision,
    )


@dataclass(frozen=True)
class NoteFile:
    """A file shown with a note, under the name its giver used."""

    name: str
    media_type: str
    data: bytes


def note_file(*, actor: Actor, note_id: int) -> NoteFile:
    """The bytes kept with a note of a task the actor may read. Raises NotFound, store.FileGone."""
    seen = Task.objects.allowed(actor, access.READ)
    found = ProgressNote.objects.filter(pk=note_id, task__in=seen).select_related("file").first()
    if found is None or found.file is None:
        raise NotFound()
    return NoteFile(found.file_name, found.file.media_type, store.data_of(found.file, name=found.file_name))


@dataclass(frozen=True)
class Draft:
    """A task as its form shows it: the boxes already written."""

    task_id: int
    revision: int
    title: str
    boxes: dict[str, str]


def draft(*, actor: Actor, task_id: int) -> Draft:
    """The task to amend. Raises NotFound for who may not decide on it. Two queries."""
    rows = Task.objects.allowed(actor, access.DECIDE).select_related("assigner", "topic", "lead_unit")
    task = rows.one(task_id)
    codes = task.coordinating.order_by("unit__path").values_list("unit__code", flat=True)
    boxes = {
        "title": task.title,
        "kind": task.kind,
        "assigner": task.assigner.code,
        "topic": task.topic.code if task.topic else "",
        "source_kind": task.source_kind,
        "source_label": task.source_label,
        "source_symbol": task.source_symbol,
        "source_day": rules.Deadline(task.source_day).label() if task.source_day else "",
        "product": task.product,
        "weight": str(task.weight),
        "lead": task.lead_unit.code,
        "due": task.due.typed,
        "coordinating": ", ".join(codes),
    }
    return Draft(task.pk, task.revision, task.title, boxes)
