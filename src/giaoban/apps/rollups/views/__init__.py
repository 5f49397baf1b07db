"""Pages of rollups: the board, why a number is what it is, the units behind it, completeness, signing."""

from giaoban.apps.rollups.views.board import board
from giaoban.apps.rollups.views.figure import behind, figure
from giaoban.apps.rollups.views.grid import completeness
from giaoban.apps.rollups.views.signing import sign, signed, signed_paper

__all__ = ["behind", "board", "completeness", "figure", "sign", "signed", "signed_paper"]
