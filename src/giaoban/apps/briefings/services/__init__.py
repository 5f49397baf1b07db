"""The verbs of briefings: preparing and calling, replying, the session itself, concluding, old papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from giaoban.apps.briefings import access, rules
from giaoban.apps.briefings.models import Series
from giaoban.apps.briefings.services.bringing_in import (
    PastBriefing,
    PastConclusion,
    PastItem,
    PastNote,
    PastSite,
    PastSpeech,
    bring_in,
)
from giaoban.apps.briefings.services.calling import attach, call, cancel, detach, reply, send_pack
from giaoban.apps.briefings.services.concluding import (
    amend_conclusion,
    conclude,
    make_task,
    raise_point,
    settle_point,
)
from giaoban.apps.briefings.services.floor import (
    ask_to_speak,
    begin_speech,
    call_speaker,
    end_speech,
    withdraw_request,
)
from giaoban.apps.briefings.services.moderating import (
    answer,
    ask_question,
    begin_item,
    close_document,
    close_question,
    finish_item,
    put_back_item,
    share_document,
    take_back_question,
)
from giaoban.apps.briefings.services.noting import revise_note, write_note
from giaoban.apps.briefings.services.preparing import ask_sites, plan_agenda, prepare, replan
from giaoban.apps.briefings.services.roll import mark_departed, mark_present, show_life
from giaoban.apps.briefings.services.session import adjourn, close, open_session, resume
from giaoban.apps.tasks.models import Assigner
from giaoban.apps.units.models import Unit
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service

__all__ = [
    "PastBriefing",
    "PastConclusion",
    "PastItem",
    "PastNote",
    "PastSite",
    "PastSpeech",
    "adjourn",
    "amend_conclusion",
    "answer",
    "ask_question",
    "ask_sites",
    "ask_to_speak",
    "attach",
    "begin_item",
    "begin_speech",
    "bring_in",
    "call",
    "call_speaker",
    "cancel",
    "close",
    "close_document",
    "close_question",
    "conclude",
    "define_series",
    "detach",
    "end_speech",
    "finish_item",
    "make_task",
    "mark_departed",
    "mark_present",
    "open_session",
    "plan_agenda",
    "prepare",
    "put_back_item",
    "raise_point",
    "replan",
    "reply",
    "resume",
    "revise_note",
    "send_pack",
    "settle_point",
    "share_document",
    "show_life",
    "take_back_question",
    "withdraw_request",
    "write_note",
]


@service
def define_series(
    *,
    actor: Actor,
    unit: Unit,
    name: str,
    rhythm: str,
    agenda: Sequence[rules.PlannedItem],
    at: datetime,
    weekday: int | None = None,
    day: int | None = None,
    hour: time | None = None,
    place: str = "",
    is_online: bool = False,
    assigner: str = "",
) -> Series:
    """Set up briefings held again and again, with what each begins from. Raises NotFound for a unit not one's own."""
    Unit.objects.filter(actor.reach(*access.OFFICERS).at("")).one(unit.pk)
    rules.check_agenda(agenda)
    words = rules.fitting(name, most=rules.MAX_TITLE)
    if not words:
        raise rules.NoTitle()
    series = Series.objects.create(
        unit=unit,
        name=words,
        rhythm=rhythm,
        weekday=weekday,
        day=day,
        hour=hour,
        place=rules.fitting(place, most=rules.MAX_PLACE),
        is_online=is_online,
        agenda=[item.to_json() for item in agenda],
        assigner=Assigner.objects.filter(code=assigner).first(),
    )
    record(actor=actor, verb="briefings.series_defined", on=series, at=at, place=unit.path, name=words, rhythm=rhythm)
    return series
