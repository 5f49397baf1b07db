"""Pages of tasks: the list and its other ways of looking, one task, the form, the verbs, and the calendar."""

from giaoban.apps.tasks.views.feeds import calendar_feed, make_feed, revoke_feed
from giaoban.apps.tasks.views.lists import changed, index, load, mine, of_report, programme, timeline
from giaoban.apps.tasks.views.reminding import choose_letters, reminders
from giaoban.apps.tasks.views.task import edit, lists, new, note_file, part, show
from giaoban.apps.tasks.views.verbs import (
    accept,
    ask,
    close,
    extend,
    grant,
    hand_in,
    note,
    reassign,
    refuse,
    reopen,
    send_back,
    take,
    withdraw,
)
from giaoban.apps.tasks.views.week import cancel_event, change_event, enter_event, week

__all__ = [
    "accept",
    "ask",
    "calendar_feed",
    "cancel_event",
    "change_event",
    "changed",
    "choose_letters",
    "close",
    "edit",
    "enter_event",
    "extend",
    "grant",
    "hand_in",
    "index",
    "lists",
    "load",
    "make_feed",
    "mine",
    "new",
    "note",
    "note_file",
    "of_report",
    "part",
    "programme",
    "reassign",
    "refuse",
    "reminders",
    "reopen",
    "revoke_feed",
    "send_back",
    "show",
    "take",
    "timeline",
    "week",
    "withdraw",
]
