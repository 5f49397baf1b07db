"""The live room: its page, the parts it asks for again, its stream, and the verbs of whoever is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from giaoban.apps.briefings import access, queries, rules, services
from giaoban.apps.briefings.models import AgendaItem, Briefing, BriefingDocument, Note, Question, Site
from giaoban.apps.briefings.views.lists import crumbs_of, places
from giaoban.base import media
from giaoban.base.access import AllowedQuerySet
from giaoban.base.live import rooms
from giaoban.base.web import parsing
from giaoban.base.web.pages import page
from giaoban.base.web.request import Request
from giaoban.core.refusal import NotFound

Verb = Callable[..., object]


@require_safe
def room(request: Request, briefing_id: int) -> HttpResponse:
    """The whole room."""
    return _told(request, "briefings/room.html", briefing_id, rules.PARTS)


@require_safe
def parts(request: Request, briefing_id: int) -> HttpResponse:
    """The parts named in `of`, as they are now: what a page asks for when an event has told it that they changed."""
    asked = set(request.GET.get("of", "").split())
    wanted = tuple(part for part in rules.PARTS if part in asked)
    return _told(request, "briefings/room_parts.html", briefing_id, wanted)


def _told(request: Request, template: str, briefing_id: int, shown: tuple[str, ...]) -> HttpResponse:
    """Before the session only those who will be in it are let into the room."""
    found = queries.room(actor=request.actor, briefing_id=briefing_id, at=request.at, parts=shown)
    row = found.seen.row
    if row.is_before and not found.seen.may_chair and not found.own:
        raise NotFound()
    door = media.provider().door(room=str(row.briefing_id), address=found.media_address, who=_who(request, found))
    return page(
        request,
        template,
        crumbs=crumbs_of(found.seen, gettext("Phòng họp")),
        places=places(found.seen, "room"),
        parts=shown,
        found=found,
        row=row,
        door=door,
        kinds=[(one.value, gettext(str(one.label))) for one in rules.ConclusionKind],
        choices=[(one.value, gettext(str(one.label))) for one in rules.Choice],
        choosing=queries.choosing(items=found.agenda, units=[site.name for site in found.sites or ()])
        if found.writes and "writing" in shown
        else None,
        blank={"item": str(found.current.item_id) if found.current else ""},
        now=int(request.at.timestamp() * 1000),
        every=rules.SIGN_EVERY_SECONDS,
        at=request.at,
    )


def _who(request: Request, found: queries.Room) -> str:
    """Who enters sound and picture: the site the reader speaks for, else the reader alone."""
    return rules.participant(found.own[0][0]) if found.own else request.actor.key


@require_safe
def live(request: Request, briefing_id: int) -> StreamingHttpResponse:
    """What happens in the briefing, event by event; each says only which parts look different now."""
    Briefing.objects.allowed(request.actor, access.READ).one(briefing_id)

    def tells(heard: rooms.Heard) -> str:
        here = rules.is_of(briefing_id, subject_kind=heard.subject_kind, subject_id=heard.subject_id, facts=heard.facts)
        return rules.parts_of(heard.verb) if here else ""

    return rooms.stream_of(
        request, rooms.Room(key=f"briefings.briefing:{briefing_id}", prefix="briefings.", tells=tells)
    )


@require_POST
def here(request: Request, briefing_id: int) -> HttpResponse:
    """A sign of life of whoever speaks for a site."""
    services.show_life(actor=request.actor, briefing_id=briefing_id, at=request.at)
    return HttpResponse(status=204)


# ---------------------------------------------------------------- verbs

SPEECH_VERBS: Mapping[str, Verb] = {
    "call": services.call_speaker,
    "begin": services.begin_speech,
    "end": services.end_speech,
    "withdraw": services.withdraw_request,
}
ITEM_VERBS: Mapping[str, Verb] = {
    "begin": services.begin_item,
    "finish": services.finish_item,
    "put-back": services.put_back_item,
}
QUESTION_VERBS: Mapping[str, Verb] = {
    "close": services.close_question,
    "take-back": services.take_back_question,
}
SITE_VERBS: Mapping[str, Verb] = {
    "present": services.mark_present,
    "departed": services.mark_departed,
}


def _done(request: Request, briefing_id: int) -> HttpResponse:
    """Nothing to say: the event says it. A page without script goes back to the room."""
    return HttpResponse(status=204) if request.htmx else redirect("briefings:room", briefing_id=briefing_id)


def _briefing_of(rows: AllowedQuerySet[Any], pk: int) -> int:
    """The briefing a row belongs to; whether the actor may act on it is for the service to say. Raises NotFound."""
    found = rows.filter(pk=pk).values_list("briefing_id", flat=True).first()
    if found is None:
        raise NotFound()
    return int(found)


def _verb(verbs: Mapping[str, Verb], name: str) -> Verb:
    if name not in verbs:
        raise NotFound()
    return verbs[name]


@require_POST
def ask_to_speak(request: Request, briefing_id: int) -> HttpResponse:
    """Put a site into the line: one's own, or the one named by whoever leads the session."""
    site_id = parsing.number(request.POST.get("site"), default=0)
    if not Site.objects.filter(pk=site_id, briefing=briefing_id).exists():
        raise NotFound()
    subject = parsing.typed(request.POST, "subject")
    services.ask_to_speak(actor=request.actor, site_id=site_id, subject=subject, at=request.at)
    return _done(request, briefing_id)


@require_POST
def speech(request: Request, speech_id: int, verb: str) -> HttpResponse:
    """Call a speaker, give the floor, end a speech, leave the line."""
    call = _verb(SPEECH_VERBS, verb)
    made: Any = call(actor=request.actor, speech_id=speech_id, at=request.at)
    return _done(request, made.briefing_id)


@require_POST
def item(request: Request, item_id: int, verb: str) -> HttpResponse:
    """Turn to an item, finish it, or leave it for later."""
    briefing_id = _briefing_of(AgendaItem.objects.all(), item_id)
    _verb(ITEM_VERBS, verb)(actor=request.actor, item_id=item_id, at=request.at)
    return _done(request, briefing_id)


@require_POST
def roll(request: Request, site_id: int, verb: str) -> HttpResponse:
    """Mark a site present or departed, for one that has no screen of its own here."""
    briefing_id = _briefing_of(Site.objects.all(), site_id)
    _verb(SITE_VERBS, verb)(actor=request.actor, site_id=site_id, at=request.at)
    return _done(request, briefing_id)


@require_POST
def share(request: Request, document_id: int) -> HttpResponse:
    """Show a page of a document to everybody."""
    briefing_id = _briefing_of(BriefingDocument.objects.all(), document_id)
    services.share_document(
        actor=request.actor,
        document_id=document_id,
        page=rules.read_page(parsing.typed(request.POST, "page") or "1"),
        at=request.at,
    )
    return _done(request, briefing_id)


@require_POST
def close_document(request: Request, briefing_id: int) -> HttpResponse:
    """Take the document off every screen."""
    services.close_document(actor=request.actor, briefing_id=briefing_id, at=request.at)
    return _done(request, briefing_id)


@require_POST
def ask_question(request: Request, briefing_id: int) -> HttpResponse:
    """Ask all sites at once."""
    text = parsing.typed(request.POST, "text")
    services.ask_question(actor=request.actor, briefing_id=briefing_id, text=text, at=request.at)
    return _done(request, briefing_id)


@require_POST
def answer(request: Request, question_id: int) -> HttpResponse:
    """Say what a site thinks."""
    briefing_id = _briefing_of(Question.objects.all(), question_id)
    services.answer(
        actor=request.actor,
        question_id=question_id,
        site_id=parsing.number(request.POST.get("site"), default=0),
        choice=parsing.typed(request.POST, "choice"),
        at=request.at,
    )
    return _done(request, briefing_id)


@require_POST
def question(request: Request, question_id: int, verb: str) -> HttpResponse:
    """Close a question, or take it back."""
    briefing_id = _briefing_of(Question.objects.all(), question_id)
    _verb(QUESTION_VERBS, verb)(actor=request.actor, question_id=question_id, at=request.at)
    return _done(request, briefing_id)


@require_POST
def write_note(request: Request, briefing_id: int) -> HttpResponse:
    """Write something down under an item."""
    services.write_note(
        actor=request.actor,
        briefing_id=briefing_id,
        item_id=parsing.number(request.POST.get("item"), default=0) or None,
        words=parsing.typed(request.POST, "words"),
        at=request.at,
    )
    return _done(request, briefing_id)


@require_POST
def revise_note(request: Request, note_id: int) -> HttpResponse:
    """Write a note anew."""
    briefing_id = _briefing_of(Note.objects.all(), note_id)
    services.revise_note(
        actor=request.actor,
        note_id=note_id,
        words=parsing.typed(request.POST, "words"),
        revision=parsing.number(request.POST.get("revision"), default=0),
        at=request.at,
    )
    return _done(request, briefing_id)
