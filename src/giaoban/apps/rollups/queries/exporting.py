"""What leaves the house for other engines: facts, trees and duty of some rounds, all as of one entry of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import numpy as np

from giaoban.apps.forms.models import Round
from giaoban.apps.reports.models import Report
from giaoban.apps.reports.rules import State
from giaoban.apps.rollups import rules
from giaoban.apps.rollups.queries import rows
from giaoban.apps.rollups.queries.planning import Plan, plans
from giaoban.apps.units.models import FormerName, Level, Succession, Unit
from giaoban.base.databases import snapshot
from giaoban.core.orgtree import OrgTree
from giaoban.core.periods import Period
from giaoban.core.rollup import Row, SlotState
from giaoban.files.lake.rows import STATES, Stretch
from giaoban.files.matrix import Mark

AT_ONCE = 4_096  # reports that are in memory together: a row group of the facts

_STATE = {SlotState.SUBMITTED: STATES.index(State.SUBMITTED), SlotState.ACCEPTED: STATES.index(State.ACCEPTED)}


@dataclass(frozen=True)
class UnitRow:
    """What a unit was called over the days [from, until)."""

    unit: int
    code: str
    name: str
    from_day: date | None
    until_day: date | None
    is_made_up: bool


@dataclass(frozen=True)
class LeavingRound:
    """One round as it leaves: its form, period and version, the tree of its day, and who owes on it."""

    round: Round
    plan: Plan
    tree_day: date  # the first day, among those that leave, with this tree: its name

    @property
    def form(self) -> str:
        return self.round.form_version.form.code

    @property
    def period(self) -> str:
        return self.round.period.code

    def stretches(self) -> Iterator[Stretch]:
        """Every report that counts, of a unit that owes it. One query. Raises rules.UnreadableReport."""
        for told in _in_stretches(rows.reports_of(self.round.pk)):
            found = [(one, row) for one in told for row in self.plan.rows([one]) if row.state in _STATE]
            if found:
                yield _stretch(self.plan, found)


@dataclass(frozen=True)
class Leaving:
    """Everything that leaves, as of the ledger entry `head`. Good only inside the block that gave it."""

    head: Mark
    rounds: Sequence[LeavingRound]
    reports: int  # stored ones, whether they count or not

    @property
    def trees(self) -> Mapping[date, OrgTree]:
        return {one.tree_day: one.plan.slots.tree for one in self.rounds}

    def units(self) -> Iterator[UnitRow]:
        """Every unit by every name it has had, each name once. Two queries."""
        former: dict[int, list[tuple[date, str]]] = {}
        for unit, until, name in FormerName.objects.order_by("until_day").values_list("unit_id", "until_day", "name"):
            former.setdefault(unit, []).append((until, name))
        told = Unit.objects.order_by("id").values_list("id", "code", "name", "is_made_up")
        for unit, code, name, is_made_up in told.iterator(chunk_size=AT_ONCE):
            begun = None
            for until, earlier in former.get(unit, ()):
                yield UnitRow(unit, code, earlier, begun, until, is_made_up)
                begun = until
            yield UnitRow(unit, code, name, begun, None, is_made_up)

    def successions(self) -> Sequence[Succession]:
        return list(Succession.objects.order_by("id"))

    def levels(self) -> Sequence[Level]:
        return list(Level.objects.order_by("rank"))


@contextmanager
def leaving(*, form: str = "", since: Period | None = None) -> Iterator[Leaving]:
    """The rounds of a form (of all when none is named) from a period on, as they stand at one entry of the ledger.

    Nobody who writes has to wait. Raises rules.NothingToExport, orgtree refusals, rules.UnreadableReport.
    """
    with snapshot():
        head = rows.newest()
        asked = Round.objects.select_related("form_version__form", "period")
        asked = asked.of(form) if form else asked
        asked = asked.filter(period__from_day__gte=since.from_day) if since else asked
        rounds = list(asked.order_by("form_version__form__code", "period__from_day", "period__code", "id"))
        if not rounds:
            raise rules.NothingToExport()
        planned = plans(rounds)
        named: dict[str, date] = {}
        for one in sorted(rounds, key=lambda one: one.day):
            named.setdefault(planned[one.pk].slots.tree.signature, one.day)
        yield Leaving(
            head,
            [LeavingRound(one, planned[one.pk], named[planned[one.pk].slots.tree.signature]) for one in rounds],
            Report.objects.filter(round__in=[one.pk for one in rounds]).count(),
        )


def _in_stretches(told: Iterator[rows.Told]) -> Iterator[list[rows.Told]]:
    waiting: list[rows.Told] = []
    for one in told:
        waiting.append(one)
        if len(waiting) == AT_ONCE:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _stretch(plan: Plan, found: Sequence[tuple[rows.Told, Row]]) -> Stretch:
    shape = len(found), len(plan.layout)
    return Stretch(
        columns=plan.layout.columns,
        reports=np.array([told.id for told, _ in found], np.int64),
        units=np.array([told.unit for told, _ in found], np.int64),
        states=np.array([_STATE[SlotState(row.state)] for _, row in found], np.int8),
        nothing=np.array([told.is_nothing for told, _ in found], np.bool_),
        values=np.array([row.values for _, row in found], np.int64).reshape(shape),
        answered=np.array([row.answered for _, row in found], np.bool_).reshape(shape),
    )
