"""The roll-up's mapped files: one matrix for each round, shared by all processes of a host, never the truth."""

from giaoban.files.matrix.header import NOWHERE, Mark, Status
from giaoban.files.matrix.mapped import Mapped, Unusable
from giaoban.files.matrix.shelf import Shelf
from giaoban.files.matrix.totals import Totals

__all__ = ["NOWHERE", "Mapped", "Mark", "Shelf", "Status", "Totals", "Unusable"]
