"""Preparing a briefing: from its series' template to its agenda, sites and documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from giaoban.apps.briefings import forms, queries, rules, services
from giaoban.apps.briefings.models import BriefingDocument
from giaoban.apps.briefings.views.lists import crumbs, crumbs_of, places
from giaoban.base.web import parsing
from giaoban.base.web.frame import Crumb
from giaoban.base.web.language import language
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.base.web.templatetags.house import moment
from giaoban.core.periods import Period
from giaoban.core.refusal import Kind, NotFound, Refusal

SECTIONS = (
    ("figures", "Số liệu"),
    ("late", "Báo cáo chậm"),
    ("tasks", "Nhiệm vụ quá hạn và đến hạn"),
    ("findings", "Chỗ chưa khớp"),
)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """A briefing of a series, begun from its template."""
    series_id = parsing.number(request.GET.get("series"), default=0)
    if not series_id:
        return _choose_series(request)
    found = queries.template(actor=request.actor, series_id=series_id, at=request.at)
    order = [unit.id for unit in found.units]
    usual = rules.Plan(
        title=found.title,
        starts_at=found.starts_at,
        period=found.period,
        place=found.place,
        is_online=found.is_online,
        sites=tuple(order),
        agenda=found.agenda,
    )
    words = {"title": gettext("Chuẩn bị cuộc giao ban"), "verb": gettext("Lập cuộc giao ban"), "unit": found.name}
    more: dict[str, Any] = {"words": words, "units": found.units, "people": found.people}
    more |= {"points": found.points, "is_new": True}
    more |= {"periods": _periods(found.period), "crumbs": crumbs(Crumb(words["title"]))}
    more |= {"back": reverse("briefings:index"), "sites_below": [(str(one.id), one.label) for one in found.units]}
    if request.method == "GET":
        return _form(request, forms.boxes_of(usual), **more)
    given = forms.plan_boxes(request.POST)
    try:
        plan = forms.plan(given, period=found.period, order=order)
        briefing = services.prepare(actor=request.actor, series_id=series_id, plan=plan, at=request.at)
    except Refusal as refusal:
        return _form(request, given, refusal, **more)
    messages.success(request, gettext("Đã lập cuộc giao ban; hãy xem lại chương trình và điểm cầu rồi gửi giấy mời."))
    return redirect("briefings:show", briefing_id=briefing.pk)


def _choose_series(request: Request) -> HttpResponse:
    """Without a series there is nothing to begin from: choose one."""
    mine = [one for one in queries.series_rows(actor=request.actor, at=request.at) if one.may_organise]
    if not mine and not request.actor.reach("reporter", "reviewer"):
        raise NotFound()
    return page(
        request,
        "briefings/choose.html",
        crumbs=crumbs(Crumb(gettext("Chuẩn bị cuộc giao ban"))),
        series=mine,
    )


def _periods(usual: Period) -> list[tuple[str, str]]:
    return [(one.code, one.label(language())) for one in (usual.previous(), usual, usual.next())]


@require_http_methods(["GET", "POST"])
def plan(request: Request, briefing_id: int) -> HttpResponse:
    """When, where, who and which sites."""
    found = queries.planned(actor=request.actor, briefing_id=briefing_id)
    rules.check_preparing(found.seen.row.state, moment(found.seen.row.closed_at))
    units = found.units
    order = [unit.id for unit in units]
    words = {"title": gettext("Sửa kế hoạch"), "verb": gettext("Lưu kế hoạch"), "unit": found.seen.row.series}
    more: dict[str, Any] = {"words": words, "units": units, "people": found.people}
    more |= {"crumbs": crumbs_of(found.seen, words["title"]), "back": reverse("briefings:show", args=[briefing_id])}
    if request.method == "GET":
        return _form(request, forms.boxes_of(found.plan), revision=found.revision, **more)
    given = forms.plan_boxes(request.POST)
    revision = parsing.number(request.POST.get("revision"), default=0)
    try:
        services.replan(
            actor=request.actor,
            briefing_id=briefing_id,
            plan=forms.plan(given, period=found.plan.period, order=order),
            revision=revision,
            at=request.at,
        )
    except Refusal as refusal:
        return _form(request, given, refusal, revision=revision, **more)
    messages.success(request, gettext("Đã lưu kế hoạch."))
    return redirect("briefings:show", briefing_id=briefing_id)


def _form(request: Request, given: forms.PlanBoxes, refusal: Refusal | None = None, **more: Any) -> HttpResponse:
    if refusal is not None and refusal.kind is Kind.MISSING:
        raise refusal
    return page(
        request,
        "briefings/plan.html",
        status=STATUS[refusal.kind] if refusal else 200,
        given=given,
        rows=forms.with_spare(given.rows),
        kinds=item_kinds(),
        says=sentence(refusal) if refusal else "",
        **more,
    )


def item_kinds() -> list[tuple[str, str]]:
    """The kinds of an item, as (code, label)."""
    return [(one.value, gettext(str(one.label))) for one in rules.ItemKind]


@require_safe
def show(request: Request, briefing_id: int) -> HttpResponse:
    """The briefing: agenda, sites, documents; with their editors for whoever prepares it."""
    return briefing_page(request, briefing_id)


def briefing_page(
    request: Request,
    briefing_id: int,
    *,
    refusal: Refusal | None = None,
    verb: str = "",
    rows: Sequence[forms.AgendaRow] = (),
) -> HttpResponse:
    """The page; after a refusal with the sentence at the form it belongs to, and all that was typed in it."""
    found = queries.preparation(actor=request.actor, briefing_id=briefing_id)
    if refusal is not None and not found.seen.may_chair:
        raise NotFound()
    return page(
        request,
        "briefings/briefing.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=crumbs_of(found.seen),
        places=places(found.seen, "show"),
        found=found,
        row=found.seen.row,
        rows=forms.with_spare(rows) if rows else forms.rows_of(_planned_items(found)),
        kinds=item_kinds(),
        sites_below=[(str(site.unit_id), site.name) for site in found.sites],
        sections=[(code, gettext(label)) for code, label in SECTIONS],
        refused=verb if refusal else "",
        says=sentence(refusal) if refusal else "",
        typed=request.POST if refusal else {},
        at=request.at,
    )


def _planned_items(found: queries.Preparation) -> list[rules.PlannedItem]:
    return [
        rules.PlannedItem(
            title=item.title,
            kind=item.kind,
            minutes=item.minutes,
            presenter="" if item.presenter_unit_id else item.presenter,
            presenter_unit=item.presenter_unit_id,
            item_id=item.item_id,
        )
        for item in found.agenda
    ]


def done(request: Request, briefing_id: int, verb: str, call: Callable[[], object], told: str) -> HttpResponse:
    """Do it and go back to the briefing; a refusal stands on the page, with all that was typed."""
    if request.htmx:  # from the live room, where the event tells what changed
        call()
        return HttpResponse(status=204)
    try:
        call()
    except Refusal as refusal:
        if refusal.kind is Kind.MISSING:
            raise
        rows = forms.agenda_rows(request.POST) if verb == "agenda" else ()
        return briefing_page(request, briefing_id, refusal=refusal, verb=verb, rows=rows)
    messages.success(request, told)
    return redirect("briefings:show", briefing_id=briefing_id)


@require_POST
def agenda(request: Request, briefing_id: int) -> HttpResponse:
    """Write the agenda anew."""

    def write() -> object:
        return services.plan_agenda(
            actor=request.actor,
            briefing_id=briefing_id,
            items=forms.agenda(forms.agenda_rows(request.POST)),
            revision=parsing.number(request.POST.get("revision"), default=0),
            at=request.at,
        )

    return done(request, briefing_id, "agenda", write, gettext("Đã lưu chương trình."))


@require_POST
def sites(request: Request, briefing_id: int) -> HttpResponse:
    """What sites are asked to speak on."""

    def ask() -> object:
        asked = forms.asked(request.POST)
        return services.ask_sites(actor=request.actor, briefing_id=briefing_id, asked=asked, at=request.at)

    return done(request, briefing_id, "sites", ask, gettext("Đã lưu đề nghị phát biểu."))


@require_POST
def attach(request: Request, briefing_id: int) -> HttpResponse:
    """Add a document."""

    def add() -> object:
        section = parsing.typed(request.POST, "section")
        return services.attach(
            actor=request.actor,
            briefing_id=briefing_id,
            title=parsing.typed(request.POST, "title") or gettext(dict(SECTIONS).get(section, "")),
            address=parsing.typed(request.POST, "address"),
            section=section if section in dict(SECTIONS) else "",
            evidence=forms.evidence(request),
            at=request.at,
        )

    return done(request, briefing_id, "attach", add, gettext("Đã thêm tài liệu."))


@require_POST
def detach(request: Request, document_id: int) -> HttpResponse:
    """Take a document off."""
    known = BriefingDocument.objects.filter(pk=document_id).values_list("briefing_id", flat=True).first()

    def take_off() -> object:
        return services.detach(actor=request.actor, document_id=document_id, at=request.at)

    return done(request, known or 0, "attach", take_off, gettext("Đã gỡ tài liệu."))


@require_safe
def document_file(request: Request, document_id: int) -> HttpResponse:
    """The file of a document, always to be saved, never shown in place."""
    found = queries.document_file(actor=request.actor, document_id=document_id)
    response = HttpResponse(found.data, content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def document_page(request: Request, document_id: int, number: int) -> HttpResponse:
    """A page of a document in PDF as a picture; it never changes, so the reader's own browser may keep it."""
    drawn = queries.document_picture(actor=request.actor, document_id=document_id, page=number)
    response = HttpResponse(drawn, content_type="image/png")
    response["Cache-Control"] = "private, max-age=86400, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
