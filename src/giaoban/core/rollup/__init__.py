"""Exact aggregation of a leaf matrix over a tree: encode a row, sum slices, count who has reported."""

from giaoban.core.formlang.column import Column
from giaoban.core.rollup.adding import Everyone
from giaoban.core.rollup.cells import Cells
from giaoban.core.rollup.encoding import Given, encode_many
from giaoban.core.rollup.layout import Layout
from giaoban.core.rollup.matrix import Block, Completeness, Everywhere, Matrix, Row, alone
from giaoban.core.rollup.refusals import NotAFigure, TooLargeToAdd
from giaoban.core.rollup.slots import Slots, SlotState
from giaoban.core.rollup.totals import Share, Total, TotalValue, over_time

__all__ = [
    "Block",
    "Cells",
    "Column",
    "Completeness",
    "Everyone",
    "Everywhere",
    "Given",
    "Layout",
    "Matrix",
    "NotAFigure",
    "Row",
    "Share",
    "SlotState",
    "Slots",
    "TooLargeToAdd",
    "Total",
    "TotalValue",
    "alone",
    "encode_many",
    "over_time",
]
