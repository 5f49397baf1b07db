"""The read side of tasks: frozen rows for every page; a row is only ever of a task the actor may read."""

from giaoban.apps.tasks.queries.choices import Choices, Officer, choices, found_unit_ids, officers, reach_below
from giaoban.apps.tasks.queries.counts import AssignerCount, counts_by_assigner
from giaoban.apps.tasks.queries.events import ClashRow, EventRow, Meant, clashes_of, meant
from giaoban.apps.tasks.queries.feeds import FedEvent, FedTask, Feed, FeedLink, feed, feed_link
from giaoban.apps.tasks.queries.handing import form_address, origin_of, tasks_of
from giaoban.apps.tasks.queries.listing import SCOPES, STANDINGS, Filters, Group, InHand, Listing, in_hand, listing
from giaoban.apps.tasks.queries.load import OfficerLoad, UnitLoad, load
from giaoban.apps.tasks.queries.page import (
    Draft,
    ExtensionRow,
    NoteFile,
    NoteRow,
    TaskPage,
    draft,
    note_file,
    task_page,
)
from giaoban.apps.tasks.queries.programme import Programme, ToAccountFor, due_for, of_report, open_for, programme
from giaoban.apps.tasks.queries.reminding import (
    LetterDue,
    ReminderGroup,
    Reminders,
    grouped,
    letters_due,
    reminders,
)
from giaoban.apps.tasks.queries.rows import BAR, TaskRow, TimeBar
from giaoban.apps.tasks.queries.story import Change, Step, changed_since
from giaoban.apps.tasks.queries.week import ME, DayRows, EventDraft, WeekPage, event_draft, week_page

__all__ = [
    "BAR",
    "ME",
    "SCOPES",
    "STANDINGS",
    "AssignerCount",
    "Change",
    "Choices",
    "ClashRow",
    "DayRows",
    "Draft",
    "EventDraft",
    "EventRow",
    "ExtensionRow",
    "FedEvent",
    "FedTask",
    "Feed",
    "FeedLink",
    "Filters",
    "Group",
    "InHand",
    "LetterDue",
    "Listing",
    "Meant",
    "NoteFile",
    "NoteRow",
    "Officer",
    "OfficerLoad",
    "Programme",
    "ReminderGroup",
    "Reminders",
    "Step",
    "TaskPage",
    "TaskRow",
    "TimeBar",
    "ToAccountFor",
    "UnitLoad",
    "WeekPage",
    "changed_since",
    "choices",
    "clashes_of",
    "counts_by_assigner",
    "draft",
    "due_for",
    "event_draft",
    "feed",
    "feed_link",
    "form_address",
    "found_unit_ids",
    "grouped",
    "in_hand",
    "letters_due",
    "listing",
    "load",
    "meant",
    "note_file",
    "of_report",
    "officers",
    "open_for",
    "origin_of",
    "programme",
    "reach_below",
    "reminders",
    "task_page",
    "tasks_of",
    "week_page",
]
