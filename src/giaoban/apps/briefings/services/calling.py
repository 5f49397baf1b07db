"""Calling a briefing together: invitations, answers to them, documents, and the pack that is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from giaoban.apps.briefings import access, rules
from giaoban.apps.briefings.models import Briefing, BriefingDocument, Pack, Site
from giaoban.apps.briefings.services.preparing import _closed_label, _preparing, _put_on_calendar, _take_off_calendar
from giaoban.apps.people.models import Office
from giaoban.apps.tasks import rules as task_rules
from giaoban.base.access import Actor
from giaoban.base.attachments import store
from giaoban.base.ledger.work import record, service
from giaoban.base.mail import sending
from giaoban.core.refusal import NotFound

_MEDIA = "application/octet-stream"


@service
def call(*, actor: Actor, briefing_id: int, letter: rules.Letter, at: datetime) -> Briefing:
    """Send the invitations: every site knows of the briefing from now on, and officers with an address get a letter.

    Raises rules.NoAgenda, NoSites, NoMoment while something is lacking.
    """
    briefing = Briefing.objects.held(actor, access.ORGANISE, briefing_id)
    state = rules.next_state("call", briefing.state)
    if not briefing.agenda.exists():
        raise rules.NoAgenda()
    rules.check_sites(briefing.sites.filter(is_centre=False).count())
    briefing.state, briefing.called_at = state, at
    briefing.save(update_fields=["state", "called_at"])
    addresses = _addresses(briefing, at)
    for address in addresses:
        sending.send(to=[address], subject=letter.subject, text=letter.text, at=at, actor=actor)
    _put_on_calendar(actor, briefing, at)
    _told(actor, briefing, at, told="briefings.called", sites=briefing.sites.count(), letters=len(addresses))
    return briefing


@service
def cancel(*, actor: Actor, briefing_id: int, reason: str, letter: rules.Letter, at: datetime) -> Briefing:
    """Call a briefing off before it has begun; officers of its sites get a letter when it was called already.

    What it would have carried over goes to the next of its series. Raises rules.NoReasonToCancel,
    core.moves.WrongMoment once it is in session.
    """
    briefing = Briefing.objects.held(actor, access.ORGANISE, briefing_id)
    state = rules.next_state("cancel", briefing.state)
    why = rules.fitting(reason, most=rules.MAX_POST)
    if not why:
        raise rules.NoReasonToCancel()
    addresses = _addresses(briefing, at) if briefing.called_at else ()
    briefing.state, briefing.cancelled_at, briefing.cancel_reason = rules.State(state), at, why
    briefing.save(update_fields=["state", "cancelled_at", "cancel_reason"])
    for address in addresses:
        sending.send(to=[address], subject=letter.subject, text=letter.text, at=at, actor=actor)
    _take_off_calendar(actor, briefing, why, at)
    _told(actor, briefing, at, told="briefings.cancelled", reason=why, letters=len(addresses))
    return briefing


def _addresses(briefing: Briefing, at: datetime) -> Sequence[str]:
    """Each address of the officers of the sites, once."""
    held = Office.objects.on(at.date()).filter(
        unit__in=briefing.sites.filter(is_centre=False).values("unit"),
        role__in=access.OFFICERS,
        account__is_active=True,
    )
    found = held.exclude(account__email="").order_by("account__email").values_list("account__email", flat=True)
    return list(found.distinct())


@service
def reply(*, actor: Actor, site_id: int, reply: str, at: datetime, substitute: str = "", reason: str = "") -> Site:
    """Answer an invitation for one's own unit; it may be answered anew until the session opens.

    Raises rules.NoSubstitute, NoReasonGiven, AlreadyBegun, ClosedBriefing.
    """
    site = Site.objects.select_related("briefing__unit").allowed(actor, access.ATTEND).locked().one(site_id)
    rules.check_preparing(site.briefing.state, _closed_label(site.briefing))
    named = rules.fitting(substitute, most=rules.MAX_NAME) if reply == rules.Reply.SUBSTITUTE else ""
    why = rules.fitting(reason, most=rules.MAX_POST) if reply == rules.Reply.DECLINED else ""
    rules.check_reply(reply, substitute=named, reason=why)
    site.reply, site.substitute, site.reason = rules.Reply(reply), named, why
    site.replied_at, site.replied_by = at, actor.name
    site.save(update_fields=["reply", "substitute", "reason", "replied_at", "replied_by"])
    _told(actor, site.briefing, at, told="briefings.replied", site=site.name, reply=reply, words=named or why)
    return site


@service
def attach(
    *,
    actor: Actor,
    briefing_id: int,
    title: str,
    at: datetime,
    address: str = "",
    section: str = "",
    evidence: task_rules.Evidence | None = None,
    item_id: int | None = None,
) -> BriefingDocument:
    """Add one document: a file, an address, or a section of the pack. Raises rules.NoDocument when it is none."""
    briefing = Briefing.objects.held(actor, access.ORGANISE, briefing_id)
    rules.check_writable(briefing.state, _closed_label(briefing))
    link = rules.fitting_address(address)
    if sum(map(bool, (link, section, evidence))) != 1:
        raise rules.NoDocument()
    if evidence is not None:
        task_rules.check_file(name=evidence.name, size=len(evidence.data))
    if item_id is not None and not briefing.agenda.filter(pk=item_id).exists():
        raise NotFound()
    words = rules.fitting(title, most=rules.MAX_TITLE) or (evidence.name if evidence else link or section)
    last = briefing.documents.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0
    document = BriefingDocument.objects.create(
        briefing=briefing,
        item_id=item_id,
        ordinal=last + 1,
        title=words,
        file=store.keep(data=evidence.data, media_type=evidence.media_type or _MEDIA, at=at) if evidence else None,
        file_name=evidence.name if evidence else "",
        address=link,
        section=section,
    )
    _told(actor, briefing, at, told="briefings.document_attached", document=document.pk, title=words)
    return document


@service
def detach(*, actor: Actor, document_id: int, at: datetime) -> Briefing:
    """Take a document off again, while the briefing is still being prepared."""
    document = BriefingDocument.objects.filter(pk=document_id).first()
    if document is None:
        raise NotFound()
    briefing = _preparing(actor, document.briefing_id)
    title = document.title
    document.delete()
    _told(actor, briefing, at, told="briefings.document_taken_off", document=document_id, title=title)
    return briefing


@service
def send_pack(*, actor: Actor, briefing_id: int, sections: Sequence[dict[str, Any]], at: datetime) -> Pack:
    """Freeze the pack as it stands and send it; an earlier one stays as it was.

    Raises rules.NotCalled before the invitations, rules.ClosedBriefing afterwards.
    """
    briefing = Briefing.objects.held(actor, access.ORGANISE, briefing_id)
    rules.check_writable(briefing.state, _closed_label(briefing))
    if briefing.state == rules.State.DRAFT:
        raise rules.NotCalled()
    last = briefing.packs.order_by("-number").values_list("number", flat=True).first() or 0
    frozen = list(sections)
    pack = Pack.objects.create(
        briefing=briefing,
        number=last + 1,
        sections=frozen,
        sha256=rules.sealed({"sections": frozen}),
        sent_at=at,
        sent_by=actor.name,
    )
    _told(actor, briefing, at, told="briefings.pack_sent", number=pack.number, hash=pack.sha256)
    return pack


def _told(actor: Actor, briefing: Briefing, at: datetime, *, told: str, **facts: Any) -> None:
    record(actor=actor, verb=told, on=briefing, at=at, place=briefing.unit.path, **facts)
