"""Notes of the session: several secretaries write at once; nobody's words are lost."""

from __future__ import annotations

from datetime import datetime

from giaoban.apps.briefings import access, rules
from giaoban.apps.briefings.models import Briefing, Note, NoteRevision
from giaoban.apps.briefings.services.preparing import _closed_label
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service
from giaoban.core.refusal import NotFound


@service
def write_note(*, actor: Actor, briefing_id: int, item_id: int | None, words: str, at: datetime) -> Note:
    """Write something down under an item. Raises rules.NoNote, NotInSession, ClosedBriefing."""
    briefing = _in_session(actor, briefing_id)
    if item_id is not None and not briefing.agenda.filter(pk=item_id).exists():
        raise NotFound()
    text = _fitting(words)
    note = Note.objects.create(briefing=briefing, item_id=item_id, words=text, by_name=actor.name, at=at)
    _keep(note)
    _told(actor, briefing, note, at, told="briefings.note_written")
    return note


@service
def revise_note(*, actor: Actor, note_id: int, words: str, revision: int, at: datetime) -> Note:
    """Write a note anew; what it said before is kept. Raises rules.ChangedSinceRead when somebody was quicker."""
    found = Note.objects.filter(pk=note_id).values_list("briefing_id", flat=True).first()
    briefing = _in_session(actor, found or 0)
    note = Note.objects.get(pk=note_id)
    if revision != note.revision:
        raise rules.ChangedSinceRead()
    note.words, note.revision = _fitting(words), note.revision + 1
    note.by_name, note.at = actor.name, at
    note.save(update_fields=["words", "revision", "by_name", "at"])
    _keep(note)
    _told(actor, briefing, note, at, told="briefings.note_revised")
    return note


def _in_session(actor: Actor, briefing_id: int) -> Briefing:
    briefing = Briefing.objects.held(actor, access.ORGANISE, briefing_id)
    rules.check_in_session(briefing.state, _closed_label(briefing))
    return briefing


def _fitting(words: str) -> str:
    text = rules.fitting(words, most=rules.MAX_NOTE)
    if not text:
        raise rules.NoNote()
    return text


def _keep(note: Note) -> None:
    NoteRevision.objects.create(note=note, revision=note.revision, words=note.words, by_name=note.by_name, at=note.at)


def _told(actor: Actor, briefing: Briefing, note: Note, at: datetime, *, told: str) -> None:
    record(
        actor=actor,
        verb=told,
        on=note,
        at=at,
        place=briefing.unit.path,
        briefing=briefing.pk,
        revision=note.revision,
        words=note.words[:500],
    )
