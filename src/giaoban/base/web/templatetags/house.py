"""Template words of the house, loaded in every template."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from giaoban.base.web import charts, writing
from giaoban.base.web.figures import Bar, Choice, Column, Entry, Figure, Pager, Row, Tile, TileMap, Trend
from giaoban.base.web.frame import Crumb, Frame, When, frame_of
from giaoban.base.web.panels import slots
from giaoban.core.text_vi.dates import write_day, write_moment
from giaoban.core.text_vi.numbers import write_change, write_percent, write_scaled, write_whole

register = template.Library()


# ---------------------------------------------------------------- writing numbers and days


@register.filter
def whole(value: int | None) -> str:
    """«1.192»; «chưa có số liệu» when there is none."""
    return writing.missing() if value is None else write_whole(value)


@register.filter
def scaled(value: int | None, places: int) -> str:
    """An integer scaled by 10**places: «12,50»."""
    return writing.missing() if value is None else write_scaled(value, places=places)


@register.filter
def change(value: int | None) -> str:
    """«+84», «−3», «±0»; nothing when unknown."""
    return "" if value is None else write_change(value)


@register.filter
def percent(part: int | None, base: int | None) -> str:
    """`{{ held|percent:total }}` by the house rule; «chưa có số liệu» when either is missing."""
    return writing.missing() if part is None or base is None else write_percent(part, base)


@register.filter
def day(value: date | datetime | None) -> str:
    """«23-8-2020»."""
    if value is None:
        return ""
    return write_day(timezone.localtime(value).date() if isinstance(value, datetime) else value)


@register.filter
def moment(value: datetime | None) -> str:
    """The day and the minute, in local time."""
    return "" if value is None else write_moment(timezone.localtime(value))


@register.filter
def clock(value: datetime | None) -> str:
    """«14:32», in local time."""
    return "" if value is None else f"{timezone.localtime(value):%H:%M}"


@register.filter
def span(until: datetime | None, since: datetime | None) -> str:
    """`{{ due_at|span:at }}`: how long it is between two moments, either way round: «2 ngày 18 giờ»."""
    if until is None or since is None:
        return ""
    return writing.span(abs(until - since))


# ---------------------------------------------------------------- the frame


@register.simple_tag(takes_context=True)
def house_frame(context: Context) -> Frame:
    """The frame given by page(), or made for any other answer that uses the layout."""
    return context.get("frame") or frame_of(context["request"])


@register.simple_tag(takes_context=True)
def block_again(context: Context, name: str) -> SafeString:
    """A block's content a second time: the title of the tab is the heading of the page."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return SafeString(block.nodelist.render(context)) if block else SafeString()


@register.inclusion_tag("web/parts/where.html")
def where(crumbs: tuple[Crumb, ...]) -> dict[str, Any]:
    """The breadcrumb."""
    return {"crumbs": crumbs}


@register.inclusion_tag("web/parts/when.html")
def when(switch: When) -> dict[str, Any]:
    """The period switcher."""
    return {"when": switch}


@register.simple_tag
def write_key() -> SafeString:
    """A hidden idempotency key: the same form sent twice is done once."""
    return format_html('<input type="hidden" name="write_key" value="{}">', uuid.uuid4().hex)


# ---------------------------------------------------------------- marks and figures


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon of the sprite; `size` "s" is 14 px. Without a label it is decoration."""
    classes = f"icon icon-{size}" if size else "icon"
    told = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    sprite = f"{static('web/icons.svg')}#{name}"
    return format_html('<svg class="{}" width="20" height="20" {}><use href="{}"/></svg>', classes, told, sprite)


@register.simple_tag
def figure(fig: Figure) -> SafeString:
    """A figure with base, share, change and mark, as one link."""
    mark = format_html('<span class="mark-{}">{}</span>', fig.mark, icon(fig.mark, "s")) if fig.mark else ""
    return writing.write_figure(fig, mark=mark)


@register.inclusion_tag("web/parts/headlines.html")
def headlines(figures: tuple[Figure, ...]) -> dict[str, Any]:
    """The headline figures of a page, each under its label; a note they share stands once below them."""
    notes = {fig.note for fig in figures}
    return {"figures": figures, "shared": notes.pop() if len(notes) == 1 else "", "has_notes": bool(notes)}


@register.inclusion_tag("web/parts/state_chip.html")
def state_chip(state: str, label: str, late: bool = False) -> dict[str, Any]:  # noqa: FBT001 - a template's word
    """The state of a report: draft, submitted, returned, accepted, signed or none; late has a corner and a word."""
    return {"state": state, "label": label, "late": late}


@register.inclusion_tag("web/parts/bars.html")
def bars(rows: tuple[Bar, ...]) -> dict[str, Any]:
    """A ranked list with bars."""
    return {"rows": rows}


@register.inclusion_tag("web/parts/switch.html")
def switch(choices: tuple[Choice, ...], label: str) -> dict[str, Any]:
    """A few links, one of them current."""
    return {"choices": choices, "label": label}


# ---------------------------------------------------------------- charts


@register.simple_tag
def tile(one: Tile, late_word: str) -> SafeString:
    """One unit as a tile; `late_word` is what a screen reader hears of the corner."""
    return writing.write_tile(one, late_word=late_word)


@register.inclusion_tag("web/parts/tile_map.html")
def tile_map(units: TileMap) -> dict[str, Any]:
    """The country in tiles."""
    return {"map": units, "plan": charts.plan(units)}


@register.inclusion_tag("web/parts/trend.html")
def trend(chart: Trend) -> dict[str, Any]:
    """A run of values with its deadline and the round before."""
    return {"chart": chart, "drawn": charts.draw_trend(chart)}


@register.simple_tag
def sparkline(values: tuple[int | None, ...]) -> SafeString:
    """A line of values the size of a word; decoration, the figure beside it says the number."""
    drawn = format_html('<path d="{}"/>', charts.spark_path(values))
    return format_html('<svg class="spark" viewBox="0 0 80 20" aria-hidden="true">{}</svg>', drawn)


@register.inclusion_tag("web/parts/completeness.html")
def completeness(rows: tuple[Row, ...], columns: tuple[Column, ...]) -> dict[str, Any]:
    """Units by periods."""
    return {"rows": rows, "columns": columns}


# ---------------------------------------------------------------- the rest


@register.inclusion_tag("web/parts/empty.html")
def empty(title: str, hint: str = "", action: Choice | None = None) -> dict[str, Any]:
    """What will stand here and how to begin."""
    return {"title": title, "hint": hint, "action": action}


@register.inclusion_tag("web/parts/pager.html", takes_context=True)
def pager(context: Context, place: Pager | int, pages: int = 1) -> dict[str, Any]:
    """Before and after in a long list: `{% pager rows_seen %}` or `{% pager number pages %}`.

    With page numbers the other words of the address (`?q=`) stay.
    """
    if isinstance(place, Pager):
        return {"rows": place, "before": place.before_href, "after": place.after_href}

    def href(page: int) -> str:
        asked = context["request"].GET.copy()
        asked["page"] = str(page)
        return f"?{asked.urlencode()}"

    before = href(place - 1) if place > 1 else ""
    after = href(place + 1) if place < pages else ""
    return {"number": place, "pages": pages, "before": before, "after": after}


@register.inclusion_tag("web/parts/panels.html")
def panels(place: str, pk: int | None = None) -> dict[str, Any]:
    """What features further up show at a place of this page."""
    return {"slots": slots(place, pk)}


@register.inclusion_tag("web/parts/entry.html")
def entry(field: Entry) -> dict[str, Any]:
    """One field of a report form."""
    return {"entry": field}
