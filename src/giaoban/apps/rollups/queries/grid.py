"""Completeness: units by periods, and the units that have not reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from giaoban.apps.forms.models import Form, Round
from giaoban.apps.reports import access as reports_access
from giaoban.apps.reports.models import Report
from giaoban.apps.rollups.queries.behind import is_late
from giaoban.apps.rollups.queries.figures import reached
from giaoban.apps.rollups.queries.live import picture
from giaoban.apps.units import queries as units
from giaoban.apps.units.queries import UnitName
from giaoban.base.access import Actor
from giaoban.core.rollup import Matrix, SlotState

MOST_ROWS = 400


@dataclass(frozen=True)
class Mark:
    """One unit in one period: the state of its own report, or how many of those below have reported.

    `state` is "" when nothing is owed, else a report's state or "none"; for units below, the least of theirs that
    tells most: accepted (all), submitted (all), draft (some), none. `report_id` only where it may be read.
    """

    state: str
    counted: int
    expected: int
    is_own: bool
    is_late: bool = False
    report_id: int | None = None


@dataclass(frozen=True)
class CompletenessRow:
    unit: UnitName
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Completeness:
    """Rows in the order of the newest round's tree, by the names of its day; one mark for each round, oldest first."""

    rows: tuple[CompletenessRow, ...]
    rounds: tuple[Round, ...]
    left_off: int  # units beyond what one page shows


def completeness(
    *, actor: Actor, form: Form, unit: str, rounds: Sequence[Round], at: datetime, most: int = MOST_ROWS
) -> Completeness:
    """The units directly below `unit` (itself, when nothing hangs below) against the rounds, oldest first.

    Raises NotFound when the actor does not reach the unit, NotInTree when it has no place in the newest round.
    """
    if any(one.form_version.form_id != form.pk for one in rounds):
        raise ValueError("the rounds are not all of this form")
    place = reached(actor, unit)
    if not rounds:
        return Completeness((), (), 0)
    with picture(rounds) as now:
        matrices = [now.matrices[one.pk] for one in rounds]
        below = matrices[-1].slots.tree.children(place.pk) or (place.pk,)
        shown = below[:most]
        counts = [_counts(matrix, shown) for matrix in matrices]
    own = _own_marks(actor, rounds, shown, at)
    names = units.names(shown, on=rounds[-1].day)
    rows = [
        CompletenessRow(
            names[one],
            tuple(
                _mark(count[one], own.get((round_.pk, one)), _due(round_, count[one]) < at)
                for round_, count in zip(rounds, counts, strict=True)
            ),
        )
        for one in shown
    ]
    return Completeness(tuple(rows), tuple(rounds), len(below) - len(shown))


def missing_units(*, actor: Actor, round_: Round, unit: str, most: int = MOST_ROWS) -> tuple[UnitName, ...]:
    """The units at or below `unit` that owe a report of the round and have not handed it in, in the tree's order."""
    place = reached(actor, unit)
    with picture([round_]) as now:
        slots = now.matrices[round_.pk].slots
        run = slice(slots.lo(place.pk), slots.hi(place.pk))
        states = now.matrices[round_.pk].states[run].tolist()
        ids = slots.units[run].tolist()
    missing = [one for one, state in zip(ids, states, strict=True) if state < SlotState.SUBMITTED][:most]
    names = units.names(missing, on=round_.day)
    return tuple(names[one] for one in missing)


# ---------------------------------------------------------------- inside


@dataclass(frozen=True)
class _Count:
    counted: int
    accepted: int
    expected: int
    owes: bool
    level: str  # of the units that owe the form there


def _counts(matrix: Matrix, shown: Iterable[int]) -> dict[int, _Count]:
    live, official = matrix.completeness(), matrix.completeness(official=True)
    tree = matrix.slots.tree
    found = {}
    for one in shown:
        if one not in tree:
            found[one] = _Count(0, 0, 0, owes=False, level="")
            continue
        place = tree.position(one)
        found[one] = _Count(
            counted=int(live.counted[place]),
            accepted=int(official.counted[place]),
            expected=int(live.expected[place]),
            owes=matrix.slots.slot(one) is not None,
            level=tree.level(int(matrix.slots.units[matrix.slots.lo(one)])) if live.expected[place] else "",
        )
    return found


def _own_marks(
    actor: Actor, rounds: Sequence[Round], shown: Sequence[int], at: datetime
) -> Mapping[tuple[int, int], Mark]:
    rows = Report.objects.allowed(actor, reports_access.READ).filter(
        round__in=[one.pk for one in rounds], unit__in=shown
    )
    return {
        (round_id, unit): Mark(
            state=state,
            counted=0,
            expected=0,
            is_own=True,
            is_late=is_late(state, submitted_at, due_at, at),
            report_id=pk,
        )
        for round_id, unit, pk, state, submitted_at, due_at in rows.values_list(
            "round_id", "unit_id", "id", "state", "submitted_at", "due_at"
        )
    }


def _due(round_: Round, count: _Count) -> datetime:
    """The deadline of the units that owe the form there."""
    return datetime.fromisoformat(round_.deadlines.get(count.level) or max(round_.deadlines.values()))


def _mark(count: _Count, own: Mark | None, is_past: bool) -> Mark:  # noqa: FBT001 - inside
    if count.owes:
        state = own.state if own else ("submitted" if count.counted else "none")
        return Mark(
            state=state,
            counted=count.counted,
            expected=count.expected,
            is_own=True,
            is_late=own.is_late if own else is_past and not count.counted,
            report_id=own.report_id if own else None,
        )
    if count.expected == 0:
        return Mark("", 0, 0, is_own=False)
    if count.accepted == count.expected:
        state = "accepted"
    elif count.counted == count.expected:
        state = "submitted"
    else:
        state = "draft" if count.counted else "none"
    return Mark(state, count.counted, count.expected, is_own=False, is_late=is_past and count.counted < count.expected)
