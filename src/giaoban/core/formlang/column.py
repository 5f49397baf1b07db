"""One column of the roll-up: what a form asks of the aggregation, and nothing else about the form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """An int64 column. `source` is the field whose figure fills it (differs from `field` for a ratio).

    kind: sum | last | count_true | tally | ratio | max | min.
    part: "value", or the choice's code for a tally, or "num" | "den" for a ratio.
    """

    field: str
    part: str
    kind: str
    source: str = ""
    measure: str = "flow"  # flow | stock

    def __post_init__(self) -> None:
        if not self.source:
            object.__setattr__(self, "source", self.field)

    @property
    def adds_up(self) -> bool:
        """Whether a total is the sum of the column; otherwise it is its largest or smallest value."""
        return self.kind not in ("max", "min")


def merged(layers: Iterable[tuple[Column, ...]]) -> tuple[Column, ...]:
    """The columns of several versions of one form, oldest first: a later version only adds.

    >>> [c.field for c in merged([(Column("a", "value", "sum"),), (Column("b", "value", "sum"),
    ...                                                          Column("a", "value", "sum"))])]
    ['a', 'b']
    """
    return tuple(dict.fromkeys(column for layer in layers for column in layer))
