"""The floor: a site asks to speak, is called, speaks and is done; one speaks at a time."""

from __future__ import annotations

from datetime import datetime

from giaoban.apps.briefings import access, rules
from giaoban.apps.briefings.models import Briefing, Site, SpeechRequest
from giaoban.apps.briefings.services.preparing import _closed_label
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service
from giaoban.core.refusal import NotFound


@service
def ask_to_speak(*, actor: Actor, site_id: int, subject: str, at: datetime) -> SpeechRequest:
    """Put a site into the line, by itself or by whoever leads the session for one that raised its hand.

    Raises rules.AlreadyInLine, NotInSession, ClosedBriefing.
    """
    site = Site.objects.filter(pk=site_id).first()
    if site is None:
        raise NotFound()
    briefing = _held(actor, site)
    if site.speeches.filter(state__in=rules.OPEN_SPEECH).exists():
        raise rules.AlreadyInLine(site=site.name)
    speech = SpeechRequest.objects.create(
        briefing=briefing,
        site=site,
        item=briefing.agenda.filter(state=rules.ItemState.CURRENT).first(),
        subject=rules.fitting(subject, most=rules.MAX_PLACE),
        asked_at=at,
    )
    _told(actor, briefing, speech, at, told="briefings.speech_asked")
    return speech


@service
def withdraw_request(*, actor: Actor, speech_id: int, at: datetime) -> SpeechRequest:
    """Leave the line. Raises core.moves.WrongMoment once it speaks."""
    briefing, speech = _speech(actor, speech_id)
    speech.state, speech.ended_at = _next("withdraw", speech), at
    speech.save(update_fields=["state", "ended_at"])
    _told(actor, briefing, speech, at, told="briefings.speech_withdrawn")
    return speech


@service
def call_speaker(*, actor: Actor, speech_id: int, at: datetime) -> SpeechRequest:
    """Let a site know that it is next; only whoever leads the session may."""
    briefing, speech = _speech(actor, speech_id, by_chair=True)
    speech.state, speech.called_at = _next("call", speech), at
    speech.save(update_fields=["state", "called_at"])
    _told(actor, briefing, speech, at, told="briefings.speech_called")
    return speech


@service
def begin_speech(*, actor: Actor, speech_id: int, at: datetime) -> SpeechRequest:
    """The site has the floor and its time runs; whoever spoke before is done. Only whoever leads the session may."""
    briefing, speech = _speech(actor, speech_id, by_chair=True)
    state = _next("begin", speech)
    for other in briefing.speeches.filter(state=rules.Speech.SPEAKING).select_related("site"):
        _end(actor, briefing, other, at)
    speech.state, speech.began_at = state, at
    speech.called_at = speech.called_at or at
    speech.item = briefing.agenda.filter(state=rules.ItemState.CURRENT).first() or speech.item
    speech.save(update_fields=["state", "began_at", "called_at", "item"])
    _told(actor, briefing, speech, at, told="briefings.speech_begun")
    return speech


@service
def end_speech(*, actor: Actor, speech_id: int, at: datetime) -> SpeechRequest:
    """The site has spoken; its time stands. The site itself may say so, or whoever leads the session."""
    briefing, speech = _speech(actor, speech_id)
    _end(actor, briefing, speech, at)
    return speech


def _end(actor: Actor, briefing: Briefing, speech: SpeechRequest, at: datetime) -> None:
    speech.state = _next("end", speech)
    speech.ended_at = max(at, speech.began_at or at)
    speech.save(update_fields=["state", "ended_at"])
    seconds = int((speech.ended_at - (speech.began_at or at)).total_seconds())
    _told(actor, briefing, speech, at, told="briefings.speech_ended", seconds=seconds)


def _next(verb: str, speech: SpeechRequest) -> rules.Speech:
    return rules.Speech(rules.SPEECH_MOVES.next_state(verb, speech.state))


def _held(actor: Actor, site: Site, *, by_chair: bool = False) -> Briefing:
    """The briefing in session, held, for whoever leads it or, unless it is the chair's alone, the site's own officers.

    Raises NotFound, rules.NotInSession, ClosedBriefing.
    """
    own = not by_chair and Site.objects.allowed(actor, access.ATTEND).filter(pk=site.pk).exists()
    briefing = Briefing.objects.held(actor, access.ATTEND if own else access.CHAIR, site.briefing_id)
    rules.check_in_session(briefing.state, _closed_label(briefing))
    return briefing


def _speech(actor: Actor, speech_id: int, *, by_chair: bool = False) -> tuple[Briefing, SpeechRequest]:
    site = Site.objects.filter(speeches=speech_id).first()
    if site is None:
        raise NotFound()
    briefing = _held(actor, site, by_chair=by_chair)
    return briefing, SpeechRequest.objects.select_related("site").get(pk=speech_id)


def _told(
    actor: Actor, briefing: Briefing, speech: SpeechRequest, at: datetime, *, told: str, **facts: str | int
) -> None:
    record(
        actor=actor,
        verb=told,
        on=speech,
        at=at,
        place=briefing.unit.path,
        briefing=briefing.pk,
        site=speech.site.name,
        site_id=speech.site_id,
        subject=speech.subject,
        **facts,
    )
