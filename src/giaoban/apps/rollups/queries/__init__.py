"""The read side of roll-ups: live totals, measures, the units behind a figure, completeness, the board."""

from giaoban.apps.rollups.queries.behind import Behind, BehindRow, units_behind
from giaoban.apps.rollups.queries.completeness import (
    Completeness,
    CompletenessRow,
    Mark,
    completeness,
    missing_units,
)
from giaoban.apps.rollups.queries.figures import (
    ChildValue,
    MeasureValue,
    Published,
    children,
    measure_by_child,
    measure_value,
    shortfalls,
    total,
    trend,
)
from giaoban.apps.rollups.queries.live import forget

__all__ = [
    "Behind",
    "BehindRow",
    "ChildValue",
    "Completeness",
    "CompletenessRow",
    "Mark",
    "MeasureValue",
    "Published",
    "children",
    "completeness",
    "forget",
    "measure_by_child",
    "measure_value",
    "missing_units",
    "shortfalls",
    "total",
    "trend",
    "units_behind",
]
