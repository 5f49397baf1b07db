"""Layout: which figure of a report fills which column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from giaoban.core.formlang.column import Column
from giaoban.core.rollup.refusals import NotAFigure
from giaoban.core.rollup.totals import Total, TotalValue, over_time

LARGEST = 2**63 - 1
_KINDS = frozenset({int, type(None)})
_PLAIN = frozenset({"sum", "last", "max", "min"})  # the figure is the value of the one column


@dataclass(frozen=True)
class FieldColumns:
    """The columns of one field: `at` are their places in the layout, in the order of `parts`.

    `measures` differ within a field only for a ratio of a flow to a stock.
    """

    kind: str
    measures: tuple[str, ...]
    sources: tuple[str, ...]
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
        self.plain: Mapping[str, int] = {  # field -> its one column, where the figure is the value of the column
            field: group.at[0] for field, group in self.fields.items() if group.kind in _PLAIN
        }
        self.composed = [(field, group) for field, group in self.fields.items() if group.kind not in _PLAIN]

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
        values, answered = self._encode_plain(figures)
        for field, group in self.fields.items() if nothing else self.composed:
            found = [figures.get(source) for source in group.sources]
            encoded = _encoded(field, group, found)
            if encoded is None and nothing:
                encoded = _of_nothing(field, group, found)
            if encoded is not None:
                for at, value in zip(group.at, encoded, strict=True):
                    values[at], answered[at] = value, True
        return values, answered

    def encode_composed(self, figures: Mapping[str, object]) -> Iterator[tuple[int, int]]:
        """The columns and values of yes-or-no answers, choices and ratios that a report answers. Raises NotAFigure."""
        for field, group in self.composed:
            encoded = _encoded(field, group, [figures.get(source) for source in group.sources])
            if encoded is not None:
                yield from zip(group.at, encoded, strict=True)

    def _encode_plain(self, figures: Mapping[str, object]) -> tuple[list[int], list[bool]]:
        """Nearly every column of a real form, so this looks at all figures together, and at each only to refuse one."""
        found = list(map(figures.get, self.plain))
        numbers: list[int] = [figure or 0 for figure in found]  # type: ignore[misc]  # held to be numbers just below
        is_plain = _KINDS.issuperset(map(type, found))
        if not is_plain or max(numbers, default=0) > LARGEST or min(numbers, default=0) < -LARGEST:
            for field, figure in zip(self.plain, found, strict=True):
                if figure is not None:
                    _whole(field, figure)
        is_there = [figure is not None for figure in found]
        if len(self.plain) == len(self.columns):  # then they stand in the order of the columns
            return numbers, is_there
        values, answered = [0] * len(self.columns), [False] * len(self.columns)
        for at, number, is_answered in zip(self.plain.values(), numbers, is_there, strict=True):
            values[at], answered[at] = number, is_answered
        return values, answered

    def over_units(self, totals: Sequence[Total]) -> Total:
        """Units that have no unit in common, in one period, as one: what a unit above them would say.

        >>> layout = Layout([Column("nu", "value", "sum")])
        >>> parts = [Total({"nu": 3}, {"nu": 1}, 1, 2), Total({"nu": None}, {"nu": 0}, 0, 1)]
        >>> layout.over_units(parts)
        Total(values={'nu': 3}, answered={'nu': 1}, counted=1, expected=3)
        """
        return Total(
            {
                field: over_time(group.kind if group.kind != "last" else "sum", [one.values[field] for one in totals])
                for field, group in self.fields.items()
            },
            {field: sum(one.answered[field] for one in totals) for field in self.fields},
            counted=sum(one.counted for one in totals),
            expected=sum(one.expected for one in totals),
        )

    def over_time(self, totals: Sequence[Total]) -> dict[str, TotalValue]:
        """Several periods of one unit, oldest first, as one: each field by its own rule (see `over_time`)."""
        return {
            field: _over_time(group, [total.values[field] for total in totals]) for field, group in self.fields.items()
        }


def _over_time(group: FieldColumns, values: Sequence[TotalValue]) -> TotalValue:
    if group.kind != "ratio":
        return over_time(group.kind, values, measure=group.measures[0])
    pairs = [value for value in values if isinstance(value, tuple)]
    num, den = (
        over_time("sum", [pair[part] for pair in pairs], measure=measure) for part, measure in enumerate(group.measures)
    )
    return (num, den) if isinstance(num, int) and isinstance(den, int) else None


def _encoded(field: str, group: FieldColumns, figures: Sequence[object]) -> list[int] | None:
    """The values of one field's columns; None when a figure they need is missing."""
    if None in figures:
        return None
    if group.kind == "count_true":
        if not isinstance(figures[0], bool):
            raise NotAFigure(field=field)
        return [int(figures[0])]
    if group.kind == "tally":
        if figures[0] not in group.parts:
            raise NotAFigure(field=field)
        return [int(figures[0] == part) for part in group.parts]
    return [_whole(field, figure) for figure in figures]


def _of_nothing(field: str, group: FieldColumns, figures: Sequence[object]) -> list[int] | None:
    """What «không phát sinh» says about a field that has a figure missing."""
    missing = [figure is None for figure in figures]
    if group.kind in ("max", "min") or "stock" in compress(group.measures, missing):
        return None
    return [0 if figure is None else _whole(field, figure) for figure in figures]


def _whole(field: str, figure: object) -> int:
    if type(figure) is int and -LARGEST <= figure <= LARGEST:
        return figure
    raise NotAFigure(field=field)


def _by_field(columns: Sequence[Column]) -> dict[str, FieldColumns]:
    places: dict[str, list[int]] = {}
    for at, column in enumerate(columns):
        places.setdefault(column.field, []).append(at)
    found = {}
    for field, taken in places.items():
        of_field = [columns[place] for place in taken]
        kind, *others = {column.kind for column in of_field}
        parts = tuple(column.part for column in of_field)
        if others or (kind != "tally" and parts != (("num", "den") if kind == "ratio" else ("value",))):
            raise ValueError(f"the columns of {field} do not make one field: {of_field}")
        found[field] = FieldColumns(
            kind=kind,
            measures=tuple(column.measure for column in of_field),
            sources=tuple(column.source for column in of_field),
            parts=parts,
            at=tuple(taken),
        )
    return found
