"""Calling a briefing together: invitations and answers, the pack."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from giaoban.apps.briefings import access, papers, queries, rules, services
from giaoban.apps.briefings.models import Site
from giaoban.apps.briefings.views.lists import crumbs_of, places
from giaoban.apps.briefings.views.preparing import done
from giaoban.base.web import parsing
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core.refusal import Kind, Refusal


@require_POST
def call(request: Request, briefing_id: int) -> HttpResponse:
    """Send the invitations."""

    def send() -> object:
        prepared = queries.preparation(actor=request.actor, briefing_id=briefing_id)
        address = request.build_absolute_uri(reverse("briefings:invitation", args=[briefing_id]))
        letter = papers.letter(prepared, address=address)
        return services.call(actor=request.actor, briefing_id=briefing_id, letter=letter, at=request.at)

    return done(request, briefing_id, "call", send, gettext("Đã gửi giấy mời đến các điểm cầu."))


@require_POST
def cancel(request: Request, briefing_id: int) -> HttpResponse:
    """Call the briefing off."""
    reason = parsing.typed(request.POST, "reason")

    def call_off() -> object:
        prepared = queries.preparation(actor=request.actor, briefing_id=briefing_id)
        letter = papers.cancellation(prepared, reason=reason)
        return services.cancel(
            actor=request.actor, briefing_id=briefing_id, reason=reason, letter=letter, at=request.at
        )

    return done(request, briefing_id, "cancel", call_off, gettext("Đã hủy cuộc giao ban."))


@require_safe
def invitation(request: Request, briefing_id: int) -> HttpResponse:
    """The invitation as the reader's unit sees it."""
    return _invitation(request, briefing_id)


def _invitation(request: Request, briefing_id: int, *, refusal: Refusal | None = None, site: int = 0) -> HttpResponse:
    found = queries.invitation(actor=request.actor, briefing_id=briefing_id, at=request.at)
    return page(
        request,
        "briefings/invitation.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=crumbs_of(found.seen, gettext("Giấy mời")),
        places=places(found.seen, "invitation"),
        found=found,
        row=found.seen.row,
        replies=[
            (one.value, gettext(str(one.label)))
            for one in (rules.Reply.ACCEPTED, rules.Reply.SUBSTITUTE, rules.Reply.DECLINED)
        ],
        refused=site if refusal else 0,
        says=sentence(refusal) if refusal else "",
        typed=request.POST if refusal else {},
        at=request.at,
    )


@require_POST
def reply(request: Request, site_id: int) -> HttpResponse:
    """Answer the invitation for one's own unit."""
    site = Site.objects.allowed(request.actor, access.ATTEND).one(site_id)
    answer = parsing.typed(request.POST, "reply")
    try:
        services.reply(
            actor=request.actor,
            site_id=site_id,
            reply=answer if answer in rules.Reply.values else rules.Reply.ACCEPTED,
            substitute=parsing.typed(request.POST, "substitute"),
            reason=parsing.typed(request.POST, "reason"),
            at=request.at,
        )
    except Refusal as refusal:
        if refusal.kind is Kind.MISSING:
            raise
        return _invitation(request, site.briefing_id, refusal=refusal, site=site_id)
    messages.success(request, gettext("Đã trả lời giấy mời."))
    return redirect("briefings:invitation", briefing_id=site.briefing_id)


@require_safe
def pack(request: Request, briefing_id: int) -> HttpResponse:
    """The pack: live for who prepares it, as it was sent for all others. `?number=` asks for an earlier one."""
    number = parsing.number(request.GET.get("number"), default=0) or None
    found = queries.pack_page(actor=request.actor, briefing_id=briefing_id, at=request.at, number=number)
    return page(
        request,
        "briefings/pack.html",
        crumbs=crumbs_of(found.seen, gettext("Tài liệu giao ban")),
        places=places(found.seen, "pack"),
        found=found,
        row=found.seen.row,
        at=request.at,
    )


@require_POST
def send_pack(request: Request, briefing_id: int) -> HttpResponse:
    """Freeze the pack as it stands and send it."""
    sections = queries.live_sections(actor=request.actor, briefing_id=briefing_id, at=request.at)

    def send() -> object:
        frozen = queries.as_json(sections)
        return services.send_pack(actor=request.actor, briefing_id=briefing_id, sections=frozen, at=request.at)

    return done(request, briefing_id, "pack", send, gettext("Đã đóng và gửi tài liệu giao ban."))
