"""Figures of a document, from its number tokens: what is counted, in which scope, how exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.core.reading import tables, units
from giaoban.core.reading.facts import GUESS, LIKELY, SURE, Check, Figure
from giaoban.core.reading.islands_figures import noun_place
from giaoban.core.reading.page import Page
from giaoban.core.reading.scaled import Scaled
from giaoban.core.reading.tokens import Between, Money, Number, Percent, Ratio, Token


@dataclass
class Found:
    """A figure while it is being put together: `links.link` joins what belongs together, then it is settled."""

    start: int
    end: int
    quote: str
    sub: str
    confidence: str = SURE
    num: int | None = None
    den: int | None = None
    value: Scaled | None = None
    lo: Scaled | None = None
    hi: Scaled | None = None
    pct: Scaled | None = None
    pct_approx: str | None = None
    approx: str | None = None
    unit: str | None = None
    scope: str | None = None
    as_of: date | None = None
    part_of: int | None = None
    parent: int | None = None
    delta: str | None = None
    share: bool | None = None
    check: Check | None = None

    def settled(self) -> Figure:
        """The figure as a fact. It has the same names, so they are handed over as they are: a tenth of the time."""
        figure = object.__new__(Figure)
        vars(figure).update(vars(self))
        return figure

    @property
    def size(self) -> int | None:
        """How many it says: the numerator of a ratio, the value of a count."""
        if self.sub == "ratio":
            return self.num
        return self.value.whole if self.sub == "count" and self.value is not None else None


_SHARES = re.compile(r"%|(?:tỷ|tỉ) lệ(?! [12]/)")  # a column of percentages


def figures(*, page: Page, tokens: Sequence[Token]) -> list[Found]:
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
                one = _counted(page, token, "ratio")
                one.num, one.den, one.share = num, den, share or None
                found.append(one)
            case Percent(pct=pct, lo=lo):
                one = _counted(page, token, "percent")
                if lo is None:
                    one.pct = pct
                else:
                    one.lo, one.hi = lo, pct
                found.append(one)
            case Between(lo=lo, hi=hi):
                one = _counted(page, token, "range")
                one.lo, one.hi = lo, hi
                found.append(one)
            case Money(value=value, currency=currency):
                one = _counted(page, token, "money")
                one.value, one.unit = value, currency
                found.append(one)
    return found


def _is_row_number(page: Page, token: Number, cells: dict[int, tables.Row]) -> bool:
    index = page.line_index(token.start)
    row = cells.get(index)
    if row is None:
        return False
    before = cells.get(index - 1)
    if token.start == row.starts[0] and row.counts_from(before):
        return True
    head = row.head(token.start)
    return head is not None and head.lower().strip(". ") in ("tt", "stt", "số tt", "số thứ tự", "#")


def _counted(page: Page, token: Token, sub: str) -> Found:
    """A figure with its noun behind it."""
    start, end = token.start, token.end
    span = units.unit_after(page, noun_place(page, start, end))
    return Found(
        start=start,
        end=end,
        quote=page.text[start:end],
        sub=sub,
        unit=_one_line(page.text[span[0] : span[1]]) if span else None,
        scope=units.scope(page, start),
        approx=units.approximation(page, start),
        delta=units.delta(page, start),
    )


def _one_line(words: str) -> str:
    return " ".join(words.split()) if "\n" in words else words


def _count(page: Page, token: Number, cells: dict[int, tables.Row]) -> Found:
    figure = _counted(page, token, "count")
    figure.value = token.value
    if token.cell:
        row = cells.get(page.line_index(token.start))
        label = row.label if row else None
        head = row.head(token.start) if row else None
        figure.confidence, figure.unit, figure.scope = LIKELY, head or label, label
        if head is not None and _SHARES.search(head.lower()):
            figure.sub, figure.pct, figure.value = "percent", token.value, None
    elif token.after:
        span = units.unit_before(page, token.start)
        figure.confidence = LIKELY if span else GUESS
        figure.unit = page.text[span[0] : span[1]].strip() if span else None
    elif token.none:
        figure.confidence = LIKELY
        figure.unit = figure.unit.removesuffix(" nào") if figure.unit else None
    return figure
