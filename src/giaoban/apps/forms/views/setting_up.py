"""Setting a form up: its head, its schedule, who owes it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from giaoban.apps.forms import forms, queries, rules, services
from giaoban.apps.forms.models import Form
from giaoban.apps.units import queries as units
from giaoban.base.web.frame import Crumb
from giaoban.base.web.language import named
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core import periods
from giaoban.core.periods.labels import CALENDAR_NAMES, KIND_NAMES
from giaoban.core.refusal import Fault, NotFound, Refusal
from giaoban.core.text_vi.dates import write_day


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin a form. A refusal comes back with everything typed and each fault at its box."""
    top = units.widest_kept(request.actor)
    if top is None:
        raise NotFound()
    levels = units.levels()
    if request.method == "GET":
        head = forms.Head(owner=top.code, from_day=write_day(request.at.date()))
        return _new_page(request, head, forms.schedule_boxes(levels))
    head = forms.head_from(request.POST)
    boxes, schedule, faults = forms.schedule_from(request.POST, levels)
    try:
        form = _begin(request, head, boxes, schedule, faults)
    except Refusal as refusal:
        return _new_page(request, head, boxes, refusal)
    messages.success(request, gettext("Đã tạo biểu mẫu; hãy soạn các chỉ tiêu."))
    return redirect("forms:design", code=form.code)


def _begin(
    request: Request,
    head: forms.Head,
    boxes: forms.ScheduleBoxes,
    schedule: periods.Schedule | None,
    schedule_faults: Sequence[Fault],
) -> Form:
    own = rules.form_faults(code=head.code, name=head.name, period_kind=head.period_kind, calendar=head.calendar)
    faults = [*own, *schedule_faults]
    if faults or schedule is None:
        raise rules.NotAForm(faults=faults, count=len(faults))
    return services.begin(
        actor=request.actor,
        owner=units.kept_unit(actor=request.actor, code=head.owner),
        code=head.code,
        name=head.name,
        period_kind=head.period_kind,
        calendar=head.calendar,
        schedule=schedule,
        owing=boxes.owing,
        from_day=forms.day_typed(request.POST, "from_day", usual=request.at.date()),
        at=request.at,
    )


def _new_page(
    request: Request, head: forms.Head, boxes: forms.ScheduleBoxes, refusal: Refusal | None = None
) -> HttpResponse:
    return page(
        request,
        "forms/new.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=(Crumb(gettext("Biểu mẫu"), reverse("forms:index")), Crumb(gettext("Tạo biểu mẫu"))),
        head=head,
        boxes=boxes,
        steps=_steps(boxes, refusal),
        says=sentence(refusal) if refusal else "",
        faults=_by_box(refusal),
        kinds=[(kind.value, named(*names)) for kind, names in KIND_NAMES.items()],
        calendars=[(calendar.value, named(*names)) for calendar, names in CALENDAR_NAMES.items()],
    )


def _steps(boxes: forms.ScheduleBoxes, refusal: Refusal | None) -> Sequence[tuple[forms.StepBoxes, str]]:
    told = _by_box(refusal)
    return [(step, told.get(f"step-{step.level}", "")) for step in boxes.steps]


def _by_box(refusal: Refusal | None) -> dict[str, str]:
    return {fault.place: sentence(fault) for fault in reversed(refusal.faults)} if refusal else {}


@require_http_methods(["GET", "POST"])
def schedule(request: Request, code: str) -> HttpResponse:
    """Change when rounds opened from now on are due."""
    shown = queries.designed_form(actor=request.actor, code=code)
    levels = units.levels()
    if request.method == "GET":
        return _schedule_page(request, shown, forms.schedule_of(shown.schedule, levels))
    boxes, wanted, faults = forms.schedule_from(request.POST, levels)
    try:
        if wanted is None:
            raise rules.NotASchedule(faults=faults, count=len(faults))
        services.reschedule(actor=request.actor, form_id=shown.id, schedule=wanted, at=request.at)
    except Refusal as refusal:
        return _schedule_page(request, shown, boxes, refusal)
    messages.success(request, gettext("Đã đổi lịch nộp; các lượt thu mở từ nay theo lịch mới."))
    return redirect("forms:show", code=code)


def _schedule_page(
    request: Request, form: queries.FormPage, boxes: forms.ScheduleBoxes, refusal: Refusal | None = None
) -> HttpResponse:
    own = reverse("forms:show", args=[form.code])
    crumbs = (Crumb(gettext("Biểu mẫu"), reverse("forms:index")), Crumb(form.code, own), Crumb(gettext("Lịch nộp")))
    return page(
        request,
        "forms/schedule.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=crumbs,
        form=form,
        boxes=boxes,
        steps=_steps(boxes, refusal),
        says=sentence(refusal) if refusal else "",
        faults=_by_box(refusal),
    )
