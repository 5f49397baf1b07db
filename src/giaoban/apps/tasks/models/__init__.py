"""Tasks and the calendar of work: what was assigned, what stands on whose calendar, what people are reminded of."""

from giaoban.apps.tasks.models.calendar import CalendarEvent, CalendarEventQuerySet, EventAttendee
from giaoban.apps.tasks.models.feeds import CalendarFeed
from giaoban.apps.tasks.models.reminding import Reminder, ReminderChoice
from giaoban.apps.tasks.models.work import (
    Assigner,
    Extension,
    ProgressNote,
    Task,
    TaskQuerySet,
    TaskUnit,
    Topic,
)

__all__ = [
    "Assigner",
    "CalendarEvent",
    "CalendarEventQuerySet",
    "CalendarFeed",
    "EventAttendee",
    "Extension",
    "ProgressNote",
    "Reminder",
    "ReminderChoice",
    "Task",
    "TaskQuerySet",
    "TaskUnit",
    "Topic",
]
