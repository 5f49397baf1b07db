"""Completeness: units by periods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from urllib.parse import urlencode

from django.db.models import F, Min
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from giaoban.apps.forms import access as forms_access
from giaoban.apps.forms.models import Form
from giaoban.apps.reports.rules import State
from giaoban.apps.rollups import queries
from giaoban.apps.rollups.queries import CompletenessRow, Mark
from giaoban.apps.rollups.views import drawing, tables
from giaoban.apps.units import queries as units
from giaoban.base.web.figures import Cell, Choice, Column, Figure, Row
from giaoban.base.web.frame import Crumb
from giaoban.base.web.pages import page
from giaoban.base.web.request import Request
from giaoban.core.periods import Period
from giaoban.core.text_vi.numbers import write_ratio

PERIODS = 12
Shade = Literal["none", "draft", "submitted", "returned", "accepted", "signed"]
_LETTERS = {State.DRAFT: "S", State.SUBMITTED: "N", State.RETURNED: "T", State.ACCEPTED: "Đ", "none": ""}


@require_safe
def completeness(request: Request) -> HttpResponse:
    """Who has reported in which period: `?form=` and `?unit=`, by default the board's first form and the widest unit.

    A unit that owes nothing in any of the periods has no row.
    """
    readable = Form.objects.allowed(request.actor, forms_access.READ)
    forms = list(readable.alias(first=Min("measures__rank")).order_by(F("first").asc(nulls_last=True), "code"))
    wanted = request.GET.get("form", "")[:40]
    if wanted:
        form = Form.objects.allowed(request.actor, forms_access.READ).one(code=wanted)
    elif forms:
        form = forms[0]
    else:
        return page(request, "rollups/completeness.html", found=None)
    widest = units.widest(request.actor)
    code = request.GET.get("unit", "")[:40] or (widest.code if widest else "")
    place = queries.place_of(actor=request.actor, unit=code)
    rounds = queries.form_rounds(form=form, most=PERIODS)
    found = queries.completeness(actor=request.actor, form=form, unit=code, rounds=rounds, at=request.at)
    if request.GET.get("format") == "csv":
        return tables.completeness_csv(f"{form.code}-{code}", found)

    labels = [drawing.period_label(one.period.value) for one in found.rounds]

    def to(**asked: str) -> str:
        return _address(**{"form": form.code, "unit": code, **asked})

    return page(
        request,
        "rollups/completeness.html",
        found=found,
        form=form,
        place=place.unit,
        at=request.at,
        crumbs=tuple(Crumb(one.label, to(unit=one.code)) for one in (*place.above, place.unit)),
        choices=tuple(Choice(one.code, to(form=one.code), one.pk == form.pk) for one in forms),
        columns=tuple(_column(one.period.value) for one in found.rounds),
        rows=tuple(_row(one, to, labels) for one in found.rows if any(mark.state for mark in one.marks)),
        csv_url=to(format="csv"),
    )


def _address(**asked: str) -> str:
    return reverse("rollups:completeness") + "?" + urlencode(asked)


def _column(period: Period) -> Column:
    return Column(f"{period.last_day.day}-{period.last_day.month}", drawing.period_label(period))


def _row(row: CompletenessRow, to: Callable[..., str], periods: list[str]) -> Row:
    last = row.marks[-1]
    below = to(unit=row.unit.code)
    return Row(
        label=row.unit.label,
        note=gettext("nay là {unit}").format(unit=row.unit.now) if row.unit.now else "",
        cells=tuple(_cell(mark, period, below) for mark, period in zip(row.marks, periods, strict=True)),
        href="" if last.is_own else below,
        figure=None
        if last.is_own or not last.expected
        else Figure(last.counted, last.expected, size="s", label=row.unit.name),
    )


_SHADES: dict[str, Shade] = {
    "none": "none",
    "draft": "draft",
    "submitted": "submitted",
    "returned": "returned",
    "accepted": "accepted",
}


def _cell(mark: Mark, period: str, below: str) -> Cell:
    href = reverse("reports:show", args=[mark.report_id]) if mark.report_id else ""
    if not mark.state:
        return Cell("", "none", late=False, href="", title=f"{period}: " + gettext("không phải báo cáo"))
    state = gettext("chưa có báo cáo") if mark.state == "none" else gettext(str(State(mark.state).label))
    letter = _LETTERS[mark.state]
    if not mark.is_own:
        href = below
        left = mark.expected - mark.counted
        letter = "Đ" if mark.state == State.ACCEPTED else "N" if not left else str(left) if left < 100 else "…"
        state = gettext("{told} đơn vị đã báo cáo").format(told=write_ratio(mark.counted, mark.expected))
    late = ", " + gettext("muộn") if mark.is_late else ""
    return Cell(letter, _SHADES[mark.state], late=mark.is_late, href=href, title=f"{period}: {state}{late}")
