"""Who owes a form: laying and ending duty, exceptions of single units."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from giaoban.apps.forms import forms, queries, services
from giaoban.apps.forms.views.forms import form_page
from giaoban.apps.units import queries as units
from giaoban.base.web.request import Request
from giaoban.core.refusal import NotFound, Refusal


def _done(request: Request, code: str, asked: str, told: str, verb: Callable[[int], object]) -> HttpResponse:
    """Do `verb` on the form; a refusal answers with the form's page, what was typed still in its boxes."""
    form = queries.designed_form(actor=request.actor, code=code)
    try:
        verb(form.id)
    except NotFound:
        raise
    except Refusal as refusal:
        return form_page(request, form, refusal=refusal, asked=asked, typed=request.POST.dict())
    messages.success(request, told)
    return redirect("forms:show", code=code)


@require_POST
def duties(request: Request, code: str) -> HttpResponse:
    """A level owes the form from a day on."""

    def verb(form_id: int) -> None:
        services.lay_duty(
            actor=request.actor,
            form_id=form_id,
            level=request.POST.get("level", ""),
            from_day=forms.day_typed(request.POST, "from_day", usual=request.at.date()),
            at=request.at,
        )

    return _done(request, code, "duty", gettext("Đã giao nghĩa vụ nộp."), verb)


@require_POST
def end_duty(request: Request, code: str, duty_id: int) -> HttpResponse:
    """A level owes the form no more from a day on."""

    def verb(form_id: int) -> None:
        until = forms.day_typed(request.POST, "until_day", usual=request.at.date())
        services.end_duty(actor=request.actor, form_id=form_id, duty_id=duty_id, until_day=until, at=request.at)

    return _done(request, code, "duty", gettext("Đã kết thúc nghĩa vụ nộp."), verb)


@require_POST
def exceptions(request: Request, code: str) -> HttpResponse:
    """One unit owes although its level does not, or the reverse."""

    def verb(form_id: int) -> None:
        typed = request.POST.get("until_day", "").strip()
        services.except_unit(
            actor=request.actor,
            form_id=form_id,
            unit=units.kept_unit(actor=request.actor, code=request.POST.get("unit", "").strip()),
            owes=request.POST.get("owes") == "yes",
            reason=request.POST.get("reason", ""),
            from_day=forms.day_typed(request.POST, "from_day", usual=request.at.date()),
            until_day=forms.day_typed(request.POST, "until_day", usual=request.at.date()) if typed else None,
            at=request.at,
        )

    return _done(request, code, "exception", gettext("Đã ghi ngoại lệ."), verb)


@require_POST
def end_exception(request: Request, code: str, exception_id: int) -> HttpResponse:
    """A unit is like its level again from a day on."""

    def verb(form_id: int) -> None:
        until = forms.day_typed(request.POST, "until_day", usual=request.at.date())
        services.end_exception(
            actor=request.actor, form_id=form_id, exception_id=exception_id, until_day=until, at=request.at
        )

    return _done(request, code, "exception", gettext("Đã kết thúc ngoại lệ."), verb)
