"""The read side of reports in prose: frozen rows for the page, and what does not agree in a text."""

from giaoban.apps.narratives.queries.page import (
    FieldLine,
    KindCount,
    NarrativePage,
    OfferRow,
    Text,
    TextTab,
    narrative_page,
    open_findings,
    proposed_fields,
)
from giaoban.apps.narratives.queries.telling import AsideRow, FindingRow, Quoted, in_words, standing_findings

__all__ = [
    "AsideRow",
    "FieldLine",
    "FindingRow",
    "KindCount",
    "NarrativePage",
    "OfferRow",
    "Quoted",
    "Text",
    "TextTab",
    "in_words",
    "narrative_page",
    "open_findings",
    "proposed_fields",
    "standing_findings",
]
