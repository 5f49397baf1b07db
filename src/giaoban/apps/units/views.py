"""Pages of units."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from giaoban.apps.units import forms, queries, services
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import sentence
from giaoban.base.web.request import Request
from giaoban.core.refusal import NotFound


@require_safe
def index(request: Request) -> HttpResponse:
    """Search by name or code; without words the widest unit's own page."""
    words = request.GET.get("q", "").strip()[:100]
    top = queries.widest(request.actor)
    if not words and top is not None:
        return redirect("units:show", code=top.code)
    found = queries.found_units(actor=request.actor, words=words) if words else []
    return page(request, "units/found.html", words=words, found=found)


@require_safe
def show(request: Request, code: str) -> HttpResponse:
    """One unit on today's tree."""
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and 0 < len(asked) < 7 else 1
    unit = queries.unit_page(actor=request.actor, code=code, day=request.at.date(), page=max(number, 1))
    pages = -(-unit.child_count // queries.CHILD_PAGE)
    return page(request, "units/unit.html", shown=unit, number=number, pages=pages)


@require_http_methods(["GET", "POST"])
def bring_in(request: Request) -> HttpResponse:
    """Import a tree from a file: a dry run lists every fault and changes nothing."""
    keeps = request.actor.reach("keeper")
    if not keeps:
        raise NotFound()
    below = queries.names([keeps.places[0].unit_id])[keeps.places[0].unit_id]
    if request.method == "GET":
        return page(request, "units/import.html", below=below.code, plan=None, name="")
    given = forms.import_input(request)
    plan = queries.import_plan(data=given.data, name=given.name)
    if plan.faults or given.is_dry:
        faults = [(fault.place, sentence(fault)) for fault in plan.faults]
        status = 422 if faults else 200
        return page(
            request, "units/import.html", status=status, below=given.below, plan=plan, faults=faults, name=given.name
        )
    count = services.bring_in(
        actor=request.actor,
        below=given.below or below.code,
        units=plan.units,
        source=given.name,
        today=request.at.date(),
        at=request.at,
    )
    messages.success(request, gettext("Đã nhập {count} đơn vị.").format(count=count))
    return redirect("units:show", code=given.below or below.code)
