"""The verbs on tasks: assign, take, tell, ask for time, hand in, receive, return, close; the lists they use;
and the calendar of work."""

from __future__ import annotations

from datetime import datetime

from giaoban.apps.tasks import rules
from giaoban.apps.tasks.models import Assigner, Topic
from giaoban.apps.tasks.services.assigning import amend, assign, break_down, reassign
from giaoban.apps.tasks.services.calendar import cancel_event, change_event, enter_event
from giaoban.apps.tasks.services.deciding import (
    accept,
    close,
    extend,
    grant_extension,
    refuse_extension,
    reopen,
    send_back,
    withdraw,
)
from giaoban.apps.tasks.services.feeds import make_feed, revoke_feed
from giaoban.apps.tasks.services.reminding import choose_letters, remind
from giaoban.apps.tasks.services.reorganised import carry_over, give_back
from giaoban.apps.tasks.services.working import ask_extension, hand_in, note, take
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service
from giaoban.core.refusal import NotFound

__all__ = [
    "accept",
    "amend",
    "ask_extension",
    "assign",
    "break_down",
    "cancel_event",
    "carry_over",
    "change_event",
    "choose_letters",
    "close",
    "enter_event",
    "extend",
    "give_back",
    "grant_extension",
    "hand_in",
    "make_feed",
    "name_assigner",
    "name_topic",
    "note",
    "reassign",
    "refuse_extension",
    "remind",
    "reopen",
    "revoke_feed",
    "send_back",
    "take",
    "withdraw",
]


@service
def name_assigner(
    *, actor: Actor, name: str, at: datetime, code: str = "", name_en: str = "", rank: int = 50
) -> Assigner:
    """Add a body that assigns tasks. Raises NotFound for who keeps nothing, rules.CodeTaken."""
    row = Assigner(**_listed(actor, Assigner, name, code), name_en=name_en, rank=rank)
    row.save()
    record(actor=actor, verb="tasks.assigner_named", on=row, at=at, code=row.code, name=row.name)
    return row


@service
def name_topic(*, actor: Actor, name: str, at: datetime, code: str = "", name_en: str = "", rank: int = 50) -> Topic:
    """Add a topic tasks are counted by. Raises NotFound for who keeps nothing, rules.CodeTaken."""
    row = Topic(**_listed(actor, Topic, name, code), name_en=name_en, rank=rank)
    row.save()
    record(actor=actor, verb="tasks.topic_named", on=row, at=at, code=row.code, name=row.name)
    return row


def _listed(actor: Actor, kind: type[Assigner] | type[Topic], name: str, code: str) -> dict[str, str]:
    if not actor.reach("keeper"):
        raise NotFound()
    words, key = rules.list_entry(name, code)
    if kind.objects.filter(code=key).exists():
        raise rules.CodeTaken(name=words)
    return {"name": words, "code": key}
