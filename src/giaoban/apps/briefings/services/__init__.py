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
from giaoban.apps.briefings.services.calling import attach, call, detach, reply, send_pack
from giaoban.apps.briefings.services.concluding import (
    amend_conclusion,
    conclude,
    make_task,
    raise_point,
    settle_point,
)
from giaoban.apps.briefings.services.preparing import ask_sites, plan_agenda, prepare, replan
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
    "ask_sites",
    "attach",
    "bring_in",
    "call",
    "close",
    "conclude",
    "define_series",
    "detach",
    "make_task",
    "open_session",
    "plan_agenda",
    "prepare",
    "raise_point",
    "replan",
    "reply",
    "resume",
    "send_pack",
    "settle_point",
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
