"""Pages of reports in prose."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from giaoban.apps.narratives import forms, queries, services
from giaoban.base.web import parsing
from giaoban.base.web.pages import page
from giaoban.base.web.request import Request
from giaoban.files import prose_in


@require_safe
def show(request: Request, report_id: int) -> HttpResponse:
    """Prose left with each fact marked, form right with proposals to decide on."""
    found = queries.narrative_page(
        actor=request.actor,
        report_id=report_id,
        narrative_id=parsing.number(request.GET.get("text", "")) or None,
    )
    return page(request, "narratives/show.html", shown=found, is_walking="walk" in request.GET)


@require_POST
def receive(request: Request, report_id: int) -> HttpResponse:
    """Take in a file or a pasted text."""
    sent = forms.upload(request)
    if sent is not None:
        name, data = sent
        prose = prose_in.read(data=data, name=name)  # before the transaction: a PDF may take seconds
        narrative = services.receive(
            actor=request.actor, report_id=report_id, name=name, data=data, prose=prose, at=request.at
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
    fields = queries.proposed_fields(actor=request.actor, narrative_id=narrative_id)
    values = forms.chosen(request, fields)
    services.apply(
        actor=request.actor,
        narrative_id=narrative_id,
        values=values,
        revision=parsing.number(request.POST.get("revision", "")),
        at=request.at,
    )
    messages.success(request, gettext("Đã ghi {count} số liệu vào báo cáo.").format(count=len(values)))
    return _back(report_id, narrative_id, walk="take" in request.POST)


@require_POST
def dismiss(request: Request, report_id: int, narrative_id: int, proposal_id: int) -> HttpResponse:
    """Say that one proposal is none."""
    services.dismiss(actor=request.actor, narrative_id=narrative_id, proposal_id=proposal_id, at=request.at)
    return _back(report_id, narrative_id, walk=True)


@require_POST
def set_aside(request: Request, report_id: int, narrative_id: int) -> HttpResponse:
    """Put one finding away, with a reason."""
    services.set_aside(
        actor=request.actor,
        narrative_id=narrative_id,
        key=request.POST.get("key", ""),
        reason=request.POST.get("why", ""),
        at=request.at,
    )
    messages.success(request, gettext("Đã bỏ qua phát hiện; lý do được ghi vào nhật ký."))
    return _back(report_id, narrative_id)


@require_safe
def count(request: Request, report_id: int) -> HttpResponse:
    """How many findings wait, for the report's own page; nothing when none does."""
    waiting = queries.open_findings(actor=request.actor, report_id=report_id)
    return render(request, "narratives/count.html", {"waiting": waiting, "report_id": report_id})


def _back(report_id: int, narrative_id: int, *, walk: bool = False) -> HttpResponse:
    """To the page again; `walk`: on to the next proposal, for whoever decides by keyboard."""
    address = f"{reverse('narratives:show', args=[report_id])}?text={narrative_id}"
    return redirect(f"{address}&walk=1" if walk else address)
