"""A figure as HTML: the same anatomy on every page, one link, one accessible name."""

from __future__ import annotations

from datetime import timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from giaoban.base.web.figures import Figure, Tile
from giaoban.core.text_vi.numbers import write_percent, write_scaled

MARKS = {"live": "trực tiếp", "signed": "đã ký", "flagged": "cần xem lại"}


def missing() -> str:
    return gettext("chưa có số liệu")


def span(length: timedelta) -> str:
    """A length of time in its two largest units, rounded down; days stand alone from ten on.

    >>> span(timedelta(days=2, hours=18)), span(timedelta(days=12, hours=3)), span(timedelta(minutes=148))
    ('2 ngày 18 giờ', '12 ngày', '2 giờ 28 phút')
    >>> span(timedelta(seconds=20))
    'dưới 1 phút'
    """
    days, rest = length.days, length.seconds
    hours, minutes = rest // 3600, rest % 3600 // 60
    if days:
        parts = [(days, gettext("{n} ngày")), (hours if days < 10 else 0, gettext("{n} giờ"))]
    else:
        parts = [(hours, gettext("{n} giờ")), (minutes, gettext("{n} phút"))]
    return " ".join(word.format(n=n) for n, word in parts if n) or gettext("dưới 1 phút")


def share(figure: Figure) -> str:
    """The percentage by the house rule; empty without value or base."""
    if figure.value is None or figure.whole is None or figure.whole <= 0:
        return ""
    return write_percent(figure.value, figure.whole)


def change(figure: Figure) -> str:
    """The change with its sign; empty when unknown.

    >>> change(Figure(1192, change=84)), change(Figure(1192, change=-3)), change(Figure(5, change=0)), change(Figure(5))
    ('+84', '−3', '±0', '')
    """
    if figure.change is None:
        return ""
    sign = "+" if figure.change > 0 else "−" if figure.change < 0 else "±"
    return sign + write_scaled(abs(figure.change), places=figure.places)


def spoken(figure: Figure) -> str:
    """The figure as one sentence for a screen reader."""
    said = missing() if figure.value is None else write_scaled(figure.value, places=figure.places)
    if figure.value is not None and figure.whole is not None:
        base = write_scaled(figure.whole, places=figure.places)
        said = gettext("{value} trên {base}").format(value=said, base=base)
    parts = [f"{said} {figure.noun}".strip(), share(figure)]
    if figure.change:
        size = write_scaled(abs(figure.change), places=figure.places)
        grown = figure.change > 0
        parts.append((gettext("tăng {size}") if grown else gettext("giảm {size}")).format(size=size))
    if figure.note:
        parts.append(figure.note)
    if figure.mark:
        parts.append(gettext(MARKS[figure.mark]))
    sentence = ", ".join(part for part in parts if part)
    return f"{figure.label}: {sentence}" if figure.label else sentence


def write_figure(figure: Figure, *, mark: SafeString | str = "") -> SafeString:
    """The figure as one link (plain text without an address). `mark` is the drawn icon of its state."""
    inside = format_html_join("", '<span class="{}">{}</span>', _drawn(figure))
    classes = f"figure figure-{figure.size}" + (" figure-missing" if figure.value is None else "")
    key = format_html(' data-figure="{}"', figure.key) if figure.key else ""
    drawn = format_html('<span class="figure-drawn" aria-hidden="true">{}{}</span>', inside, mark)
    said = format_html('<span class="visually-hidden">{}</span>', spoken(figure))
    if not figure.href:
        return format_html('<span class="{}"{}>{}{}</span>', classes, key, drawn, said)
    return format_html('<a class="{}" href="{}" data-drawer{}>{}{}</a>', classes, figure.href, key, drawn, said)


def write_tile(tile: Tile, *, late_word: str) -> SafeString:
    """A tile as one link; a board has hundreds, so it is written here and not by a template."""
    late = format_html('<span class="visually-hidden">, {}</span>', late_word) if tile.late else ""
    return format_html(
        '<a class="tile {}" href="{}" title="{}: {}" data-drawer><span class="tile-name">{}</span>'
        '<span class="tile-figure">{}</span>{}</a>',
        f"{tile.shade} is-late" if tile.late else tile.shade,
        tile.href,
        tile.name or tile.label,
        tile.figure,
        tile.label,
        tile.figure,
        late,
    )


def _drawn(figure: Figure) -> list[tuple[str, str]]:
    if figure.value is None:
        return [("figure-value", missing())]
    parts = [("figure-value", write_scaled(figure.value, places=figure.places))]
    if figure.whole is not None:
        parts.append(("figure-base", "/" + write_scaled(figure.whole, places=figure.places)))
    if figure.noun:
        parts.append(("figure-noun", figure.noun))
    if percent := share(figure):
        parts.append(("figure-share", percent))
    if sign := change(figure):
        parts.append(("figure-change" if figure.change else "figure-change figure-still", sign))
    return parts
