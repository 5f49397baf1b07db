"""The table of islands in the order in which they are tried."""

from __future__ import annotations

from functools import lru_cache

from giaoban.core.reading import islands_days, islands_figures, islands_markers, islands_papers, islands_periods
from giaoban.core.reading.islands import Table
from giaoban.core.reading.lexicon import Words

_DAYS = {island.name: island for island in islands_days.ISLANDS}


@lru_cache(maxsize=8)
def table(words: Words) -> Table:
    """The islands for a set of words, the same object for the same words."""
    figures = {island.name: island for island in islands_figures.islands(words)}
    return Table(
        (
            *islands_markers.ISLANDS,
            figures["page number"],
            figures["glued"],  # digits inside a word, before anything reads them
            figures["long"],
            *islands_papers.islands(words),
            *(_DAYS[name] for name in ("clock and day", "day range", "day onwards", "full day", "day list")),
            figures["telephone"],
            *islands_periods.ISLANDS,
            *(_DAYS[name] for name in ("short day", "clock")),
            *(figures[name] for name in ("percent", "out of", "ratio with decimals", "ratio", "money", "ordinal")),
            _DAYS["lone day"],
            *(figures[name] for name in ("duration", "year alone", "between", "count", "none", "no such")),
        )
    )
