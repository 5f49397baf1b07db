"""Pages of units."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from giaoban.apps.units import forms, queries, services
from giaoban.base.web.frame import Crumb
from giaoban.base.web.pages import page
from giaoban.base.web.parsing import page_number
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core.refusal import NotFound, Refusal
from giaoban.core.text_vi.numbers import write_whole

SHOWN_FAULTS = 500  # the first of them; a longer list mends nothing faster


@require_safe
def index(request: Request) -> HttpResponse:
    """Search by name or code; without words the widest unit's own page."""
    words = request.GET.get("q", "").strip()[:100]
    top = queries.widest(request.actor) if not words else None
    if top is not None:
        return redirect("units:show", code=top.code)
    found = queries.found_units(actor=request.actor, words=words) if words else []
    return page(
        request,
        "units/found.html",
        crumbs=(Crumb(gettext("Đơn vị")),),
        words=words,
        found=found,
        has_more=len(found) == queries.FOUND_AT_MOST,
    )


@require_safe
def show(request: Request, code: str) -> HttpResponse:
    """One unit on today's tree."""
    number = page_number(request.GET)
    unit = queries.unit_page(actor=request.actor, code=code, day=request.at.date(), page=number)
    way = [Crumb(step.label, reverse("units:show", args=[step.code])) for step in unit.way]
    return page(
        request,
        "units/unit.html",
        crumbs=(*way, Crumb(unit.unit.label)),
        shown=unit,
        number=number,
        pages=-(-unit.child_count // queries.CHILD_PAGE),
        may_keep=bool(request.actor.reach("keeper")),
    )


@require_http_methods(["GET", "POST"])
def bring_in(request: Request) -> HttpResponse:
    """Import a tree from a file: a dry run lists every fault and changes nothing."""
    top = queries.widest_kept(request.actor)
    if top is None:
        raise NotFound()
    if request.method == "GET":
        return _import_page(request, below=top.code)
    below = request.POST.get("below", "").strip() or top.code
    try:
        return _read_in(request, below)
    except Refusal as refusal:
        return _import_page(request, below=below, status=STATUS[refusal.kind], says=sentence(refusal))


def _read_in(request: Request, below: str) -> HttpResponse:
    given = forms.import_input(request)
    plan = queries.import_plan(data=given.data, name=given.name)
    faults = [*plan.faults, *queries.superior_faults(actor=request.actor, below=below, units=plan.units)]
    if faults or given.is_dry:
        return _import_page(
            request,
            below=below,
            status=422 if faults else 200,
            name=given.name,
            faults=[(fault.place, sentence(fault)) for fault in faults],
            tally=queries.tally(plan.units),
        )
    count = services.bring_in(
        actor=request.actor, below=below, units=plan.units, source=given.name, today=request.at.date(), at=request.at
    )
    messages.success(request, gettext("Đã nhập {count} đơn vị.").format(count=write_whole(count)))
    return redirect("units:show", code=below)


def _import_page(
    request: Request,
    *,
    below: str,
    status: int = 200,
    says: str = "",
    name: str = "",
    faults: Sequence[tuple[str, str]] = (),
    tally: Sequence[queries.LevelCount] = (),
) -> HttpResponse:
    return page(
        request,
        "units/import.html",
        status=status,
        crumbs=(Crumb(gettext("Đơn vị"), reverse("units:index")), Crumb(gettext("Nhập cây tổ chức"))),
        below=below,
        says=says,
        name=name,
        faults=faults[:SHOWN_FAULTS],
        fault_count=len(faults),
        tally=tally,
        total=sum(one.count for one in tally),
        levels=queries.levels(),
    )
