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
    document_picture,
    people_at,
    planned,
    preparation,
    site_row,
    sites_of,
    template,
)
from giaoban.apps.briefings.queries.room import Line, NoteRow, QuestionRow, Room, Screen, Tile, Turn, room
from giaoban.apps.briefings.queries.rows import CHIPS, BriefingRow, Seen, rows_of, seen
from giaoban.apps.briefings.queries.sealing import sealed_record
from giaoban.apps.briefings.queries.wall import Frame, Replay, live_frame, replay
from giaoban.apps.briefings.queries.written import Cell, Section

__all__ = [
    "CHIPS", "Bidding", "BriefingRow", "Calendar", "Cell", "Choosing", "ConclusionRow", "DocumentFile",
    "DocumentRow", "Frame", "Invitation", "ItemRow", "Line", "NoteRow", "PackPage", "Planned", "Preparation",
    "QuestionRow", "Record", "Replay", "Room", "Screen", "Section", "Seen", "SeriesRow", "SiteRow", "Template",
    "Tile", "Turn", "agenda_of", "as_json", "assigners", "calendar", "choosing", "document_file",
    "document_picture", "invitation", "live_frame", "live_sections", "pack_page", "people_at", "planned",
    "preparation", "record", "replay", "room", "rows_of", "sealed_record", "section_from", "seen", "series_rows",
    "site_row", "sites_of", "template",
]  # fmt: skip
