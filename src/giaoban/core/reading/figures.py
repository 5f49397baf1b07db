"""Figures of a document, from its number tokens: what is counted, in which scope, how exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from giaoban.core.reading import tables, units
from giaoban.core.reading.facts import GUESS, LIKELY, Figure
from giaoban.core.reading.islands_figures import noun_place
from giaoban.core.reading.page import Page
from giaoban.core.reading.tokens import Between, Money, Number, Percent, Ratio, Token


def figures(*, page: Page, tokens: Sequence[Token]) -> list[Figure]:
    """Every figure by itself, in the order of the text; `links.link` joins them afterwards."""
    cells = tables.rows(page)
    found = []
    for token in tokens:
        match token:
            case Number(cell=True) if _is_row_number(page, token, cells):
                continue
            case Number():
                found.append(_count(page, token, cells))
            case Ratio(num=num, den=den, share=share):
                found.append(replace(_counted(page, token, "ratio"), num=num, den=den, share=share or None))
            case Percent(pct=pct, lo=None):
                found.append(replace(_counted(page, token, "percent"), pct=pct))
            case Percent(pct=pct, lo=lo):
                found.append(replace(_counted(page, token, "percent"), lo=lo, hi=pct))
            case Between(lo=lo, hi=hi):
                found.append(replace(_counted(page, token, "range"), lo=lo, hi=hi))
            case Money(value=value, currency=currency):
                found.append(replace(_counted(page, token, "money"), value=value, unit=currency))
    return found


def _is_row_number(page: Page, token: Number, cells: dict[int, tables.Row]) -> bool:
    row = cells.get(page.line_index(token.start))
    head = row.head(token.start) if row else None
    return head is not None and head.lower().strip(". ") in ("tt", "stt", "số tt", "số thứ tự", "#")


def _bare(page: Page, token: Token, sub: str) -> Figure:
    return Figure(start=token.start, end=token.end, quote=page.quote(token.start, token.end), sub=sub)


def _counted(page: Page, token: Token, sub: str) -> Figure:
    """A figure with its noun behind it."""
    span = units.unit_after(page, noun_place(page, token.start, token.end))
    return replace(
        _bare(page, token, sub),
        unit=page.text[slice(*span)] if span else None,
        scope=units.scope(page, token.start),
        approx=units.approximation(page, token.start),
        delta=units.delta(page, token.start),
    )


def _count(page: Page, token: Number, cells: dict[int, tables.Row]) -> Figure:
    figure = replace(_counted(page, token, "count"), value=token.value)
    if token.cell:
        row = cells.get(page.line_index(token.start))
        label = row.label if row else None
        head = row.head(token.start) if row else None
        return replace(figure, confidence=LIKELY, unit=head or label, scope=label)
    if token.after:
        span = units.unit_before(page, token.start)
        unit = page.text[slice(*span)].strip() if span else None
        return replace(figure, confidence=LIKELY if span else GUESS, unit=unit)
    if token.none:
        return replace(figure, confidence=LIKELY, unit=figure.unit.removesuffix(" nào") if figure.unit else None)
    return figure
