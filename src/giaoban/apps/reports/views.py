"""Pages of reports: the desk, the form, the review queue, who still owes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from giaoban.apps.reports import forms, queries, rules, services
from giaoban.apps.reports.models import Report
from giaoban.base.web import parsing
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core.refusal import Fault, Refusal

_BACK_TO = {"review": "reports:review", "desk": "reports:desk"}


@require_safe
def desk(request: Request) -> HttpResponse:
    """What to do, what waits for me, what has changed."""
    count, waiting = queries.waiting_review(request.actor, request.at)
    return page(
        request,
        "reports/desk.html",
        owed=queries.owed(request.actor, request.at),
        waiting=waiting,
        waiting_count=count,
        recent=queries.recent(request.actor),
        at=request.at,
        reports_for=bool(request.actor.reach("reporter")),
        reviews=bool(request.actor.reach("reviewer")),
    )


@require_safe
def listed(request: Request) -> HttpResponse:
    """The list, filtered and page by page."""
    filters = forms.filters(request.GET)
    listing = queries.listing(actor=request.actor, filters=filters, at=request.at)
    return page(
        request,
        "reports/list.html",
        listing=listing,
        filters=filters,
        mine=bool(request.actor.reach("reporter")),
        number=filters.page,
        pages=listing.pages,
        scopes=[
            ("mine", gettext("Đơn vị tôi"), _with(request, scope="mine", page="")),
            ("all", gettext("Tất cả được xem"), _with(request, scope="all", page="")),
        ],
        at=request.at,
    )


@require_POST
def take_up(request: Request) -> HttpResponse:
    """Begin the report a unit owes, or go on with the one already begun."""
    report = services.open_report(
        actor=request.actor,
        round_id=parsing.number(request.POST.get("round"), default=0),
        unit_id=parsing.number(request.POST.get("unit"), default=0),
        at=request.at,
    )
    return redirect("reports:show", report_id=report.pk)


@require_safe
def show(request: Request, report_id: int) -> HttpResponse:
    """The form to fill, or the report to read and decide on."""
    is_checked = "checked" in request.GET
    sheet = queries.sheet(actor=request.actor, report_id=report_id, at=request.at, is_checked=is_checked)
    return _report(request, sheet, is_checked=is_checked)


def _report(request: Request, sheet: queries.Sheet, *, status: int = 200, **told: Any) -> HttpResponse:
    hx_params = _sent_along(sheet.unsent)
    return page(request, "reports/report.html", status=status, sheet=sheet, at=request.at, hx_params=hx_params, **told)


@require_safe
def check(request: Request, report_id: int) -> HttpResponse:
    """One field looked at again the moment it is left; nothing is stored."""
    checked = queries.checked_field(
        actor=request.actor,
        report_id=report_id,
        code=request.GET.get("field", ""),
        typed=forms.boxes(request.GET),
    )
    return page(
        request,
        "reports/checked.html",
        checked=checked,
        report_id=report_id,
        hx_params=_sent_along(checked.unsent),
    )


def _sent_along(unsent: Sequence[str]) -> str:
    """What goes along when one field is checked: every box but the long ones, and no key of a write."""
    return "not " + ",".join(("csrfmiddlewaretoken", "write_key", "revision", "prose", *unsent))


@require_POST
def save(request: Request, report_id: int) -> HttpResponse:
    """Save what was typed as a draft."""

    def verb(given: forms.Filled) -> HttpResponse:
        services.fill(
            actor=request.actor,
            report_id=report_id,
            revision=given.revision,
            figures=given.inputs.figures,
            prose=given.prose,
            at=request.at,
        )
        messages.success(request, gettext("Đã lưu bản nháp."))
        return redirect("reports:show", report_id=report_id)

    return _written(request, report_id, verb)


@require_POST
def submit(request: Request, report_id: int) -> HttpResponse:
    """Save and hand in; what cannot be handed in yet stays saved, and the page tells why."""

    def verb(given: forms.Filled) -> HttpResponse:
        done = services.hand_in(
            actor=request.actor,
            report_id=report_id,
            revision=given.revision,
            figures=given.inputs.figures,
            prose=given.prose,
            at=request.at,
        )
        if done.is_submitted:
            messages.success(request, gettext("Đã nộp báo cáo."))
            return redirect("reports:show", report_id=report_id)
        return redirect(f"{reverse('reports:show', args=[report_id])}?checked=1")

    return _written(request, report_id, verb)


def _written(request: Request, report_id: int, verb: Callable[[forms.Filled], HttpResponse]) -> HttpResponse:
    """Do `verb` with what was typed; a refusal answers with a page that still holds all of it."""
    given = forms.filled(request, queries.spec_to_fill(actor=request.actor, report_id=report_id))
    if given.inputs.faults:
        return _typed_again(request, report_id, given, gettext("Chưa lưu được: có chỗ chưa đọc được."), status=422)
    try:
        return verb(given)
    except rules.SomebodyElseSaved:
        conflict = queries.conflict(
            actor=request.actor,
            report_id=report_id,
            revision=given.revision,
            figures=given.inputs.figures,
            prose=given.prose,
        )
        return page(request, "reports/conflict.html", status=409, conflict=conflict)
    except Refusal as refusal:
        return _typed_again(
            request, report_id, given, sentence(refusal), status=STATUS[refusal.kind], faults=refusal.faults
        )


def _typed_again(
    request: Request, report_id: int, given: forms.Filled, told: str, *, status: int, faults: tuple[Fault, ...] = ()
) -> HttpResponse:
    sheet = queries.sheet(
        actor=request.actor,
        report_id=report_id,
        at=request.at,
        typed=given.typed,
        prose=given.prose,
        revision=given.revision,
        faults=faults,
    )
    return _report(request, sheet, status=status, told=told, is_unsaved=True)


@require_POST
def nothing(request: Request, report_id: int) -> HttpResponse:
    """Say that there was nothing to report; figures typed meanwhile stay on the page and are refused in words."""

    def verb(given: forms.Filled) -> HttpResponse:
        if given.inputs.figures:
            raise rules.HasFigures()
        services.declare_nothing(
            actor=request.actor, report_id=report_id, revision=given.revision, prose=given.prose, at=request.at
        )
        messages.success(request, gettext("Đã ghi «không phát sinh»; hãy nộp báo cáo để cấp trên nhận được."))
        return redirect("reports:show", report_id=report_id)

    return _written(request, report_id, verb)


@require_POST
def withdraw(request: Request, report_id: int) -> HttpResponse:
    """Take a submitted report back."""
    services.withdraw(actor=request.actor, report_id=report_id, at=request.at)
    messages.success(request, gettext("Đã rút báo cáo về để sửa."))
    return redirect("reports:show", report_id=report_id)


@require_POST
def accept(request: Request, report_id: int) -> HttpResponse:
    """Receive a submitted report."""
    services.accept(
        actor=request.actor,
        report_id=report_id,
        revision=parsing.number(request.POST.get("revision"), default=0) or None,
        at=request.at,
    )
    messages.success(request, gettext("Đã nhận báo cáo."))
    return _back(request, report_id)


@require_POST
def send_back(request: Request, report_id: int) -> HttpResponse:
    """Return a submitted report with the reason."""
    return _returned(request, report_id, services.send_back, "send_back", gettext("Đã trả lại báo cáo."))


@require_POST
def reopen(request: Request, report_id: int) -> HttpResponse:
    """Give an accepted report back to be amended."""
    return _returned(request, report_id, services.reopen, "reopen", gettext("Đã mở lại báo cáo."))


def _returned(request: Request, report_id: int, verb: Callable[..., Report], name: str, done: str) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        verb(actor=request.actor, report_id=report_id, reason=reason, at=request.at)
    except (rules.NoReason, rules.ReasonTooLong) as refusal:
        sheet = queries.sheet(actor=request.actor, report_id=report_id, at=request.at)
        return _report(
            request,
            sheet,
            status=STATUS[refusal.kind],
            reason=reason,
            reason_for=name,
            reason_fault=sentence(refusal),
        )
    messages.success(request, done)
    return _back(request, report_id)


def _back(request: Request, report_id: int) -> HttpResponse:
    where = _BACK_TO.get(request.POST.get("next", ""))
    return redirect(where) if where else redirect("reports:show", report_id=report_id)


@require_POST
def attach(request: Request, report_id: int) -> HttpResponse:
    """Put a file with the report; a file that cannot be taken is refused at its place on the page."""
    try:
        given = forms.upload(request)
        services.attach(
            actor=request.actor,
            report_id=report_id,
            data=given.data,
            name=given.name,
            media_type=given.media_type,
            at=request.at,
        )
    except (rules.NoFile, rules.EmptyFile, rules.FileTooLarge) as refusal:
        sheet = queries.sheet(actor=request.actor, report_id=report_id, at=request.at)
        status, told = STATUS[refusal.kind], sentence(refusal)
        if request.htmx:
            return page(request, "reports/parts/files.html", status=status, sheet=sheet, at=request.at, file_fault=told)
        return _report(request, sheet, status=status, file_fault=told)
    return _files(request, report_id)


@require_POST
def take_off(request: Request, attachment_id: int) -> HttpResponse:
    """Take a file off its report."""
    attachment = services.take_off(actor=request.actor, attachment_id=attachment_id, at=request.at)
    return _files(request, attachment.report_id)


def _files(request: Request, report_id: int) -> HttpResponse:
    if not request.htmx:
        return redirect(f"{reverse('reports:show', args=[report_id])}#files")
    sheet = queries.sheet(actor=request.actor, report_id=report_id, at=request.at)
    return page(request, "reports/parts/files.html", sheet=sheet, at=request.at)


@require_safe
def file(request: Request, attachment_id: int) -> HttpResponse:
    """The bytes of an attachment, always to be saved, never shown in place."""
    found = queries.attached_file(actor=request.actor, attachment_id=attachment_id)
    response = HttpResponse(found.data, content_type=parsing.media_type(found.media_type))
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def history(request: Request, report_id: int) -> HttpResponse:
    """Who did what to the report, when, with old and new values."""
    return page(request, "reports/history.html", story=queries.history(actor=request.actor, report_id=report_id))


@require_safe
def review(request: Request) -> HttpResponse:
    """Reports handed in below me."""
    number = parsing.page_number(request.GET)
    is_direct = request.GET.get("scope") != "all"
    queue = queries.review_queue(actor=request.actor, at=request.at, is_direct=is_direct, page=number)
    return page(
        request,
        "reports/review.html",
        queue=queue,
        reviews=bool(request.actor.reach("reviewer")),
        number=number,
        pages=queue.pages,
        at=request.at,
    )


@require_POST
def accept_many(request: Request) -> HttpResponse:
    """Receive the ticked reports that carry no warning."""
    seen = forms.seen(request.POST)
    accepted = services.accept_many(actor=request.actor, seen=seen, at=request.at)
    told = gettext("Đã nhận {count} báo cáo.").format(count=len(accepted))
    if left := len(seen) - len(accepted):
        told += " " + gettext("Để lại {left} báo cáo đã đổi từ lúc mở trang hoặc cần xem từng cái.").format(left=left)
    messages.success(request, told)
    return redirect("reports:review")


@require_safe
def owing(request: Request) -> HttpResponse:
    """«Ai còn nợ» for one round."""
    rounds = queries.rounds_to_collect(request.at)
    chosen = parsing.number(request.GET.get("round"), default=rounds[0].id if rounds else 0)
    if not chosen:
        return page(request, "reports/owing.html", rounds=rounds, debts=None, at=request.at)
    number = parsing.page_number(request.GET)
    is_whole = "whole" in request.GET
    debts = queries.owing(
        actor=request.actor,
        round_id=chosen,
        at=request.at,
        level=request.GET.get("level", "")[:20],
        page=number,
        is_whole=is_whole,
    )
    return page(
        request,
        "reports/owing.html",
        rounds=rounds,
        debts=debts,
        number=number,
        pages=debts.pages,
        whole=_with(request, whole="1", page=""),
        is_whole=is_whole,
        at=request.at,
    )


def _with(request: Request, **changed: str) -> str:
    """This address with other parameters; an empty one is dropped."""
    asked = request.GET.dict() | changed
    return "?" + urlencode({name: value for name, value in asked.items() if value})
