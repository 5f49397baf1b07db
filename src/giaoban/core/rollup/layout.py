"""Layout: which figure of a report fills which column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from giaoban.core.formlang.column import Column
from giaoban.core.rollup.refusals import NotAFigure
from giaoban.core.rollup.totals import Total, TotalValue, over_time

LARGEST = 2**63 - 1


@dataclass(frozen=True)
class FieldColumns:
    """The columns of one field: `at` are their places in the layout, in the order of `parts`."""

    kind: str
    measure: str
    parts: tuple[str, ...]
    at: tuple[int, ...]


class Layout:
    """The columns of a form (or of several of its versions merged), in a fixed order."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)
        self._at = {column: at for at, column in enumerate(self.columns)}
        if len(self._at) != len(self.columns):
            raise ValueError("a column stands twice in the layout")
        self.fields: Mapping[str, FieldColumns] = _by_field(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Layout) and self.columns == other.columns

    def __hash__(self) -> int:
        return hash(self.columns)

    def index(self, column: Column) -> int:
        """The row of the matrix this column is kept in. Raises KeyError for a foreign column."""
        return self._at[column]

    def encode(self, figures: Mapping[str, object], *, nothing: bool = False) -> tuple[list[int], list[bool]]:
        """One report as (values, answered), one entry per column; a value that is not answered is 0.

        `nothing`: the unit declared «không phát sinh»: what is missing of the flows that add up then
        counts as answered with 0, while stocks, largest and smallest values stay missing.
        Raises NotAFigure for a figure of the wrong type or outside the signed 64-bit range.

        >>> layout = Layout([Column("nu", "value", "sum"), Column("tong", "value", "last", measure="stock")])
        >>> layout.encode({"nu": 7}), layout.encode({}, nothing=True)
        (([7, 0], [True, False]), ([0, 0], [True, False]))
        """
        values = [0] * len(self.columns)
        answered = [False] * len(self.columns)
        for field, group in self.fields.items():
            encoded = self._encoded(field, group, figures)
            if encoded is not None:
                for at, value in zip(group.at, encoded, strict=True):
                    values[at], answered[at] = value, True
            elif nothing and group.measure == "flow" and group.kind not in ("max", "min"):
                for at in group.at:
                    answered[at] = True
        return values, answered

    def _encoded(self, field: str, group: FieldColumns, figures: Mapping[str, object]) -> list[int] | None:
        found = [figures.get(self.columns[at].source) for at in group.at]
        if any(figure is None for figure in found):
            return None
        match group.kind:
            case "count_true":
                if not isinstance(found[0], bool):
                    raise NotAFigure(field=field)
                return [int(found[0])]
            case "tally":
                if found[0] not in group.parts:
                    raise NotAFigure(field=field)
                return [int(found[0] == part) for part in group.parts]
        return [_whole(field, figure) for figure in found]

    def over_time(self, totals: Sequence[Total]) -> dict[str, TotalValue]:
        """Several periods of one unit, oldest first, as one: each field by its own rule (see `over_time`)."""
        return {
            field: over_time(group.kind, [total.values[field] for total in totals], measure=group.measure)
            for field, group in self.fields.items()
        }


def _whole(field: str, figure: object) -> int:
    if not isinstance(figure, int) or isinstance(figure, bool) or abs(figure) > LARGEST:
        raise NotAFigure(field=field)
    return figure


def _by_field(columns: Sequence[Column]) -> dict[str, FieldColumns]:
    places: dict[str, list[int]] = {}
    for at, column in enumerate(columns):
        places.setdefault(column.field, []).append(at)
    found = {}
    for field, taken in places.items():
        first = columns[taken[0]]
        parts = tuple(columns[place].part for place in taken)
        if {(columns[place].kind, columns[place].measure) for place in taken} != {(first.kind, first.measure)}:
            raise ValueError(f"the columns of {field} disagree about what the field is")
        if parts not in (("value",), ("num", "den")) and first.kind != "tally":
            raise ValueError(f"the columns of {field} are not complete: {parts}")
        found[field] = FieldColumns(first.kind, first.measure, parts, tuple(taken))
    return found
