"""Leading the session: the item on the table, the document on every screen, the question to all sites."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from giaoban.apps.briefings import access, rules
from giaoban.apps.briefings.models import AgendaItem, Answer, Briefing, BriefingDocument, Question, Site
from giaoban.apps.briefings.services.preparing import _closed_label
from giaoban.apps.briefings.services.session import _end_item
from giaoban.base.access import Actor
from giaoban.base.ledger.work import record, service
from giaoban.core.refusal import NotFound


def _in_session(actor: Actor, action: str, briefing_id: int) -> Briefing:
    """The briefing, held. Raises NotFound, rules.NotInSession, ClosedBriefing."""
    briefing = Briefing.objects.held(actor, action, briefing_id)
    rules.check_in_session(briefing.state, _closed_label(briefing))
    return briefing


# ---------------------------------------------------------------- the agenda


@service
def begin_item(*, actor: Actor, item_id: int, at: datetime) -> AgendaItem:
    """Turn to an item: its clock runs, the item before is done."""
    briefing, item = _item(actor, item_id)
    state = rules.ITEM_MOVES.next_state("begin", item.state)
    for other in briefing.agenda.filter(state=rules.ItemState.CURRENT):
        _end_item(other, at)
    item.state, item.began_at, item.ended_at = rules.ItemState(state), at, None
    item.save(update_fields=["state", "began_at", "ended_at"])
    _told(actor, briefing, at, told="briefings.item_begun", item=item.title)
    return item


@service
def finish_item(*, actor: Actor, item_id: int, at: datetime) -> AgendaItem:
    """The item on the table is done."""
    briefing, item = _item(actor, item_id)
    _end_item(item, at)
    _told(actor, briefing, at, told="briefings.item_finished", item=item.title, seconds=item.seconds_spent)
    return item


@service
def put_back_item(*, actor: Actor, item_id: int, at: datetime) -> AgendaItem:
    """Leave the item for later; the time it had is kept."""
    briefing, item = _item(actor, item_id)
    state = rules.ITEM_MOVES.next_state("put_back", item.state)
    _end_item(item, at)
    item.state = rules.ItemState(state)
    item.save(update_fields=["state"])
    _told(actor, briefing, at, told="briefings.item_put_back", item=item.title)
    return item


def _item(actor: Actor, item_id: int) -> tuple[Briefing, AgendaItem]:
    found = AgendaItem.objects.filter(pk=item_id).values_list("briefing_id", flat=True).first()
    briefing = _in_session(actor, access.CHAIR, found or 0)
    return briefing, AgendaItem.objects.get(pk=item_id)


# ---------------------------------------------------------------- the document on every screen


@service
def share_document(*, actor: Actor, document_id: int, page: int, at: datetime) -> BriefingDocument:
    """Show a page of a document to everybody, counted from 1; the document shown before is put away."""
    found = BriefingDocument.objects.filter(pk=document_id).values_list("briefing_id", flat=True).first()
    briefing = _in_session(actor, access.CHAIR, found or 0)
    document = briefing.documents.get(pk=document_id)
    briefing.documents.filter(shared_page__isnull=False).exclude(pk=document_id).update(shared_page=None)
    document.shared_page = page
    document.save(update_fields=["shared_page"])
    _told(actor, briefing, at, told="briefings.document_shared", document=document.title, page=page)
    return document


@service
def close_document(*, actor: Actor, briefing_id: int, at: datetime) -> Briefing:
    """Take the document off every screen."""
    briefing = _in_session(actor, access.CHAIR, briefing_id)
    if briefing.documents.filter(shared_page__isnull=False).update(shared_page=None):
        _told(actor, briefing, at, told="briefings.document_closed")
    return briefing


# ---------------------------------------------------------------- the question to all sites


@service
def ask_question(*, actor: Actor, briefing_id: int, text: str, at: datetime) -> Question:
    """Ask every site at once; who may answer is kept as it is now: the sites called, without the centre that asks.

    Raises rules.NoQuestionText, QuestionOpen while another waits, TooFewPresent when it could never count.
    """
    briefing = _in_session(actor, access.CHAIR, briefing_id)
    words = rules.fitting(text, most=rules.MAX_QUESTION)
    if not words:
        raise rules.NoQuestionText()
    if (other := briefing.questions.filter(closed_at=None).first()) is not None:
        raise rules.QuestionOpen(text=other.text[:80])
    sites = briefing.sites.filter(is_centre=False)
    entitled = list(sites.values_list("pk", flat=True))
    quorum = rules.usual_quorum(len(entitled))
    rules.check_present(present=sites.present().count(), entitled=len(entitled), quorum=quorum)
    question = Question.objects.create(
        briefing=briefing,
        item=briefing.agenda.filter(state=rules.ItemState.CURRENT).first(),
        text=words,
        asked_at=at,
        entitled=entitled,
        quorum=quorum,
    )
    _told(actor, briefing, at, told="briefings.question_asked", text=words, entitled=len(entitled), quorum=quorum)
    return question


@service
def answer(*, actor: Actor, question_id: int, site_id: int, choice: str, at: datetime) -> Answer:
    """Say what a site thinks; it may think again until the question is closed.

    Raises rules.NoChoice, NotEntitled, QuestionClosed.
    """
    site = Site.objects.allowed(actor, access.ATTEND).one(site_id)
    briefing = _in_session(actor, access.ATTEND, site.briefing_id)
    question = briefing.questions.filter(pk=question_id).first()
    if question is None:
        raise NotFound()
    if question.closed_at is not None:
        raise rules.QuestionClosed()
    if site.pk not in question.entitled:
        raise rules.NotEntitled(site=site.name)
    if choice not in rules.Choice.values:
        raise rules.NoChoice()
    given, _ = Answer.objects.update_or_create(
        question=question, site=site, defaults={"choice": choice, "at": at, "by_name": actor.name}
    )
    _told(actor, briefing, at, told="briefings.answer_given", question=question.pk, site=site.name, choice=choice)
    return given


@service
def close_question(*, actor: Actor, question_id: int, at: datetime) -> Question:
    """End a question whose answer counts. Raises rules.NoQuorum while too few have answered, QuestionClosed."""
    briefing, question = _question(actor, question_id)
    answered = question.answers.count()
    rules.check_quorum(answered=answered, entitled=len(question.entitled), quorum=question.quorum)
    _end_question(question, at)
    _told(actor, briefing, at, told="briefings.question_closed", question=question.pk, answered=answered)
    return question


@service
def take_back_question(*, actor: Actor, question_id: int, at: datetime) -> Question:
    """End a question without a result; the answers given stay in the record and count for nothing."""
    briefing, question = _question(actor, question_id)
    question.is_taken_back = True
    question.save(update_fields=["is_taken_back"])
    _end_question(question, at)
    _told(actor, briefing, at, told="briefings.question_taken_back", question=question.pk)
    return question


def _question(actor: Actor, question_id: int) -> tuple[Briefing, Question]:
    found = Question.objects.filter(pk=question_id).values_list("briefing_id", flat=True).first()
    briefing = _in_session(actor, access.CHAIR, found or 0)
    question = briefing.questions.get(pk=question_id)
    if question.closed_at is not None:
        raise rules.QuestionClosed()
    return briefing, question


def _end_question(question: Question, at: datetime) -> None:
    question.closed_at = max(at, question.asked_at)
    question.save(update_fields=["closed_at"])


def _told(actor: Actor, briefing: Briefing, at: datetime, *, told: str, **facts: Any) -> None:
    record(actor=actor, verb=told, on=briefing, at=at, place=briefing.unit.path, **facts)
