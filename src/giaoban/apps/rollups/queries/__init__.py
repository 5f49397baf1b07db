"""The read side of roll-ups: live totals, measures, the units behind a figure, completeness, the board."""

from giaoban.apps.rollups.queries.auditing import Audit, audit, rounds_on_shelf
from giaoban.apps.rollups.queries.behind import PAGE_SIZE, Behind, BehindRow, units_behind
from giaoban.apps.rollups.queries.boards import Board, Child, Finding, Shown, board
from giaoban.apps.rollups.queries.figures import (
    ChildValue,
    MeasureValue,
    Published,
    children,
    form_rounds,
    measure_by_child,
    measure_value,
    shortfalls,
    total,
    trend,
)
from giaoban.apps.rollups.queries.grid import (
    Completeness,
    CompletenessRow,
    Mark,
    completeness,
    missing_units,
)
from giaoban.apps.rollups.queries.lineages import Ground, Handover, Hindrance, Past, Source
from giaoban.apps.rollups.queries.live import forget, rebuild
from giaoban.apps.rollups.queries.reasons import Change, Evidence, Whereabouts, Why, measure_of, place_of, round_of, why
from giaoban.apps.rollups.queries.trends import LENGTHS, Break, Moment, Trend

__all__ = [
    "LENGTHS",
    "PAGE_SIZE",
    "Audit",
    "Behind",
    "BehindRow",
    "Board",
    "Break",
    "Change",
    "Child",
    "ChildValue",
    "Completeness",
    "CompletenessRow",
    "Evidence",
    "Finding",
    "Ground",
    "Handover",
    "Hindrance",
    "Mark",
    "MeasureValue",
    "Moment",
    "Past",
    "Published",
    "Shown",
    "Source",
    "Trend",
    "Whereabouts",
    "Why",
    "audit",
    "board",
    "children",
    "completeness",
    "forget",
    "form_rounds",
    "measure_by_child",
    "measure_of",
    "measure_value",
    "missing_units",
    "place_of",
    "rebuild",
    "round_of",
    "rounds_on_shelf",
    "shortfalls",
    "total",
    "trend",
    "units_behind",
    "why",
]
