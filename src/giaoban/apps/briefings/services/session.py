"""The session: opened, adjourned, resumed, closed and sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from giaoban.apps.briefings import access, queries, rules
from giaoban.apps.briefings.models import AgendaItem, Briefing
from giaoban.apps.briefings.services.preparing import _closed_label
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service


@service
def open_session(*, actor: Actor, briefing_id: int, at: datetime) -> Briefing:
    """Open the briefing: its clock runs from now on. Raises core.moves.WrongMoment before it was called."""
    return _moved(actor, briefing_id, "open", at, told="briefings.opened", opened_at=at)


@service
def adjourn(*, actor: Actor, briefing_id: int, at: datetime) -> Briefing:
    """Break off for a while."""
    return _moved(actor, briefing_id, "adjourn", at, told="briefings.adjourned")


@service
def resume(*, actor: Actor, briefing_id: int, at: datetime) -> Briefing:
    """Go on after a break."""
    return _moved(actor, briefing_id, "resume", at, told="briefings.resumed")


def _moved(actor: Actor, briefing_id: int, verb: str, at: datetime, *, told: str, **columns: Any) -> Briefing:
    briefing = Briefing.objects.held(actor, access.CHAIR, briefing_id)
    rules.check_writable(briefing.state, _closed_label(briefing))
    state = rules.next_state(verb, briefing.state)
    for name, value in {"state": state, **columns}.items():
        setattr(briefing, name, value)
    briefing.save(update_fields=["state", *columns])
    record(actor=actor, verb=told, on=briefing, at=at, place=briefing.unit.path)
    return briefing


@service
def close(*, actor: Actor, briefing_id: int, at: datetime) -> Briefing:
    """End the briefing for good and seal its record: what is on ends, whoever still waits to speak is let go.

    Raises rules.QuestionOpen while a question waits for answers.
    """
    briefing = Briefing.objects.held(actor, access.CHAIR, briefing_id)
    rules.check_writable(briefing.state, _closed_label(briefing))
    state = rules.next_state("close", briefing.state)
    asked = briefing.questions.filter(closed_at=None).first()
    if asked is not None:
        raise rules.QuestionOpen(text=asked.text[:80])
    for item in briefing.agenda.filter(state=rules.ItemState.CURRENT):
        _end_item(item, at)
    briefing.speeches.filter(state=rules.Speech.SPEAKING).update(state=rules.Speech.DONE, ended_at=at)
    briefing.speeches.filter(state__in=rules.IN_LINE).update(state=rules.Speech.WITHDRAWN, ended_at=at)
    briefing.sites.present().update(left_at=at)
    briefing.documents.filter(shared_page__isnull=False).update(shared_page=None)
    _seal(briefing, state=state, at=at)
    record(actor=actor, verb="briefings.closed", on=briefing, at=at, place=briefing.unit.path, seal=briefing.seal)
    return briefing


def _end_item(item: AgendaItem, at: datetime) -> None:
    """The item on the table is done; its time is added to what it has had."""
    item.state, item.ended_at = rules.ItemState(rules.ITEM_MOVES.next_state("finish", item.state)), at
    if item.began_at is not None:
        item.seconds_spent += max(0, int((at - item.began_at).total_seconds()))
    item.save(update_fields=["state", "ended_at", "seconds_spent"])


def _seal(briefing: Briefing, *, state: str, at: datetime) -> None:
    """Write the closing moment and the hash of all that was written down."""
    briefing.state, briefing.closed_at = rules.State(state), at
    briefing.seal = rules.sealed(queries.sealed_record(briefing))
    briefing.save(update_fields=["state", "closed_at", "seal"])
