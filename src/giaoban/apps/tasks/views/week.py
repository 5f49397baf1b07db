"""The weekly calendar of work: the page, and entering, changing, cancelling on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from giaoban.apps.tasks import queries, services
from giaoban.apps.tasks.forms import week as boxes
from giaoban.apps.tasks.models import CalendarEvent
from giaoban.apps.tasks.views.lists import crumbs, ways
from giaoban.base.web import frame, parsing
from giaoban.base.web.frame import Crumb, When
from giaoban.base.web.language import language
from giaoban.base.web.pages import page
from giaoban.base.web.refusals import STATUS, sentence
from giaoban.base.web.request import Request
from giaoban.core.periods import Period, PeriodKind
from giaoban.core.refusal import Kind, Refusal
from giaoban.core.text_vi.dates import write_day, write_day_in_document

_MENU_BEFORE, _MENU_AFTER = 3, 4  # weeks offered in the menu


@dataclass(frozen=True)
class Editor:
    """The form of an entry on the page: its boxes, the entry it changes if any, and what was refused at which box."""

    given: Mapping[str, str]
    draft: queries.EventDraft | None = None
    revision: int = 0
    is_open: bool = False
    words: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    cancel_says: str = ""
    reason: str = ""


@require_safe
def week(request: Request) -> HttpResponse:
    """The week of a unit, or one's own."""
    wanted = parsing.number(request.GET.get("edit"))
    if not wanted:
        return _week(request, None)
    draft = queries.event_draft(actor=request.actor, event_id=wanted)
    return _week(request, Editor(draft.boxes, draft, draft.revision, is_open=True))


def _week(request: Request, editor: Editor | None, status: int = 200) -> HttpResponse:
    asked = request.GET if request.method == "GET" else request.POST
    period = boxes.week(parsing.typed(asked, "week")[:20], on=request.at.date())
    found = queries.week_page(
        actor=request.actor, code=parsing.typed(asked, "unit")[:40], period=period, on=request.at.date()
    )
    link = queries.feed_link(actor=request.actor, unit_id=found.unit_id)
    today = request.at.date()
    usual = today if period.from_day <= today < period.until_day else period.from_day
    return page(
        request,
        "tasks/week.html",
        status=status,
        crumbs=crumbs(Crumb(gettext("Lịch công tác tuần"))),
        ways=ways("week"),
        switch=_switch(period, found.code, today),
        week=found,
        label=period.label(language()),
        last_day=period.last_day,
        feed=link,
        feed_address=request.build_absolute_uri(reverse("calendar_feed", args=[link.token])) if link else "",
        signed_on=write_day_in_document(today),
        editor=editor or Editor({"day": write_day(usual)}),
        at=request.at,
    )


def address(unit: str, period: Period) -> str:
    """The address of a unit's week."""
    return f"{reverse('tasks:week')}?{urlencode({'unit': unit, 'week': period.code})}"


def _switch(period: Period, unit: str, today: date) -> When:
    around = [period]
    for _ in range(_MENU_BEFORE):
        around.insert(0, around[0].previous())
    for _ in range(_MENU_AFTER):
        around.append(around[-1].next())
    menu = tuple(frame.Period(one.label(language()), address(unit, one), one == period) for one in around)
    here = frame.Period(gettext("Tuần này"), address(unit, Period.containing(today, PeriodKind.WEEK)))
    return When(
        period.label(language()),
        address(unit, period.previous()),
        address(unit, period.next()),
        ((gettext("Tuần"), (here, *menu)),),
    )


@require_POST
def enter_event(request: Request) -> HttpResponse:
    """Put an entry on the calendar of a unit."""
    given = boxes.event_boxes(request.POST)
    unit_id = parsing.number(request.POST.get("unit_id"))

    def call() -> CalendarEvent | None:
        planned = boxes.planned_event(given=given, unit_id=unit_id, on=request.at.date())
        return services.enter_event(actor=request.actor, event=planned, at=request.at)

    return _done(request, call, Editor(given, is_open=True), gettext("Đã ghi vào lịch."))


@require_POST
def change_event(request: Request, event_id: int) -> HttpResponse:
    """Write an entry anew."""
    draft = queries.event_draft(actor=request.actor, event_id=event_id)
    given, revision = boxes.event_boxes(request.POST), parsing.number(request.POST.get("revision"))

    def call() -> CalendarEvent | None:
        planned = boxes.planned_event(given=given, unit_id=draft.unit_id, on=request.at.date())
        return services.change_event(
            actor=request.actor, event=planned, event_id=event_id, revision=revision, at=request.at
        )

    return _done(request, call, Editor(given, draft, revision, is_open=True), gettext("Đã sửa mục lịch."))


@require_POST
def cancel_event(request: Request, event_id: int) -> HttpResponse:
    """Say that an entry does not take place."""
    draft = queries.event_draft(actor=request.actor, event_id=event_id)
    reason, revision = parsing.typed(request.POST, "reason"), parsing.number(request.POST.get("revision"))
    try:
        event = services.cancel_event(
            actor=request.actor, event_id=event_id, reason=reason, revision=revision, at=request.at
        )
    except Refusal as no:
        if no.kind is Kind.MISSING:
            raise
        editor = Editor(draft.boxes, draft, revision, is_open=True, cancel_says=sentence(no), reason=reason)
        return _week(request, editor, STATUS[no.kind])
    messages.success(request, gettext("Đã ghi hoãn; mục lịch vẫn còn trên lịch để mọi người biết."))
    return _back(request, event)


def _done(request: Request, call: Callable[[], CalendarEvent | None], editor: Editor, told: str) -> HttpResponse:
    """Do it and go back to the week, telling of clashes; a refusal stands at its box, with all that was typed."""
    try:
        event = call()
    except Refusal as no:
        if no.kind is Kind.MISSING:
            raise
        faults = {fault.place: sentence(fault) for fault in no.faults}
        refused = Editor(editor.given, editor.draft, editor.revision, is_open=True, words=sentence(no), faults=faults)
        return _week(request, refused, STATUS[no.kind])
    found = queries.clashes_of(actor=request.actor, event_id=event.pk) if event else ()
    said = gettext("Mục vừa ghi {why} với «{title}», {hours}.")
    clashing = [said.format(why=clash.why, title=clash.title, hours=clash.hours) for clash in found]
    messages.success(request, " ".join([told, *clashing]))
    return _back(request, event)


def _back(request: Request, event: CalendarEvent | None) -> HttpResponse:
    day = event.day if event else request.at.date()
    unit = parsing.typed(request.POST, "unit")[:40]
    return HttpResponseRedirect(address(unit, boxes.week(Period.containing(day, PeriodKind.WEEK).code, on=day)))
