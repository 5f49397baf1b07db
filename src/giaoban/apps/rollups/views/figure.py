"""Why this number, and the units behind it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from giaoban.apps.forms.models import Round
from giaoban.apps.rollups import queries
from giaoban.apps.rollups.models import Measure
from giaoban.apps.rollups.queries import Behind, Whereabouts, Why
from giaoban.apps.rollups.views import drawing, grounds, signing, tables
from giaoban.base.web.figures import Bar, Choice, Pager
from giaoban.base.web.pages import page
from giaoban.base.web.parsing import page_number
from giaoban.base.web.request import Request
from giaoban.core.text_vi.numbers import write_scaled, write_whole

MOST_IN_A_FILE = 100_000


@require_safe
def figure(request: Request, measure: str, period: str, unit: str) -> HttpResponse:
    """«Vì sao con số này?»: a page with an address, or the drawer of the page it was asked from."""
    asked = queries.measure_of(actor=request.actor, code=measure)
    round_ = queries.round_of(measure=asked, period=period)
    found = queries.why(actor=request.actor, measure=asked, round_=round_, unit=unit)
    template = "rollups/figure_fragment.html" if request.htmx else "rollups/figure.html"
    return page(request, template, at=request.at, **drawn(found))


def drawn(found: Why) -> dict[str, Any]:
    measure, round_, unit = found.measure, found.round, found.unit
    asked = {"period": round_.period.code, "measure": measure.code}
    places = drawing.places_of(measure)
    return {
        "why": found,
        "name": drawing.measure_name(measure),
        "rule": gettext(measure.get_rule_display()),
        "period": drawing.period_label(round_.period.value),
        "before": drawing.period_label(found.before.period.value) if found.before else "",
        "crumbs": drawing.crumbs(found.crumbs, unit, asked),
        "figure": drawing.counted(
            measure, round_, unit, found.value.live, size="headline", change=found.value.change, key="why"
        ),
        "compared": grounds.compared(measure, found.value),
        "official": drawing.counted(measure, round_, unit, found.value.official),
        "signed": signing.beside_one(found),
        "parts": tuple(
            Bar(
                one.unit.label,
                drawing.counted(measure, round_, one.unit, one.value),
                note=gettext("thiếu {count}").format(count=write_scaled(one.value.shortfall, places=places)),
            )
            for one in found.parts
        ),
        "groups": group_choices(found),
        "board_url": drawing.board_address({**asked, "unit": unit.code}),
        "units_url": drawing.address("units", measure, round_, unit),
        "report_url": reverse("reports:show", args=[found.report_id]) if found.report_id else "",
    }


def words(rule: str) -> dict[str, str]:
    """What the groups are called, which depends on what is asked."""
    yes, no = {
        "share": (gettext("trả lời «có»"), gettext("trả lời «chưa»")),
        "complete": (gettext("đã đủ"), gettext("còn đơn vị trả lời «chưa»")),
        "answered": (gettext("đã báo cáo"), gettext("không có số")),
    }.get(rule, (gettext("có số liệu"), gettext("bỏ trống chỉ tiêu này")))
    missing = gettext("còn đơn vị chưa báo cáo") if rule == "complete" else gettext("chưa báo cáo")
    return {"yes": yes, "no": no, "missing": missing}


def group_choices(found: Why) -> tuple[tuple[str, int, str], ...]:
    """(word, how many, address) of each group that has a meaning for the rule."""
    said = words(found.measure.rule)
    return tuple(
        (said[group], count, drawing.address("units", found.measure, found.round, found.unit, group=group))
        for group, count in found.counts.items()
        if count or group != "no"
    )


@require_safe
def behind(request: Request, measure: str, period: str, unit: str) -> HttpResponse:
    """The units that make a number up, `?group=yes|no|missing`, page by page; `?format=csv` all of them."""
    asked = queries.measure_of(actor=request.actor, code=measure)
    round_ = queries.round_of(measure=asked, period=period)
    place = queries.place_of(actor=request.actor, unit=unit)
    is_file = request.GET.get("format") == "csv"
    group = request.GET.get("group", "")
    found = queries.units_behind(
        actor=request.actor,
        measure=asked,
        round_=round_,
        unit=unit,
        at=request.at,
        group=group,
        page=page_number(request.GET),
        page_size=MOST_IN_A_FILE if is_file else queries.PAGE_SIZE,
    )
    if is_file:
        return tables.behind_csv(asked, round_, found)
    return page(request, "rollups/units.html", **listed(found, asked, round_, place))


def listed(found: Behind, asked: Measure, round_: Round, place: Whereabouts) -> dict[str, Any]:
    """Everything the list of units writes."""
    said = words(asked.rule)

    def to(**wanted: str | int) -> str:
        return drawing.address("units", asked, round_, place.unit, **wanted)

    kept: dict[str, str | int] = {"group": found.group} if found.group else {}
    first = (found.page - 1) * queries.PAGE_SIZE
    everybody = f"{gettext('tất cả')} {write_whole(sum(found.counts.values()))}"
    return {
        "found": found,
        "words": said,
        "name": drawing.measure_name(asked),
        "place": place.unit,
        "period": drawing.period_label(round_.period.value),
        "crumbs": drawing.crumbs(place.above, place.unit, {"period": round_.period.code, "measure": asked.code}),
        "figure_url": drawing.address("figure", asked, round_, place.unit),
        "measure": asked,
        "places": drawing.places_of(asked),
        "round": round_,
        "choices": (
            Choice(everybody, to(), found.group is None),
            *(
                Choice(f"{said[one]} {write_whole(count)}", to(group=one), found.group == one)
                for one, count in found.counts.items()
                if count or one != "no"
            ),
        ),
        "csv_url": to(**kept, format="csv"),
        "pager": Pager(
            first=first + 1 if found.total else 0,
            last=first + len(found.rows),
            total=found.total,
            before_href=to(**kept, page=found.page - 1) if found.page > 1 else "",
            after_href=to(**kept, page=found.page + 1) if found.page < found.pages else "",
        ),
    }
