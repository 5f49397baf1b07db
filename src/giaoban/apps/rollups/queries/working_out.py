"""Columns of a matrix added up at every unit: once until the matrix changes, and for a closed round once for all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from giaoban.apps.rollups.queries.planning import Plan
from giaoban.apps.rollups.queries.rows import log
from giaoban.core.rollup import Column, Completeness, Everyone, Everywhere, Layout, Matrix, Slots
from giaoban.files.matrix import Totals
from giaoban.files.matrix.totals import Ints, Pair

Numbers = Ints | Everyone  # one for each unit of the tree


class WorkedOut:
    """Answers `field` and `completeness` as the matrix does. Good while the matrix has made no further change."""

    def __init__(self, plan: Plan, matrix: Matrix, *, changes: int, path: Path | None) -> None:
        """With `path`, what is worked out is stored there for every process of the host."""
        self.layout: Layout = matrix.layout
        self.slots: Slots = matrix.slots
        self.changes = changes
        self.is_stored = path is not None
        self._matrix = matrix
        self._rows: dict[int, tuple[Numbers, Numbers]] = {}
        self._totals = _totals(plan, path) if path else None

    def field(self, column: Column, *, official: bool = False) -> Everywhere:
        """One column for every unit of the tree. Raises core.rollup.TooLargeToAdd."""

        def work_out() -> tuple[Numbers, Numbers]:
            found = self._matrix.field(column, official=official)
            return found.values, found.answered

        return Everywhere(*self._row(self.layout.index(column), official, work_out))

    def completeness(self, *, official: bool = False) -> Completeness:
        """Reports that count and reports expected, for every unit of the tree."""

        def work_out() -> tuple[Numbers, Numbers]:
            found = self._matrix.completeness(official=official)
            return found.counted, found.expected

        return Completeness(*self._row(len(self.layout), official, work_out))

    def _row(
        self,
        number: int,
        official: bool,  # noqa: FBT001 - inside
        work_out: Callable[[], tuple[Numbers, Numbers]],
    ) -> tuple[Numbers, Numbers]:
        number += (len(self.layout) + 1) * official

        def written_out() -> Pair:
            values, answered = work_out()
            return everyone(values), everyone(answered)

        if number not in self._rows:
            stored = self._totals
            self._rows[number] = (
                work_out() if stored is None else stored.row(number, changes=self.changes, work_out=written_out)
            )
        return self._rows[number]


def everyone(numbers: Numbers) -> Ints:
    """The numbers of all units as an array, in the order of the tree."""
    return numbers.all() if isinstance(numbers, Everyone) else numbers


def _totals(plan: Plan, path: Path) -> Totals | None:
    try:
        return Totals(path, key=plan.key, rows=2 * (len(plan.layout) + 1), units=len(plan.slots.tree))
    except OSError as closed:
        log.warning("totals cannot be stored: %s", closed)
        return None
