"""Pages of reports in prose."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from giaoban.apps.narratives import forms, queries, services
from giaoban.base.web.pages import page
from giaoban.base.web.request import Request


@require_safe
def show(request: Request, report_id: int) -> HttpResponse:
    """Prose left with each fact marked, form right with proposals to decide on."""
    found = queries.narrative_page(
        actor=request.actor,
        report_id=report_id,
        narrative_id=forms.whole(request.GET.get("text", "")) or None,
    )
    return page(request, "narratives/show.html", shown=found)


@require_POST
def receive(request: Request, report_id: int) -> HttpResponse:
    """Take in a file or a pasted text."""
    sent = forms.upload(request)
    if sent is not None:
        narrative = services.receive(
            actor=request.actor, report_id=report_id, name=sent[0], data=sent[1], at=request.at
        )
    else:
        narrative = services.paste(
            actor=request.actor,
            report_id=report_id,
            text=forms.pasted(request),
            name=gettext("Văn bản dán"),
            at=request.at,
        )
    return redirect(f"{reverse('narratives:show', args=[report_id])}?text={narrative.pk}")


@require_POST
def apply(request: Request, report_id: int, narrative_id: int) -> HttpResponse:
    """Write the chosen proposals into the report."""
    values = forms.chosen(request)
    services.apply(
        actor=request.actor,
        narrative_id=narrative_id,
        values=values,
        revision=forms.whole(request.POST.get("revision", "")),
        at=request.at,
    )
    messages.success(request, gettext("Đã ghi {count} số liệu vào báo cáo.").format(count=len(values)))
    return redirect(f"{reverse('narratives:show', args=[report_id])}?text={narrative_id}")


@require_POST
def dismiss(request: Request, report_id: int, narrative_id: int, proposal_id: int) -> HttpResponse:
    """Set one proposal aside."""
    services.dismiss(actor=request.actor, narrative_id=narrative_id, proposal_id=proposal_id, at=request.at)
    return redirect(f"{reverse('narratives:show', args=[report_id])}?text={narrative_id}")
