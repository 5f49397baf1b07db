"""Matrix: the figures of all reporting units of one form and period, and the questions asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from giaoban.core.formlang.column import Column
from giaoban.core.rollup import adding, partials
from giaoban.core.rollup.adding import Everyone
from giaoban.core.rollup.cells import STRETCH, Bools, Cells, Ints
from giaoban.core.rollup.layout import FieldColumns, Layout
from giaoban.core.rollup.refusals import TooLargeToAdd
from giaoban.core.rollup.slots import Slots, SlotState
from giaoban.core.rollup.totals import Share, Total, TotalValue

States = NDArray[np.uint8]

_FEW = 8  # reports that are put one by one as quickly as together


@dataclass(frozen=True, slots=True)
class Row:
    """The current state of one report, `values` and `answered` as `Layout.encode` wrote them."""

    slot: int
    state: int
    values: Sequence[int]
    answered: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Block:
    """The current states of many reports, no two of one slot: values and answers as `encode_many` wrote them."""

    slots: Ints
    states: States
    values: Ints  # [report, column]
    answered: Bools


@dataclass(frozen=True)
class Everywhere:
    """One column for every unit of the tree, in preorder. Where `answered` is 0 the value says nothing."""

    values: Ints | Everyone
    answered: Ints | Everyone


@dataclass(frozen=True)
class Completeness:
    """Reports that count and reports expected, for every unit of the tree, in preorder."""

    counted: Ints | Everyone
    expected: Ints | Everyone


class Matrix:
    """Works on cells it is given (they may be a file shared by processes) and keeps nothing beside them.

    A slot is always the current state of its report, never a delta, so putting the same row again changes nothing.
    Slots that do not count hold zeros. Live figures count what is submitted or accepted, official ones only what is
    accepted. widths: no magnitude ever put into a column took more bits.
    """

    def __init__(self, layout: Layout, slots: Slots, cells: Cells) -> None:
        cells.check(columns=len(layout), slots=len(slots))
        self.layout, self.slots, self.cells = layout, slots, cells
        self.values, self.answered, self.states, self.widths = cells.values, cells.answered, cells.states, cells.widths

    @classmethod
    def empty(cls, layout: Layout, slots: Slots) -> Matrix:
        """A matrix in memory of its own, with no report in it."""
        return cls(layout, slots, Cells.empty(columns=len(layout), slots=len(slots)))

    def put(self, slot: int, state: int, values: Sequence[int], answered: Sequence[bool]) -> None:
        """Set one slot to the current state of its report, as `Layout.encode` wrote it."""
        if not 0 <= slot < len(self.slots):
            raise IndexError(slot)
        counts = state >= SlotState.SUBMITTED
        if counts:
            self._widen([abs(value).bit_length() for value in values])
        self.values[:, slot] = values if counts else 0
        self.answered[:, slot] = answered if counts else False
        self.states[slot] = state
        partials.renew(self.cells, np.array([slot]))

    def put_many(self, rows: Iterable[Row]) -> None:
        """As `put` for each row in order."""
        latest = {row.slot: row for row in rows}
        if len(latest) <= _FEW:
            for row in latest.values():
                self.put(row.slot, row.state, row.values, row.answered)
        else:
            shape = (len(latest), len(self.layout))
            self.put_block(
                Block(
                    np.array(list(latest), np.int64),
                    np.array([row.state for row in latest.values()], np.uint8),
                    np.array([row.values for row in latest.values()], np.int64).reshape(shape),
                    np.array([row.answered for row in latest.values()], np.bool_).reshape(shape),
                )
            )

    def put_block(self, block: Block) -> None:
        """As `put` for each report, much faster."""
        self._put_block(block)
        partials.renew(self.cells, block.slots)

    def fill(self, blocks: Iterable[Block]) -> None:
        """As `put_block` for each, faster still: for filling a matrix from all reports."""
        for block in blocks:
            self._put_block(block)
        partials.renew(self.cells, np.arange(len(self.slots)))

    # ---- one unit

    def total(self, unit: int, *, official: bool = False) -> Total:
        """Everything in the unit's subtree, its own report included."""
        return self._totals([(self.slots.lo(unit), self.slots.hi(unit))], official=official)[0]

    def own(self, unit: int, *, official: bool = False) -> Total:
        """The unit's own report alone; nothing expected when it owes none."""
        slot = self.slots.slot(unit)
        return self._totals([(0, 0) if slot is None else (slot, slot + 1)], official=official)[0]

    def children(self, unit: int, *, official: bool = False) -> tuple[tuple[int, Total], ...]:
        """Each unit directly below with its total, in the tree's order.

        total(unit) = own(unit) + the totals of these, for every kind of field.
        """
        below = self.slots.tree.children(unit)
        return tuple(zip(below, self._totals(self._runs(below), official=official), strict=True))

    def table(self, unit: int, *, official: bool = False) -> tuple[Total, tuple[tuple[int, Total], ...]]:
        """The unit's total, and each unit directly below with its own, by one look at the figures."""
        slot, below = self.slots.slot(unit), self.slots.tree.children(unit)
        own = [] if slot is None else [(slot, slot + 1)]
        parts = self._totals([*own, *self._runs(below)], official=official)
        return self.layout.over_units(parts), tuple(zip(below, parts[len(own) :], strict=True))

    # ---- every unit at once

    def field(self, column: Column, *, official: bool = False) -> Everywhere:
        """One column for every unit of the tree. Raises TooLargeToAdd when a sum leaves 64 bits."""
        at = self.layout.index(column)
        everyone = slice(None)
        accepted = self._counted(everyone, official=True) if official else None
        row, answered = self._counting(at, everyone, accepted)
        los, his = self.slots.los, self.slots.his
        counts = adding.nested_counts(answered, los, his)
        if not column.adds_up:
            return Everywhere(adding.nested_extremes(row, answered, los, his, kind=column.kind), counts)
        totals = adding.nested_sums(row, los, his, width=int(self.widths[at]))
        if totals is None:
            raise TooLargeToAdd(field=column.field)
        return Everywhere(totals, counts)

    def completeness(self, *, official: bool = False) -> Completeness:
        """Reports that count and reports expected, for every unit of the tree."""
        los, his = self.slots.los, self.slots.his
        return Completeness(
            adding.nested_counts(self._counted(slice(None), official=official), los, his),
            his - los,
        )

    def units_complete(
        self, level: str, *, below: int | None = None, flag: Column | None = None, official: bool = False
    ) -> Share:
        """How many units of a level (below a unit) are 100 % done.

        Done: every report expected in the unit's subtree counts; with `flag`, a count_true column:
        every one of them says yes.
        """
        if flag is not None and flag.kind != "count_true":
            raise ValueError(f"{flag.field} is not a yes-or-no field")
        tree = self.slots.tree
        positions = np.array([tree.position(unit) for unit in tree.at_level(level, below=below)], np.int64)
        done = self.completeness(official=official)
        reached = done.counted if flag is None else self.field(flag, official=official).values
        expected = done.expected[positions]
        owing = expected > 0
        return Share(int(((reached[positions] == expected) & owing).sum()), int(owing.sum()))

    # ---- inside

    def _put_block(self, block: Block) -> None:
        if len(block.slots) == 0:
            return
        if block.slots.min() < 0 or block.slots.max() >= len(self.slots):
            raise IndexError("a slot outside the matrix")
        order = np.argsort(block.slots)  # along each column, not to and fro
        slots, states = block.slots[order], block.states[order]
        counts = (states >= SlotState.SUBMITTED)[:, None]
        values = np.where(counts, block.values[order], 0)
        self._widen(adding.width_of(values))
        self.values[:, slots] = values.T
        self.answered[:, slots] = (block.answered[order] & counts).T
        self.states[slots] = states

    def _widen(self, widths: Sequence[int] | States) -> None:
        """Before values of these widths are put: whoever dies between has said too much, never too little."""
        np.maximum(self.widths, np.asarray(widths, np.uint8), out=self.widths)

    def _runs(self, units: Sequence[int]) -> list[tuple[int, int]]:
        return [(self.slots.lo(unit), self.slots.hi(unit)) for unit in units]

    def _counted(self, run: slice, *, official: bool) -> Bools:
        states: Bools = self.states[run] >= (SlotState.ACCEPTED if official else SlotState.SUBMITTED)
        return states

    def _counting(self, at: int, run: slice, accepted: Bools | None) -> tuple[Ints, Bools]:
        """One column over a run of slots; with `accepted`, without the slots where it is false.

        Live figures need no mask: slots that do not count hold zeros.
        """
        row, answered = self.values[at, run], self.answered[at, run]
        if accepted is None:
            return row, answered
        return np.where(accepted, row, 0), answered & accepted

    def _totals(self, runs: Sequence[tuple[int, int]], *, official: bool) -> list[Total]:
        """The totals of runs of slots, each beginning where the one before ends; empty runs are allowed."""
        filled = [run for run in runs if run[1] > run[0]]
        if not filled:
            return [self._total_of_none() for _ in runs]
        whole = slice(filled[0][0], filled[-1][1])
        starts = np.array([lo for lo, _ in filled], np.int64)
        counted = self._counted(whole, official=official)
        cuts = adding.cuts_of(starts - whole.start, whole.stop - whole.start)
        look = _Look(whole, starts, counted if official else None, cuts)
        values, answers = self._by_partials(look) if look.is_long else self._by_figures(look)
        said = adding.counts(counted, starts - whole.start, cuts)
        numbers = _assembled(self.layout, values, answers, said, filled)
        return [next(numbers) if hi > lo else self._total_of_none() for lo, hi in runs]

    def _by_partials(self, look: _Look) -> tuple[list[list[int]], list[list[int]]]:
        """Values and answers of each run, by column: read off, but for extremes and what might not fit 64 bits."""
        sums, answers = partials.between(self.cells, look.bounds, official=look.accepted is not None)
        count = look.whole.stop - look.whole.start
        read_off = zip(self.layout.columns, self.widths.tolist(), sums.tolist(), strict=True)
        return [
            found if column.adds_up and adding.fits_by_width(width, count) else self._of_figures(at, look)[0]
            for at, (column, width, found) in enumerate(read_off)
        ], answers.tolist()

    def _by_figures(self, look: _Look) -> tuple[list[list[int]], list[list[int]]]:
        """The same by a look at every figure."""
        found = [self._of_figures(at, look) for at in range(len(self.layout))]
        return [values for values, _ in found], [answers for _, answers in found]

    def _of_figures(self, at: int, look: _Look) -> tuple[list[int], list[int]]:
        column, starts = self.layout.columns[at], look.starts - look.whole.start
        row, answered = self._counting(at, look.whole, look.accepted)
        answers = adding.counts(answered, starts, look.cuts)
        if column.adds_up:
            return adding.sums(row, starts, width=int(self.widths[at])), answers
        return adding.extremes(row, answered, starts, kind=column.kind), answers

    def _total_of_none(self) -> Total:
        return Total(dict.fromkeys(self.layout.fields), dict.fromkeys(self.layout.fields, 0), 0, 0)


@dataclass(frozen=True)
class _Look:
    """Runs of slots, each beginning where the one before ends, together `whole`."""

    whole: slice
    starts: Ints
    accepted: Bools | None  # of the whole, when only these count
    cuts: adding.Cuts

    @property
    def bounds(self) -> Ints:
        return np.append(self.starts, self.whole.stop)

    @property
    def is_long(self) -> bool:
        """Whether the ends of the runs are less to look at than all their figures."""
        return bool((len(self.starts) + 1) * STRETCH < self.whole.stop - self.whole.start)


def alone(layout: Layout, values: Sequence[int], answered: Sequence[bool]) -> Total:
    """One report, as `Layout.encode` wrote it, as the total of a unit with nothing below it.

    >>> layout = Layout([Column("nu", "value", "sum")])
    >>> alone(layout, *layout.encode({"nu": 7}))
    Total(values={'nu': 7}, answered={'nu': 1}, counted=1, expected=1)
    """
    return next(_assembled(layout, [[one] for one in values], [[int(one)] for one in answered], [1], [(0, 1)]))


def _assembled(
    layout: Layout,
    values: list[list[int]],
    answers: list[list[int]],
    counts: list[int],
    runs: Sequence[tuple[int, int]],
) -> Iterator[Total]:
    """From lists by column to a total for each run."""
    fields = layout.fields
    by_field = [_values(group, [values[at] for at in group.at]) for group in fields.values()]
    said = [answers[group.at[0]] for group in fields.values()]
    rows = zip(*by_field, strict=True) if fields else [()] * len(runs)
    told = zip(*said, strict=True) if fields else [()] * len(runs)
    for row, answered, counted, (lo, hi) in zip(rows, told, counts, runs, strict=True):
        found = [value if count else None for value, count in zip(row, answered, strict=True)]
        yield Total(dict(zip(fields, found, strict=True)), dict(zip(fields, answered, strict=True)), counted, hi - lo)


def _values(group: FieldColumns, columns: list[list[int]]) -> Sequence[TotalValue]:
    """One field's value for each run."""
    match group.kind:
        case "tally":
            return [dict(zip(group.parts, numbers, strict=True)) for numbers in zip(*columns, strict=True)]
        case "ratio":
            return list(zip(columns[0], columns[1], strict=True))
    return columns[0]
