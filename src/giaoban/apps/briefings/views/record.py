"""The session as far as it is written down here, and what is left of it: minutes, notice, tasks."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from giaoban.apps.briefings import forms, queries, rules, services
from giaoban.apps.briefings.models import Briefing, Conclusion, OpenPoint
from giaoban.apps.briefings.views.lists import crumbs_of, places
from giaoban.apps.briefings.views.preparing import done
from giaoban.base.web import parsing
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core.refusal import Kind, NotFound, Refusal
from giaoban.core.text_vi.dates import write_day_in_document


@require_POST
def open_session(request: Request, briefing_id: int) -> HttpResponse:
    """Open the briefing."""

    def run() -> object:
        return services.open_session(actor=request.actor, briefing_id=briefing_id, at=request.at)

    return done(request, briefing_id, "open", run, gettext("Đã khai mạc."))


@require_POST
def adjourn(request: Request, briefing_id: int) -> HttpResponse:
    """Break off for a while."""

    def run() -> object:
        return services.adjourn(actor=request.actor, briefing_id=briefing_id, at=request.at)

    return done(request, briefing_id, "adjourn", run, gettext("Đang tạm nghỉ."))


@require_POST
def resume(request: Request, briefing_id: int) -> HttpResponse:
    """Go on after a break."""

    def run() -> object:
        return services.resume(actor=request.actor, briefing_id=briefing_id, at=request.at)

    return done(request, briefing_id, "resume", run, gettext("Họp tiếp."))


@require_POST
def close(request: Request, briefing_id: int) -> HttpResponse:
    """End the briefing and seal its record."""

    def run() -> object:
        return services.close(actor=request.actor, briefing_id=briefing_id, at=request.at)

    return done(request, briefing_id, "close", run, gettext("Đã bế mạc; hồ sơ đã đóng dấu."))


@require_safe
def minutes(request: Request, briefing_id: int) -> HttpResponse:
    """The minutes; while the briefing is on, with the form of a conclusion."""
    return _minutes(request, briefing_id)


def _minutes(
    request: Request, briefing_id: int, *, refusal: Refusal | None = None, verb: str = "", conclusion: int = 0
) -> HttpResponse:
    found = queries.record(actor=request.actor, briefing_id=briefing_id, on=request.at.date())
    row = found.seen.row
    writes = found.seen.may_organise and row.is_live
    if refusal is not None and not found.seen.may_organise:
        raise NotFound()
    return page(
        request,
        "briefings/minutes.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=crumbs_of(found.seen, gettext("Biên bản")),
        places=places(found.seen, "minutes"),
        found=found,
        row=row,
        writes=writes,
        choosing=queries.choosing(items=[one.item for one in found.items], units=[site.name for site in found.sites])
        if writes
        else None,
        kinds=[(one.value, gettext(str(one.label))) for one in rules.ConclusionKind],
        refused=verb if refusal else "",
        refused_conclusion=conclusion if refusal else 0,
        says=sentence(refusal) if refusal else "",
        faults=[sentence(fault) for fault in refusal.faults] if refusal and len(refusal.faults) > 1 else [],
        typed=request.POST if refusal else {},
        at=request.at,
    )


def _wrote(
    request: Request, briefing_id: int, verb: str, call: Callable[[], object], told: str, *, conclusion: int = 0
) -> HttpResponse:
    if request.htmx:  # from the live room, where the event tells what changed
        call()
        return HttpResponse(status=204)
    try:
        call()
    except Refusal as refusal:
        if refusal.kind is Kind.MISSING:
            raise
        return _minutes(request, briefing_id, refusal=refusal, verb=verb, conclusion=conclusion)
    messages.success(request, told)
    return redirect("briefings:minutes", briefing_id=briefing_id)


def _said(request: Request, briefing_id: int) -> rules.Concluded:
    unit_id = Briefing.objects.filter(pk=briefing_id).values_list("unit_id", flat=True).first()
    given = forms.conclusion_boxes(request.POST)
    return forms.conclusion(given, unit_id=unit_id or 0, on=request.at.date())


@require_POST
def conclude(request: Request, briefing_id: int) -> HttpResponse:
    """Write down a conclusion; a directive becomes a task at once."""

    def write() -> object:
        said = _said(request, briefing_id)
        return services.conclude(actor=request.actor, briefing_id=briefing_id, said=said, at=request.at)

    return _wrote(request, briefing_id, "conclude", write, gettext("Đã ghi kết luận."))


def _concluded_in(conclusion_id: int) -> int:
    found = Conclusion.objects.filter(pk=conclusion_id).values_list("briefing_id", flat=True).first()
    if found is None:
        raise NotFound()
    return found


@require_POST
def amend(request: Request, conclusion_id: int) -> HttpResponse:
    """Write a conclusion anew."""
    briefing_id = _concluded_in(conclusion_id)

    def write() -> object:
        return services.amend_conclusion(
            actor=request.actor,
            conclusion_id=conclusion_id,
            said=_said(request, briefing_id),
            revision=parsing.number(request.POST.get("revision"), default=0),
            at=request.at,
        )

    return _wrote(request, briefing_id, "amend", write, gettext("Đã sửa kết luận."), conclusion=conclusion_id)


@require_POST
def make_task(request: Request, conclusion_id: int) -> HttpResponse:
    """Hand out a directive that is no task yet."""
    briefing_id = _concluded_in(conclusion_id)

    def run() -> object:
        return services.make_task(actor=request.actor, conclusion_id=conclusion_id, at=request.at)

    return _wrote(request, briefing_id, "make_task", run, gettext("Đã giao thành nhiệm vụ."))


@require_POST
def raise_point(request: Request, briefing_id: int) -> HttpResponse:
    """Leave something open."""

    def write() -> object:
        unit_id = Briefing.objects.filter(pk=briefing_id).values_list("unit_id", flat=True).first()
        return services.raise_point(
            actor=request.actor,
            briefing_id=briefing_id,
            words=parsing.typed(request.POST, "words"),
            owner_id=forms.owner(parsing.typed(request.POST, "owner"), unit_id=unit_id or 0),
            at=request.at,
        )

    return done(request, briefing_id, "point", write, gettext("Đã ghi việc để ngỏ."))


@require_POST
def settle(request: Request, point_id: int) -> HttpResponse:
    """Say what became of an open point."""
    briefing_id = _carried(OpenPoint.objects.filter(pk=point_id).first())

    def write() -> object:
        words = parsing.typed(request.POST, "words")
        return services.settle_point(actor=request.actor, point_id=point_id, words=words, at=request.at)

    return done(request, briefing_id, "settle", write, gettext("Đã ghi kết quả của việc để ngỏ."))


def _carried(point: OpenPoint | None) -> int:
    """The briefing that looks at an open point now."""
    if point is None:
        raise NotFound()
    return point.carried_to_id or point.briefing_id


@require_safe
def notice(request: Request, briefing_id: int) -> HttpResponse:
    """The notice of conclusions, set like a document."""
    found = queries.record(actor=request.actor, briefing_id=briefing_id, on=request.at.date())
    return page(
        request,
        "briefings/notice.html",
        crumbs=crumbs_of(found.seen, gettext("Thông báo kết luận")),
        places=places(found.seen, "notice"),
        found=found,
        row=found.seen.row,
        day=write_day_in_document(timezone.localtime(found.seen.row.closed_at or found.seen.row.starts_at).date()),
        at=request.at,
    )


@require_safe
def tasks(request: Request, briefing_id: int) -> HttpResponse:
    """The tasks made of its directives, and how they stand."""
    found = queries.record(actor=request.actor, briefing_id=briefing_id, on=request.at.date())
    return page(
        request,
        "briefings/tasks.html",
        crumbs=crumbs_of(found.seen, gettext("Nhiệm vụ")),
        places=places(found.seen, "tasks"),
        found=found,
        row=found.seen.row,
        at=request.at,
    )
