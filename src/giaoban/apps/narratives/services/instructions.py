"""The verbs on instructions: receive a superior's text, keep, correct or dismiss what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from giaoban.apps.narratives import access
from giaoban.apps.narratives.models import DraftTask, Instruction
from giaoban.apps.narratives.queries import words
from giaoban.apps.narratives.rules import MAX_TEXT, NoText, TextTooLong
from giaoban.apps.narratives.rules import drafts as rules
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.base.attachments import store
from giaoban.base.ledger.work import record, service
from giaoban.core import reading
from giaoban.core.formlang.inputs import clean
from giaoban.files import prose_in

NONE: Mapping[int, rules.Correction] = MappingProxyType({})


@service
def receive_instruction(
    *,
    actor: Actor,
    unit_id: int,
    name: str,
    at: datetime,
    data: bytes | None = None,
    text: str = "",
    prose: prose_in.Prose | None = None,
) -> Instruction:
    """Take in a superior's text for a unit, as a file or pasted, and draft the tasks it asks for.

    `prose`: what the bytes say, where they were read before the transaction began.
    Raises rules.NotYourUnit when the actor neither reports nor reviews for the unit, rules.NoText, rules.TextTooLong,
    the refusals of files.prose_in.
    """
    unit = Unit.objects.filter(actor.reach("reporter", "reviewer").at(""), pk=unit_id).first()
    if unit is None:
        raise rules.NotYourUnit()
    if prose is None:
        prose = prose_in.read(data=data, name=name) if data is not None else prose_in.Prose(text, prose_in.PLAIN)
    told = clean(prose.text)
    if not told:
        raise NoText()
    if len(told) > MAX_TEXT:
        raise TextTooLong(limit=MAX_TEXT)
    found = reading.read(text=told, lexicon=words.lexicon())
    instruction = Instruction.objects.create(
        unit=unit,
        file=store.keep(data=data, media_type=prose.media_type, at=at) if data is not None else None,
        name=clean(name)[:200],
        text=found.text,
        reading=found.as_json(),
        received_at=at,
        title=_title(found)[:300],
        body=(found.header.issuer or "")[:200],
        symbol=rules.own_symbol(found)[:80],
        issued_day=found.header.published,
    )
    count = _draft(instruction, found)
    record(
        actor=actor,
        verb="narratives.instruction_received",
        on=instruction,
        at=at,
        place=unit.path,
        name=instruction.name,
        drafts=count,
    )
    return instruction


def _title(found: reading.Reading) -> str:
    """What the text is about; a head that only repeats who speaks is no title."""
    title, issuer = (" ".join((words or "").split()) for words in (found.header.title, found.header.issuer))
    return "" if title.casefold() == issuer.casefold() else title


def _draft(instruction: Instruction, found: reading.Reading) -> int:
    made = DraftTask.objects.bulk_create(
        DraftTask(
            instruction=instruction,
            ordinal=ordinal,
            start=one.start,
            end=one.end,
            words=one.words,
            role=one.role,
            deadline=one.deadline,
            is_strict=one.is_strict,
            precision=one.precision,
            deadline_words=one.deadline_words,
            event=one.event,
        )
        for ordinal, one in enumerate(rules.drafts(found), start=1)
    )
    return len(made)


@service
def keep_draft(*, actor: Actor, draft_id: int, at: datetime, correction: rules.Correction | None = None) -> DraftTask:
    """Keep a draft as a task to do, corrected first when a correction is given.

    Raises NotFound, rules.DraftDecided, rules.NoWords, rules.WordsTooLong, rules.DueBeforeIssued.
    """
    draft = _open(actor, draft_id)
    _keep(actor, draft, correction, at)
    return draft


@service
def keep_open_drafts(
    *, actor: Actor, instruction_id: int, at: datetime, corrections: Mapping[int, rules.Correction] = NONE
) -> int:
    """Keep every draft of an instruction that is still open, or none of them; returns how many.

    `corrections`: draft id -> what a person wrote instead. Raises NotFound, rules.DraftDecided when none is open,
    rules.NoWords, rules.WordsTooLong, rules.DueBeforeIssued.
    """
    instruction = Instruction.objects.select_related("unit").allowed(actor, access.DECIDE).locked().one(instruction_id)
    waiting = list(instruction.drafts.filter(state=DraftTask.State.OPEN).order_by("ordinal").select_for_update())
    if not waiting:
        raise rules.DraftDecided()
    for draft in waiting:
        draft.instruction = instruction
        _keep(actor, draft, corrections.get(draft.pk), at)
    return len(waiting)


def _keep(actor: Actor, draft: DraftTask, correction: rules.Correction | None, at: datetime) -> None:
    _correct(actor, draft, correction or rules.Correction(draft.words, draft.deadline), at)
    draft.state = DraftTask.State.KEPT
    draft.save(update_fields=["state"])
    _record(actor, draft, "narratives.draft_kept", at)


@service
def correct_draft(*, actor: Actor, draft_id: int, correction: rules.Correction, at: datetime) -> DraftTask:
    """Write an open draft's words or last day anew; a day given by hand is that day itself.

    Raises NotFound, rules.DraftDecided, rules.NoWords, rules.WordsTooLong, rules.DueBeforeIssued.
    """
    draft = _open(actor, draft_id)
    _correct(actor, draft, correction, at)
    return draft


def _correct(actor: Actor, draft: DraftTask, correction: rules.Correction, at: datetime) -> None:
    told = rules.checked(correction, issued=draft.instruction.issued_day)
    if told == rules.Correction(draft.words, draft.deadline):
        return
    draft.words = told.words
    if told.deadline != draft.deadline:
        draft.deadline, draft.is_strict = told.deadline, False
        draft.precision = rules.DAY if told.deadline else ""
    draft.save(update_fields=["words", "deadline", "is_strict", "precision"])
    _record(actor, draft, "narratives.draft_corrected", at)


@service
def dismiss_draft(*, actor: Actor, draft_id: int, at: datetime) -> DraftTask:
    """Set an open draft aside. Raises NotFound, rules.DraftDecided."""
    draft = _open(actor, draft_id)
    draft.state = DraftTask.State.DISMISSED
    draft.save(update_fields=["state"])
    _record(actor, draft, "narratives.draft_dismissed", at)
    return draft


def _open(actor: Actor, draft_id: int) -> DraftTask:
    draft = DraftTask.objects.select_related("instruction__unit").allowed(actor, access.DECIDE).locked().one(draft_id)
    if draft.state != DraftTask.State.OPEN:
        raise rules.DraftDecided()
    return draft


def _record(actor: Actor, draft: DraftTask, verb: str, at: datetime) -> None:
    record(
        actor=actor,
        verb=verb,
        on=draft,
        at=at,
        place=draft.instruction.unit.path,
        instruction=draft.instruction_id,
        words=draft.words,
        deadline=draft.deadline.isoformat() if draft.deadline else None,
    )
