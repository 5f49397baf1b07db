"""The table of islands in the order in which they are tried."""

from __future__ import annotations

from giaoban.core.reading import islands_days, islands_figures, islands_markers, islands_papers, islands_periods
from giaoban.core.reading.islands import Table

_DAYS = {island.name: island for island in islands_days.ISLANDS}
_FIGURES = {island.name: island for island in islands_figures.ISLANDS}

ISLANDS = Table(
    (
        *islands_markers.ISLANDS,
        islands_figures.NOT_FIGURES[0],  # digits inside a word, before anything reads them
        *islands_papers.ISLANDS,
        *(_DAYS[name] for name in ("clock and day", "day range", "full day", "day list")),
        *islands_figures.NOT_FIGURES[1:],
        *islands_periods.ISLANDS,
        *(_DAYS[name] for name in ("short day", "clock")),
        *(_FIGURES[name] for name in ("percent", "out of", "ratio with decimals", "ratio", "money", "ordinal")),
        _DAYS["lone day"],
        *(_FIGURES[name] for name in ("duration", "year alone", "between", "count", "none", "no such")),
    )
)
