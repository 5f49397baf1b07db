"""The list of forms, and one form: what it asks, of whom, by when, its rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from giaoban.apps.forms import queries, rules, services
from giaoban.apps.units import queries as units
from giaoban.base.web.frame import Crumb
from giaoban.base.web.language import named
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core import periods
from giaoban.core.formlang import Field
from giaoban.core.refusal import NotFound, Refusal
from giaoban.core.text_vi.dates import write_day


@require_safe
def index(request: Request) -> HttpResponse:
    """Every form."""
    return page(
        request,
        "forms/index.html",
        crumbs=(Crumb(gettext("Biểu mẫu")),),
        forms=queries.form_rows(actor=request.actor),
        may_begin=bool(request.actor.reach("keeper")),
    )


@require_safe
def show(request: Request, code: str) -> HttpResponse:
    """A form: what it asks, of whom, its versions and rounds."""
    return form_page(request, queries.form_page(actor=request.actor, code=code))


def form_page(
    request: Request,
    form: queries.FormPage,
    *,
    refusal: Refusal | None = None,
    asked: str = "",
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The form's page; a refusal is told at the part `asked` («duty», «exception», «round») with what was typed."""
    version = form.published or form.draft
    return page(
        request,
        "forms/form.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=(Crumb(gettext("Biểu mẫu"), reverse("forms:index")), Crumb(form.code)),
        form=form,
        version=version,
        fields=_shown(version.spec.fields) if version else [],
        says=sentence(refusal) if refusal else "",
        asked=asked,
        typed=typed or {},
        today=write_day(request.at.date()),
        choices=queries.periods_to_open(form) if form.may_design else (),
        levels=units.levels() if form.may_design else (),
    )


def _shown(fields: Sequence[Field]) -> list[tuple[str, Field, str]]:
    """Each field with its name and the word for its kind."""
    return [(named(one.label, one.label_en), one, rules.KIND_LABELS[one.kind]) for one in fields]


@require_POST
def open_round(request: Request, code: str) -> HttpResponse:
    """Ask for a period; a refusal leaves the period in its box."""
    form = queries.designed_form(actor=request.actor, code=code)
    try:
        period = periods.Period.parse(request.POST.get("period", "").strip())
        services.open_round(actor=request.actor, form_id=form.id, period=period, at=request.at)
    except NotFound:
        raise
    except Refusal as refusal:
        return form_page(request, form, refusal=refusal, asked="round", typed=request.POST.dict())
    messages.success(request, gettext("Đã mở lượt thu báo cáo: {period}.").format(period=period.label()))
    return redirect("forms:show", code=code)
