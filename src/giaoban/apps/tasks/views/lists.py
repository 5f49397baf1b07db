"""Many tasks: by assigning body, as a programme of work, on a line of time, by what changed, by load."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from giaoban.apps.tasks import forms, queries, rules
from giaoban.apps.tasks.views import drawing
from giaoban.base.web import parsing
from giaoban.base.web.figures import Choice
from giaoban.base.web.frame import Crumb, Period, When
from giaoban.base.web.language import language
from giaoban.base.web.pages import page
from giaoban.base.web.request import Request
from giaoban.core import periods

SCOPE_LABELS = (
    ("all", "Tất cả được xem"),
    ("ours", "Đơn vị tôi làm"),
    ("mine", "Việc của tôi"),
    ("given", "Đơn vị tôi giao"),
)
STANDING_LABELS = (
    ("living", "đang làm"),
    ("overdue", "quá hạn"),
    ("soon", "sắp đến hạn"),
    ("stuck", "đình trệ"),
    ("waiting", "chờ quyết định"),
    ("done", "đã xong"),
    ("any", "tất cả"),
)
_WAYS_LABELS = (
    ("index", "Danh sách"),
    ("week", "Lịch tuần"),
    ("programme", "Chương trình công tác"),
    ("timeline", "Theo thời gian"),
    ("changed", "Thay đổi"),
    ("load", "Khối lượng"),
)


def ways(current: str) -> tuple[Choice, ...]:
    """The ways of looking at tasks."""
    return tuple(Choice(gettext(label), reverse(f"tasks:{name}"), name == current) for name, label in _WAYS_LABELS)


def crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    """Where we are below the list of tasks."""
    return (Crumb(gettext("Nhiệm vụ"), reverse("tasks:index") if more else ""), *more)


@require_safe
def index(request: Request) -> HttpResponse:
    """The list, grouped by the body that assigned."""
    filters = forms.filters(request.GET)
    found = queries.listing(actor=request.actor, filters=filters, on=request.at.date())
    return page(
        request,
        "tasks/index.html",
        crumbs=crumbs(),
        ways=ways("index"),
        listing=found,
        filters=filters,
        scopes=_scopes(request, filters.scope),
        standings=[
            (Choice(gettext(label), _with(request, standing=code, state="", page=""), code == filters.standing), count)
            for code, label in STANDING_LABELS
            if (count := found.standings[code]) or code in ("living", filters.standing)
        ],
        kinds=[(kind.value, str(kind.label)) for kind in rules.Kind],
        pages=found.pages,
        number=filters.page,
        may_assign=bool(request.actor.reach("reviewer")),
        keeps=bool(request.actor.reach("keeper")),
        at=request.at,
    )


def _scopes(request: Request, current: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(gettext(label), _with(request, scope=code if code != "all" else "", page=""), code == current)
        for code, label in SCOPE_LABELS
    )


@require_safe
def programme(request: Request) -> HttpResponse:
    """The programme of work of a week, month, quarter or year, with what is carried over into it."""
    on, filters = request.at.date(), forms.filters(request.GET)
    period = forms.programme_period(request.GET, on=on)
    only = queries.Filters(scope=filters.scope, unit=filters.unit, topic=filters.topic, assigner=filters.assigner)
    return page(
        request,
        "tasks/programme.html",
        crumbs=crumbs(Crumb(gettext("Chương trình công tác"))),
        ways=ways("programme"),
        switch=_switch(request, period),
        programme=queries.programme(actor=request.actor, period=period, filters=only, on=on),
        label=period.label(language()),
        scopes=_scopes(request, filters.scope),
        at=request.at,
    )


def _switch(request: Request, period: periods.Period) -> When:
    def to(one: periods.Period) -> str:
        return _with(request, period=one.code, page="")

    others = [
        Period(one.label(language()), to(one), one.kind is period.kind)
        for kind in forms.PERIOD_KINDS
        for one in [periods.Period.containing(min(period.last_day, max(period.from_day, request.at.date())), kind)]
    ]
    return When(period.label(language()), to(period.previous()), to(period.next()), ((gettext("Kỳ"), tuple(others)),))


@require_safe
def timeline(request: Request) -> HttpResponse:
    """The same tasks as the list, each from the day it was given to its last day."""
    filters, on = forms.filters(request.GET), request.at.date()
    found = queries.listing(actor=request.actor, filters=filters, on=on)
    rows = [row for group in found.groups for row in group.rows]
    return page(
        request,
        "tasks/timeline.html",
        crumbs=crumbs(Crumb(gettext("Theo thời gian"))),
        ways=ways("timeline"),
        scopes=_scopes(request, filters.scope),
        line=drawing.timeline(rows, on=on),
        total=found.total,
        pages=found.pages,
        number=filters.page,
        at=request.at,
    )


@require_safe
def changed(request: Request) -> HttpResponse:
    """What changed since a day."""
    day = forms.since(request.GET, on=request.at.date())
    return page(
        request,
        "tasks/changed.html",
        crumbs=crumbs(Crumb(gettext("Thay đổi"))),
        ways=ways("changed"),
        since=day,
        changes=queries.changed_since(actor=request.actor, day=day),
        at=request.at,
    )


@require_safe
def load(request: Request) -> HttpResponse:
    """Who has how much in hand."""
    unit = parsing.typed(request.GET, "unit")[:40]
    return page(
        request,
        "tasks/load.html",
        crumbs=crumbs(Crumb(gettext("Khối lượng"))),
        ways=ways("load"),
        units=queries.load(actor=request.actor, on=request.at.date(), unit_code=unit),
        at=request.at,
    )


@require_safe
def mine(request: Request) -> HttpResponse:
    """What the reader has in hand: a panel on the desk, or a page of its own."""
    found = queries.in_hand(actor=request.actor, on=request.at.date())
    if request.htmx:
        return page(request, "tasks/parts/mine.html", found=found, is_panel=True)
    return page(
        request, "tasks/mine.html", crumbs=crumbs(Crumb(gettext("Nhiệm vụ trong tay"))), found=found, at=request.at
    )


@require_safe
def of_report(request: Request, report_id: int) -> HttpResponse:
    """What a unit's report must account for: a panel in the report's page, or a page of its own."""
    found = queries.of_report(actor=request.actor, report_id=report_id, on=request.at.date())
    if request.htmx:
        return page(request, "tasks/parts/of_report.html", found=found, is_panel=True)
    here = Crumb(gettext("Việc phải báo cáo"))
    return page(request, "tasks/of_report.html", crumbs=crumbs(here), found=found, at=request.at)


def _with(request: Request, **changed: str) -> str:
    """This address with other parameters; an empty one is dropped."""
    asked = request.GET.dict() | changed
    return "?" + urlencode({name: value for name, value in asked.items() if value})
