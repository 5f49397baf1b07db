"""Parsing of what the pages send: the designer's rows, the head and schedule of a form, duty and exceptions."""

from giaoban.apps.forms.forms.designer import (
    CheckRow,
    FieldRow,
    Sheet,
    Told,
    data_of,
    sheet_from,
    sheet_of,
    told_at,
)
from giaoban.apps.forms.forms.setting_up import (
    Head,
    ScheduleBoxes,
    StepBoxes,
    day_typed,
    head_from,
    schedule_boxes,
    schedule_from,
    schedule_of,
)

__all__ = [
    "CheckRow",
    "FieldRow",
    "Head",
    "ScheduleBoxes",
    "Sheet",
    "StepBoxes",
    "Told",
    "data_of",
    "day_typed",
    "head_from",
    "schedule_boxes",
    "schedule_from",
    "schedule_of",
    "sheet_from",
    "sheet_of",
    "told_at",
]
