"""The calendar of briefings, and a new series."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from giaoban.apps.briefings import forms, queries, rules, services
from giaoban.apps.briefings.queries import Seen
from giaoban.apps.units import queries as units
from giaoban.apps.units.models import Unit
from giaoban.base.web import parsing
from giaoban.base.web.figures import Choice
from giaoban.base.web.frame import Crumb
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core.refusal import Kind, NotFound, Refusal

_CRUMB = 60  # letters of a title in the breadcrumb
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_PLACES = (
    ("show", "Chuẩn bị"),
    ("invitation", "Giấy mời"),
    ("pack", "Tài liệu"),
    ("room", "Phòng họp"),
    ("wall", "Màn hình lớn"),
    ("minutes", "Biên bản"),
    ("notice", "Thông báo kết luận"),
    ("tasks", "Nhiệm vụ"),
)


def crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    """Where we are below the calendar."""
    return (Crumb(gettext("Giao ban"), reverse("briefings:index") if more else ""), *more)


def crumbs_of(seen: Seen, last: str = "") -> tuple[Crumb, ...]:
    """Where we are within a briefing."""
    title = Truncator(seen.row.title).chars(_CRUMB)
    if not last:
        return crumbs(Crumb(title))
    return crumbs(Crumb(title, reverse("briefings:show", args=[seen.row.briefing_id])), Crumb(last))


def places(seen: Seen, current: str) -> tuple[Choice, ...]:
    """The pages of a briefing that have something to show to this reader now."""
    row = seen.row
    shown = {
        "show": True,
        "invitation": bool(seen.own_sites) or seen.may_organise,
        "pack": seen.has_pack or (seen.may_organise and row.is_before),
        "room": row.is_live or (row.state == rules.State.CALLED and (seen.may_chair or bool(seen.own_sites))),
        "wall": row.is_live or (row.is_closed and seen.may_read_record),
        "minutes": seen.may_read_record and not row.is_before,
        "notice": seen.may_read_record and not row.is_before,
        "tasks": seen.may_read_record and not row.is_before,
    }
    return tuple(
        Choice(
            gettext("Tổng quan") if name == "show" and not row.is_before else gettext(label),
            reverse(f"briefings:{name}", args=[row.briefing_id]),
            name == current,
        )
        for name, label in _PLACES
        if shown[name]
    )


@require_safe
def index(request: Request) -> HttpResponse:
    """What is on, what is coming and what was, of one series or of all."""
    series = parsing.number(request.GET.get("series"), default=0) or None
    number = parsing.page_number(request.GET)
    found = queries.calendar(actor=request.actor, at=request.at, series_id=series, page=number)
    choices = [Choice(gettext("Tất cả các chuỗi"), reverse("briefings:index"), series is None)]
    for one in found.series:
        choices.append(Choice(one.name, f"?series={one.series_id}", one.series_id == series))
    return page(
        request,
        "briefings/index.html",
        crumbs=crumbs(),
        calendar=found,
        choices=tuple(choices),
        mine=[one for one in found.series if one.may_organise],
        number=found.page,
        pages=found.pages,
        may_organise=bool(request.actor.reach("reporter", "reviewer")),
        at=request.at,
    )


@require_http_methods(["GET", "POST"])
def new_series(request: Request) -> HttpResponse:
    """Set up briefings that are held again and again."""
    own = units.names([place.unit_id for place in request.actor.reach("reporter", "reviewer").places])
    if not own:
        raise NotFound()
    given, refusal = forms.usual_series(), None
    if request.method == "POST":
        given = forms.series_boxes(request.POST)
        try:
            _define(request, given, set(own))
        except Refusal as no:
            if no.kind is Kind.MISSING:
                raise
            refusal = no
        else:
            messages.success(request, gettext("Đã lập chuỗi giao ban."))
            return redirect("briefings:index")
    return page(
        request,
        "briefings/series.html",
        status=STATUS[refusal.kind] if refusal else 200,
        crumbs=crumbs(Crumb(gettext("Chuỗi giao ban mới"))),
        given=given,
        rows=forms.with_spare(given.rows),
        own=list(own.values()),
        rhythms=[(one.value, gettext(str(one.label))) for one in rules.Rhythm],
        weekdays=[(str(place), gettext(name)) for place, name in enumerate(WEEKDAYS)],
        kinds=[(one.value, gettext(str(one.label))) for one in rules.ItemKind],
        assigners=queries.assigners(),
        says=sentence(refusal) if refusal else "",
    )


def _define(request: Request, given: forms.SeriesBoxes, own: set[int]) -> None:
    boxes = given.boxes
    unit_id = parsing.number(boxes["unit"], default=0) or (next(iter(own)) if len(own) == 1 else 0)
    rhythm = boxes["rhythm"] if boxes["rhythm"] in rules.Rhythm.values else rules.Rhythm.WEEKLY
    services.define_series(
        actor=request.actor,
        unit=Unit.objects.one(unit_id),
        name=boxes["name"],
        rhythm=rhythm,
        weekday=min(6, parsing.number(boxes["weekday"], default=0)) if rhythm == rules.Rhythm.WEEKLY else None,
        day=min(28, parsing.number(boxes["day"], default=1)) if rhythm != rules.Rhythm.WEEKLY else None,
        hour=rules.read_hour(boxes["hour"]) if boxes["hour"] else None,
        place=boxes["place"],
        is_online=given.is_online,
        assigner=boxes["assigner"],
        agenda=forms.agenda(given.rows),
        at=request.at,
    )
