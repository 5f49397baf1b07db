"""The read side of reports in prose: frozen rows for the page. Papers and drafts are modules of their own."""

from giaoban.apps.narratives.queries.page import FieldLine, NarrativePage, Offer, TextTab, narrative_page

__all__ = ["FieldLine", "NarrativePage", "Offer", "TextTab", "narrative_page"]
