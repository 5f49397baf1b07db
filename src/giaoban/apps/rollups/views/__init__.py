"""Pages of rollups: the board, why a number is what it is, the units behind it, completeness."""

from giaoban.apps.rollups.views.board import board
from giaoban.apps.rollups.views.figure import behind, figure
from giaoban.apps.rollups.views.grid import completeness

__all__ = ["behind", "board", "completeness", "figure"]
