"""Pages of forms: the list, a form, its designer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from giaoban.apps.forms import forms, queries, rules, services
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core import periods
from giaoban.core.formlang import FieldKind, Measure, Part, Rollup
from giaoban.core.refusal import NotFound, Refusal


@require_safe
def index(request: Request) -> HttpResponse:
    """Every form."""
    return page(request, "forms/index.html", forms=queries.form_rows(actor=request.actor))


@require_safe
def show(request: Request, code: str) -> HttpResponse:
    """A form: what it asks, of whom, its versions and rounds."""
    form = queries.form_page(actor=request.actor, code=code)
    version = form.published or form.draft
    fields = [(field, rules.KIND_LABELS[field.kind]) for field in version.spec.fields] if version else []
    return page(request, "forms/form.html", form=form, version=version, fields=fields)


@require_http_methods(["GET", "POST"])
def design(request: Request, code: str) -> HttpResponse:
    """The designer. A refused draft comes back with everything typed and each fault at its place."""
    form = queries.form_page(actor=request.actor, code=code)
    if not form.may_design:
        raise NotFound()
    if request.method == "GET":
        source = form.draft or form.published
        sheet = forms.sheet_of(source.spec if source else None)
        return _designer(request, form, sheet, revision=form.draft.revision if form.draft else 0)
    sheet = forms.sheet_from(request.POST)
    asked = request.POST.get("revision", "0")
    revision = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    try:
        services.draft(
            actor=request.actor, form_id=form.id, data=forms.data_of(sheet), revision=revision, at=request.at
        )
    except Refusal as refusal:
        return _designer(request, form, sheet, revision=revision, refusal=refusal)
    messages.success(request, gettext("Đã lưu bản dự thảo."))
    return redirect("forms:show", code=code)


def _designer(
    request: Request, form: queries.FormPage, sheet: forms.Sheet, *, revision: int, refusal: Refusal | None = None
) -> HttpResponse:
    fixed = {field.code for field in form.published.spec.fields} if form.published else set()
    return page(
        request,
        "forms/design.html",
        status=STATUS[refusal.kind] if refusal else 200,
        form=form,
        sheet=sheet,
        revision=revision,
        says=sentence(refusal) if refusal else "",
        faults=[(fault.place, sentence(fault)) for fault in refusal.faults] if refusal else [],
        fixed=fixed,
        kinds=[(kind.value, rules.KIND_LABELS[kind.value]) for kind in FieldKind],
        rollups=[(rollup.value, rules.ROLLUP_LABELS[rollup.value]) for rollup in Rollup],
        measures=[(measure.value, rules.MEASURE_LABELS[measure.value]) for measure in Measure],
        parts=[(part.value, rules.PART_LABELS[part.value]) for part in Part],
    )


@require_POST
def publish(request: Request, code: str) -> HttpResponse:
    """Put the draft in force."""
    form = queries.form_page(actor=request.actor, code=code)
    asked = request.POST.get("number", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
    services.publish(actor=request.actor, form_id=form.id, number=number, at=request.at)
    messages.success(request, gettext("Đã ban hành phiên bản {number}.").format(number=number))
    return redirect("forms:show", code=code)


@require_POST
def open_round(request: Request, code: str) -> HttpResponse:
    """Ask for a period."""
    form = queries.form_page(actor=request.actor, code=code)
    period = periods.Period.parse(request.POST.get("period", "").strip())
    services.open_round(actor=request.actor, form_id=form.id, period=period, at=request.at)
    messages.success(request, gettext("Đã mở lượt thu báo cáo: {period}.").format(period=period.label()))
    return redirect("forms:show", code=code)
