"""The designer: rows of boxes, a preview, what changes, and publishing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from giaoban.apps.forms import forms, queries, rules, services
from giaoban.base.web.figures import Entry
from giaoban.base.web.frame import Crumb
from giaoban.base.web.language import named
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core import formlang
from giaoban.core.formlang import Field, FieldKind, FormSpec, Measure, Part, Rollup
from giaoban.core.refusal import NotFound, Refusal

_ENTRY_KIND = {
    FieldKind.WHOLE: "whole",
    FieldKind.DECIMAL: "scaled",
    FieldKind.YES_NO: "choice",
    FieldKind.CHOICE: "choice",
    FieldKind.SHORT_TEXT: "text",
    FieldKind.LONG_TEXT: "prose",
    FieldKind.DATE: "day",
}


@dataclass(frozen=True)
class Preview:
    """The form as reporters will see it, section by section, and what changes against the published version."""

    sections: Sequence[tuple[str, Sequence[Entry]]]
    changes: Sequence[str]
    is_first: bool


@require_http_methods(["GET", "POST"])
def design(request: Request, code: str) -> HttpResponse:
    """The designer. A refused draft comes back with everything typed and each fault at its row."""
    form = queries.designed_form(actor=request.actor, code=code)
    if request.method == "GET":
        source = form.draft or form.published
        revision = form.draft.revision if form.draft else 0
        return _designer(request, form, forms.sheet_of(source.spec if source else None), revision=revision)
    sheet = forms.sheet_from(request.POST)
    asked = request.POST.get("revision", "0")
    revision = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    try:
        return _asked_for(request, form, sheet, revision)
    except NotFound:
        raise
    except Refusal as refusal:
        return _designer(request, form, sheet, revision=revision, refusal=refusal)


def _asked_for(request: Request, form: queries.FormPage, sheet: forms.Sheet, revision: int) -> HttpResponse:
    """Move a row, give more rows, show a preview, or save; only the last writes anything."""
    if "move" in request.POST or "more" in request.POST:
        return _designer(request, form, sheet.with_spares(), revision=revision, is_unsaved=True)
    if "preview" in request.POST:
        spec = FormSpec.parse(forms.data_of(sheet))
        return _designer(
            request, form, sheet.with_spares(), revision=revision, is_unsaved=True, preview=_preview(form, spec)
        )
    services.draft(actor=request.actor, form_id=form.id, data=forms.data_of(sheet), revision=revision, at=request.at)
    messages.success(request, gettext("Đã lưu bản dự thảo."))
    return redirect("forms:show" if "leave" in request.POST else "forms:design", code=form.code)


def _designer(
    request: Request,
    form: queries.FormPage,
    sheet: forms.Sheet,
    *,
    revision: int,
    refusal: Refusal | None = None,
    preview: Preview | None = None,
    is_unsaved: bool = False,
) -> HttpResponse:
    told = forms.told_at(sheet, refusal.faults if refusal else ())
    fixed = form.codes_in_force
    own = reverse("forms:show", args=[form.code])
    return page(
        request,
        "forms/design.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=(Crumb(gettext("Biểu mẫu"), reverse("forms:index")), Crumb(form.code, own), Crumb(gettext("Soạn"))),
        form=form,
        sheet=sheet,
        rows=[
            (at, row, row.code in fixed, [sentence(fault) for fault in told.fields.get(at, ())])
            for at, row in enumerate(sheet.fields)
        ],
        checks=[
            (at, row, [sentence(fault) for fault in told.checks.get(at, ())]) for at, row in enumerate(sheet.checks)
        ],
        last=len(sheet.fields) - 1,
        revision=revision,
        saved="unsaved" if refusal or is_unsaved else "saved",
        says=sentence(refusal) if refusal else "",
        elsewhere=[(fault.place, sentence(fault)) for fault in told.elsewhere],
        preview=preview,
        kinds=[(kind.value, rules.KIND_LABELS[kind.value]) for kind in FieldKind],
        rollups=[(rollup.value, rules.ROLLUP_LABELS[rollup.value]) for rollup in Rollup],
        measures=[(measure.value, rules.MEASURE_LABELS[measure.value]) for measure in Measure],
        parts=[(part.value, rules.PART_LABELS[part.value]) for part in Part],
    )


def _preview(form: queries.FormPage, spec: FormSpec) -> Preview:
    published = form.published
    headed = [("", spec.in_section("")), *((section, spec.in_section(section)) for section in spec.sections)]
    return Preview(
        sections=[(section, [_entry(field) for field in fields]) for section, fields in headed if fields],
        changes=formlang.diff(published.spec, spec) if published else [],
        is_first=published is None,
    )


def _entry(field: Field) -> Entry:
    choices = tuple((choice.code, choice.label) for choice in field.choices)
    if field.kind is FieldKind.YES_NO:
        choices = (("yes", gettext("Có")), ("no", gettext("Không")))
    return Entry(
        code=f"preview-{field.code}",
        label=named(field.label, field.label_en),
        kind=_ENTRY_KIND[field.kind],  # type: ignore[arg-type]  # every value of the table is one of the literals
        hint=field.hint,
        choices=choices,
        is_required=field.required,
        is_computed=field.is_computed,
    )


@require_POST
def publish(request: Request, code: str) -> HttpResponse:
    """Put the draft in force, if it is still the one that was looked at."""
    form = queries.designed_form(actor=request.actor, code=code)
    number, revision = (
        int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
        for asked in (request.POST.get("number", ""), request.POST.get("revision", ""))
    )
    services.publish(actor=request.actor, form_id=form.id, number=number, revision=revision, at=request.at)
    messages.success(request, gettext("Đã ban hành phiên bản {number}.").format(number=number))
    return redirect("forms:show", code=code)
