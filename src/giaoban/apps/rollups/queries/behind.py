"""The units behind a figure: who says yes, who says no, who has not reported; and each one's own report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from giaoban.apps.forms.models import Round
from giaoban.apps.reports import access as reports_access
from giaoban.apps.reports.models import Report
from giaoban.apps.reports.rules import COUNTED, State
from giaoban.apps.rollups.models import Measure
from giaoban.apps.rollups.queries.figures import reached
from giaoban.apps.rollups.queries.live import picture
from giaoban.apps.rollups.queries.spread import GROUPS, Group, How, Member, members
from giaoban.apps.units import queries as units
from giaoban.apps.units.queries import UnitName
from giaoban.base.access import Actor

PAGE_SIZE = 50


@dataclass(frozen=True)
class BehindRow:
    """One unit behind a figure. `report_id` only where the actor may read its report."""

    unit: UnitName
    above: UnitName | None
    group: Group
    value: int | None
    whole: int | None
    state: str  # of its own report, in words; empty where there is none or it may not be read
    report_id: int | None
    submitted_at: datetime | None
    is_late: bool


@dataclass(frozen=True)
class Behind:
    """One page of the units behind a figure; `counts` are those of the whole figure, by group."""

    rows: tuple[BehindRow, ...]
    counts: Mapping[Group, int]
    group: Group | None
    page: int
    pages: int

    @property
    def total(self) -> int:
        return sum(self.counts.values()) if self.group is None else self.counts[self.group]


@dataclass(frozen=True)
class _Own:
    """What is shown of a unit's own report."""

    id: int
    state: str
    submitted_at: datetime | None
    is_late: bool


def units_behind(
    *,
    actor: Actor,
    measure: Measure,
    round_: Round,
    unit: str,
    at: datetime,
    group: str = "",
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> Behind:
    """The units that make a figure up, in the tree's order, one group of them or all; pages count from 1.

    Raises NotFound when the actor does not reach the unit. The same number of queries for any number of units.
    """
    place = reached(actor, unit)
    with picture([round_]) as now:
        matrix = now.matrices[round_.pk]
        everybody = list(members(How.of(measure), matrix, place.pk))
    counts = Counter(member.group for member in everybody)
    wanted = next((one for one in GROUPS if one == group), None)
    chosen = [member for member in everybody if wanted in (None, member.group)]
    pages = max(1, -(-len(chosen) // page_size))
    page = min(max(page, 1), pages)
    shown = chosen[(page - 1) * page_size : page * page_size]
    tree = matrix.slots.tree
    above = {member.unit: tree.parent(member.unit) for member in shown}
    silent = {member.unit for member in shown if _is_overdue(round_, tree.level(member.unit), member, at)}
    return Behind(
        rows=_rows(round_, shown, above, _own_reports(actor, round_, shown, at), place.pk, silent),
        counts={one: counts[one] for one in GROUPS},
        group=wanted,
        page=page,
        pages=pages,
    )


def _rows(
    round_: Round,
    shown: Sequence[Member],
    above: Mapping[int, int | None],
    own: Mapping[int, _Own],
    place: int,
    silent: Collection[int],
) -> tuple[BehindRow, ...]:
    names = units.names({*above, *(one for one in above.values() if one is not None)}, on=round_.day)
    found = []
    for member in shown:
        report = own.get(member.unit)
        parent = above[member.unit]
        found.append(
            BehindRow(
                unit=names[member.unit],
                above=None if parent is None or parent == place else names[parent],
                group=member.group,
                value=member.value,
                whole=member.whole,
                state=report.state if report else "",
                report_id=report.id if report else None,
                submitted_at=report.submitted_at if report else None,
                is_late=report.is_late if report else member.unit in silent,
            )
        )
    return tuple(found)


def _own_reports(actor: Actor, round_: Round, shown: Sequence[Member], at: datetime) -> dict[int, _Own]:
    rows = Report.objects.allowed(actor, reports_access.READ).filter(
        round=round_, unit__in=[member.unit for member in shown]
    )
    return {
        unit: _Own(
            pk,
            str(State(state).label),
            submitted_at if state in COUNTED else None,
            is_late=is_late(state, submitted_at, due_at, at),
        )
        for unit, pk, state, submitted_at, due_at in rows.values_list(
            "unit_id", "id", "state", "submitted_at", "due_at"
        )
    }


def _is_overdue(round_: Round, level: str, member: Member, at: datetime) -> bool:
    """Whether a unit of this level has handed nothing in although its deadline has passed."""
    due = round_.deadlines.get(level)
    return member.group == "missing" and due is not None and datetime.fromisoformat(due) < at


def is_late(state: str, submitted_at: datetime | None, due_at: datetime, at: datetime) -> bool:
    """Whether a report came, or is still out, after its deadline."""
    handed_in = submitted_at if state in COUNTED and submitted_at else at
    return handed_in > due_at
