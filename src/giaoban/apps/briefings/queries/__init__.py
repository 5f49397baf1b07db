"""The read side of briefings: frozen rows for every page; a row is only ever of a briefing the actor may read."""

from giaoban.apps.briefings.queries.after import Choosing, ConclusionRow, Record, assigners, choosing, record
from giaoban.apps.briefings.queries.calendar import Calendar, SeriesRow, calendar, series_rows
from giaoban.apps.briefings.queries.invitation import Bidding, Invitation, invitation
from giaoban.apps.briefings.queries.pack import PackPage, as_json, live_sections, pack_page, section_from
from giaoban.apps.briefings.queries.preparing import (
    DocumentFile,
    DocumentRow,
    ItemRow,
    Planned,
    Preparation,
    SiteRow,
    Template,
    agenda_of,
    document_file,
    people_at,
    planned,
    preparation,
    site_row,
    sites_of,
    template,
)
from giaoban.apps.briefings.queries.rows import CHIPS, BriefingRow, Seen, rows_of, seen
from giaoban.apps.briefings.queries.sealing import sealed_record
from giaoban.apps.briefings.queries.written import Cell, Section

__all__ = [
    "CHIPS", "Bidding", "BriefingRow", "Calendar", "Cell", "Choosing", "ConclusionRow", "DocumentFile", "DocumentRow",
    "Invitation", "ItemRow", "PackPage", "Planned", "Preparation", "Record", "Section", "Seen", "SeriesRow", "SiteRow",
    "Template", "agenda_of", "as_json", "assigners", "calendar", "choosing", "document_file", "invitation",
    "live_sections", "pack_page", "people_at", "planned", "preparation", "record", "rows_of", "sealed_record",
    "section_from", "seen", "series_rows", "site_row", "sites_of", "template",
]  # fmt: skip
