"""What one is reminded of today, and how."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from giaoban.apps.tasks import queries, services
from giaoban.apps.tasks.views.lists import crumbs
from giaoban.base.web import parsing
from giaoban.base.web.frame import Crumb
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core.refusal import Kind, Refusal


@require_safe
def reminders(request: Request) -> HttpResponse:
    """The reader's reminders: a panel on the desk, or a page of its own with how letters reach them."""
    if request.htmx:
        found = queries.reminders(actor=request.actor, on=request.at.date())
        return page(request, "tasks/parts/reminders.html", found=found, is_panel=True)
    return _page(request)


def _page(request: Request, refusal: Refusal | None = None) -> HttpResponse:
    return page(
        request,
        "tasks/reminders.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=crumbs(Crumb(gettext("Nhắc việc"))),
        found=queries.reminders(actor=request.actor, on=request.at.date()),
        says=sentence(refusal) if refusal else "",
        typed=request.POST if refusal else {},
        at=request.at,
    )


@require_POST
def choose_letters(request: Request) -> HttpResponse:
    """Keep where and whether letters reach the reader."""
    try:
        services.choose_letters(
            actor=request.actor,
            email=parsing.typed(request.POST, "email")[:254],
            wants_letters=request.POST.get("letters") == "1",
            at=request.at,
        )
    except Refusal as refusal:
        if refusal.kind is Kind.MISSING:
            raise
        return _page(request, refusal)
    messages.success(request, gettext("Đã lưu cách nhắc việc."))
    return redirect("tasks:reminders")
