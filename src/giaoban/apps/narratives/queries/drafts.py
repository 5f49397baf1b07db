"""Instructions received, what was drafted from them, and the drafts that were kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, F, Q

from giaoban.apps.narratives import access
from giaoban.apps.narratives.models import DraftTask, DraftTaskQuerySet, Instruction, InstructionQuerySet
from giaoban.apps.narratives.rules import drafts as rules
from giaoban.apps.tasks import queries as tasks
from giaoban.apps.tasks.rules import MAX_SOURCE, MAX_TITLE
from giaoban.apps.units import queries as units
from giaoban.base.access import Actor
from giaoban.core.refusal import NotFound
from giaoban.core.text_vi.dates import write_day

PAGE = 50


@dataclass(frozen=True)
class InstructionLine:
    """One instruction in the list: what it calls itself, for whom, and what became of its drafts."""

    id: int
    name: str
    symbol: str
    body: str
    issued_day: date | None
    unit_code: str
    unit: str
    received_at: datetime
    open: int
    kept: int
    dismissed: int


@dataclass(frozen=True)
class InstructionList:
    rows: Sequence[InstructionLine]
    total: int
    units: Sequence[units.UnitName]  # those the actor may receive an instruction for

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE)


@dataclass(frozen=True)
class DraftRow:
    """One draft beside the text."""

    id: int
    ordinal: int
    words: str
    deadline: date | None
    last_day: date | None
    deadline_words: str
    event: str
    precision: str
    role: str
    urgency: str
    state: str
    state_label: str
    is_open: bool


@dataclass(frozen=True)
class InstructionPage:
    """Prose left with what it asks for marked, drafts right."""

    line: InstructionLine
    title: str
    paragraphs: Sequence[Sequence[rules.Run]]
    drafts: Sequence[DraftRow]
    may_decide: bool


@dataclass(frozen=True)
class KeptDraft:
    """A kept draft: who has to do what by when. `urgency` is overdue, soon or empty on the day asked for."""

    id: int
    words: str
    unit_id: int
    unit_code: str
    unit_path: str
    unit: str
    deadline: date | None
    is_strict: bool
    deadline_words: str
    event: str
    urgency: str
    instruction_id: int
    instruction: str
    symbol: str
    issued_day: date | None
    start: int
    end: int
    task_id: int | None = None  # the task made from it
    may_assign: bool = False  # none is made yet, and the actor hands out work at the unit


@dataclass(frozen=True)
class DraftCounts:
    open: int
    kept: int


@dataclass(frozen=True)
class DraftFilters:
    """What to show; empty means any."""

    unit: str = ""
    instruction: int = 0
    page: int = 1


@dataclass(frozen=True)
class DraftList:
    """One page of the kept drafts, with what can be chosen in the filters."""

    rows: Sequence[KeptDraft]
    total: int
    overdue: int
    soon: int
    units: Sequence[tuple[str, str]]
    instructions: Sequence[tuple[int, str]]

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE)


def instruction_list(*, actor: Actor, page: int = 1) -> InstructionList:
    """The instructions the actor may read, newest first. Three queries at any size."""
    readable = Instruction.objects.allowed(actor, access.READ)
    listed = _counted(readable).defer("text", "reading")
    first = (page - 1) * PAGE
    mine = units.names(place.unit_id for place in actor.reach("reporter", "reviewer").places)
    return InstructionList(
        rows=[_line(row) for row in listed.order_by("-received_at", "-pk")[first : first + PAGE]],
        total=readable.count(),
        units=sorted(mine.values(), key=lambda unit: unit.code),
    )


def _counted(rows: InstructionQuerySet) -> InstructionQuerySet:
    return rows.select_related("unit").annotate(
        **{state.value: Count("drafts", filter=Q(drafts__state=state)) for state in DraftTask.State}
    )


def _line(row: Instruction) -> InstructionLine:
    counts = {state.value: getattr(row, state.value) for state in DraftTask.State}
    return InstructionLine(
        id=row.pk,
        name=row.title or row.name,
        symbol=row.symbol,
        body=row.body,
        issued_day=row.issued_day,
        unit_code=row.unit.code,
        unit=row.unit.label,
        received_at=row.received_at,
        **counts,
    )


def instruction_page(*, actor: Actor, instruction_id: int, on: date) -> InstructionPage:
    """One instruction with its drafts. Raises NotFound. Two queries."""
    row = _counted(Instruction.objects.allowed(actor, access.READ)).one(instruction_id)
    drafts = list(row.drafts.order_by("ordinal"))
    mine = {place.unit_id for place in actor.reach("reporter", "reviewer").places}
    return InstructionPage(
        line=_line(row),
        title=row.title or row.name,
        paragraphs=rules.paragraphs(row.text, {(one.start, one.end): one.pk for one in drafts}),
        drafts=[_draft(one, on) for one in drafts],
        may_decide=row.unit_id in mine,
    )


def instruction_of(*, actor: Actor, draft_id: int) -> int:
    """The instruction a draft was read from. Raises NotFound. One query."""
    return DraftTask.objects.allowed(actor, access.READ).only("instruction_id").one(draft_id).instruction_id


def _draft(one: DraftTask, on: date) -> DraftRow:
    return DraftRow(
        id=one.pk,
        ordinal=one.ordinal,
        words=one.words,
        deadline=one.deadline,
        last_day=rules.last_day(one.deadline, is_strict=one.is_strict) if one.deadline else None,
        deadline_words=one.deadline_words,
        event=one.event,
        precision=one.precision,
        role=one.role,
        urgency=rules.urgency(one.deadline, is_strict=one.is_strict, on=on),
        state=one.state,
        state_label=str(one.get_state_display()),
        is_open=one.state == DraftTask.State.OPEN,
    )


def kept_drafts(*, actor: Actor, on: date) -> list[KeptDraft]:
    """Every kept draft the actor may read, the earliest deadline first, those without a day last. One query."""
    return [_kept_row(one, on) for one in _kept(actor)]


def _kept(actor: Actor) -> DraftTaskQuerySet:
    return (
        DraftTask.objects.allowed(actor, access.READ)
        .filter(state=DraftTask.State.KEPT)
        .select_related("instruction__unit")
        .defer("instruction__text", "instruction__reading")
        .order_by(F("deadline").asc(nulls_last=True), "-is_strict", "instruction__unit__path", "pk")
    )


def _kept_row(one: DraftTask, on: date) -> KeptDraft:
    source = one.instruction
    return KeptDraft(
        id=one.pk,
        words=one.words,
        unit_id=source.unit_id,
        unit_code=source.unit.code,
        unit_path=source.unit.path,
        unit=source.unit.label,
        deadline=one.deadline,
        is_strict=one.is_strict,
        deadline_words=one.deadline_words,
        event=one.event,
        urgency=rules.urgency(one.deadline, is_strict=one.is_strict, on=on),
        instruction_id=source.pk,
        instruction=source.title or source.name,
        symbol=source.symbol,
        issued_day=source.issued_day,
        start=one.start,
        end=one.end,
    )


def draft_list(*, actor: Actor, on: date, filters: DraftFilters) -> DraftList:
    """One page of the kept drafts under the filters, each with the task made from it. Four queries at any size."""
    kept = _kept(actor)
    choices = kept.order_by("instruction__unit__path", "-instruction__received_at").values_list(
        "instruction__unit__code",
        "instruction__unit__short_name",
        "instruction__unit__name",
        "instruction_id",
        "instruction__symbol",
        "instruction__title",
        "instruction__name",
    )
    offered = list(choices.distinct())
    shown = kept
    if filters.unit:
        shown = shown.filter(instruction__unit__code=filters.unit)
    if filters.instruction:
        shown = shown.filter(instruction=filters.instruction)
    first = (filters.page - 1) * PAGE
    counts = shown.order_by().aggregate(
        total=Count("pk"),
        overdue=Count("pk", filter=_late(on)),
        soon=Count("pk", filter=_late(on + rules.SOON + rules.A_DAY) & ~_late(on)),
    )
    return DraftList(
        rows=_handed([_kept_row(one, on) for one in shown[first : first + PAGE]], actor),
        units=list(dict.fromkeys((code, short or name) for code, short, name, *_ in offered)),
        instructions=[(pk, symbol or title or name) for *_, pk, symbol, title, name in offered],
        **counts,
    )


def _late(on: date) -> Q:
    """Those whose last day lies before `on`: the clause of rules.urgency."""
    return Q(deadline__lt=on) | Q(deadline=on, is_strict=True)


def draft_counts(*, actor: Actor) -> DraftCounts:
    """How many drafts the actor may read are open, how many kept. One query."""
    states = DraftTask.State
    counts = DraftTask.objects.allowed(actor, access.READ).aggregate(
        open=Count("pk", filter=Q(state=states.OPEN)), kept=Count("pk", filter=Q(state=states.KEPT))
    )
    return DraftCounts(**counts)


def _handed(rows: Sequence[KeptDraft], actor: Actor) -> list[KeptDraft]:
    """The rows with their tasks."""
    made = tasks.tasks_of(actor=actor, origins=[_origin(one.id) for one in rows])
    return [
        replace(one, task_id=made.get(_origin(one.id)), may_assign=_origin(one.id) not in made and _decides(actor, one))
        for one in rows
    ]


def _decides(actor: Actor, one: KeptDraft) -> bool:
    return any(one.unit_path.startswith(place.path) for place in actor.reach("reviewer").places)


def _origin(draft_id: int) -> str:
    return f"narratives.draft:{draft_id}"


def form_of_task(*, actor: Actor, draft_id: int, on: date) -> str:
    """The address of the form of a new task, filled in with what the instruction says.

    Raises NotFound for a draft that is not kept, has its task, or whose unit the actor hands out no work at.
    Two queries.
    """
    (one,) = _handed([_kept_row(_kept(actor).one(draft_id), on)], actor)
    if not one.may_assign:
        raise NotFound()
    last = rules.last_day(one.deadline, is_strict=one.is_strict) if one.deadline else None
    boxes = {
        "title": one.words[:MAX_TITLE],
        "lead": one.unit_code,
        "due": write_day(last) if last else "",
        "source_kind": "paper",
        "source_label": one.instruction[:MAX_SOURCE],
        "source_symbol": one.symbol,
        "source_day": write_day(one.issued_day) if one.issued_day else "",
    }
    return tasks.form_address(boxes=boxes, origin=_origin(one.id))
