"""Briefings: what each is called with, what is said and answered in it, what was concluded."""

from giaoban.apps.briefings.models.meeting import AgendaItem, Briefing, Presence, Series, Site
from giaoban.apps.briefings.models.record import (
    Answer,
    BriefingDocument,
    Conclusion,
    Note,
    NoteRevision,
    OpenPoint,
    Pack,
    Question,
    SpeechRequest,
)

__all__ = [
    "AgendaItem",
    "Answer",
    "Briefing",
    "BriefingDocument",
    "Conclusion",
    "Note",
    "NoteRevision",
    "OpenPoint",
    "Pack",
    "Presence",
    "Question",
    "Series",
    "Site",
    "SpeechRequest",
]
