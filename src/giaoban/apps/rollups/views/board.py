"""The board: what is wrong, why, and whom to call, on one screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from giaoban.apps.rollups import queries
from giaoban.apps.rollups.queries import Board, Child, ChildValue, Finding, Moment, Shown
from giaoban.apps.rollups.rules import Counted
from giaoban.apps.rollups.views import drawing, grounds, signing, tables
from giaoban.base.web.figures import Bar, Choice, Figure, Point, Tile, TileMap, Trend, TrendBreak
from giaoban.base.web.frame import Period, When
from giaoban.base.web.pages import page
from giaoban.base.web.request import Request
from giaoban.core import periods
from giaoban.core.periods import PeriodKind
from giaoban.core.text_vi.dates import write_day
from giaoban.core.text_vi.folding import fold
from giaoban.core.text_vi.numbers import write_percent, write_ratio, write_whole

TREND_HEIGHT = 168  # of 480: what one screen leaves for it


@dataclass(frozen=True)
class Laggard:
    """One row of «kéo lùi»: whom to call, and why."""

    name: str
    href: str
    phone: str
    figure: Figure
    shortfall: int
    word: str  # instead of the figure, for a unit that answers for itself alone


@dataclass(frozen=True)
class Told:
    """One finding in words."""

    icon: str
    kind: str
    sentence: str
    href: str
    link: str


@require_safe
def board(request: Request) -> HttpResponse:
    """`?unit=`, `?period=`, `?measure=`, `?trend=` choose; `?wall=1` is the wall's, `?fragment=1` the figures alone."""
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("unit", "period", "measure")}
    length = trend_length(request.GET.get("trend", ""))
    found = queries.board(actor=request.actor, at=request.at, length=length, **asked)
    asked["trend"] = str(length) if length != queries.LENGTHS[0] else ""
    is_wall = request.GET.get("wall") == "1"
    if found is None:
        return page(request, "rollups/no_board.html", is_wall=is_wall)
    if request.GET.get("format") == "csv":
        return tables.children_csv(found.current.measure, found.current.round, found.children)
    template = "rollups/board_fragment.html" if request.GET.get("fragment") == "1" else "rollups/board.html"
    if is_wall:
        template = "rollups/board_fragment.html" if request.GET.get("fragment") == "1" else "rollups/board_wall.html"
    return page(request, template, is_wall=is_wall, at=request.at, **drawn(found, asked, is_wall=is_wall))


def trend_length(asked: str) -> int:
    """How many periods a trend runs over; the shortest when nothing that is offered was asked.

    >>> trend_length("24"), trend_length(""), trend_length("7"), trend_length("²")
    (24, 6, 6, 6)
    """
    return next((one for one in queries.LENGTHS if str(one) == asked), queries.LENGTHS[0])


def drawn(found: Board, asked: dict[str, str], *, is_wall: bool) -> dict[str, Any]:
    """Everything the template writes."""
    here = {**asked, "wall": "1" if is_wall else ""}
    current = found.current
    has_map = any(child.tile for child in found.children)
    return {
        "board": found,
        "current": current,
        "title": found.unit.name,
        "measure_name": drawing.measure_name(current.measure),
        "crumbs": drawing.crumbs(found.crumbs, found.unit, {**asked, "unit": ""}),
        "when": switcher(found, here),
        "headlines": signing.beside(found.headlines, tuple(headline(one, found) for one in found.headlines)),
        "measures": tuple(measure_bar(one) for one in found.shown),
        "map": country(found, here) if has_map else None,
        "choices": choices(found, here),
        "children": () if has_map else tuple(tile(one, found) for one in found.children),
        "laggards": tuple(laggard(one, found) for one in found.behind),
        "trend": trend(found),
        "lengths": lengths(found, here),
        "findings": tuple(told(one) for one in found.findings if one.kind != "agrees"),
        "agreeing": tuple(told(one) for one in found.findings if one.kind == "agrees"),
        "fragment_url": drawing.board_address({**here, "fragment": "1"}),
        "wall_url": drawing.board_address({**asked, "wall": "1"}),
        "csv_url": drawing.board_address({**asked, "format": "csv"}),
    }


def switcher(found: Board, here: dict[str, str]) -> When:
    def to(code: str) -> str:
        return drawing.board_address({**here, "period": code})

    codes = [one.code for one in found.periods]
    place = codes.index(found.period.code) if found.period.code in codes else None
    return When(
        label=drawing.period_label(found.period),
        before_href=to(codes[place + 1]) if place is not None and place + 1 < len(codes) else "",
        after_href=to(codes[place - 1]) if place else "",
        menus=(
            (
                gettext("Kỳ báo cáo"),
                tuple(
                    Period(drawing.period_label(one), to(one.code), one.code == found.period.code)
                    for one in found.periods
                ),
            ),
        ),
    )


def headline(one: Shown, found: Board) -> Figure:
    name = drawing.measure_name(one.measure)
    return drawing.counted(
        one.measure,
        one.round,
        one.unit,
        one.value.live,
        size="headline",
        change=one.value.change,
        note=grounds.compared(one.measure, one.value),
        mark=drawing.mark_of(one.value),
        label=name if one.unit.id == found.unit.id or one.unit.label in name else f"{name} · {one.unit.label}",
        key=f"headline-{one.measure.code}",
    )


def measure_bar(one: Shown) -> Bar:
    """One measure with its base; how many units have answered stands under it."""
    live = one.value.live
    return Bar(
        label=drawing.measure_name(one.measure),
        figure=drawing.counted(one.measure, one.round, one.unit, live, key=f"level-{one.measure.code}"),
        share_ppm=None if live.whole is not None else 0,
        note=gettext("{told} đơn vị đã trả lời").format(told=write_ratio(live.answered, live.expected)),
    )


def single_word(value: Counted) -> str:
    """What a unit that answers for itself alone says; empty for figures of several units."""
    if value.whole != 1 or value.expected != 1:
        return ""
    if value.part is None:
        return gettext("chưa báo cáo")
    return gettext("có") if value.part else gettext("chưa")


def choices(found: Board, here: dict[str, str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            drawing.measure_name(one.measure),
            drawing.board_address({**here, "measure": one.measure.code}),
            one.measure.pk == found.current.measure.pk,
        )
        for one in found.shown
    )


def country(found: Board, here: dict[str, str]) -> TileMap:
    tiles = [tile(one, found) for one in found.children]
    by_name = sorted(tiles, key=lambda one: fold(one.label))
    return TileMap(
        tiles=tuple(one for one in by_name if one.column >= 0),
        beside=tuple(one for one in tiles if one.column < 0),
        legend=gettext("tỷ lệ hoàn thành, %"),
        beside_label=gettext("Đảng bộ không gắn với tỉnh, thành phố"),
    )


def tile(one: Child, found: Board) -> Tile:
    current = found.current
    drawn_figure = drawing.counted(current.measure, current.round, one.unit, one.value)
    column, row = one.tile or (-1, -1)
    return Tile(
        label=one.unit.label,
        name=one.unit.name,
        code=one.unit.code,
        column=column,
        row=row,
        share_ppm=drawn_figure.share_ppm,
        figure=short(one),
        href=drawn_figure.href,
        late=one.is_late,
    )


def short(one: Child) -> str:
    """The figure as it fits a tile; of a single unit what it says."""
    if word := single_word(one.value):
        return word
    if one.value.part is None:
        return "–"
    if one.value.whole is None:
        return write_whole(one.value.part)
    return write_ratio(one.value.part, one.value.whole)


def laggard(one: ChildValue, found: Board) -> Laggard:
    current = found.current
    return Laggard(
        name=one.unit.label,
        href=drawing.address("units", current.measure, current.round, one.unit),
        phone=one.unit.phone,
        figure=drawing.counted(current.measure, current.round, one.unit, one.value, key=f"behind-{one.unit.code}"),
        shortfall=one.value.shortfall,
        word=single_word(one.value),
    )


def trend(found: Board) -> Trend:
    due = found.current.measure.due_day
    moments = found.trend.moments
    is_long = moments[0].period.last_day.year != moments[-1].period.last_day.year
    return Trend(
        points=tuple(point(one, is_long=is_long) for one in moments),
        breaks=tuple(
            TrendBreak(one.place, write_day(one.day) if one.day else "", grounds.since(one.ground))
            for one in found.trend.breaks
        ),
        deadline_index=found.trend.due_at,
        deadline_label=gettext("hạn {day}").format(day=day_and_month(due)) if due else "",
        label=found.current.measure.noun,
        answers_label=gettext("đã báo cáo"),
        places=drawing.places_of(found.current.measure),
        height=TREND_HEIGHT,
    )


def point(one: Moment, *, is_long: bool) -> Point:
    """A moment of the trend; one that is reckoned by shares is drawn as an estimate."""
    hindrance, by_share = (one.ground.hindrance, one.ground.is_by_share) if one.ground else ("", False)
    return Point(
        moment_label(one.period, is_long=is_long),
        one.value.part if one.value else None,
        one.value.whole if one.value else None,
        made_up=one.is_made_up or (by_share and not hindrance),
        missing=gettext("không so sánh được") if hindrance else "",
        answers=write_ratio(one.value.answered, one.value.expected) if one.value and not hindrance else "",
    )


def moment_label(period: periods.Period, *, is_long: bool) -> str:
    """A period under a trend: its month, or its last day, with the year where the trend runs over several."""
    last = period.last_day
    if period.kind is PeriodKind.MONTH:
        return f"{last.month}-{last.year}"
    return write_day(last) if is_long else day_and_month(last)


def lengths(found: Board, here: dict[str, str]) -> tuple[Choice, ...]:
    """How many periods the trend may run over; none when there are no more than the shortest shows."""
    offered = found.trend.lengths
    return tuple(
        Choice(
            write_whole(one),
            drawing.board_address({**here, "trend": str(one) if one != queries.LENGTHS[0] else ""}),
            one == found.trend.length,
        )
        for one in (offered if len(offered) > 1 else ())
    )


def day_and_month(day: date) -> str:
    return f"{day.day}-{day.month}"


_KINDS = {
    "differs": ("flag", gettext_lazy("Khác số đã công bố")),
    "agrees": ("check", gettext_lazy("Khớp số đã công bố")),
    "open": ("late", gettext_lazy("Chưa đủ")),
}


def told(one: Finding) -> Told:
    """A finding as a sentence with the address where it can be looked into."""
    icon, kind = _KINDS[one.kind]
    shown = one.shown
    name = drawing.measure_name(shown.measure)
    if one.published is not None:
        published = write_ratio(one.published.part, one.published.whole) if one.published.whole else ""
        published = published or write_whole(one.published.part)
        live = shown.value.live
        computed = gettext("chưa có số liệu") if live.part is None else write_whole(live.part)
        if live.part is not None and live.whole is not None:
            computed = write_ratio(live.part, live.whole)
        sentence = gettext("công bố {published}, tổng hợp từ báo cáo {computed}").format(
            published=published, computed=computed
        )
        return Told(icon, str(kind), sentence, drawing.address("figure", shown.measure, shown.round, shown.unit), name)
    parts = []
    if one.missing:
        said = gettext("{count} đơn vị chưa nộp ({share})")
        count = write_ratio(one.missing, shown.value.live.expected)
        parts.append(said.format(count=count, share=write_percent(one.missing, shown.value.live.expected)))
    if one.waiting:
        parts.append(gettext("{count} báo cáo chờ nhận").format(count=write_whole(one.waiting)))
    asked = {"group": "missing"} if one.missing else {}
    href = drawing.address("units", shown.measure, shown.round, shown.unit, **asked)
    return Told(icon, str(kind), "; ".join(parts), href, shown.measure.form.label)
