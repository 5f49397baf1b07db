"""The read side of reports: frozen rows for every page; a row is only ever of a report the actor may read."""

from giaoban.apps.reports.queries.conflict import Conflict, Differing, conflict
from giaoban.apps.reports.queries.desk import Owed, Recent, Waiting, owed, recent, waiting_review
from giaoban.apps.reports.queries.files import StoredBytes, attached_file
from giaoban.apps.reports.queries.listing import Filters, Listed, Listing, listing
from giaoban.apps.reports.queries.owing import Debtor, Debts, LevelDebt, RoundChoice, owing, rounds_to_collect
from giaoban.apps.reports.queries.review import Group, KeyFigure, Queue, Reviewed, review_queue
from giaoban.apps.reports.queries.sheet import (
    BOX,
    Checked,
    Line,
    Quote,
    Section,
    Sheet,
    checked_field,
    sheet,
    spec_to_fill,
)
from giaoban.apps.reports.queries.story import Change, Step, Story, base_of, history

__all__ = [
    "BOX",
    "Change",
    "Checked",
    "Conflict",
    "Debtor",
    "Debts",
    "Differing",
    "Filters",
    "Group",
    "KeyFigure",
    "LevelDebt",
    "Line",
    "Listed",
    "Listing",
    "Owed",
    "Queue",
    "Quote",
    "Recent",
    "Reviewed",
    "RoundChoice",
    "Section",
    "Sheet",
    "Step",
    "StoredBytes",
    "Story",
    "Waiting",
    "attached_file",
    "base_of",
    "checked_field",
    "conflict",
    "history",
    "listing",
    "owed",
    "owing",
    "recent",
    "review_queue",
    "rounds_to_collect",
    "sheet",
    "spec_to_fill",
    "waiting_review",
]
